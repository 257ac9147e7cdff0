using System.Globalization;
using System.Text;
using Moat.Isms.Kernel;

namespace Moat.Isms.Reviews;

/// <summary>Writes the minutes of a review: the same records give the same text, so that it can be hashed and approved.</summary>
internal static class ReviewMinutes
{
    public static string Of(ManagementReviewView review)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"## Meeting\n\n| | |\n|---|---|\n| Held on | {Day(review.HeldOn!.Value)} |\n| Led by | {Cell(review.Chair)} |\n");
        text.Append(CultureInfo.InvariantCulture, $"| Present | {Cell(string.Join(", ", review.Attended.Select(Named)))} |\n");
        var absent = review.Invited.Where(i => review.Attended.All(a => a.Ref != i.Ref)).ToList();
        if (absent.Count > 0) text.Append(CultureInfo.InvariantCulture, $"| Absent | {Cell(string.Join(", ", absent.Select(Named)))} |\n");
        text.Append(CultureInfo.InvariantCulture, $"| Looks at | {Day(review.LooksFrom!.Value)} to {review.PreparedAt:d MMMM yyyy} |\n");
        text.Append(CultureInfo.InvariantCulture, $"| Inputs | frozen on {review.PreparedAt:d MMMM yyyy HH:mm} UTC, kept as {review.EvidenceRef}, SHA-256 {review.InputsSha256} |\n\n");
        text.Append(CultureInfo.InvariantCulture, $"## Judgement\n\n{Line(review.Judgement!)}\n\n## Topics\n\n");
        foreach (var topic in review.Topics) Topic(text, topic);
        text.Append("## Decisions\n\n| | Decision | Why | Who | By | Became |\n|---|---|---|---|---|---|\n");
        foreach (var decision in review.Decisions)
            text.Append(CultureInfo.InvariantCulture, $"| {decision.Position} | {Cell(decision.Text)} ({decision.Kind.Words().ToLowerInvariant()}) | {Cell(decision.Reason)} | {Cell(decision.Owner ?? "–")} | {(decision.DueOn is { } due ? Day(due) : "–")} | {decision.ResultRef ?? "–"} |\n");
        return text.ToString().Trim() + "\n";
    }

    private static void Topic(StringBuilder text, TopicView topic)
    {
        text.Append(CultureInfo.InvariantCulture, $"### {topic.Clause} {topic.Title}\n\n{Line(topic.Input!.Sentence)}\n\n");
        foreach (var note in topic.Input.Brought) text.Append(CultureInfo.InvariantCulture, $"- {Line(note.Text)} (brought by {Line(note.By)})\n");
        if (topic.Input.Brought.Count > 0) text.Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"**Conclusion:** {Line(topic.Conclusion ?? "none")}\n\n");
    }

    private static string Named(ReviewPerson person) => person.TopManagement ? $"{person.Name} (top management)" : person.Name;

    private static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    private static string Cell(string text) => Line(text).Replace("|", "\\|", StringComparison.Ordinal);

    // People's words stay one paragraph, and are never read as a field of a document.
    private static string Line(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Replace("{{", "{ {", StringComparison.Ordinal);
}
