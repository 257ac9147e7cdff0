using System.Text.Json.Nodes;
using Moat.Isms.Incidents;
using Moat.Isms.Kernel.Journal;

namespace Moat.Reports.Pack;

/// <summary>Compares the timelines of incidents and the hands of their evidence in a pack with what the journal entered: no row more, less or other.</summary>
internal sealed class PackCourses
{
    public const string Register = "registers/incidents.json";

    private static readonly Dictionary<string, (string Kind, string[] Fields)> Sheets = new()
    {
        [IncidentCourse.TimelineSheet] = (nameof(TimelineEntry), [nameof(TimelineEntry.Position), nameof(TimelineEntry.At), nameof(TimelineEntry.Kind), nameof(TimelineEntry.Text), nameof(TimelineEntry.By)]),
        [IncidentCourse.CustodySheet] = (nameof(CustodyEntry), [nameof(CustodyEntry.Position), nameof(CustodyEntry.At), nameof(CustodyEntry.From), nameof(CustodyEntry.To), nameof(CustodyEntry.Purpose), nameof(CustodyEntry.Sha256)]),
    };

    private readonly Dictionary<(string Kind, string Id), JsonObject> _told = [];

    /// <summary>Keeps what an entry of the journal tells of them.</summary>
    public void Remember(JournalEntry entry)
    {
        if (!Sheets.Values.Any(s => entry.Changes.Contains($"\"{s.Kind}\"", StringComparison.Ordinal))) return;
        foreach (var change in JsonNode.Parse(entry.Changes)!.AsArray())
            if ((string?)change!["kind"] is { } kind && (string?)change["change"] == "entered" && Sheets.Values.Any(s => s.Kind == kind))
                _told[(kind, (string)change["id"]!)] = change["fields"]!.AsObject();
    }

    /// <summary>What is not as the journal tells it. A pack that was made before these sheets were in it has none to compare.</summary>
    public IEnumerable<string> Compare(JsonObject register)
    {
        foreach (var (name, (kind, fields)) in Sheets.Where(s => register[s.Key] is JsonArray))
        {
            var rows = register[name]!.AsArray();
            foreach (var row in rows)
            {
                var (incident, id) = ((string?)row!["Incident"], (string)row[IncidentCourse.RecordHeader]!);
                if (!_told.Remove((kind, id), out var told)) yield return $"{Register}: the journal does not tell of {name} {id} of {incident}.";
                else if (fields.FirstOrDefault(f => !IsSame(row[f], told[f]?[1])) is { } other) yield return $"{Register}: {other} of {name} {id} of {incident} is not what the journal says.";
            }
            // Where there is more than a sheet holds, the oldest are not in it.
            if (rows.Count >= RegisterTable.MostRows) continue;
            foreach (var (_, missing) in _told.Keys.Where(k => k.Kind == kind)) yield return $"{Register}: {name} {missing} is in the journal and not in the register.";
        }
    }

    private static bool IsSame(JsonNode? shown, JsonNode? told) => shown?.ToString() == told?.ToString();
}
