using System.Globalization;
using System.Text;
using Moat.Isms.Kernel;

namespace Moat.Isms.Reviews;

/// <summary>
/// Writes the minutes of a review: the same records give the same text, so that it can be hashed and approved.
/// </summary>
public static class ReviewMinutes
{
    /// <summary>What people read before the meeting: every topic with its frozen input, figures and records.</summary>
    public static string Inputs(ManagementReviewView review)
    {
        var text = new StringBuilder();
        foreach (var topic in review.Topics.Where(t => t.Input is not null))
        {
            var input = topic.Input!;
            text.Append(CultureInfo.InvariantCulture, $"## {topic.Clause} {topic.Title}\n\n{Line(input.Sentence)}\n\n");
            if (input.Figures.Count > 0)
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"{string.Join(" · ", input.Figures.Select(f => $"{f.Name}: {f.Value}"))}\n\n"
                );
            Notes(text, input);
            if (input.Rows.Count > 0)
                text.Append("| Record | |\n|---|---|\n");
            foreach (var row in input.Rows)
                text.Append(CultureInfo.InvariantCulture, $"| {row.Ref} {Cell(row.Title)} | {Cell(row.Says)} |\n");
            text.Append(CultureInfo.InvariantCulture, $"\n*{topic.Asks}*\n\n");
        }
        return text.ToString().Trim() + "\n";
    }

    /// <summary>The minutes of a review that was held.</summary>
    public static string Of(ManagementReviewView review)
    {
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"## Meeting\n\n| | |\n|---|---|\n| Held on | {Day(review.HeldOn!.Value)} |\n| Led by | {Cell(review.Chair)} |\n"
        );
        text.Append(
            CultureInfo.InvariantCulture,
            $"| Present | {Cell(string.Join(", ", review.Attended.Select(Named)))} |\n"
        );
        var absent = review.Invited.Where(i => review.Attended.All(a => a.Ref != i.Ref)).ToList();
        if (absent.Count > 0)
            text.Append(
                CultureInfo.InvariantCulture,
                $"| Absent | {Cell(string.Join(", ", absent.Select(Named)))} |\n"
            );
        text.Append(
            CultureInfo.InvariantCulture,
            $"| Looks at | {Day(review.LooksFrom!.Value)} to {review.PreparedAt:d MMMM yyyy} |\n"
        );
        text.Append(
            CultureInfo.InvariantCulture,
            $"\nThe inputs were frozen on {review.PreparedAt:d MMMM yyyy HH:mm} UTC and are kept as {review.EvidenceRef}. Their SHA-256 is {review.InputsSha256}.\n\n"
        );
        text.Append(CultureInfo.InvariantCulture, $"## Judgement\n\n{Line(review.Judgement!)}\n\n## Topics\n\n");
        foreach (var topic in review.Topics)
            Topic(text, topic);
        text.Append("## Decisions\n\n| | Decision | Why | Who | By | Became |\n|---|---|---|---|---|---|\n");
        foreach (var decision in review.Decisions)
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {decision.Position} | {Cell(decision.Text)} ({decision.Kind.Words().ToLowerInvariant()}) | {Cell(decision.Reason)} | {Cell(decision.Owner ?? "–")} | {(decision.DueOn is { } due ? Day(due) : "–")} | {decision.ResultRef ?? "–"} |\n"
            );
        return text.ToString().Trim() + "\n";
    }

    private static void Topic(StringBuilder text, TopicView topic)
    {
        text.Append(
            CultureInfo.InvariantCulture,
            $"### {topic.Clause} {topic.Title}\n\n{Line(topic.Input!.Sentence)}\n\n"
        );
        Notes(text, topic.Input);
        text.Append(CultureInfo.InvariantCulture, $"**Conclusion:** {Line(topic.Conclusion ?? "none")}\n\n");
    }

    private static void Notes(StringBuilder text, InputSection input)
    {
        foreach (var note in input.Brought)
            text.Append(CultureInfo.InvariantCulture, $"- {Line(note.Text)} (brought by {Line(note.By)})\n");
        if (input.Brought.Count > 0)
            text.Append('\n');
    }

    private static string Named(ReviewPerson person) =>
        person.TopManagement ? $"{person.Name} (top management)" : person.Name;

    private static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    private static string Cell(string text) => Line(text).Replace("|", "\\|", StringComparison.Ordinal);

    // People's words stay one paragraph, and are never read as a field of a document.
    private static string Line(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Replace("{{", "{ {", StringComparison.Ordinal);
}
