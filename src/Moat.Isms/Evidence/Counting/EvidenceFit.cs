using Moat.Isms.Evidence.Grades;
using Moat.Knowledge;

namespace Moat.Isms.Evidence.Counting;

/// <summary>
/// Which of the kinds of evidence that a control names a piece is. It counts for one of them at most: the one it was
/// given for, or the first that its form fits.
/// </summary>
public static class EvidenceFit
{
    /// <summary>What was collected.</summary>
    public const string Fact = "fact";

    /// <summary>What was written down when something was done.</summary>
    public const string Record = "record";

    private static readonly Dictionary<EvidenceForm, string> Names = new()
    {
        [EvidenceForm.Fact] = Fact,
        [EvidenceForm.File] = "file",
        [EvidenceForm.Record] = Record,
        [EvidenceForm.AccessReview] = "access-review",
        [EvidenceForm.Attestation] = "attestation",
    };

    /// <summary>
    /// The position of the kind among the hints, from 1; 0 where the control names none that the piece is.
    /// </summary>
    public static int PositionIn(
        IReadOnlyList<EvidenceHint> hints,
        EvidenceKind kind,
        EvidenceOrigin origin,
        EvidenceForm? given
    )
    {
        var kinds = KindsOf(kind, origin, given);
        for (var index = 0; index < hints.Count; index++)
        {
            if (kinds.Contains(hints[index].Kind))
                return index + 1;
        }
        return 0;
    }

    /// <summary>Whether a piece can stand as what somebody calls it.</summary>
    public static bool CanBe(EvidenceKind kind, EvidenceOrigin origin, EvidenceForm form) =>
        KindsOf(kind, origin).Contains(Names[form]);

    /// <summary>
    /// The kinds that a piece can be: what it was given as, if it can be that. Facts are collected and statements
    /// signed, whatever a file is called.
    /// </summary>
    public static IReadOnlyCollection<string> KindsOf(EvidenceKind kind, EvidenceOrigin origin, EvidenceForm? given)
    {
        var kinds = KindsOf(kind, origin);
        return given is not { } form ? kinds
            : kinds.Contains(Names[form]) ? [Names[form]]
            : [];
    }

    // Which of Moat's records or facts show a control is for a person to say: a program that points at one shows
    // nothing.
    private static string[] KindsOf(EvidenceKind kind, EvidenceOrigin origin) =>
        kind switch
        {
            EvidenceKind.Fact or EvidenceKind.Record when origin == EvidenceOrigin.Program => [],
            EvidenceKind.Fact => [Fact],
            EvidenceKind.Attestation => ["attestation"],
            EvidenceKind.Record => [Record, "access-review"],
            EvidenceKind.File when origin == EvidenceOrigin.Pipeline => [Fact, Record],
            EvidenceKind.File => ["file", Record, "access-review"],
            _ => ["file", Record],
        };
}
