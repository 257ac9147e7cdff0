using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.Risks;

namespace Moat.Isms.Objectives;

/// <summary>Security objectives (clause 6.2).</summary>
[Process(Name, Summary)]
public sealed class ObjectiveProcess(MoatDb db, CurrentCaller caller, ObjectiveCounts counts, ObjectiveReading reading)
{
    internal const string Name = "objectives";
    internal const string Summary = "What the ISMS is to achieve, in numbers, and how it stands (6.2, 9.1).";
    private const int MostShown = 400;

    /// <summary>The objectives with their last number.</summary>
    [Query(
        "list",
        Permission.ReadIsms,
        "List security objectives with how they stand; those that were dropped only when asked for"
    )]
    public Task<IReadOnlyList<ObjectiveView>> List(ListObjectives input, CancellationToken ct) =>
        reading.Of(
            db.Set<Objective>()
                .Of(input.Standing)
                .Where(o => input.Dropped ? o.DroppedOn != null : o.DroppedOn == null),
            ct
        );

    /// <summary>An objective with all its numbers and what was made of them.</summary>
    [Query("get", Permission.ReadIsms, "Read an objective with its measurements and evaluations")]
    public async Task<ObjectiveHistory> Get(OneRecord input, CancellationToken ct)
    {
        var goal = await db.One<Objective>(input.Ref, ct);
        var measured = await db.Set<Measurement>()
            .Where(m => m.ObjectiveId == goal.Id)
            .OrderByDescending(m => m.To)
            .ThenByDescending(m => m.CreatedAt)
            .Take(MostShown)
            .ToListAsync(ct);
        var evaluations = await db.Set<ObjectiveEvaluation>()
            .Where(e => e.ObjectiveId == goal.Id)
            .OrderByDescending(e => e.On)
            .Take(MostShown)
            .ToListAsync(ct);
        return new ObjectiveHistory(
            (await reading.Of(db.Set<Objective>().Where(o => o.Id == goal.Id), ct))[0],
            [.. measured.Select(m => Row(goal, m))],
            [.. evaluations.Select(e => new EvaluationRow(e.On, e.By, e.Text, e.Conclusion, e.TargetBefore, e.Target))]
        );
    }

    /// <summary>Enters an objective.</summary>
    [Operation("create", Permission.EditContext, "Enter a security objective")]
    public async Task<Done> Create(CreateObjective input, CancellationToken ct)
    {
        var goal = new Objective
        {
            Title = input.Title,
            Metric = input.Metric,
            Unit = input.Unit,
            Target = input.Target,
            Comparator = input.Comparator,
            Period = input.Period,
            MeasuredBy = input.MeasuredBy,
            Plan = input.Plan,
            OwnerId = await db.OwnerId(input.Owner, ct),
            DueOn = input.DueOn,
            TakenFrom = input.TakenFrom,
            AskedAt = input.AskedAt,
            Query = input.Query,
            Fold = input.Fold,
            StepMinutes = input.StepMinutes,
        };
        await counts.Check(goal, ct);
        Believable.Check("target", goal.Target, goal.Unit);
        var risk = input.Risk is { } named ? await db.One<Risk>(named, ct) : null;
        await db.Enter(goal, ct);
        if (risk is not null)
            await db.Connect(goal, LinkTypes.CausedBy, risk, ct);
        return new Done(goal);
    }

    /// <summary>Changes an objective.</summary>
    [Operation(
        "edit",
        Permission.EditContext,
        "Change an objective; once there are numbers, its unit, direction and period stay, and another target needs a reason"
    )]
    public async Task<Done> Edit(EditObjective input, CancellationToken ct)
    {
        var goal = await db.One<Objective>(input, ct);
        goal.MustBePursued();
        await MustKeepMeaning(goal, input, ct);
        goal.Title = input.Title ?? goal.Title;
        goal.Metric = input.Metric ?? goal.Metric;
        goal.Unit = input.Unit ?? goal.Unit;
        goal.Target = input.Target ?? goal.Target;
        goal.Comparator = input.Comparator ?? goal.Comparator;
        goal.Period = input.Period ?? goal.Period;
        goal.MeasuredBy = input.MeasuredBy ?? goal.MeasuredBy;
        goal.Plan = input.Plan ?? goal.Plan;
        goal.DueOn = input.DueOn ?? goal.DueOn;
        goal.TakenFrom = input.TakenFrom ?? goal.TakenFrom;
        goal.AskedAt = input.AskedAt ?? goal.AskedAt;
        goal.Query = input.Query ?? goal.Query;
        goal.Fold = input.Fold ?? goal.Fold;
        goal.StepMinutes = input.StepMinutes ?? goal.StepMinutes;
        await counts.Check(goal, ct);
        Believable.Check("target", goal.Target, goal.Unit);
        if (input.Owner is not null)
            goal.OwnerId = await db.OwnerId(input.Owner, ct);
        goal.Adopt();
        return new Done(goal);
    }

