using System.Text;
using System.Text.Json.Nodes;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Reading;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Moat.Isms.Controls.Frameworks;

/// <summary>What a file holds: a framework, a mapping between two, or both.</summary>
/// <param name="Format">The form of the file.</param>
/// <param name="Framework">The framework, if there is one: key, name, publisher, requirements by their key in the
/// file.</param>
/// <param name="Mapping">Which requirement of which framework answers which other.</param>
internal sealed record FrameworkFile(string Format, ReadFramework? Framework, IReadOnlyList<ReadMapping> Mapping)
{
    /// <summary>What of the file is not read, and where it does not follow its format, a sentence each.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}

internal sealed record ReadFramework(
    string Key,
    string Name,
    string Publisher,
    IReadOnlyList<(string Key, FrameworkRow Row)> Rows
);

internal sealed record ReadMapping(
    string SourceFramework,
    string SourceRequirement,
    string TargetFramework,
    string TargetRequirement
);

/// <summary>
/// Reads an OSCAL catalog (JSON or YAML) or a library in the style of CISO Assistant (YAML). Throws
/// <see cref="InputInvalid"/>.
/// </summary>
internal static class FrameworkReader
{
    internal const int MostRequirements = 5000;
    private const int LongestText = 4000;
    internal const int MaxDepth = 64;

