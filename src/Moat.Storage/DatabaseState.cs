namespace Moat.Storage;

/// <summary>What a database tells somebody who only looks at it.</summary>
public sealed record DatabaseState
{
    /// <summary>The migrations of this program that it lacks, in their order.</summary>
    public required IReadOnlyList<string> Lacks { get; init; }

    /// <summary>
    /// A migration that this program does not know, so that a newer one was here; null where there is none.
    /// </summary>
    public required string? Newer { get; init; }

    /// <summary>
    /// The journals, one for each organisation; none where the schema is not the one of this program.
    /// </summary>
    public IReadOnlyList<JournalState> Journals { get; init; } = [];

    /// <summary>The keys of cookies, forms and stored secrets, by their names, as they are sealed.</summary>
    public IReadOnlyDictionary<string, string> SealedKeys { get; init; } = new Dictionary<string, string>();

    /// <summary>Why a server should not connect as this user, in a sentence; null where it may.</summary>
    public string? WhyUnsafe { get; init; }

    /// <summary>Settings of the database that are off although a power cut then loses what was stored.</summary>
    public IReadOnlyList<string> SwitchedOff { get; init; } = [];

    /// <summary>Whether it can be read only, because it follows another server that is away.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>What the clock of the database's machine shows, where it is another machine.</summary>
    public DateTime? Clock { get; init; }

    /// <summary>Whether the schema is the one of this program.</summary>
    public bool IsCurrent => Lacks.Count == 0 && Newer is null;
}

/// <summary>How a journal stands.</summary>
/// <param name="Organization">The organisation's slug.</param>
/// <param name="VerifierKey">The public half of the key that signed it last.</param>
/// <param name="LastAt">When its last entry was written.</param>
public sealed record JournalState(string Organization, string VerifierKey, DateTime LastAt);
