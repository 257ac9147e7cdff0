using Microsoft.EntityFrameworkCore;
using Moat.Isms.Context;
using Moat.Isms.Documents;
using Moat.Isms.Kernel;
using Moat.Isms.People.Responsibilities;
using Moat.Isms.Training;
using Moat.Isms.Work;
using Moat.Knowledge;

namespace Moat.Isms.People;

/// <summary>What is done when somebody joins, moves or leaves (A.5.11, A.5.18, A.6.1-A.6.5).</summary>
public sealed class Arrivals(MoatDb db, KnowledgeBase knowledge, Acknowledgements acknowledgements, Audiences audiences, CourseRules courses, WorkList work)
{
    /// <summary>Opens the steps of a checklist as tasks; answers how many. A step that is still open is not opened again.</summary>
    public async Task<int> Open(Person person, string checklist, DateOnly on, CancellationToken ct)
    {
        var flags = (await db.Set<CompanyProfile>().FirstOrDefaultAsync(ct))?.Facts.ToHashSet() ?? [];
        var holders = (await db.Set<RoleAssignment>().Where(r => r.PersonId != null && r.PersonId != person.Id).ToListAsync(ct)).ToLookup(r => r.Key, r => r.PersonId);
        var open = (await db.Set<WorkItem>().Where(t => t.SubjectId == person.Id && t.State == WorkState.Open).Select(t => t.Title).ToListAsync(ct)).ToHashSet();
        var steps = knowledge.Checklists[checklist].Steps.Where(s => s.Applies.Holds(flags))
            .Select(s => (Step: s, Title: s.Title.Replace("{person}", person.Name, StringComparison.Ordinal))).Where(s => !open.Contains(s.Title)).ToList();
        foreach (var (step, title) in steps)
            await work.Open(person, new NewWork("action", title.Cut(300), step.Why, holders[step.Role].FirstOrDefault() ?? person.ManagerId, on.AddDays(step.Days)), ct);
        if (checklist == "leaver") await Leave(person, on, ct);
        else await Arrive(person, checklist == "joiner" ? on : null, ct);
        return steps.Count;
    }

    private async Task Arrive(Person person, DateOnly? joined, CancellationToken ct)
    {
        person.JoinedOn ??= joined;
        var asked = (await db.Set<Acknowledgement>().Where(a => a.PersonId == person.Id && a.ReplacedAt == null).Select(a => a.VersionId).ToListAsync(ct)).ToHashSet();
        var inForce = await (from version in db.Set<DocumentVersion>()
                             where version.State == VersionState.Published
                             join document in db.Set<Document>() on version.DocumentId equals document.Id
                             where document.RetiredAt == null
                             select new { document, version }).ToListAsync(ct);
        foreach (var found in inForce.Where(f => !asked.Contains(f.version.Id)))
            if ((await audiences.Of(found.document.Audience, ct)).Any(p => p.Id == person.Id))
                await acknowledgements.Ask(found.document, found.version, person.Id, ct);
        await courses.AssignTo(person, ct);
    }

    private async Task Leave(Person person, DateOnly on, CancellationToken ct)
    {
        person.LeftOn = on;
        foreach (var open in await db.Set<Acknowledgement>().Where(a => a.PersonId == person.Id && a.ConfirmedAt == null && a.ReplacedAt == null).ToListAsync(ct))
            open.Replace(db.Now);
        foreach (var course in await db.Set<CourseAssignment>().Where(a => a.PersonId == person.Id && a.EndedAt == null && a.PassedAt == null).ToListAsync(ct))
            course.End("Left the company.", db.Now);
        foreach (var task in await db.Set<WorkItem>().Where(t => t.OwnerId == person.Id && t.State == WorkState.Open).ToListAsync(ct))
            if (task.Purpose is "acknowledge" or "course") task.Close(WorkState.Dropped, "Left the company.", db.Now);
            else task.OwnerId = person.ManagerId;
    }
}
