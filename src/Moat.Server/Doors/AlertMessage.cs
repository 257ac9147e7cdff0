using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Incidents.Intake;
using Moat.Isms.Kernel;

namespace Moat.Server.Doors;

/// <summary>What sources send as alerts, in Moat's own form.</summary>
internal static class AlertMessage
{
    private const string AlertType = "alert";
    private static readonly string[] Over = ["resolved", "ok", "closed", "inactive"];

    /// <summary>An alert of Alertmanager, from the fact that was read of it.</summary>
    public static GivenAlert OfFact(GivenEvent told, string? group)
    {
        var fact = JsonObject.Create(told.Data)!;
        var (labels, notes) = (fact["labels"] as JsonObject, fact["annotations"] as JsonObject);
        var (name, summary) = (Text(fact, "name")!, Text(notes, "summary"));
        return new GivenAlert
        {
            Source = told.Source.Cut(400),
            Fingerprint = told.Subject!.Cut(400),
            GroupKey = group?.Cut(1000),
            Title = (summary is null ? name : $"{name}: {summary}").Cut(300),
            Description = (Text(notes, "description") ?? Text(notes, "message"))?.Cut(4000),
            Level = Text(labels, "severity")?.Cut(40),
            StartsAt = Time(fact, "startsAt"),
            Resolved = Text(fact, "status") == "resolved",
            EndsAt = Time(fact, "endsAt"),
            Labels = labels is null ? null : JsonSerializer.SerializeToElement(labels),
            Link = Text(fact, "generator")?.Cut(2000),
        };
    }

    /// <summary>
    /// A CloudEvent that is an alert: its type says so, or its data have a severity. Throws <see cref="InputInvalid"/>
    /// for another.
    /// </summary>
    public static GivenAlert OfEvent(GivenEvent told, string source, int index)
    {
        var data = told.Data.ValueKind == JsonValueKind.Object ? JsonObject.Create(told.Data)! : [];
        if (
            !told.Type.Split('.').Contains(AlertType, StringComparer.OrdinalIgnoreCase) && !data.ContainsKey("severity")
        )
            throw new InputInvalid(
                $"events[{index}].type",
                "This is no alert. The type of one has the word alert, such as alert.firing, or its data have a severity. Facts go to /events."
            );
        var resolved =
            told.Type.EndsWith(".resolved", StringComparison.OrdinalIgnoreCase)
            || Over.Contains(Text(data, "status"), StringComparer.OrdinalIgnoreCase);
        var fingerprint = Text(data, "fingerprint") ?? told.Subject ?? Text(data, "name") ?? told.Source;
        return new GivenAlert
        {
            Source = $"{source} {told.Source}".Cut(400),
            Fingerprint = fingerprint.Cut(400),
            GroupKey = (Text(data, "group") ?? Text(data, "groupKey"))?.Cut(1000),
            Title = (Text(data, "title") ?? Text(data, "summary") ?? Text(data, "name") ?? told.Type).Cut(300),
            Description = (Text(data, "description") ?? Text(data, "message"))?.Cut(4000),
            Level = Text(data, "severity")?.Cut(40),
            StartsAt = Time(data, "startsAt"),
            Resolved = resolved,
            EndsAt = resolved ? Time(data, "endsAt") ?? told.Time : null,
            Labels = data["labels"] is JsonObject labels ? JsonSerializer.SerializeToElement(labels) : null,
            Link = (Text(data, "link") ?? Text(data, "url"))?.Cut(2000),
        };
    }

    // Some sources write the first year of all for "not yet"; an alert is never refused because of its times.
    private static DateTimeOffset? Time(JsonObject data, string name) =>
        DateTimeOffset.TryParse(
            Text(data, name),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var time
        ) && !InputDates.Outside(time)
            ? time
            : null;

    private static string? Text(JsonObject? data, string name) =>
        data?[name] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;
}
