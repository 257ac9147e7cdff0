using Moat.Isms.Kernel;

namespace Moat.Isms.Anchors;

/// <summary>What kind of place holds a checkpoint.</summary>
public enum AnchorKind
{
    /// <summary>A folder, such as a drive that somebody else keeps.</summary>
    Folder,

    /// <summary>A branch of a Git repository.</summary>
    Git,

    /// <summary>A bucket, at best one that locks its objects.</summary>
    S3,

    /// <summary>
    /// Somebody who remembers the longest journal and signs only what continues it (C2SP tlog-witness).
    /// </summary>
    Witness,

    /// <summary>A time-stamping authority (RFC 3161). It proves age and remembers nothing.</summary>
    TimeStamp,
}

/// <summary>
/// What a place outside said of a checkpoint of the journal: that it holds it, or that it holds something else. From
/// the first on, nothing that the checkpoint covers can be changed unseen by anybody who cannot change that place as
/// well.
/// </summary>
public sealed class Anchor : Record
{
    /// <summary>The longest receipt that is kept: a time-stamp token with its certificates.</summary>
    public const int LongestReceipt = 60_000;

    /// <summary>Which place.</summary>
    public required string Place { get; init; }

    /// <summary>Of what kind it is.</summary>
    public required AnchorKind Kind { get; init; }

    /// <summary>How many entries the checkpoint covers.</summary>
    public required long Size { get; init; }

    /// <summary>The signed checkpoint that was sent.</summary>
    public required string Checkpoint { get; init; }

    /// <summary>Why it was sent: a new day, or an operation such as soa.publish.</summary>
    public required string Because { get; init; }

    /// <summary>Since when it was to be sent.</summary>
    public required DateTime AskedAt { get; init; }

    /// <summary>When the place answered.</summary>
    public required DateTime AnsweredAt { get; init; }

    /// <summary>Whether the place holds something that this journal is no continuation of.</summary>
    public required bool Contradicts { get; init; }

    /// <summary>What the place said, in a sentence.</summary>
    public required string Says { get; init; }

    /// <summary>
    /// What proves it: a cosigned note, a time-stamp token in base64, a commit; nothing where the place itself is the
    /// proof.
    /// </summary>
    public string? Receipt { get; init; }
}
