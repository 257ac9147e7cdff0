using System.Text.Json;

namespace Moat.Isms.AccessReviews;

/// <summary>Who can reach a resource, as a fact about it tells.</summary>
/// <param name="Named">Principals with what they may do, in a fixed order.</param>
/// <param name="Why">Why nobody can rely on these being all; null when they are.</param>
public sealed record ToldPrincipals(IReadOnlyList<(string Id, string Permission)> Named, string? Why)
{
    /// <summary>The member of a fact that names them.</summary>
    public const string Member = "principals";

    /// <summary>
    /// Reads them. Null, absent and unnamed ones are not "nobody": a token that lost its right sees as little as one
    /// that has nothing to see.
    /// </summary>
    public static ToldPrincipals Of(string content)
    {
        using var fact = JsonDocument.Parse(content);
        var root = fact.RootElement;
        if (
            root.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty(Member, out var list)
            || list.ValueKind != JsonValueKind.Array
        )
            return new([], Reason(root));
        var all = list.EnumerateArray().Select(p => (Id: Text(p, "id"), Permission: Text(p, "permission"))).ToList();
        var named = all.Where(p => p.Id.Length > 0)
            .OrderBy(p => p.Id, StringComparer.Ordinal)
            .ThenBy(p => p.Permission, StringComparer.Ordinal)
            .ToList();
        return new(
            named,
            named.Count == all.Count ? null : $"{all.Count - named.Count} of its principals have no name"
        );
    }

    private static string Reason(JsonElement fact) =>
        fact.ValueKind == JsonValueKind.Object
        && fact.TryGetProperty("unknown", out var unknown)
        && Text(unknown, Member) is { Length: > 0 } why
            ? why
            : "its source does not tell who can reach it";

    private static string Text(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object
        && owner.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : "";
}
