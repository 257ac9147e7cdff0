using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Moat.Isms.Kernel;

namespace Moat.Server.Doors;

/// <summary>The JSON Schema of what operations take and answer, made from the records themselves.</summary>
internal static class OperationSchemas
{
    private static readonly JsonSchemaExporterOptions Options = new()
    {
        TreatNullObliviousAsNonNullable = true,
        // Content is base64, as bytes are.
        TransformSchemaNode = (context, schema) =>
            context.TypeInfo.Type == typeof(GivenContent) ? new JsonObject { ["type"] = "string" } : schema,
    };

    /// <summary>The schema of a type.</summary>
    public static JsonObject Of(Type type) =>
        InputBinder.Json.GetJsonSchemaAsNode(type, Options) switch
        {
            JsonObject schema => schema,
            _ => new JsonObject { ["type"] = "object" },
        };

    /// <summary>The schema of an operation's input; always an object.</summary>
    public static JsonObject Input(Operation operation)
    {
        var schema = Of(operation.InputType);
        schema["type"] = "object";
        schema.Remove("$schema");
        return schema;
    }
}
