using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Registers;

namespace Moat.Isms.Evidence.Collectors;

/// <summary>The runs of collectors.</summary>
internal sealed class CollectorHistory : RegisterHistory
{
    /// <inheritdoc />
    public override string Register => "collectors";

    /// <inheritdoc />
    public override async Task<IReadOnlyList<TableSheet>> Sheets(IRegisterSource source, CancellationToken ct) =>
        [await Runs(source, ct)];

    private static Task<TableSheet> Runs(IRegisterSource source, CancellationToken ct)
    {
        var query =
            from run in source.Of<CollectorRun>()
            join s in source.Of<CollectorSource>() on run.SourceId equals s.Id
            orderby run.StartedAt descending, run.Id
            select new
            {
                s.Number,
                s.Name,
                Run = run,
            };
        return Sheet(
            source,
            "Runs",
            [
                "Source",
                "Name",
                "Started",
                "Ended",
                "Outcome",
                "Resources",
                "Discovered",
                "Changed",
                "Gone",
                "Message",
                "Not read",
            ],
            query,
            r =>
                [
                    $"SRC-{r.Number}",
                    r.Name,
                    r.Run.StartedAt,
                    r.Run.EndedAt,
                    r.Run.Outcome.Words(),
                    r.Run.Resources,
                    r.Run.Discovered,
                    r.Run.Changed,
                    r.Run.Gone,
                    r.Run.Message,
                    string.Join("; ", r.Run.Missing),
                    r.Run.Id,
                ],
            ct
        );
    }
}
