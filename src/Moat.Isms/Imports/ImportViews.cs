using System.ComponentModel.DataAnnotations;

namespace Moat.Isms.Imports;

/// <summary>One import, by its entry in the journal.</summary>
public record OneImport
{
    /// <summary>The sequence number of the import's entry in the journal.</summary>
    [Range(0, long.MaxValue)]
    public required long Entry { get; init; }
}

/// <summary>An import to take back.</summary>
public sealed record UndoImport : OneImport
{
    /// <summary>Why it was wrong.</summary>
    [MinLength(5), MaxLength(2000)]
    public required string Reason { get; init; }
}

/// <summary>A file that was read into the registers as one act.</summary>
/// <param name="Entry">The sequence number of its entry in the journal.</param>
/// <param name="Operation">What was done, such as assets.import-table.</param>
/// <param name="File">The file's name, where it was kept.</param>
/// <param name="By">Who did it.</param>
/// <param name="At">When.</param>
/// <param name="Entered">How many records it entered.</param>
/// <param name="Changed">How many it changed.</param>
/// <param name="UndoneBy">The entry that took it back, if it was.</param>
public sealed record ImportRow(
    long Entry,
    string Operation,
    string? File,
    string By,
    DateTime At,
    int Entered,
    int Changed,
    long? UndoneBy
)
{
    /// <summary>
    /// How many relations between assets it took away, such as those that a newer bill does not name any more.
    /// </summary>
    public int Unrelated { get; init; }
}

/// <summary>A record that stays although its import is taken back.</summary>
/// <param name="Ref">The record.</param>
/// <param name="Why">What was built on it since.</param>
public sealed record KeptRecord(string Ref, string Why);

/// <summary>What taking an import back does, or did.</summary>
/// <param name="Import">The import.</param>
/// <param name="TakenOut">How many records leave the registers.</param>
/// <param name="SetBack">How many get the values back that they had before.</param>
/// <param name="Kept">Those that stay, and why; at most two hundred are named.</param>
/// <param name="KeptCount">How many stay.</param>
public sealed record UndoView(
    ImportRow Import,
    int TakenOut,
    int SetBack,
    IReadOnlyList<KeptRecord> Kept,
    int KeptCount
)
{
    /// <summary>How many relations that the import took away are there again.</summary>
    public int Related { get; init; }
}
