namespace Moat.Isms.Anchors;

/// <summary>What a place said of a checkpoint.</summary>
public sealed record AnchorRow(
    Guid Id,
    string Place,
    AnchorKind Kind,
    long Size,
    string Because,
    DateTime AskedAt,
    DateTime AnsweredAt,
    bool Contradicts,
    string Says
);

/// <summary>How well history is held, from outside and in one word.</summary>
public enum AnchorStanding
{
    /// <summary>Nobody outside holds anything.</summary>
    Nowhere,

    /// <summary>A place holds what this journal is no continuation of.</summary>
    Contradicted,

    /// <summary>A place has been waited for longer than a day, or never answered.</summary>
    Late,

    /// <summary>Each place holds what it was to be sent.</summary>
    Held,
}

/// <summary>How a place stands.</summary>
/// <param name="Place">Which.</param>
/// <param name="Kind">Of what kind.</param>
/// <param name="Named">Whether the operator still names it.</param>
/// <param name="HeldSize">How many entries it holds for certain; 0 when none.</param>
/// <param name="HeldAt">When it confirmed that.</param>
/// <param name="Says">What it said then.</param>
/// <param name="WaitingSince">Since when something waits to be sent.</param>
/// <param name="Attempts">How often that was tried.</param>
/// <param name="NextAt">When it is tried again.</param>
/// <param name="Problem">What goes wrong.</param>
/// <param name="Contradiction">What it holds that this journal is no continuation of.</param>
public sealed record AnchorPlaceRow(
    string Place,
    AnchorKind Kind,
    bool Named,
    long HeldSize,
    DateTime? HeldAt,
    string? Says,
    DateTime? WaitingSince,
    int Attempts,
    DateTime? NextAt,
    string? Problem,
    string? Contradiction
);

/// <summary>How long history could still be rewritten unseen.</summary>
/// <param name="Standing">In a word.</param>
/// <param name="Says">In sentences.</param>
/// <param name="Entries">How many entries the journal has.</param>
/// <param name="HeldSize">How many of them a place outside holds.</param>
/// <param name="HeldAt">Since when.</param>
/// <param name="Places">How each place stands.</param>
/// <param name="IsStory">Whether this is the example, whose past was told in one go.</param>
public sealed record AnchorStatus(
    AnchorStanding Standing,
    IReadOnlyList<string> Says,
    long Entries,
    long HeldSize,
    DateTime? HeldAt,
    IReadOnlyList<AnchorPlaceRow> Places,
    bool IsStory
);

/// <summary>A checkpoint to be sent to a place.</summary>
/// <param name="Place">Which place.</param>
/// <param name="Size">How many entries it covers.</param>
/// <param name="Checkpoint">The signed note.</param>
/// <param name="AskedAt">Of which moment it is.</param>
/// <param name="HeldSize">How many entries the place confirmed so far.</param>
/// <param name="VerifierKey">The key that signed.</param>
public sealed record OutgoingAnchor(
    string Place,
    long Size,
    string Checkpoint,
    DateTime AskedAt,
    long HeldSize,
    string VerifierKey
);

/// <summary>What there is to do.</summary>
/// <param name="Ask">Whether new checkpoints are to be sent.</param>
/// <param name="Due">Those whose time has come.</param>
public sealed record AnchorsDue(bool Ask, IReadOnlyList<OutgoingAnchor> Due);

/// <summary>
/// The root of an earlier size and the proof that it is a beginning of the later one (RFC 9162, 2.1.4); no root where
/// the journal is shorter.
/// </summary>
public sealed record BeginningProof(byte[]? Root, IReadOnlyList<byte[]> Hashes);
