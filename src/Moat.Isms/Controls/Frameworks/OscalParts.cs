using System.Text.Json.Nodes;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Reading;
using Moat.Isms.Kernel.Reading.Schemas;
using static Moat.Isms.Controls.Frameworks.FrameworkReader;

namespace Moat.Isms.Controls.Frameworks;

/// <summary>What of an OSCAL catalog is read, and whether it follows the schema of its version.</summary>
internal static class OscalParts
{
    private const int MostNames = 8;

    /// <summary>The members that are read (OSCAL catalog model 1.x).</summary>
    public static ReadParts Parts { get; } =
        new(
            """
            $schema? catalog.uuid? catalog.metadata.title? catalog.metadata.parties[].name? catalog.metadata.oscal-version? catalog.metadata.version?
            catalog.metadata.last-modified? catalog.groups[].id? catalog.groups[].title? catalog.controls[].id catalog.controls[].title? catalog.controls[].class?
            catalog.controls[].props[].name? catalog.controls[].props[].value? catalog.controls[].props[].class?
            catalog.controls[].parts[].name? catalog.controls[].parts[].id? catalog.controls[].parts[].prose?
            catalog.controls[].parts[].props[].name? catalog.controls[].parts[].props[].value? catalog.controls[].parts[].props[].class?
            catalog.params[].id? catalog.params[].values**? catalog.params[].select.choice**? catalog.params[].label?
            """,
            new Dictionary<string, string>
            {
                ["catalog.groups[].groups"] = "catalog.groups",
                ["catalog.groups[].controls"] = "catalog.controls",
                ["catalog.controls[].controls"] = "catalog.controls",
                ["catalog.groups[].params"] = "catalog.params",
                ["catalog.controls[].params"] = "catalog.params",
                ["catalog.controls[].parts[].parts"] = "catalog.controls[].parts",
            }
        );

    /// <summary>What is to be said of a catalog. Throws <see cref="InputInvalid"/> when it does not follow its schema
    /// in a place that is read.</summary>
    public static IEnumerable<string> Remarks(JsonObject root, ReadOnlyMemory<byte> file, int maxDepth)
    {
        var schema = PublishedSchema.Oscal(Text(root["catalog"].At("metadata"), "oscal-version"));
        using var document = GivenJson.Document(file, maxDepth);
        var violations = schema.Violations(document.RootElement);
        if (violations.Where(Parts.Matters).ToList() is { Count: > 0 } counting)
            throw new InputInvalid("file", ReadParts.Told(schema, counting)!);
        return new[]
        {
            ReadParts.Told(schema, violations),
            Parts.NotRead(document.RootElement),
            OtherParts((JsonObject)root["catalog"]!),
        }.OfType<string>();
    }

    /// <summary>
    /// A control's guidance, objectives and methods of assessment are no requirement; which of them a catalog has is
    /// named.
    /// </summary>
    private static string? OtherParts(JsonObject catalog)
    {
        var names = Controls(catalog)
            .SelectMany(c => Objects(c["parts"]))
            .Select(p => Text(p, "name") ?? "without a name")
            .Where(n => n is not ("statement" or "overview"))
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToList();
        return names.Count == 0
            ? null
            : "Of each control the statement is read. Its other parts are not: "
                + $"{string.Join(", ", names.Take(MostNames).Select(n => n.Cut(60)))}{(names.Count > MostNames ? " and more" : "")}.";
    }

    private static IEnumerable<JsonObject> Controls(JsonObject level) =>
        Objects(level["groups"])
            .SelectMany(Controls)
            .Concat(Objects(level["controls"]).SelectMany(c => Controls(c).Prepend(c)));
}
