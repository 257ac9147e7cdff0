using System.ComponentModel.DataAnnotations;

namespace Moat.Isms.Evidence.Drills;

/// <summary>What a restore drill did and found, as the installation itself saw it (A.8.13).</summary>
public sealed record RestoreDrill
{
    /// <summary>The name of the backup's file.</summary>
    [MinLength(1), MaxLength(255)]
    public required string Backup { get; init; }

    /// <summary>The SHA-256 of the file.</summary>
    [MinLength(64), MaxLength(64)]
    public required string Sha256 { get; init; }

    /// <summary>When the backup was made, as it says itself; null where it could not be read.</summary>
    public DateTime? BackupMadeAt { get; init; }

    /// <summary>When the drill began.</summary>
    public required DateTime BeganAt { get; init; }

    /// <summary>How long it took until everything was there and verified, in seconds.</summary>
    [Range(0, 10_000_000)]
    public required double Seconds { get; init; }

    /// <summary>Where it was restored: SQLite or PostgreSQL.</summary>
    [MinLength(1), MaxLength(40)]
    public required string Database { get; init; }

    /// <summary>How many rows were restored.</summary>
    [Range(0, long.MaxValue)]
    public long Rows { get; init; }

    /// <summary>How many tables were counted and compared.</summary>
    [Range(0, int.MaxValue)]
    public int Tables { get; init; }

    /// <summary>How many files were restored.</summary>
    [Range(0, int.MaxValue)]
    public int Files { get; init; }

    /// <summary>How many entries of this organisation's journal were verified.</summary>
    [Range(0, long.MaxValue)]
    public long Entries { get; init; }

    /// <summary>How many of this organisation's records were compared with its journal.</summary>
    [Range(0, int.MaxValue)]
    public int Records { get; init; }

    /// <summary>What did not fit; nothing when the drill passed.</summary>
    [MaxLength(100)]
    public List<string> Findings { get; init; } = [];

    /// <summary>Who ran it.</summary>
    [MinLength(1), MaxLength(200)]
    public required string By { get; init; }
}

/// <summary>What became of a drill's record.</summary>
/// <param name="Ref">The evidence.</param>
/// <param name="Passed">Whether it counts.</param>
/// <param name="Control">The control it shows, or null where the organisation keeps none for backups yet.</param>
public sealed record DrillRecorded(string Ref, bool Passed, string? Control);
