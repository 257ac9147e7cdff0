using Microsoft.EntityFrameworkCore;
using Moat.Isms.Evidence.Collectors;
using Moat.Isms.Kernel;
using Moat.Isms.Work;

namespace Moat.Isms.Objectives;

/// <summary>Takes the numbers of objectives by itself, once a day for each: from records and checks at once, from Prometheus in two steps.</summary>
[Process(ObjectiveProcess.Name, ObjectiveProcess.Summary)]
public sealed class ObjectiveMeasuring(MoatDb db, ObjectiveCounts counts, CollectorProcess sources, WorkList work)
{
    private const int DaysToLook = 7;
    private const string Unmeasured = "measure";

    /// <summary>Takes the numbers that come from records and checks.</summary>
    [Operation("keep-current", Permission.EditEvidence, "Take today's numbers of the objectives that records and checks measure")]
    public async Task<Tally> KeepCurrent(Nothing input, CancellationToken ct)
    {
        var taken = 0;
        foreach (var goal in await Untaken(MeasurementSource.Check).Concat(Untaken(MeasurementSource.Records)).ToListAsync(ct))
            if (await counts.Take(goal, ct) is { } counted)
            {
                await Keep(goal, counted.From, counted.Value, goal.TakenFrom == MeasurementSource.Check ? "checks" : "records", ct);
                taken++;
            }
        return new Tally(taken, []);
    }

    /// <summary>Queries whose number was not asked for today.</summary>
    [Query("queries", Permission.System, "Which queries are to be asked today")]
    public async Task<PendingQueries> Queries(Nothing input, CancellationToken ct)
    {
        var goals = await Untaken(MeasurementSource.Prometheus).ToListAsync(ct);
        var pending = new List<PendingQuery>();
        foreach (var goal in goals)
        {
            var source = await db.One<CollectorSource>(goal.AskedAt!, ct);
            if (source.PausedAt is null) pending.Add(new PendingQuery(goal.Ref, goal.Query!, sources.AccessTo(source)));
        }
        return new PendingQueries(pending);
    }

    /// <summary>Keeps what Prometheus answered. No answer, and one that cannot be, is no number; the owner is told.</summary>
    [Operation("take", Permission.System, "Keep what Prometheus answered for an objective")]
    public async Task<Done> Take(TakeReading input, CancellationToken ct)
    {
        var goal = await db.One<Objective>(input.Ref, ct);
        var why = input.Value is { } answered ? Believable.Doubt(answered, goal.Unit) : input.Why;
        if (input.Value is { } value && why is null)
        {
            await Keep(goal, goal.PeriodStart(db.Today), value, goal.AskedAt!, ct);
            await work.Settle(goal, Unmeasured, "There is a number again.", ct);
        }
        else
        {
            await work.Ensure(goal, Unmeasured, $"{goal.Ref} cannot be measured", $"{why} Without a number the objective counts as not measured.", goal.OwnerId, db.Today.AddDays(DaysToLook), ct);
        }
        return new Done(goal);
    }

    private IQueryable<Objective> Untaken(MeasurementSource source)
    {
        var today = db.Today;
        return db.Set<Objective>().Pursued().Where(o => o.TakenFrom == source && !db.Set<Measurement>().Any(m => m.ObjectiveId == o.Id && m.To == today && m.WithdrawnAt == null));
    }

    private Task<Measurement> Keep(Objective goal, DateOnly from, decimal value, string takenBy, CancellationToken ct) => db.Enter(
        new Measurement { ObjectiveId = goal.Id, From = from, To = db.Today, Value = Math.Round(value, 4), Target = goal.Target, TakenBy = takenBy }, ct);
}
