namespace Moat.Isms.Evidence.Grades;

/// <summary>Computes the grade of a piece of evidence and says why it has it.</summary>
public static class EvidenceGrading
{
    /// <summary>A file shorter than this holds no observation that somebody else could check.</summary>
    public const int LeastBytes = 40;

    /// <summary>From this many controls on, one piece of evidence says so to its reader.</summary>
    public const int ManyControls = 10;

    /// <summary>The grade of a piece of this kind and origin.</summary>
    public static EvidenceGrade Of(EvidenceKind kind, EvidenceOrigin origin, int size) =>
        (kind, origin) switch
        {
            (EvidenceKind.Note or EvidenceKind.Link, _) => EvidenceGrade.Note,
            (EvidenceKind.Attestation, EvidenceOrigin.ConfirmedPerson) => EvidenceGrade.Attestation,
            (EvidenceKind.Attestation, _) => EvidenceGrade.Note,
            (_, _) when size < LeastBytes => EvidenceGrade.Note,
            (EvidenceKind.Fact, _) => EvidenceGrade.Collected,
            (EvidenceKind.File, EvidenceOrigin.Pipeline or EvidenceOrigin.Moat) => EvidenceGrade.Collected,
            _ => EvidenceGrade.Record,
        };

    /// <summary>Why it has that grade, in one sentence.</summary>
    public static string Why(EvidenceKind kind, EvidenceOrigin origin, int size) =>
        (kind, origin) switch
        {
            (EvidenceKind.Note, _) => "Somebody wrote it down. A note explains evidence; by itself it shows nothing.",
            (EvidenceKind.Link, _) => "A link leads to something that can change tomorrow. By itself it shows nothing.",
            (EvidenceKind.Attestation, EvidenceOrigin.ConfirmedPerson) =>
                "A person states it and confirmed with the password that it was them.",
            (EvidenceKind.Attestation, _) => "Somebody states it, and nobody confirmed with a password who it was.",
            (_, _) when size < LeastBytes => $"With {size} bytes it holds nothing that somebody else could check.",
            (EvidenceKind.Fact, _) => "Moat kept collected facts as they stood, with their hashes.",
            (EvidenceKind.File, EvidenceOrigin.Pipeline) =>
                "A pipeline pushed it with its own token or signature, and Moat read it.",
            (EvidenceKind.File, EvidenceOrigin.Moat) => "Moat made it from records that its journal proves.",
            (EvidenceKind.Record, _) => "It names a record of Moat at a version.",
            (_, EvidenceOrigin.Program) => "A program gave the file; it has content and an observation period.",
            _ => "Somebody gave the file; it has content and an observation period.",
        };
}
