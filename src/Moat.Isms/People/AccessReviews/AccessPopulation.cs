using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Kernel;

namespace Moat.Isms.People.AccessReviews;

/// <summary>One access as it is collected now.</summary>
public sealed record CollectedAccess(Guid? ResourceId, string ResourceName, Guid? OwnerId, string Principal, string Permission, Guid? PersonId);

/// <summary>Who can reach what, read from the facts that stand and from the accounts of Moat itself.</summary>
public sealed class AccessPopulation(MoatDb db)
{
    /// <summary>The kind that stands for the accounts here.</summary>
    public const string Accounts = "moat";

    /// <summary>Every access of the given kinds, in a fixed order.</summary>
    public async Task<IReadOnlyList<CollectedAccess>> Read(IReadOnlyCollection<string> kinds, CancellationToken ct)
    {
        var people = await db.Set<Person>().Select(p => new { p.Id, p.Email, p.Name }).ToListAsync(ct);
        Guid? Behind(string principal) => people.FirstOrDefault(p =>
            p.Email.Equals(principal, StringComparison.OrdinalIgnoreCase) || p.Email.Split('@')[0].Equals(principal, StringComparison.OrdinalIgnoreCase) || p.Name.Equals(principal, StringComparison.OrdinalIgnoreCase))?.Id;
        var facts = await (from resource in db.Set<Resource>()
                           where kinds.Contains(resource.Kind) && resource.GoneAt == null
                           join fact in db.Set<ResourceFact>() on new { resource.Id, At = resource.ObservedAt, resource.Sha256 } equals new { Id = fact.ResourceId, At = fact.ObservedAt, fact.Sha256 }
                           join known in db.Set<Asset>() on resource.AssetId equals known.Id into assets
                           from asset in assets.DefaultIfEmpty()
                           orderby resource.Number
                           select new { resource.Id, resource.Name, Owner = asset == null ? null : asset.OwnerId, fact.Content }).ToListAsync(ct);
        var found = facts.SelectMany(f => Principals(f.Content).Select(p => new CollectedAccess(f.Id, f.Name, f.Owner, p.Id, p.Permission, Behind(p.Id)))).ToList();
        if (!kinds.Contains(Accounts)) return found;
        var members = await db.Set<Membership>().Where(m => m.RevokedAt == null).OrderBy(m => m.Number).ToListAsync(ct);
        return [.. found, .. members.Select(m => new CollectedAccess(null, "Moat", null, m.Email, $"{m.Role}", m.PersonId))];
    }

    /// <summary>The principals that a fact names; none when it does not know them.</summary>
    public static IReadOnlyList<(string Id, string Permission)> Principals(string content)
    {
        using var fact = JsonDocument.Parse(content);
        if (!fact.RootElement.TryGetProperty("principals", out var list) || list.ValueKind != JsonValueKind.Array) return [];
        return [.. list.EnumerateArray().Where(p => p.ValueKind == JsonValueKind.Object)
            .Select(p => (Id: Text(p, "id"), Permission: Text(p, "permission"))).Where(p => p.Id.Length > 0)
            .OrderBy(p => p.Id, StringComparer.Ordinal).ThenBy(p => p.Permission, StringComparer.Ordinal)];
    }

    private static string Text(JsonElement principal, string name) => principal.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
