using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.People.Responsibilities;
using Moat.Isms.Work;
using Moat.Knowledge;

namespace Moat.Isms.People;

/// <summary>What is done when somebody joins, moves or leaves (A.5.11, A.5.18, A.6.1-A.6.5).</summary>
public sealed class Arrivals(
    MoatDb db,
    KnowledgeBase knowledge,
    ICompanyFacts company,
    IEnumerable<IPersonFollower> followers,
    WorkList work
)
{
    /// <summary>
    /// Opens the steps of a checklist as tasks; answers how many. A step that is still open is not opened again.
    /// </summary>
    public async Task<int> Open(Person person, string checklist, DateOnly on, CancellationToken ct)
    {
        var flags = await company.Read(ct);
        var holders = (
            await db.Set<RoleAssignment>().Where(r => r.PersonId != null && r.PersonId != person.Id).ToListAsync(ct)
        ).ToLookup(r => r.Key, r => r.PersonId);
        var open = (
            await db.Set<WorkItem>()
                .Where(t => t.SubjectId == person.Id && t.State == WorkState.Open)
                .Select(t => t.Title)
                .ToListAsync(ct)
        ).ToHashSet();
        var steps = knowledge
            .Checklists[checklist]
            .Steps.Where(s => s.Applies.Holds(flags))
            .Select(s => (Step: s, Title: s.Title.Replace("{person}", person.Name, StringComparison.Ordinal)))
            .Where(s => !open.Contains(s.Title))
            .ToList();
        foreach (var (step, title) in steps)
            await work.Open(
                person,
                new NewWork(
                    "action",
                    title.Cut(300),
                    step.Why,
                    holders[step.Role].FirstOrDefault() ?? person.ManagerId,
                    on.AddDays(step.Days)
                ),
                ct
            );
        if (checklist == "leaver")
            await Leave(person, on, ct);
        else
            await Arrive(person, checklist == "joiner" ? on : null, ct);
        return steps.Count;
    }

    private async Task Arrive(Person person, DateOnly? joined, CancellationToken ct)
    {
        person.JoinedOn ??= joined;
        foreach (var follower in followers)
            await follower.Arrive(person, ct);
    }

    private async Task Leave(Person person, DateOnly on, CancellationToken ct)
    {
        person.LeftOn = on;
        foreach (var follower in followers)
            await follower.Leave(person, on, ct);
        // What was the person's alone is dropped by its own process; what somebody has to do goes on.
        foreach (
            var task in await db.Set<WorkItem>()
                .Where(t => t.OwnerId == person.Id && t.State == WorkState.Open)
                .ToListAsync(ct)
        )
            if (task.State == WorkState.Open)
                task.OwnerId = person.ManagerId;
    }
}
