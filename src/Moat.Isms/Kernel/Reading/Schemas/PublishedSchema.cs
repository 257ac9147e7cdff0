using System.Reflection;
using System.Text.Json;

namespace Moat.Isms.Kernel.Reading.Schemas;

/// <summary>
/// The schemas that the publishers of formats give out, as they came (their origin and licences stand beside the
/// files). Each is read when it is first needed, and nothing is fetched.
/// </summary>
public sealed class PublishedSchema
{
    private static readonly string[] Shared =
    [
        "spdx.schema.json",
        "jsf-0.82.schema.json",
        "cryptography-defs.schema.json",
    ];

    private static readonly Dictionary<string, PublishedSchema> Bills = new[]
    {
        "1.2",
        "1.3",
        "1.4",
        "1.5",
        "1.6",
        "1.7",
    }.ToDictionary(v => v, v => new PublishedSchema($"CycloneDX {v}", $"bom-{v}.schema.json"));

    private readonly string _file;
    private readonly string _part;
    private readonly Lazy<SchemaNode> _schema;

    private PublishedSchema(string name, string file, string part = "")
    {
        (Name, _file, _part) = (name, file, part);
        _schema = new(Load);
    }

    /// <summary>The format and the version that it is the schema of.</summary>
    public string Name { get; }

    /// <summary>SARIF 2.1.0 (OASIS).</summary>
    public static PublishedSchema Sarif { get; } = new("SARIF 2.1.0", "sarif-2.1.0.schema.json");

    /// <summary>The versions of CycloneDX that have a schema here (ECMA-424).</summary>
    public static IReadOnlyCollection<string> CycloneDxVersions => Bills.Keys;

    // One schema for all models of OSCAL; the one of catalogs is a part of it.
    private static PublishedSchema Oscal11 { get; } =
        new("OSCAL 1.1.3", "oscal-complete-1.1.3.schema.json", "/oneOf/0");

    private static PublishedSchema Oscal12 { get; } = new("OSCAL 1.2.1", "oscal-catalog-1.2.1.schema.json");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<PublishedSchema> All => [.. Bills.Values, Sarif, Oscal11, Oscal12];

    /// <summary>CycloneDX in one of <see cref="CycloneDxVersions"/>; null for another version.</summary>
    public static PublishedSchema? CycloneDx(string? version) =>
        version is null ? null : Bills.GetValueOrDefault(version);

    /// <summary>OSCAL: the newest schema of the version's line.</summary>
    public static PublishedSchema Oscal(string? version) =>
        version?.StartsWith("1.2", StringComparison.Ordinal) == true ? Oscal12 : Oscal11;

    /// <summary>Where the value does not follow the schema, the first places; empty when it does.</summary>
    public IReadOnlyList<SchemaViolation> Violations(JsonElement value) => SchemaCheck.Of(_schema.Value, value);

    /// <summary>The same of a file. Throws <see cref="JsonException"/> when it is not JSON.</summary>
    public IReadOnlyList<SchemaViolation> Violations(ReadOnlyMemory<byte> utf8, int maxDepth)
    {
        using var document = GivenJson.Document(utf8, maxDepth);
        return Violations(document.RootElement);
    }

    private SchemaNode Load()
    {
        var documents = Shared.Append(_file).ToDictionary(f => f, Document);
        return new SchemaReader(documents).Read(_file, _part);
    }

    private static JsonElement Document(string file)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"schemas/{file}")!;
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }
}
