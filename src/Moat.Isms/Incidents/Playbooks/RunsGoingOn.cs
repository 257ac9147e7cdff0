using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;

namespace Moat.Isms.Incidents.Playbooks;

/// <summary>Runs that have not ended.</summary>
internal static class RunsGoingOn
{
    /// <summary>The run of a change, with what it asks for.</summary>
    public static async Task<(PlaybookRun Run, List<RunItem> Items)> Running(
        this MoatDb db,
        ChangeRecord change,
        CancellationToken ct
    )
    {
        var run = await db.One<PlaybookRun>(change, ct);
        run.NeedsRunning();
        return (run, await db.Set<RunItem>().Where(i => i.RunId == run.Id).OrderBy(i => i.Position).ToListAsync(ct));
    }

    /// <summary>The incident that a run responds to; none of an exercise.</summary>
    public static async Task<Incident?> IncidentOf(this MoatDb db, PlaybookRun run, CancellationToken ct) =>
        run.IncidentId is { } id ? await db.Set<Incident>().FirstAsync(i => i.Id == id, ct) : null;
}
