using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Reading;
using Moat.Isms.People;

namespace Moat.Isms.Provisioning;

/// <summary>Accounts and groups as facts, so that checks and access reviews see them and their history stays.</summary>
public sealed class ProvisionedFacts(MoatDb db, FactIntake intake)
{
    internal const string Account = "directory.person";
    internal const string Group = "directory.group";
    private const string ToldBy = "scim";

    /// <summary>The account of each person that has one.</summary>
    internal async Task<Dictionary<Guid, ToldAccount>> Accounts(CancellationToken ct) =>
        (await Standing(Account, ct)).ToDictionary(
            s => Guid.Parse(s.Resource.ExternalId),
            s => new ToldAccount(s.Resource.Version, s.Fact)
        );

    /// <summary>The people whose account the identity provider deleted.</summary>
    public async Task<HashSet<Guid>> Deleted(CancellationToken ct) =>
        [
            .. (
                await db.Set<Resource>()
                    .Where(r => r.Kind == Account && r.ToldBy == ToldBy && r.GoneAt != null)
                    .Select(r => r.ExternalId)
                    .ToListAsync(ct)
            ).Select(Guid.Parse),
        ];

    /// <summary>The groups that there are, with their facts.</summary>
    public Task<List<(Resource Resource, JsonObject Fact)>> Groups(CancellationToken ct) => Standing(Group, ct);

    /// <summary>Tells how an account is now.</summary>
    public Task Tell(Person person, ProvisionUser user, bool active, CancellationToken ct) =>
        Take(
            Account,
            person.Id,
            user.UserName,
            new JsonObject
            {
                ["name"] = user.Name,
                ["displayName"] = user.Told?.Display,
                ["formatted"] = user.Told?.Formatted,
                ["givenName"] = user.Told?.Given,
                ["familyName"] = user.Told?.Family,
                ["email"] = person.Email,
                ["userName"] = user.UserName,
                ["externalId"] = user.ExternalId,
                ["active"] = active,
                ["mfa"] = null,
                ["known"] = true,
                ["left"] = person.LeftOn <= db.Today,
                ["unknown"] = new JsonObject { ["mfa"] = "SCIM does not tell of second factors" },
            },
            ct
        );

    /// <summary>Tells how a group is now.</summary>
    public async Task Tell(Guid id, ProvisionGroup group, CancellationToken ct)
    {
        var people = await db.Set<Person>()
            .Where(p => group.Members.Contains(p.Id))
            .OrderBy(p => p.Number)
            .Select(p => new { p.Id, p.Email })
            .ToListAsync(ct);
        if (group.Members.Except(people.Select(p => p.Id)).Select(m => (Guid?)m).FirstOrDefault() is { } stranger)
            throw new InputInvalid("members", $"There is no user {stranger}.");
        await Take(
            Group,
            id,
            group.DisplayName,
            new JsonObject
            {
                ["name"] = group.DisplayName,
                ["externalId"] = group.ExternalId,
                ["members"] = new JsonArray([.. people.Select(p => (JsonNode)p.Id.ToString())]),
                ["principals"] = new JsonArray([
                    .. people.Select(p => (JsonNode)new JsonObject { ["id"] = p.Email, ["permission"] = "member" }),
                ]),
            },
            ct
        );
    }

    /// <summary>The group is no more; its history stays.</summary>
    public Task End(Resource group, CancellationToken ct) => intake.End(group, ct);

    /// <summary>The account of a person is no more; its history stays.</summary>
    public async Task End(Person person, CancellationToken ct)
    {
        await db.Flush(ct);
        var id = person.Id.ToString();
        await intake.End(
            await db.Set<Resource>().FirstAsync(r => r.Kind == Account && r.ToldBy == ToldBy && r.ExternalId == id, ct),
            ct
        );
    }

    private Task Take(string kind, Guid id, string name, JsonObject fact, CancellationToken ct) =>
        intake.Take([new ObservedFact(kind, ToldBy, id.ToString(), name, db.Now, FactText.Of(fact))], ct);

    private async Task<List<(Resource Resource, JsonObject Fact)>> Standing(string kind, CancellationToken ct)
    {
        var facts = db.Set<ResourceFact>();
        var rows = await db.Set<Resource>()
            .Where(r => r.Kind == kind && r.ToldBy == ToldBy && r.GoneAt == null)
            .OrderBy(r => r.Number)
            .Select(r => new
            {
                Resource = r,
                Content = facts
                    .Where(f => f.ResourceId == r.Id && f.Sha256 == r.Sha256)
                    .OrderByDescending(f => f.ObservedAt)
                    .Select(f => f.Content)
                    .First(),
            })
            .ToListAsync(ct);
        return [.. rows.Select(r => (r.Resource, (JsonObject)JsonNode.Parse(r.Content)!))];
    }
}

/// <summary>What an identity provider told of an account, and the version of it.</summary>
internal sealed record ToldAccount(int Version, JsonObject Fact)
{
    /// <summary>The login.</summary>
    public string? UserName => Fact["userName"].Text();

    /// <summary>Whether the account can be used.</summary>
    public bool Active => Fact["active"]!.GetValue<bool>();
}
