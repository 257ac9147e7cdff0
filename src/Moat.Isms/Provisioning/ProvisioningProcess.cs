using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Reading;
using Moat.Isms.People;

namespace Moat.Isms.Provisioning;

/// <summary>
/// What an identity provider tells (SCIM 2.0): accounts are people of the register, groups are resources whose members
/// an access review sees. Nothing is deleted: who leaves gets the leaver's checklist and loses access to Moat at once,
/// and a group or account that ends keeps its history.
/// </summary>
[Process(
    "provisioning",
    "Accounts and groups as an identity provider tells them: joiners, leavers and members of groups (A.5.16, A.5.18, A.6.5)."
)]
public sealed class ProvisioningProcess(
    MoatDb db,
    PeopleDirectory people,
    Arrivals arrivals,
    AccessEnd access,
    ProvisionedFacts facts
)
{
    private const int MostPeople = 50_000;

    /// <summary>The accounts: everybody in the people register whose account was not deleted.</summary>
    [Query("users", Permission.ProvisionPeople, "List the accounts that an identity provider may tell of")]
    public async Task<ProvisionedUsers> Users(Nothing input, CancellationToken ct)
    {
        var (accounts, deleted) = (await facts.Accounts(ct), await facts.Deleted(ct));
        var everybody = await db.Set<Person>().OrderBy(p => p.Number).Take(MostPeople).ToListAsync(ct);
        return new ProvisionedUsers([
            .. everybody.Where(p => !deleted.Contains(p.Id)).Select(p => Shown(p, accounts.GetValueOrDefault(p.Id))),
        ]);
    }

    /// <summary>
    /// A new account. A person with its e-mail is taken for the one who has it; a new one gets the joiner's checklist.
    /// </summary>
    [Operation(
        "create-user",
        Permission.ProvisionPeople,
        "Take in a new account of the identity provider; a new person gets the joiner's checklist"
    )]
    public async Task<ProvisionedUser> CreateUser(ProvisionUser input, CancellationToken ct)
    {
        var accounts = await facts.Accounts(ct);
        if (accounts.Values.Any(a => string.Equals(a.UserName, input.UserName, StringComparison.OrdinalIgnoreCase)))
            throw new RuleBroken("provisioning.create-user.once", $"There is a user {input.UserName} already.");
        var known = await people.ByEmail(input.Email, ct);
        if (known is not null && accounts.ContainsKey(known.Id))
            throw new RuleBroken("provisioning.create-user.once", $"{input.Email} has an account already.");
        var person = known ?? await people.Enter(input.Name, input.Email, ct);
        if (known is null && input.Active != false)
            await arrivals.Open(person, "joiner", db.Today, ct);
        var user = input with
        {
            Department = input.Department ?? person.Department,
            JobTitle = input.JobTitle ?? person.JobTitle,
        };
        return await Keep(person, null, known is null ? input.Active != false : Active(person, null), user, ct);
    }

    /// <summary>
    /// An account as it is now. One that is no longer active starts the leaver's checklist and ends the person's access
    /// to Moat, one that is active again starts the joiner's.
    /// </summary>
    [Operation(
        "replace-user",
        Permission.ProvisionPeople,
        "Say how an account is now; one that is no longer active starts the leaver's checklist and ends access to Moat"
    )]
    public async Task<ProvisionedUser> ReplaceUser(ReplaceUser input, CancellationToken ct)
    {
        var person = await Standing(input, ct);
        var accounts = await facts.Accounts(ct);
        if (
            accounts.Any(a =>
                a.Key != person.Id
                && string.Equals(a.Value.UserName, input.User.UserName, StringComparison.OrdinalIgnoreCase)
            )
        )
            throw new RuleBroken("provisioning.replace-user.once", $"There is another user {input.User.UserName}.");
        if (await people.ByEmail(input.User.Email, ct) is { } other && other.Id != person.Id)
            throw new RuleBroken("provisioning.replace-user.once", $"{other.Ref} {other.Name} has this e-mail.");
        var account = accounts.GetValueOrDefault(person.Id);
        if (input.IfAccountVersion is { } version && version != (account?.Version ?? 0))
            throw new Conflict(person.Ref, account?.Version ?? 0, "the identity provider", db.Now);
        return await Keep(person, account, Active(person, account), input.User, ct);
    }

    /// <summary>
    /// An account is no more: the leaver's checklist starts and access to Moat ends. The person and what was known of
    /// the account stay.
    /// </summary>
    [Operation(
        "end-user",
        Permission.ProvisionPeople,
        "Say that an account is no more: the leaver's checklist starts and access to Moat ends"
    )]
    public async Task<Tally> EndUser(ChangeRecord input, CancellationToken ct)
    {
        var person = await Standing(input, ct);
        var was = Shown(person, (await facts.Accounts(ct)).GetValueOrDefault(person.Id));
        var gone = new ProvisionUser
        {
            UserName = was.UserName,
            ExternalId = was.ExternalId,
            Name = was.Name,
            Told = was.Told,
            Email = was.Email,
        };
        await Leave(person, was.Active, ct);
        await facts.Tell(person, gone, active: false, ct);
        await facts.End(person, ct);
        return new Tally(1, []);
    }

    /// <summary>The groups.</summary>
    [Query("groups", Permission.ProvisionPeople, "List the groups that an identity provider told of")]
    public async Task<ProvisionedGroups> Groups(Nothing input, CancellationToken ct) =>
        new([.. (await facts.Groups(ct)).Select(g => Shown(g.Resource, g.Fact))]);

    /// <summary>A group with all its members as it is now.</summary>
    [Operation("keep-group", Permission.ProvisionPeople, "Say how a group is now, with all its members")]
    public async Task<ProvisionedGroup> KeepGroup(ProvisionGroup input, CancellationToken ct)
    {
        var groups = await facts.Groups(ct);
        var known = input.Id is { } wanted
            ? groups.Select(g => g.Resource).FirstOrDefault(r => r.ExternalId == wanted.ToString())
                ?? throw new NotFound($"group {wanted}")
            : null;
        if (known is not null && input.IfVersion is { } version && version != known.Version)
            throw new Conflict(known.Ref, known.Version, known.ChangedBy, known.ChangedAt);
        if (
            groups.Any(g =>
                g.Resource.ExternalId != input.Id?.ToString()
                && g.Resource.Name.Equals(input.DisplayName, StringComparison.OrdinalIgnoreCase)
            )
        )
            throw new RuleBroken("provisioning.keep-group.once", $"There is another group {input.DisplayName}.");
        var id = input.Id ?? Guid.CreateVersion7(new DateTimeOffset(db.Now));
        await facts.Tell(id, input, ct);
        return new ProvisionedGroup(
            id,
            known?.Version ?? 1,
            input.DisplayName,
            input.ExternalId,
            input.Members,
            known?.CreatedAt ?? db.Now,
            db.Now
        );
    }

    /// <summary>A group is no more.</summary>
    [Operation("end-group", Permission.ProvisionPeople, "Say that a group is no more; its history stays")]
    public async Task<Tally> EndGroup(OneGroup input, CancellationToken ct)
    {
        var group =
            (await facts.Groups(ct)).Select(g => g.Resource).FirstOrDefault(r => r.ExternalId == input.Id.ToString())
            ?? throw new NotFound($"group {input.Id}");
        await facts.End(group, ct);
        return new Tally(1, []);
    }

    private async Task<Person> Standing(ChangeRecord input, CancellationToken ct)
    {
        var person = await db.One<Person>(input, ct);
        return (await facts.Deleted(ct)).Contains(person.Id) ? throw new NotFound($"user {input.Ref}") : person;
    }

    private async Task<ProvisionedUser> Keep(
        Person person,
        ToldAccount? account,
        bool was,
        ProvisionUser user,
        CancellationToken ct
    )
    {
        var active = user.Active ?? was;
        // A name that the provider did not change is the register's to correct.
        if (account?.Fact["name"].Text() != user.Name)
            person.Name = user.Name;
        (person.Email, person.Department, person.JobTitle) = (
            PeopleDirectory.Fold(user.Email),
            user.Department,
            user.JobTitle
        );
        if (!PeopleDirectory.Has(person, user.UserName))
            await Login(person, user.UserName, ct);
        if (!active)
            await Leave(person, was, ct);
        if (!was && active)
        {
            person.LeftOn = null;
            await arrivals.Open(person, "joiner", db.Today, ct);
        }
        await facts.Tell(person, user, active, ct);
        return new ProvisionedUser(
            person.Id,
            person.Ref,
            person.Version,
            user.UserName,
            user.ExternalId,
            person.Name,
            person.Email,
            active,
            person.Department,
            person.JobTitle,
            person.Version == 0 ? db.Now : person.CreatedAt,
            db.Now
        )
        {
            Told = user.Told ?? new(),
        };
    }

    private async Task Leave(Person person, bool was, CancellationToken ct)
    {
        if (was && !(person.LeftOn <= db.Today))
            await arrivals.Open(person, "leaver", db.Today, ct);
        await access.Of(person, ct);
    }

    private async Task Login(Person person, string userName, CancellationToken ct)
    {
        try
        {
            await people.GiveLogins(person, [.. person.Logins, userName], ct);
        }
        catch (InputInvalid taken)
        {
            throw new RuleBroken("provisioning.user-name.once", taken.Errors[0].Message);
        }
    }

    // The identity provider's word counts for the account, the register's for the work.
    private bool Active(Person person, ToldAccount? account) => account?.Active ?? !(person.LeftOn <= db.Today);

    private ProvisionedUser Shown(Person person, ToldAccount? account) =>
        new(
            person.Id,
            person.Ref,
            person.Version,
            account?.UserName ?? person.Email,
            account?.Fact["externalId"].Text(),
            person.Name,
            person.Email,
            Active(person, account),
            person.Department,
            person.JobTitle,
            person.CreatedAt,
            person.ChangedAt
        )
        {
            AccountVersion = account?.Version ?? 0,
            Told = new ToldName
            {
                Display = account?.Fact["displayName"].Text(),
                Formatted = account?.Fact["formatted"].Text(),
                Given = account?.Fact["givenName"].Text(),
                Family = account?.Fact["familyName"].Text(),
            },
        };

    private static ProvisionedGroup Shown(Resource group, JsonObject fact) =>
        new(
            Guid.Parse(group.ExternalId),
            group.Version,
            group.Name,
            fact["externalId"].Text(),
            [.. fact["members"]!.AsArray().Select(m => Guid.Parse(m.Text()!))],
            group.CreatedAt,
            group.ChangedAt
        );
}
