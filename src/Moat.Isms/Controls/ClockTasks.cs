using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;
using Moat.Isms.People.Responsibilities;
using Moat.Isms.Work;

namespace Moat.Isms.Controls;

/// <summary>Tells the ISMS manager, once for each time, that the server's clock was set back (A.8.17).</summary>
public sealed class ClockTasks(MoatDb db, WorkList work) : IClockTold
{
    private const string ClockControl = "A.8.17";
    private const int DaysToLook = 3;
    private const int MostAtOnce = 5;

    /// <inheritdoc />
    public async Task<int> Open(CancellationToken ct)
    {
        var told = await db
            .Journal.AsNoTracking()
            .Where(e => e.Operation == JournalWriter.ClockWentBack)
            .OrderByDescending(e => e.Sequence)
            .Take(MostAtOnce)
            .Select(e => new { e.Sequence, e.Reason })
            .ToListAsync(ct);
        if (
            told.Count == 0
            || await db.Set<Control>().FirstOrDefaultAsync(c => c.Code == ClockControl, ct) is not { } control
        )
            return 0;
        var known = (
            await db.Set<WorkItem>().Where(t => t.SubjectId == control.Id).Select(t => t.Title).ToListAsync(ct)
        ).ToHashSet();
        var manager = await db.Set<RoleAssignment>()
            .Where(r => r.Key == "isms-manager" && r.PersonId != null)
            .Select(r => r.PersonId)
            .FirstOrDefaultAsync(ct);
        var opened = 0;
        foreach (var entry in told)
        {
            var title = string.Create(
                CultureInfo.InvariantCulture,
                $"Find out why the server's clock was set back at entry {entry.Sequence} of the journal"
            );
            if (known.Contains(title))
                continue;
            var why =
                $"{entry.Reason} Whoever sets a clock back can make records look older or younger than they are. See that the server "
                + "keeps time by a time service.";
            await work.Open(
                control,
                new NewWork("action", title, why.Cut(1000), manager, db.Today.AddDays(DaysToLook)),
                ct
            );
            opened++;
        }
        return opened;
    }
}
