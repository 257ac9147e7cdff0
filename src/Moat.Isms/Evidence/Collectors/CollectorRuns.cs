using Microsoft.EntityFrameworkCore;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Kernel;

namespace Moat.Isms.Evidence.Collectors;

/// <summary>Which sources are due, for the installation itself.</summary>
public sealed record DueSources(IReadOnlyList<string> Refs);

/// <summary>
/// What the installation does while it reads sources. Fetching happens between these operations, never inside one.
/// </summary>
[Process(CollectorProcess.Name, CollectorProcess.Summary)]
public sealed class CollectorRuns(MoatDb db, CollectorProcess sources, FactIntake intake)
{
    /// <summary>Longer than a run may take.</summary>
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(65);

    /// <summary>Sources whose time has come.</summary>
    [Query("due", Permission.System, "Which sources are due to be read")]
    public async Task<DueSources> Due(Nothing input, CancellationToken ct)
    {
        var due = await db.Set<CollectorSource>()
            .Due(db.Now)
            .OrderBy(s => s.NextRunAt)
            .Select(s => s.Number)
            .Take(50)
            .ToListAsync(ct);
        return new DueSources([.. due.Select(n => $"SRC-{n}")]);
    }

    /// <summary>Begins a run. A run of the source that never ended was interrupted.</summary>
    [Operation("begin", Permission.System, "Begin a run of a collector")]
    public async Task<BegunRun> Begin(BeginRun input, CancellationToken ct)
    {
        var source = await db.One<CollectorSource>(input.Source, ct);
        // Another server, or another round of this one, was faster.
        if (source.NextRunAt > db.Now || source.PausedAt is not null)
            throw new RuleBroken("collectors.begin.due", $"{source.Ref} is not due.");
        foreach (
            var left in await db.Set<CollectorRun>()
                .Where(r => r.SourceId == source.Id && r.Outcome == RunOutcome.Running)
                .ToListAsync(ct)
        )
            left.End(
                RunOutcome.Interrupted,
                $"The run was cut off: the server stopped, or could not reach its database. {left.Resources} resources had come until then and count.",
                left.Missing,
                db.Now
            );
        var run = await db.Enter(new CollectorRun { SourceId = source.Id, StartedAt = db.Now }, ct);
        // If the server stops meanwhile, the source is due again when a run would have ended at the latest.
        source.NextRunAt = db.Now + LongestRun;
        return new BegunRun(run.Id, source.Ref, source.Kind, sources.Open(source));
    }

    /// <summary>Takes in what a run fetched so far; it counts even when the rest never comes.</summary>
    [Operation("receive", Permission.System, "Take in what a run of a collector fetched")]
    public async Task<IntakeResult> Receive(ReceiveCollected input, CancellationToken ct)
    {
        var run = await RunOf(input.Run, ct);
        var taken = await intake.Take(input.Facts, ct);
        run.Resources += input.Facts.Count;
        run.Discovered += taken.Discovered;
        run.Changed += taken.Changed;
        return taken;
    }

    /// <summary>Ends a run. Of kinds that were listed completely, what was not told of is gone.</summary>
    [Operation("finish", Permission.System, "End a run of a collector")]
    public async Task<Tally> Finish(FinishCollectorRun input, CancellationToken ct)
    {
        var run = await RunOf(input.Run, ct);
        var source = await db.Set<CollectorSource>().SingleAsync(s => s.Id == run.SourceId, ct);
        if (input.Listed.Count > 0)
            run.Gone = await intake.MarkGone(source.Ref, input.Listed, run.StartedAt, ct);
        run.End(input.Outcome, input.Message, input.Missing, db.Now);
        source.Schedule(db.Now, input.Outcome == RunOutcome.Failed, input.RetryAt);
        return new Tally(run.Resources, []);
    }

    private async Task<CollectorRun> RunOf(Guid id, CancellationToken ct) =>
        await db.Set<CollectorRun>().FirstOrDefaultAsync(r => r.Id == id && r.Outcome == RunOutcome.Running, ct)
        ?? throw new NotFound($"run {id}");
}
