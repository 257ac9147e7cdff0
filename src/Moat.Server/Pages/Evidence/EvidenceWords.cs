using Moat.Isms.Evidence;
using Moat.Isms.Evidence.Grades;
using Moat.Server.Shell;

namespace Moat.Server.Pages;

/// <summary>How long evidence counts, in a word and a colour.</summary>
internal static class EvidenceWords
{
    public static string Counts(EvidenceRow row, DateOnly today) =>
        $"{(row.WithdrawnAt is not null ? "withdrawn, was to count until" : row.ValidUntil < today ? "ended" : "counts until")} {row.ValidUntil.Day()}";

    public static string Grade(EvidenceGrade grade) =>
        grade switch
        {
            EvidenceGrade.Collected => "Collected",
            EvidenceGrade.Record => "Record or file",
            EvidenceGrade.Attestation => "Confirmed statement",
            _ => "Note or link",
        };

    public static string Form(EvidenceForm form) =>
        form switch
        {
            EvidenceForm.Fact => "what a system says of itself",
            EvidenceForm.File => "a text in force: a rule, a plan, a list",
            EvidenceForm.Record => "a record of something done: a log, minutes, a result",
            EvidenceForm.AccessReview => "an access review",
            _ => "a statement",
        };

    public static string Css(EvidenceRow row, DateOnly today) =>
        row.WithdrawnAt is not null ? "bad"
        : row.ValidUntil < today ? "warn"
        : "good";
}
