using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.People;

namespace Moat.Isms.Work.Absences;

/// <summary>Moves tasks to a deputy and back.</summary>
public sealed class Handover(MoatDb db, Deputies deputies, WorkPurposes purposes)
{
    private const int MostNamed = 50;

    /// <summary>An absence begins: open tasks go to the deputy where the person wants that. Answers how many.</summary>
    public async Task<int> Begin(Absence absence, CancellationToken ct)
    {
        absence.Begin(db.Now);
        deputies.Changed();
        if (!absence.HandsOver)
            return 0;
        var moved = 0;
        foreach (var task in (await Open(absence.PersonId, ct)).Where(t => !purposes.IsPersonal(t.Purpose)))
        {
            // What somebody does as a deputy goes on to their own deputy, and is still done for the first.
            var (doing, _) = await deputies.Of(absence.PersonId, task.Purpose, ct);
            if (doing == absence.PersonId)
                continue;
            (task.OwnerId, task.ForId) = (doing, task.ForId ?? absence.PersonId);
            moved++;
        }
        return moved;
    }

    /// <summary>An absence ends: what is still open comes back.</summary>
    public async Task End(Absence absence, CancellationToken ct)
    {
        absence.End(db.Now);
        deputies.Changed();
        foreach (
            var task in await db.Set<WorkItem>()
                .Where(t => t.State == WorkState.Open && t.ForId == absence.PersonId)
                .ToListAsync(ct)
        )
            (task.OwnerId, task.ForId) = (absence.PersonId, null);
    }

    /// <summary>
    /// Open tasks that stay with the person because nobody else may decide them, due while they are away.
    /// </summary>
    public async Task<IReadOnlyList<FieldError>> Stays(Absence absence, Person person, CancellationToken ct)
    {
        var until = absence.Until;
        return
        [
            .. (await Open(absence.PersonId, ct))
                .Where(t => purposes.IsPersonal(t.Purpose) && t.DueOn <= until)
                .Take(MostNamed)
                .Select(t => new FieldError(
                    t.Ref,
                    $"{t.Title}, due on {t.DueOn:yyyy-MM-dd}: only {person.Name} can do it. Do it before, or move its date."
                )),
        ];
    }

    private async Task<List<WorkItem>> Open(Guid person, CancellationToken ct) =>
        await db.Set<WorkItem>()
            .Where(t => t.State == WorkState.Open && t.OwnerId == person)
            .OrderBy(t => t.DueOn)
            .ToListAsync(ct);
}
