using System.Text.Json;
using System.Text.RegularExpressions;

namespace Moat.Isms.Kernel.Reading.Schemas;

/// <summary>The types of JSON values (JSON Schema core, 4.2.1).</summary>
[Flags]
internal enum JsonTypes
{
    None = 0,
    Null = 1,
    Boolean = 2,
    Object = 4,
    Array = 8,
    Number = 16,
    Text = 32,
    Integer = 64,
}

/// <summary>
/// A schema that was read once: what it asks of a value, keyword by keyword. A keyword that is not there asks for
/// nothing.
/// </summary>
internal sealed class SchemaNode
{
    /// <summary>For the schemas <c>true</c> and <c>false</c>: whether anything fits.</summary>
    public bool? Always { get; init; }

    public JsonTypes Types { get; init; }
    public SchemaNode? Reference { get; set; }
    public string[] Required { get; init; } = [];
    public IReadOnlyDictionary<string, SchemaNode> Properties { get; init; } = new Dictionary<string, SchemaNode>();
    public SchemaNode? AdditionalProperties { get; init; }
    public SchemaNode? Items { get; init; }
    public SchemaNode[] FirstItems { get; init; } = [];
    public SchemaNode? AdditionalItems { get; init; }
    public int? MinItems { get; init; }
    public int? MaxItems { get; init; }
    public bool UniqueItems { get; init; }
    public JsonElement[]? Enum { get; init; }
    public IReadOnlySet<string> EnumTexts { get; init; } = new HashSet<string>();
    public Regex? Pattern { get; init; }
    public string? Format { get; init; }
    public int? MinLength { get; init; }
    public int? MaxLength { get; init; }
    public double? Minimum { get; init; }
    public double? Maximum { get; init; }
    public SchemaNode[] AllOf { get; init; } = [];
    public SchemaNode[] AnyOf { get; init; } = [];
    public SchemaNode[] OneOf { get; init; } = [];
    public SchemaNode? Not { get; init; }
    public SchemaNode? If { get; init; }
    public SchemaNode? Then { get; init; }
    public SchemaNode? Else { get; init; }
}
