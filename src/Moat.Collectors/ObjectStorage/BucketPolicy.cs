using System.Text.Json;
using System.Text.Json.Nodes;
using Moat.Collectors.Http;

namespace Moat.Collectors.ObjectStorage;

/// <summary>Reads a bucket's policy where the storage itself does not say whether it makes the bucket public.</summary>
internal static class BucketPolicy
{
    /// <summary>
    /// Whether a policy lets everybody in: an allowing statement for everybody, or for everybody but some. With a
    /// condition it may be narrow or as good as open; which of the two, only the storage can tell, so that is unknown.
    /// </summary>
    public static (bool? Lets, string Why) LetsEverybodyIn(string policy)
    {
        if (Parsed(policy) is not { } statements)
            return (null, "the policy cannot be read");
        var open = statements
            .Where(s => s["Effect"].Text() == "Allow" && (s["NotPrincipal"] is not null || IsEverybody(s["Principal"])))
            .ToList();
        if (open.Any(s => s["Condition"] is null or JsonObject { Count: 0 }))
            return (true, "");
        return open.Count == 0
            ? (false, "")
            : (
                null,
                "a statement of the policy lets everybody in under a condition, and the storage does not tell whether that narrows it"
            );
    }

    private static List<JsonObject>? Parsed(string policy)
    {
        try
        {
            return JsonNode.Parse(policy).At("Statement") switch
            {
                JsonArray many when many.All(s => s is JsonObject) => [.. many.OfType<JsonObject>()],
                JsonObject one => [one],
                _ => null,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsEverybody(JsonNode? principal) =>
        principal switch
        {
            JsonValue => principal.Text() == "*",
            JsonObject o => o.Any(p =>
                p.Value.Text() == "*" || (p.Value is JsonArray list && list.Any(i => i.Text() == "*"))
            ),
            _ => false,
        };
}
