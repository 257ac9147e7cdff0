using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;
using Moat.Isms.Kernel.Registers;

namespace Moat.Reports.Pack;

/// <summary>
/// The registers of a pack as JSON: how they are written, and whether they are what the pack's own journal leads to,
/// with no row more, less or other. Both come from <see cref="RegisterSheets"/>.
/// </summary>
internal sealed class PackRegisters(JournalReplay replay, DateTime madeAt)
{
    private readonly RegisterSheets _sheets = new(new ReplayedRegisters(replay, madeAt));

    /// <summary>The columns that nothing proves, such as <c>Resource: Last seen at</c>, and why.</summary>
    public static IReadOnlyList<(string Column, string Because)> NotProved { get; } =
    [
        .. from kind in RegisterTable.Registers.Values.SelectMany(kinds => kinds)
        from field in kind.Type.GetProperties()
        let mark = field.GetCustomAttribute<NotProvedAttribute>()
        where mark is not null
        select ($"{kind.Type.Name}: {field.Name.Spaced()}", mark.Because),
    ];

    /// <summary>Where a register stands in a pack.</summary>
    public static string PathOf(string register) => $"registers/{register}.json";

    /// <summary>A register as it stands in a pack.</summary>
    public static JsonObject Write(IReadOnlyList<TableSheet> sheets)
    {
        var json = new JsonObject();
        foreach (var sheet in sheets)
            json[sheet.Name] = new JsonArray([
                .. sheet.Rows.Select(row =>
                    (JsonNode)
                        new JsonObject(
                            sheet.Headers.Zip(row, (header, value) => KeyValuePair.Create(header, Node(value)))
                        )
                ),
            ]);
        return json;
    }

    /// <summary>What of a register is not as the journal tells it.</summary>
    public async Task<IReadOnlyList<string>> Compare(string register, JsonElement given, CancellationToken ct)
    {
        if (given.ValueKind != JsonValueKind.Object)
            return ["it is not a register."];
        var findings = new List<string>();
        var expected = await _sheets.Of(register, ct);
        foreach (var sheet in expected)
        {
            if (!given.TryGetProperty(sheet.Name, out var rows) || rows.ValueKind != JsonValueKind.Array)
                findings.Add($"{sheet.Name} is missing.");
            else
                findings.AddRange(Compare(AsWritten(sheet, rows), rows));
        }
        foreach (
            var more in given
                .EnumerateObject()
                .GroupBy(s => s.Name)
                .Where(s => expected.All(e => e.Name != s.Key) || s.Count() > 1)
        )
            findings.Add($"{more.Key} is no sheet of this register, or stands in it twice.");
        return findings;
    }

    // Packs of earlier versions hold this many rows of what happened over time and of connections, and no more.
    private static TableSheet AsWritten(TableSheet sheet, JsonElement rows) =>
        sheet.Rows.Count > TableSheet.MostRows && rows.GetArrayLength() == TableSheet.MostRows
            ? sheet with
            {
                Rows = [.. sheet.Rows.Take(TableSheet.MostRows)],
            }
            : sheet;

    private IEnumerable<string> Compare(TableSheet sheet, JsonElement rows)
    {
        var key = sheet.Headers.Contains(TableSheet.Record) ? sheet.Headers.ToList().IndexOf(TableSheet.Record) : 0;
        var told = sheet.Rows.ToDictionary(r => Shown(r[key]));
        var seen = new HashSet<string>();
        foreach (var row in rows.EnumerateArray())
        {
            var name =
                row.ValueKind == JsonValueKind.Object && row.TryGetProperty(sheet.Headers[key], out var named)
                    ? Shown(named)
                    : "a row without a name";
            if (!told.TryGetValue(name, out var cells))
                yield return $"the journal does not tell of {sheet.Name} {name}.";
            else if (!seen.Add(name))
                yield return $"{sheet.Name} {name} stands in it twice.";
            else
                foreach (var column in Differences(sheet, cells, row))
                    yield return $"{column} of {sheet.Name} {name} is not what the journal says.";
        }
        foreach (var name in told.Keys.Where(n => !seen.Contains(n)))
            yield return $"{sheet.Name} {name} is in the journal and not in the register.";
    }

    private IEnumerable<string> Differences(TableSheet sheet, IReadOnlyList<object?> cells, JsonElement row)
    {
        var shown = 0;
        for (var i = 0; i < cells.Count; i++)
        {
            if (!row.TryGetProperty(sheet.Headers[i], out var cell))
            {
                if (!CameLater(sheet, i))
                    yield return sheet.Headers[i];
                continue;
            }
            shown++;
            if (!(cells[i] is IProvedOtherwise value ? value.CanBe(cell) : IsSame(Node(cells[i]), cell)))
                yield return sheet.Headers[i];
        }
        if (row.EnumerateObject().Count() == shown)
            yield break;
        var known = sheet.Headers.ToHashSet();
        foreach (
            var more in row.EnumerateObject().GroupBy(c => c.Name).Where(c => !known.Contains(c.Key) || c.Count() > 1)
        )
            yield return more.Key;
    }

    // A pack of a version that did not have the field yet is whole without it.
    private bool CameLater(TableSheet sheet, int column) =>
        column < sheet.Fields.Count
        && sheet.Fields[column] is { } field
        && field.IsDefined(typeof(AddedLaterAttribute))
        && !replay.Tells(sheet.Name, field.Name);

    private static bool IsSame(JsonNode? told, JsonElement shown) =>
        told?.GetValueKind() switch
        {
            null => shown.ValueKind == JsonValueKind.Null,
            JsonValueKind.String => shown.ValueKind == JsonValueKind.String
                && shown.ValueEquals(told.GetValue<string>()),
            _ => shown.ValueKind != JsonValueKind.String && shown.GetRawText() == told.ToJsonString(),
        };

    private static string Shown(object? value) =>
        Node(value) is { } node
            ? node.GetValueKind() == JsonValueKind.String
                ? node.GetValue<string>()
                : node.ToJsonString()
            : "null";

    private static string Shown(JsonElement cell) =>
        cell.ValueKind == JsonValueKind.String ? cell.GetString()! : cell.GetRawText();

    private static JsonNode? Node(object? value) =>
        value switch
        {
            null => null,
            int number => number,
            long number => number,
            bool yes => yes,
            DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTime at => at.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
            // Databases keep a different number of zeros behind the point; dividing by this takes them off.
            decimal amount => (amount / 1.000000000000000000000000000000m).ToString(CultureInfo.InvariantCulture),
            IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString(),
        };
}
