using Moat.Isms.Evidence.Grades;

namespace Moat.Isms.Evidence;

/// <summary>
/// Evidence in the register: what it shows over which period, where it comes from, and until when it counts.
/// </summary>
public sealed record EvidenceRow
{
    /// <summary>Its reference, such as EVD-7.</summary>
    public required string Ref { get; init; }

    /// <summary>
    /// Counts its changes from 1; hand it in as ifVersion so that a change made meanwhile is not overwritten.
    /// </summary>
    public required int Version { get; init; }

    /// <summary>What it shows.</summary>
    public required string Title { get; init; }

    /// <summary>
    /// file, note, link, fact (collected facts), attestation (what a person states) or record (a record of Moat).
    /// </summary>
    public required EvidenceKind Kind { get; init; }

    /// <summary>The name of its file; none where it has no file.</summary>
    public required string? FileName { get; init; }

    /// <summary>The size of its content in bytes.</summary>
    public required int Size { get; init; }

    /// <summary>SHA-256 of its content, 64 hex digits: whoever has the file can check that it is the same.</summary>
    public required string Sha256 { get; init; }

    /// <summary>First day that it observes.</summary>
    public required DateOnly PeriodFrom { get; init; }

    /// <summary>Last day that it observes.</summary>
    public required DateOnly PeriodTo { get; init; }

    /// <summary>The last day on which it counts.</summary>
    public required DateOnly ValidUntil { get; init; }

    /// <summary>Who or what collected it: a person, a program or Moat.</summary>
    public required string CollectedBy { get; init; }

    /// <summary>When it was kept, in UTC.</summary>
    public required DateTime CollectedAt { get; init; }

    /// <summary>When it was withdrawn, in UTC; none while it is not.</summary>
    public required DateTime? WithdrawnAt { get; init; }

    /// <summary>Why it does not count any more; none while it is not withdrawn.</summary>
    public required string? WithdrawnBecause { get; init; }

    /// <summary>
    /// The words of a note or an attestation, the address of a link, or the record that it names with its version; none
    /// where it has a file.
    /// </summary>
    public required string? Text { get; init; }

    /// <summary>Of what it is a look at all or at some, such as "all 14 repositories"; none when nobody said.</summary>
    public required string? Population { get; init; }

    /// <summary>Whether it looks at the whole population; none when nobody said.</summary>
    public required bool? Complete { get; init; }

    /// <summary>
    /// internal (everybody in the ISMS), confidential (auditors and customers, with care) or public (anybody).
    /// </summary>
    public required EvidenceClass Classification { get; init; }

    /// <summary>Clauses that it shows, such as 9.1; empty where it shows controls only.</summary>
    public required IReadOnlyList<string> Clauses { get; init; }

    /// <summary>Codes of the controls that it shows, such as A.8.28, in the order of the standard.</summary>
    public required IReadOnlyList<string> Controls { get; init; }

    /// <summary>
    /// Where it came from: person, confirmed-person (confirmed with the password), program, pipeline or moat; unknown
    /// where it was kept before that was written down.
    /// </summary>
    public required EvidenceOrigin Origin { get; init; }

    /// <summary>
    /// The kind of evidence it was given as: fact, file, record, access-review or attestation; none where its form
    /// decides.
    /// </summary>
    public required EvidenceForm? ShownAs { get; init; }

    /// <summary>How much it can show, computed from where it comes from.</summary>
    public EvidenceGrade Grade => EvidenceGrading.Of(Kind, Origin, Size);

    /// <summary>Why it has that grade.</summary>
    public string GradeBecause => EvidenceGrading.Why(Kind, Origin, Size);
}
