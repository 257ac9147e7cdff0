namespace Moat.Tests;

/// <summary>The statements of this flow of execution, whatever runs beside it.</summary>
internal sealed class HeardStatements : StatementListener
{
    private static readonly AsyncLocal<HeardStatements?> Current = new();

    public HeardStatements() => Current.Value = this;

    /// <summary>Their texts, in order.</summary>
    public List<string> All { get; } = [];

    protected override void Heard(string statement)
    {
        if (Current.Value == this)
            All.Add(statement);
    }
}