    /// <summary>Keeps a number that a person measured.</summary>
    [Operation("measure", Permission.EditEvidence, "Keep a measured number of an objective")]
    public async Task<Done> Measure(MeasureObjective input, CancellationToken ct)
    {
        var goal = await db.One<Objective>(input, ct);
        if (goal.Standing != Standing.Adopted)
            throw new RuleBroken("objectives.measure.adopted", $"{goal.Ref} is not adopted yet.");
        goal.MustBePursued();
        Believable.Check("value", input.Value, goal.Unit);
        var to = input.To ?? db.Today;
        var from = input.From ?? goal.PeriodStart(to);
        if (to > db.Today)
            throw new InputInvalid("to", "What is not over yet cannot be measured.");
        if (from > to)
            throw new InputInvalid("from", "The period ends before it begins.");
        await db.Enter(
            new Measurement
            {
                ObjectiveId = goal.Id,
                From = from,
                To = to,
                Value = input.Value,
                Target = goal.Target,
                TakenBy = caller.Value.Name,
                Note = input.Note,
            },
            ct
        );
        return new Done(goal);
    }

    /// <summary>Takes a wrong number back; it stays readable with the reason and counts for nothing.</summary>
    [Operation(
        "withdraw-measurement",
        Permission.EditEvidence,
        "Withdraw a wrong number of an objective with a reason; it stays readable"
    )]
    public async Task<Done> WithdrawMeasurement(WithdrawMeasurement input, CancellationToken ct)
    {
        var goal = await db.One<Objective>(input, ct);
        var number =
            await db.Set<Measurement>()
                .FirstOrDefaultAsync(m => m.Id == input.Measurement && m.ObjectiveId == goal.Id, ct)
            ?? throw new InputInvalid(
                "measurement",
                $"{goal.Ref} has no such number. Read it for the ids of its numbers."
            );
        number.Withdraw(input.Reason, db.Now);
        return new Done(goal);
    }

    /// <summary>Keeps what somebody makes of the numbers, and what follows for the target.</summary>
    [Operation("evaluate", Permission.EditContext, "Say what the numbers of an objective told and what follows (9.1)")]
    public async Task<Done> Evaluate(EvaluateObjective input, CancellationToken ct)
    {
        var goal = await db.One<Objective>(input, ct);
        goal.MustBePursued();
        if (await CountingNumbers(goal, ct) == 0)
            throw new RuleBroken(
                "objectives.evaluate.measured",
                $"{goal.Ref} has no number yet, so there is nothing to evaluate."
            );
        MustFollow(goal, input);
        var before = input.Target is null ? (decimal?)null : goal.Target;
        await db.Enter(
            new ObjectiveEvaluation
            {
                ObjectiveId = goal.Id,
                On = db.Today,
                By = caller.Value.Name,
                Text = input.Text,
                Conclusion = input.Conclusion,
                TargetBefore = before,
                Target = input.Target,
            },
            ct
        );
        goal.Target = input.Target ?? goal.Target;
        if (input.Conclusion == Conclusion.Drop)
            goal.Drop(db.Today);
        return new Done(goal);
    }

    private static void MustFollow(Objective goal, EvaluateObjective input)
    {
        var moves = input.Conclusion is Conclusion.Raise or Conclusion.Lower;
        if (moves != input.Target is not null)
            throw new InputInvalid(
                "target",
                moves ? "Say the new target." : "The target only changes when it is raised or lowered."
            );
        if (input.Target is not { } target)
            return;
        Believable.Check("target", target, goal.Unit);
        if (goal.IsHarder(target) != (input.Conclusion == Conclusion.Raise) || target == goal.Target)
            throw new InputInvalid(
                "target",
                FormattableString.Invariant(
                    $"{target:0.####} is not {(input.Conclusion == Conclusion.Raise ? "harder" : "easier")} than {goal.Comparator.Words().ToLowerInvariant()} {goal.Target:0.####}."
                )
            );
    }

    // Numbers in another unit, direction or period cannot stand in one row; another target is a decision, and decisions
    // have reasons.
    private async Task MustKeepMeaning(Objective goal, EditObjective input, CancellationToken ct)
    {
        var turned =
            Changes(input.Unit, goal.Unit) ? "unit"
            : Changes(input.Period, goal.Period) ? "period"
            : input.Comparator is { } comparator && comparator != goal.Comparator ? "comparator"
            : null;
        var moved = (input.Target is { } target && target != goal.Target) || Changes(input.Metric, goal.Metric);
        if (turned is null && !moved)
            return;
        var numbers = await CountingNumbers(goal, ct);
        if (numbers > 0 && turned is not null)
            throw new InputInvalid(
                turned,
                $"{goal.Ref} has {numbers} {(numbers == 1 ? "number" : "numbers")} in {goal.Unit} a {goal.Period}. Withdraw what is wrong, or drop it and enter a new objective."
            );
        if (numbers > 0 && string.IsNullOrWhiteSpace(input.Reason))
            throw new InputInvalid(
                "reason",
                "There are numbers already. Say why the target moves or something else is measured."
            );
    }

    private static bool Changes(string? given, string stands) => given is not null && given != stands;

    private Task<int> CountingNumbers(Objective goal, CancellationToken ct) =>
        db.Set<Measurement>().Counting().CountAsync(m => m.ObjectiveId == goal.Id, ct);

    private static MeasurementRow Row(Objective goal, Measurement m)
    {
        var target = m.Target ?? goal.Target;
        return new MeasurementRow(
            m.Id,
            m.From,
            m.To,
            m.Value,
            target,
            goal.Meets(m.Value, target),
            m.TakenBy,
            m.Note,
            m.WithdrawnAt,
            m.WithdrawnBecause
        );
    }
}
