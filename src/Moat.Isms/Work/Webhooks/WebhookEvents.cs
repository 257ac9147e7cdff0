using System.Text.Json.Nodes;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;

namespace Moat.Isms.Work.Webhooks;

/// <summary>Something a webhook can be told of, and by which change of a record it shows in the journal.</summary>
/// <param name="Type">Its name, such as task.opened.</param>
/// <param name="Says">What it means.</param>
/// <param name="Kind">The kind of record, by the name of its class.</param>
/// <param name="Entered">Whether the record is entered; otherwise it is changed.</param>
/// <param name="Field">The field that tells.</param>
/// <param name="After">The value it then has; any, when left out.</param>
public sealed record WebhookEvent(
    string Type,
    string Says,
    string Kind,
    bool Entered = true,
    string? Field = null,
    string? After = null
);

/// <summary>An event found in the journal.</summary>
public sealed record FoundEvent(string Type, string Subject, string? Title);

/// <summary>
/// All that webhooks can be told of. Everything that changes stands in the journal, so nothing has to be sent from
/// anywhere else.
/// </summary>
public static class WebhookEvents
{
    /// <summary>By name.</summary>
    public static IReadOnlyList<WebhookEvent> All { get; } =
    [
        new("task.opened", "A task was opened", "WorkItem"),
        new("task.overdue", "The date of a task passed", "WorkItem", Entered: false, Field: "OverdueSince"),
        new(
            "task.escalated",
            "A task stands on the manager's list as well",
            "WorkItem",
            Entered: false,
            Field: "EscalatedToId"
        ),
        new("task.closed", "A task was closed", "WorkItem", Entered: false, Field: "ClosedAt"),
        new("cadence.met", "Something that comes round happened", "Cadence", Entered: false, Field: "LastMetOn"),
        new(
            "cadence.missed",
            "Something that comes round did not happen by its date",
            "CadenceTime",
            Field: "Outcome",
            After: "Missed"
        ),
        new(
            "check.failing",
            "A check began to fail on a resource",
            "CheckInterval",
            Field: "Outcome",
            After: "Failing"
        ),
        new(
            "check.passing",
            "A check began to pass on a resource",
            "CheckInterval",
            Field: "Outcome",
            After: "Passing"
        ),
        new("incident.opened", "An incident was opened", "Incident"),
        new("finding.raised", "An audit raised a finding", "Finding"),
        new("nonconformity.raised", "A nonconformity was raised", "Nonconformity"),
        new("risk.assessed", "A risk was assessed", "Risk", Entered: false, Field: "AssessedAt"),
        new(
            "risk.accepted",
            "A residual risk stands accepted, with every signature that it needs",
            "Risk",
            Entered: false,
            Field: "AcceptedUntil"
        ),
        new("evidence.added", "Evidence was added", "EvidenceItem"),
        new("evidence.withdrawn", "Evidence was withdrawn", "EvidenceItem", Entered: false, Field: "WithdrawnAt"),
        new(
            "document.published",
            "A version of a document came into force",
            "DocumentVersion",
            Entered: false,
            Field: "State",
            After: "Published"
        ),
        new("soa.published", "A Statement of Applicability was published", "Soa"),
        new("access-review.opened", "An access review began", "AccessReview"),
        new("absence.began", "Somebody is away", "Absence", Entered: false, Field: "BegunAt"),
    ];

    /// <summary>The name of the message that tries a webhook out.</summary>
    public const string Trial = "webhook.trial";

    private static readonly string[] Titles = ["Title", "Name"];
    private static readonly ILookup<string, WebhookEvent> ByKind = All.ToLookup(e => e.Kind);

    /// <summary>What an entry of the journal tells.</summary>
    public static IEnumerable<FoundEvent> In(JournalEntry entry)
    {
        if (!All.Any(e => entry.Changes.Contains($"\"kind\":\"{e.Kind}\"", StringComparison.Ordinal)))
            yield break;
        foreach (var change in JsonNode.Parse(entry.Changes)!.AsArray())
        foreach (var known in ByKind[(string)change!["kind"]!].Where(e => Fits(e, change)))
            yield return new FoundEvent(
                known.Type,
                (string?)change["ref"] ?? entry.Subjects.Split(' ')[0],
                TitleOf(change["fields"]!)?.Cut(300)
            );
    }

    private static bool Fits(WebhookEvent known, JsonNode change)
    {
        if (known.Entered != ((string?)change["change"] == "entered"))
            return false;
        if (known.Field is null)
            return true;
        var after = (change["fields"]?[known.Field] as JsonArray)?[1];
        return after is not null
            && (
                known.After is null
                || (after is JsonValue value && value.TryGetValue<string>(out var text) && text == known.After)
            );
    }

    private static string? TitleOf(JsonNode fields) =>
        Titles.Select(f => (string?)(fields[f] as JsonArray)?[1]).FirstOrDefault(t => t is not null);
}
