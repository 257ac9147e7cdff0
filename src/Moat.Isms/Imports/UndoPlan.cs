using Moat.Isms.Kernel;

namespace Moat.Isms.Imports;

/// <summary>What taking an import back does.</summary>
/// <param name="Out">Records that leave.</param>
/// <param name="Back">Records that get their values back, with the fields.</param>
/// <param name="Again">Relations that it took away and that are entered again.</param>
/// <param name="Kept">Records that stay, and why.</param>
internal sealed record UndoPlan(
    IReadOnlyList<Record> Out,
    IReadOnlyList<(Record Record, ImportedChange Change)> Back,
    IReadOnlyList<ImportedChange> Again,
    IReadOnlyList<KeptRecord> Kept
)
{
    private const int Named = 200;

    /// <summary>Whether nothing is left to take back.</summary>
    public bool IsEmpty => Out.Count == 0 && Back.Count == 0 && Again.Count == 0;

    /// <summary>How many records with a reference leave.</summary>
    public int TakenOut => Out.Count(r => r is Referenced);

    /// <summary>How many records with a reference get their values back.</summary>
    public int SetBack => Back.Count(b => b.Record is Referenced);

    /// <summary>The plan for people.</summary>
    public UndoView View(ImportRow import) =>
        new(import, TakenOut, SetBack, [.. Kept.Take(Named)], Kept.Count) { Related = Again.Count };
}
