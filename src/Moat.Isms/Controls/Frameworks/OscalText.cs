using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Moat.Isms.Kernel.Reading;
using static Moat.Isms.Controls.Frameworks.FrameworkReader;

namespace Moat.Isms.Controls.Frameworks;

/// <summary>
/// What the controls of an OSCAL catalog ask for: a statement stands in parts within parts, and refers to parameters
/// that stand at the control or above it (OSCAL catalog model 1.x, "part" and "param").
/// </summary>
internal sealed partial class OscalText
{
    private readonly Dictionary<string, string> _parameters = new(StringComparer.Ordinal);

    private OscalText() { }

    /// <summary>Knows the parameters of the whole catalog.</summary>
    public static OscalText Of(JsonObject catalog)
    {
        var texts = new OscalText();
        texts.Learn(catalog);
        return texts;
    }

    /// <summary>
    /// The statement with all its items, each in a line of its own; nothing when the control has none.
    /// </summary>
    public string? Statement(JsonObject control)
    {
        var lines = Objects(control["parts"])
            .Where(p => Text(p, "name") is "statement" or "overview")
            .SelectMany(Lines)
            .ToList();
        return lines.Count == 0 ? null : string.Join('\n', lines);
    }

    /// <summary>
    /// What people call it. A form of the label that is made for sorting counts only where there is no other.
    /// </summary>
    public static string? Label(JsonObject part) =>
        Objects(part["props"])
            .Where(p => Text(p, "name") == "label")
            .OrderBy(p => Text(p, "class") is "zero-padded" or "sort-id")
            .Select(p => Text(p, "value"))
            .FirstOrDefault();

    /// <summary>Whether it stands in the catalog only to say that it is no more asked for.</summary>
    public static bool IsWithdrawn(JsonObject control) =>
        Objects(control["props"])
            .Any(p => Text(p, "name") == "status" && Text(p, "value") is "withdrawn" or "Withdrawn");

    private IEnumerable<string> Lines(JsonObject part)
    {
        var label = Label(part);
        if (Text(part, "prose") is { } prose)
            yield return Filled(label is null ? prose : $"{label} {prose}");
        foreach (var line in Objects(part["parts"]).SelectMany(Lines))
            yield return line;
    }

    private string Filled(string prose) =>
        Insertion().Replace(prose, m => $"[{_parameters.GetValueOrDefault(m.Groups[1].Value, m.Groups[1].Value)}]");

    private void Learn(JsonObject level)
    {
        foreach (var parameter in Objects(level["params"]))
            if (Text(parameter, "id") is { } id)
                _parameters.TryAdd(id, Words(parameter) ?? id);
        foreach (var below in Objects(level["groups"]).Concat(Objects(level["controls"])))
            Learn(below);
    }

    // A value that is set says most; a choice says what may be chosen; a label says what is to be put in.
    private static string? Words(JsonObject parameter) =>
        (parameter["values"] as JsonArray)?.Select(v => v?.ToString()).OfType<string>().ToList()
            is { Count: > 0 } values
            ? string.Join(", ", values)
        : (parameter["select"].At("choice") as JsonArray)?.Select(c => c?.ToString()).OfType<string>().ToList()
            is { Count: > 0 } choices
            ? Insertion().Replace(string.Join(" or ", choices), m => m.Groups[1].Value)
        : Text(parameter, "label");

    [GeneratedRegex(@"\{\{\s*(?:insert:\s*param,\s*)?([^\s{}]+)\s*\}\}")]
    private static partial Regex Insertion();
}
