using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Knowledge;

namespace Moat.Isms.People.Responsibilities;

/// <summary>A role as people read it.</summary>
public sealed record RoleView(
    string Ref,
    int Version,
    string Key,
    string Title,
    string Duties,
    string? PersonRef,
    string? Person,
    Standing Standing,
    string? WhyProposed,
    IReadOnlyList<string> NotAlso
);

/// <summary>Who holds a role; adopting it at the same time.</summary>
public sealed record AssignRole : ChangeRecord
{
    /// <summary>The person, such as PER-2.</summary>
    [MaxLength(80)]
    public required string Person { get; init; }

    /// <summary>The role's duties and authority, if they differ here.</summary>
    [MinLength(5), MaxLength(4000)]
    public string? Duties { get; init; }
}

/// <summary>Roles, responsibilities and authorities (clause 5.3).</summary>
[Process("roles", "Who answers for what in the ISMS (5.3).")]
public sealed class RoleProcess(MoatDb db, CurrentCaller caller, KnowledgeBase knowledge)
{
    /// <summary>The roles and who holds them.</summary>
    [Query("list", Permission.ReadIsms, "List roles and who holds them")]
    public async Task<IReadOnlyList<RoleView>> List(ListContext input, CancellationToken ct)
    {
        var roles = await (
            from role in db.Set<RoleAssignment>().Of(input.Standing)
            join person in db.Set<Person>() on role.PersonId equals person.Id into holders
            from holder in holders.DefaultIfEmpty()
            orderby role.Number
            select new { Role = role, Holder = holder }
        )
            .Take(200)
            .ToListAsync(ct);
        return
        [
            .. roles.Select(r => new RoleView(
                r.Role.Ref,
                r.Role.Version,
                r.Role.Key,
                r.Role.Title,
                r.Role.Duties,
                r.Holder?.Ref,
                r.Holder?.Name,
                r.Role.Standing,
                r.Role.WhyProposed,
                knowledge.RoleById.TryGetValue(r.Role.Key, out var entry) ? entry.NotAlso : []
            )),
        ];
    }

    /// <summary>Gives a role to a person. Roles that would check each other are not given to one person.</summary>
    [Operation("assign", Permission.EditPeople, "Give a role to a person")]
    public async Task<Done> Assign(AssignRole input, CancellationToken ct)
    {
        var role = await db.One<RoleAssignment>(input, ct);
        // Who holds it commits the company and agrees to risks above the appetite.
        if (role.Key == TopManagement.Role && !caller.Value.IsPerson)
            throw new RuleBroken(
                "roles.assign.top-management",
                "Who top management is, a person says who is signed in; a program or the command line does not appoint it."
            );
        var person = await db.One<Person>(input.Person, ct);
        var held = await db.Set<RoleAssignment>()
            .Where(r => r.PersonId == person.Id && r.Id != role.Id)
            .ToListAsync(ct);
        var clash = held.FirstOrDefault(h => Excludes(h.Key, role.Key) || Excludes(role.Key, h.Key));
        if (clash is not null)
            throw new RuleBroken(
                "roles.assign.separation",
                $"{person.Name} is already {clash.Title}; whoever holds that may not also be {role.Title}."
            );
        role.PersonId = person.Id;
        role.Duties = input.Duties ?? role.Duties;
        role.Adopt();
        return new Done(role);
    }

    private bool Excludes(string key, string other) =>
        knowledge.RoleById.TryGetValue(key, out var entry) && entry.NotAlso.Contains(other);
}
