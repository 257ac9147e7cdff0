namespace Moat.Isms.Evidence.Grades;

/// <summary>
/// How much a piece of evidence can show, the weakest first. Computed from where it comes from, never chosen.
/// </summary>
public enum EvidenceGrade
{
    /// <summary>A note, a link or an unconfirmed statement: it helps a reader and shows nothing by itself.</summary>
    Note,

    /// <summary>A signed-in person states it and confirmed with the password that it was them.</summary>
    Attestation,

    /// <summary>A file or record with content and an observation period, given by somebody.</summary>
    Record,

    /// <summary>
    /// Collected without anybody's hand: by a collector, a pipeline with its own token or signature, a check, or Moat
    /// itself.
    /// </summary>
    Collected,
}

/// <summary>Where a piece of evidence came from when it was kept.</summary>
public enum EvidenceOrigin
{
    /// <summary>Kept before Moat wrote down where evidence comes from.</summary>
    Unknown,

    /// <summary>A signed-in person gave it.</summary>
    Person,

    /// <summary>A signed-in person gave it and confirmed with the password that it was them.</summary>
    ConfirmedPerson,

    /// <summary>A program with a token, or the command line, gave it.</summary>
    Program,

    /// <summary>
    /// A pipeline pushed a report that Moat read, with a token of its own or a signature that was verified.
    /// </summary>
    Pipeline,

    /// <summary>Moat made it from facts and records that it keeps.</summary>
    Moat,
}
