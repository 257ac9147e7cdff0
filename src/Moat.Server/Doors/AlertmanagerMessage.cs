using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Incidents.Intake;
using Moat.Isms.Kernel;

namespace Moat.Server.Doors;

/// <summary>
/// A message of Alertmanager's webhook (version 4). Each of its alerts becomes one fact and one alert to decide about,
/// known by its fingerprint; the same news told again changes nothing.
/// </summary>
internal static class AlertmanagerMessage
{
    private const string Kind = "prometheus.alert";
    private const int LongestId = 400;

    /// <summary>The group that the alerts of a message stand in.</summary>
    public static string? GroupOf(JsonObject message) => Text(message["groupKey"]);

    /// <summary>
    /// The alerts of a webhook message. Later versions of Alertmanager add members, which are passed over.
    /// </summary>
    public static List<GivenEvent> Read(JsonObject message)
    {
        if (Text(message["version"]) != "4")
            throw new InputInvalid("version", "Only version 4 of Alertmanager's webhook is understood.");
        if (message["alerts"] is not JsonArray { Count: > 0 } alerts)
            throw new InputInvalid("alerts", "The message holds no alert.");
        return
        [
            .. alerts.Select(
                (alert, index) =>
                    Event(
                        message,
                        alert as JsonObject ?? throw new InputInvalid($"alerts[{index}]", "An alert is an object."),
                        index
                    )
            ),
        ];
    }

    /// <summary>
    /// Alertmanager sends at most <c>max_alerts</c> of a group and says how many it left out. Those are alerts that
    /// nobody has seen, so they are told as one.
    /// </summary>
    public static GivenAlert? LeftOut(JsonObject message)
    {
        if (message["truncatedAlerts"] is not JsonValue told || !told.TryGetValue<long>(out var count) || count <= 0)
            return null;
        var group = GroupOf(message) ?? "";
        return new GivenAlert
        {
            Source = SourceOf(message).Cut(400),
            Fingerprint = $"truncated {ObservedFact.KeyOf(group):N}",
            GroupKey = group.Cut(1000),
            Title = string.Create(
                CultureInfo.InvariantCulture,
                $"Alertmanager left {count:N0} {(count == 1 ? "alert" : "alerts")} out of its message"
            ),
            Description = "Look at them in Alertmanager, and raise max_alerts of this webhook or group less together.",
        };
    }

    private static GivenEvent Event(JsonObject message, JsonObject alert, int index)
    {
        var labels = alert["labels"] as JsonObject;
        var status = Text(alert["status"]) ?? Text(message["status"]);
        var startsAt = Needed(alert, "startsAt", index);
        var fingerprint = Fingerprint(alert, labels, index);
        if (status is not ("firing" or "resolved"))
            throw new InputInvalid($"alerts[{index}].status", "One of firing, resolved.");
        var (time, endsAt, isBackwards) = Moment(startsAt, status == "resolved" ? Text(alert["endsAt"]) : null, index);
        var fact = new JsonObject
        {
            ["name"] = Text(labels?["alertname"]) ?? fingerprint,
            ["status"] = status,
            ["startsAt"] = startsAt,
            ["endsAt"] = endsAt,
            ["labels"] = labels?.DeepClone(),
            ["annotations"] = alert["annotations"]?.DeepClone(),
            ["generator"] = Text(alert["generatorURL"]),
        };
        if (isBackwards)
            fact["unknown"] = new JsonObject { ["endsAt"] = "the message says that it ended before it began" };
        var id = $"{GroupOf(message)} {fingerprint} {startsAt} {status}";
        return new GivenEvent
        {
            Id = id.Length <= LongestId ? id : $"{ObservedFact.KeyOf(id):N}",
            Source = SourceOf(message),
            Type = Kind,
            Subject = fingerprint,
            Time = InputDates.Outside(time) ? null : time,
            Data = JsonSerializer.SerializeToElement(fact),
        };
    }

    /// <summary>Versions before 0.17 tell no fingerprint; the labels are what it is made of.</summary>
    private static string Fingerprint(JsonObject alert, JsonObject? labels, int index) =>
        Text(alert["fingerprint"]) is { Length: > 0 } told ? told
        : labels is { Count: > 0 } ? $"{ObservedFact.KeyOf(FactText.Of(labels)):N}"
        : Needed(alert, "fingerprint", index);

    /// <summary>
    /// When it is told to have happened: the end of an alert that is over, else its beginning. An end before the
    /// beginning is none.
    /// </summary>
    private static (DateTimeOffset Time, string? EndsAt, bool IsBackwards) Moment(
        string startsAt,
        string? endsAt,
        int index
    )
    {
        var began = Time(startsAt);
        if ((endsAt is null ? began : Time(endsAt)) is not { } time)
            throw new InputInvalid($"alerts[{index}].{(endsAt is null ? "startsAt" : "endsAt")}", "This is no time.");
        return time < began ? (began.Value, null, true) : (time, endsAt, false);
    }

    private static DateTimeOffset? Time(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;

    private static string SourceOf(JsonObject message) => $"alertmanager {Text(message["externalURL"])}".Trim();

    private static string Needed(JsonObject alert, string name, int index) =>
        Text(alert[name]) is { Length: > 0 } text
            ? text
            : throw new InputInvalid($"alerts[{index}].{name}", "This is needed.");

    private static string? Text(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
