using System.Text.Json.Nodes;
using Moat.Isms.Kernel;

namespace Moat.Server.Shell;

/// <summary>
/// A form with a field for each setting of a collector, named <c>setting.NAME</c>, as the input that takes them as
/// lines.
/// </summary>
internal static class CollectorSettings
{
    private const string Prefix = "setting.";

    public static JsonObject Read(Type inputType, IFormCollection form)
    {
        var input = InputBinder.FromText(
            inputType,
            form.Where(f => f.Key[0] != '_' && !f.Key.StartsWith(Prefix, StringComparison.Ordinal))
                .Select(f => KeyValuePair.Create(f.Key, f.Value.ToString()))
        );
        input["settings"] = new JsonArray([
            .. form.Where(f => f.Key.StartsWith(Prefix, StringComparison.Ordinal) && f.Value.ToString().Length > 0)
                .Select(f => (JsonNode)$"{f.Key[Prefix.Length..]}={f.Value}"),
        ]);
        return input;
    }
}
