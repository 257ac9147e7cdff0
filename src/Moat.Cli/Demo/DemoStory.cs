namespace Moat.Cli.Demo;

/// <summary>
/// Fourteen months of a fictitious company, replayed through the real operations with a clock that moves: the journal,
/// the history and the freshness of everything in it are therefore real.
/// </summary>
internal sealed partial class DemoStory(DemoCast cast, StoryClock clock, DateTimeOffset today)
{
    /// <summary>How long ago the story begins.</summary>
    public const int Days = 425;

    private static readonly string[] NewModel = ["AST-1", "AST-3"];

    private int _day;
    private DateTimeOffset _begin;

    /// <summary>Tells it from the first evening to today.</summary>
    public async Task Tell(string password, CancellationToken ct)
    {
        _begin = today.AddDays(-Days);
        await Foundations(password, ct);
        await Risks(ct);
        await FirstStatement(ct);
        await Toolkit(ct);
        await Business(ct);
        await FirstYear(ct);
        await SecondYear(ct);
    }
}
