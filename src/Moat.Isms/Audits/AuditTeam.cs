using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.People;

namespace Moat.Isms.Audits;

/// <summary>Who audits, and that each requirement has somebody who may look at it.</summary>
public sealed class AuditTeam(MoatDb db, CurrentCaller caller, Independence independence)
{
    /// <summary>The lead and the other auditors.</summary>
    public async Task<IReadOnlyList<Person>> Of(Audit audit, CancellationToken ct)
    {
        var numbers = audit.Team.Select(r => RecordKind.Parse(r)?.Number ?? 0).ToList();
        var people = await db.Set<Person>()
            .Where(p => p.Id == audit.LeadId || numbers.Contains(p.Number))
            .OrderBy(p => p.Number)
            .ToListAsync(ct);
        return [.. people.OrderByDescending(p => p.Id == audit.LeadId)];
    }

    /// <summary>
    /// Refuses a team in which nobody may look at one of the requirements, and says which record makes it so.
    /// </summary>
    public async Task MustBeIndependent(Audit audit, CancellationToken ct)
    {
        var team = await Of(audit, ct);
        if (team.Count == 0)
            return;
        var conflicts = new List<IReadOnlyDictionary<string, string>>();
        foreach (var person in team)
            conflicts.Add(await independence.Conflicts(person, audit.Requirements, audit.PeriodFrom, End(audit), ct));
        var stuck = audit.Requirements.Where(r => conflicts.All(c => c.ContainsKey(r))).ToList();
        if (stuck.Count == 0)
            return;
        throw new RuleBroken(
            "audits.independent",
            $"Nobody in the team may look at {string.Join(", ", stuck.Take(12))}{(stuck.Count > 12 ? $" and {stuck.Count - 12} more" : "")}: {conflicts[0][stuck[0]]} Name another auditor, or leave these out.",
            [.. stuck.SelectMany(r => conflicts.Select(c => new FieldError(r, c[r])))]
        );
    }

    /// <summary>
    /// The caller as an auditor of this audit who may look at this requirement. Throws when they are not.
    /// </summary>
    public async Task<Person> Auditor(Audit audit, string? requirement, CancellationToken ct)
    {
        var me = caller.Value.PersonId;
        var person =
            (await Of(audit, ct)).FirstOrDefault(p => p.Id == me)
            ?? throw new RuleBroken(
                "audits.team",
                $"Only the auditors of {audit.Ref} do this. Managers name them with audits.edit."
            );
        if (requirement is null)
            return person;
        if (!audit.Requirements.Contains(requirement))
            throw new InputInvalid("requirement", $"{requirement} is not among the criteria of {audit.Ref}.");
        if (
            (await independence.Conflicts(person, [requirement], audit.PeriodFrom, End(audit), ct)).TryGetValue(
                requirement,
                out var why
            )
        )
            throw new RuleBroken(
                "audits.independent",
                $"Somebody else has to look at {requirement}: {why}",
                [new FieldError(requirement, why)]
            );
        return person;
    }

    private DateOnly End(Audit audit) => audit.EndsOn > db.Today ? audit.EndsOn : db.Today;
}
