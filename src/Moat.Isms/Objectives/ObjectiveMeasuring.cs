using Microsoft.EntityFrameworkCore;
using Moat.Isms.Evidence.Collectors;
using Moat.Isms.Kernel;
using Moat.Isms.Work;

namespace Moat.Isms.Objectives;

/// <summary>
/// Takes the numbers of objectives by itself, once a day for each: from records and checks at once, from Prometheus in
/// two steps.
/// </summary>
[Process(ObjectiveProcess.Name, ObjectiveProcess.Summary)]
public sealed class ObjectiveMeasuring(MoatDb db, ObjectiveCounts counts, CollectorProcess sources, WorkList work)
{
    private const int DaysToLook = 7;
    private const int MostMissedDays = 31;
    private const string Unmeasured = "measure";

    /// <summary>Takes the numbers that come from records and checks.</summary>
    [
        Daily(DailyTurn.Registers),
        Operation(
            "keep-current",
            Permission.EditEvidence,
            "Take today's numbers of the objectives that records and checks measure"
        )
    ]
    public async Task<Tally> KeepCurrent(Nothing input, CancellationToken ct)
    {
        var taken = 0;
        foreach (
            var goal in await Untaken(MeasurementSource.Check)
                .Concat(Untaken(MeasurementSource.Records))
                .ToListAsync(ct)
        )
            if (await counts.Take(goal, ct) is { } counted)
            {
                await Keep(
                    goal,
                    counted.From,
                    counted.Value,
                    goal.TakenFrom == MeasurementSource.Check ? "checks" : "records",
                    ct
                );
                taken++;
            }
        return new Tally(taken, []);
    }

    /// <summary>Queries whose number was not asked for today, and those of days on which nobody asked.</summary>
    [Query("queries", Permission.System, "Which queries are to be asked today")]
    public async Task<PendingQueries> Queries(Nothing input, CancellationToken ct)
    {
        var pending = new List<PendingQuery>();
        foreach (var goal in await Untaken(MeasurementSource.Prometheus).ToListAsync(ct))
        {
            var source = await db.One<CollectorSource>(goal.AskedAt!, ct);
            if (source.PausedAt is not null)
                continue;
            foreach (var day in await MissedDays(goal, ct))
                pending.Add(new PendingQuery(goal.Ref, goal.Query!, sources.Open(source), day, SpanOf(goal, day)));
        }
        return new PendingQueries(pending);
    }

    /// <summary>
    /// Keeps what Prometheus answered. No answer, and one that cannot be, is no number; when it is today's, the owner
    /// is told.
    /// </summary>
    [Operation("take", Permission.System, "Keep what Prometheus answered for an objective")]
    public async Task<Done> Take(TakeReading input, CancellationToken ct)
    {
        var goal = await db.One<Objective>(input.Ref, ct);
        var day = input.Day ?? db.Today;
        if (await db.Set<Measurement>().Counting().AnyAsync(m => m.ObjectiveId == goal.Id && m.To == day, ct))
            return new Done(goal);
        var why = input.Value is { } answered ? Believable.Doubt(answered, goal.Unit) : input.Why;
        var isNumber = input.Value is not null && why is null;
        if (isNumber)
            await Keep(goal, goal.PeriodStart(day), input.Value!.Value, goal.AskedAt!, ct, day);
        if (day != db.Today)
            return new Done(goal);
        if (isNumber)
            await work.Settle(goal, Unmeasured, "There is a number again.", ct);
        else
            await work.Ensure(
                goal,
                Unmeasured,
                $"{goal.Ref} cannot be measured",
                $"{why} Without a number the objective counts as not measured.",
                goal.OwnerId,
                db.Today.AddDays(DaysToLook),
                ct
            );
        return new Done(goal);
    }

    /// <summary>
    /// Today, and for answers over the period the days since its last number: what Prometheus kept of them can still be
    /// asked for.
    /// </summary>
    private async Task<IReadOnlyList<DateOnly>> MissedDays(Objective goal, CancellationToken ct)
    {
        var today = db.Today;
        if (goal.Fold == RangeFold.Now)
            return [today];
        var last = await db.Set<Measurement>()
            .Counting()
            .Where(m => m.ObjectiveId == goal.Id)
            .MaxAsync(m => (DateOnly?)m.To, ct);
        var first = (last ?? DateOnly.FromDateTime(goal.CreatedAt).AddDays(-1)).AddDays(1);
        var earliest = today.AddDays(-MostMissedDays);
        if (first < earliest)
            first = earliest;
        return
        [
            .. Enumerable
                .Range(0, Math.Max(0, today.DayNumber - first.DayNumber) + 1)
                .Select(d => today.AddDays(-d))
                .Reverse(),
        ];
    }

    /// <summary>From the beginning of the period to the end of the day, or to now.</summary>
    private MeasuredSpan? SpanOf(Objective goal, DateOnly day)
    {
        if (goal.Fold == RangeFold.Now)
            return null;
        var end = day.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        return new MeasuredSpan(
            goal.PeriodStart(day).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc),
            end < db.Now ? end.AddSeconds(-1) : db.Now,
            TimeSpan.FromMinutes(goal.StepMinutes),
            goal.Fold
        );
    }

    private IQueryable<Objective> Untaken(MeasurementSource source)
    {
        var (today, numbers) = (db.Today, db.Set<Measurement>().Counting());
        return db.Set<Objective>()
            .Pursued()
            .Where(o => o.TakenFrom == source && !numbers.Any(m => m.ObjectiveId == o.Id && m.To == today));
    }

    private Task<Measurement> Keep(
        Objective goal,
        DateOnly from,
        decimal value,
        string takenBy,
        CancellationToken ct,
        DateOnly? day = null
    ) =>
        db.Enter(
            new Measurement
            {
                ObjectiveId = goal.Id,
                From = from,
                To = day ?? db.Today,
                Value = Math.Round(value, 4),
                Target = goal.Target,
                TakenBy = takenBy,
            },
            ct
        );
}