    public static FrameworkFile Read(GivenFile file)
    {
        var text = GivenText.Utf8(file.Bytes());
        var begin = text.AsSpan().TrimStart();
        if (begin.StartsWith("<"))
            throw Wrong(
                "This is XML. OSCAL is read as JSON or YAML; convert it, as with 'oscal-cli catalog convert --to=JSON'."
            );
        var read = begin.StartsWith("{") ? OscalJson(Encoding.UTF8.GetBytes(text)) : OfYaml(Yaml(text));
        if (read.Framework is { Rows.Count: 0 })
            throw Wrong("It has no requirement.");
        if (read.Framework?.Rows.Count > MostRequirements)
            throw Wrong($"More than {MostRequirements:N0} requirements are not one framework.");
        if (read.Framework?.Rows.GroupBy(r => r.Key).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw Wrong($"Two requirements have the id '{twice.Key}'.");
        return read.Framework is { } framework
            ? read with
            {
                Framework = framework with { Rows = Told(framework.Rows) },
            }
            : read;
    }

    // Numbers are for people and may repeat, as where each chapter begins anew; then the id tells them apart.
    private static List<(string Key, FrameworkRow Row)> Told(IReadOnlyList<(string Key, FrameworkRow Row)> rows)
    {
        var repeated = rows.GroupBy(r => r.Row.Id).Where(g => g.Count() > 1).Select(g => g.Key).ToHashSet();
        return
        [
            .. rows.Select(r =>
                repeated.Contains(r.Row.Id)
                    ? (r.Key, r.Row with { Id = $"{r.Row.Id} ({r.Key.Split(':')[^1]})".Cut(80) })
                    : r
            ),
        ];
    }

    private static FrameworkFile OscalJson(byte[] file)
    {
        var root = GivenJson.Object(file, "file", MaxDepth);
        var read = Oscal(root);
        return read with { Remarks = [.. OscalParts.Remarks(root, file, MaxDepth)] };
    }

    private static FrameworkFile OfYaml(JsonObject document) =>
        document.ContainsKey("catalog")
            ? Oscal(document) with
            {
                Remarks =
                [
                    "The file is YAML, so it is not held against the schema of OSCAL. Give it as JSON to have that done.",
                ],
            }
            : Library(document);

    private static FrameworkFile Oscal(JsonObject document)
    {
        if (document["catalog"] is not JsonObject catalog)
        {
            var top = document.Select(m => $"'{m.Key.Cut(40)}'").Take(5).DefaultIfEmpty("nothing");
            throw Wrong($"This is no OSCAL catalog: its top is not 'catalog' but {string.Join(", ", top)}.");
        }
        var key = Text(catalog, "uuid") ?? throw Wrong("The catalog has no uuid.");
        var title = Text(catalog["metadata"], "title") ?? throw Wrong("The catalog has no title.");
        var publisher =
            (catalog["metadata"].At("parties") as JsonArray)
                ?.Select(p => Text(p, "name"))
                .FirstOrDefault(n => n is not null)
            ?? "not named";
        return new FrameworkFile(
            "OSCAL catalog",
            new ReadFramework(
                key,
                title.Cut(300),
                publisher.Cut(200),
                [.. OscalControls(catalog, OscalText.Of(catalog))]
            ),
            []
        );
    }

    private static IEnumerable<(string, FrameworkRow)> OscalControls(JsonObject level, OscalText texts)
    {
        foreach (var group in Objects(level["groups"]))
        foreach (var control in OscalControls(group, texts))
            yield return control;
        foreach (var control in Objects(level["controls"]).Where(c => !OscalText.IsWithdrawn(c)))
        {
            var id = Text(control, "id") ?? throw Wrong("A control has no id.");
            var label = OscalText.Label(control);
            yield return (
                id,
                new FrameworkRow(
                    (label ?? id).Cut(80),
                    (Text(control, "title") ?? id).Cut(300),
                    texts.Statement(control)?.Cut(LongestText),
                    []
                )
            );
            foreach (var below in OscalControls(control, texts))
                yield return below;
        }
    }

    private static FrameworkFile Library(JsonObject library)
    {
        if (library["objects"] is not JsonObject objects)
            throw Wrong(
                "This YAML is neither an OSCAL catalog (it has no 'catalog') nor a library (it has no 'objects')."
            );
        if (Objects(objects["framework"]).Concat(Objects(objects["frameworks"])).Count() is var several and > 1)
            throw Wrong($"The library holds {several} frameworks. Give each as a file of its own.");
        var framework = Objects(objects["framework"]).Concat(Objects(objects["frameworks"])).FirstOrDefault();
        var sets = Objects(objects["requirement_mapping_sets"])
            .Concat(Objects(objects["requirement_mapping_set"]))
            .ToList();
        if (framework is null && sets.Count == 0)
            throw Wrong(
                $"The library has neither a framework nor a mapping; it has {string.Join(", ", objects.Select(o => o.Key))}."
            );
        return new FrameworkFile(
            "CISO Assistant library",
            framework is null
                ? null
                : new ReadFramework(
                    Text(framework, "urn") ?? throw Wrong("The framework has no urn."),
                    (Text(framework, "name") ?? Text(library, "name") ?? "Framework").Cut(300),
                    (Text(library, "provider") ?? "not named").Cut(200),
                    [.. Nodes(framework)]
                ),
            [.. sets.SelectMany(Pairs)]
        );
    }

    // What is assessable says so as YAML 1.1 spells it, in which these libraries are written.
    private static IEnumerable<(string, FrameworkRow)> Nodes(JsonObject framework) =>
        from node in Objects(framework["requirement_nodes"])
        where Text(node, "assessable")?.ToLowerInvariant() is "true" or "yes" or "on"
        let key = Text(node, "urn") ?? throw Wrong("A requirement has no urn.")
        let id = Text(node, "ref_id") ?? key.Split(':')[^1]
        select (
            key,
            new FrameworkRow(
                id.Cut(80),
                (Text(node, "name") ?? Text(node, "description") ?? id).Cut(300),
                Text(node, "description")?.Cut(LongestText),
                []
            )
        );

    private static IEnumerable<ReadMapping> Pairs(JsonObject set)
    {
        var (source, target) = (
            Text(set, "source_framework_urn") ?? throw Wrong("A mapping names no source_framework_urn."),
            Text(set, "target_framework_urn") ?? throw Wrong("A mapping names no target_framework_urn.")
        );
        foreach (var pair in Objects(set["requirement_mappings"]))
            yield return new ReadMapping(
                source,
                Text(pair, "source_requirement_urn") ?? throw Wrong("A pair names no source_requirement_urn."),
                target,
                Text(pair, "target_requirement_urn") ?? throw Wrong("A pair names no target_requirement_urn.")
            );
    }

    internal static IEnumerable<JsonObject> Objects(JsonNode? node) =>
        node switch
        {
            JsonArray list => list.OfType<JsonObject>(),
            JsonObject one => [one],
            _ => [],
        };

    internal static string? Text(JsonNode? node, string name) =>
        (node as JsonObject)?[name] is JsonValue value
            ? value.ToString() is { Length: > 0 } text
                ? text
                : null
            : null;

    private static JsonObject Yaml(string text)
    {
        GivenYaml.MustBePlain(text);
        return GivenYaml.Parsed(() => Built(text));
    }

    private static JsonObject Built(string text)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents.Count > 1)
                throw Wrong(
                    $"This YAML holds {stream.Documents.Count} documents (parted by ---). Give each as a file of its own."
                );
            return stream.Documents is [{ RootNode: YamlMappingNode root }]
                ? (JsonObject)Node(root)!
                : throw Wrong("Neither an OSCAL catalog in JSON nor a library in YAML.");
        }
        catch (ArgumentException)
        {
            throw Wrong("A name stands twice in one map of this YAML. Keep one of them.");
        }
    }

    private static JsonNode? Node(YamlNode node) =>
        node switch
        {
            YamlMappingNode map => new JsonObject(
                map.Children.Select(c => KeyValuePair.Create(c.Key.ToString(), Node(c.Value)))
            ),
            YamlSequenceNode list => new JsonArray([.. list.Children.Select(Node)]),
            // The core schema of YAML 1.2 (10.3.2): unquoted words that stand for nothing.
            YamlScalarNode { Style: ScalarStyle.Plain, Value: "" or "~" or "null" or "Null" or "NULL" } => null,
            _ => node.ToString(),
        };

    private static InputInvalid Wrong(string message) => new("file", message);
}
