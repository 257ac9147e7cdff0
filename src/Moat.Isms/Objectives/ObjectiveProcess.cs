using Microsoft.EntityFrameworkCore;
using Moat.Isms.Context;
using Moat.Isms.Kernel;
using Moat.Isms.People;

namespace Moat.Isms.Objectives;

/// <summary>Security objectives (clause 6.2).</summary>
[Process(Name, Summary)]
public sealed class ObjectiveProcess(MoatDb db, CurrentCaller caller, ObjectiveCounts counts, ObjectiveReading reading)
{
    internal const string Name = "objectives";
    internal const string Summary = "What the ISMS is to achieve, in numbers, and how it stands (6.2, 9.1).";
    private const int MostShown = 400;

    /// <summary>The objectives with their last number.</summary>
    [Query("list", Permission.ReadIsms, "List security objectives with how they stand")]
    public Task<IReadOnlyList<ObjectiveView>> List(ListContext input, CancellationToken ct) => reading.Of(db.Set<Objective>().Of(input.Standing), ct);

    /// <summary>An objective with all its numbers and what was made of them.</summary>
    [Query("get", Permission.ReadIsms, "Read an objective with its measurements and evaluations")]
    public async Task<ObjectiveHistory> Get(OneRecord input, CancellationToken ct)
    {
        var goal = await db.One<Objective>(input.Ref, ct);
        var measured = await db.Set<Measurement>().Where(m => m.ObjectiveId == goal.Id).OrderByDescending(m => m.To).ThenByDescending(m => m.CreatedAt).Take(MostShown).ToListAsync(ct);
        var evaluations = await db.Set<ObjectiveEvaluation>().Where(e => e.ObjectiveId == goal.Id).OrderByDescending(e => e.On).Take(MostShown).ToListAsync(ct);
        return new ObjectiveHistory(
            (await reading.Of(db.Set<Objective>().Where(o => o.Id == goal.Id), ct))[0],
            [.. measured.Select(m => new MeasurementRow(m.From, m.To, m.Value, goal.IsMetBy(m.Value), m.TakenBy, m.Note))],
            [.. evaluations.Select(e => new EvaluationRow(e.On, e.By, e.Text, e.Conclusion))]);
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
        return new Done(await db.Enter(goal, ct));
    }

    /// <summary>Changes an objective.</summary>
    [Operation("edit", Permission.EditContext, "Change an objective")]
    public async Task<Done> Edit(EditObjective input, CancellationToken ct)
    {
        var goal = await db.One<Objective>(input, ct);
        goal.Title = input.Title ?? goal.Title;
        goal.Target = input.Target ?? goal.Target;
        goal.Plan = input.Plan ?? goal.Plan;
        goal.DueOn = input.DueOn ?? goal.DueOn;
        goal.TakenFrom = input.TakenFrom ?? goal.TakenFrom;
        goal.AskedAt = input.AskedAt ?? goal.AskedAt;
        goal.Query = input.Query ?? goal.Query;
        goal.Fold = input.Fold ?? goal.Fold;
        goal.StepMinutes = input.StepMinutes ?? goal.StepMinutes;
        await counts.Check(goal, ct);
        if (input.Owner is not null) goal.OwnerId = await db.OwnerId(input.Owner, ct);
        goal.Adopt();
        return new Done(goal);
    }

    /// <summary>Keeps a number that a person measured.</summary>
    [Operation("measure", Permission.EditEvidence, "Keep a measured number of an objective")]
    public async Task<Done> Measure(MeasureObjective input, CancellationToken ct)
    {
        var goal = await db.One<Objective>(input, ct);
        if (goal.Standing != Standing.Adopted) throw new RuleBroken("objectives.measure.adopted", $"{goal.Ref} is not adopted yet.");
        var to = input.To ?? db.Today;
        var from = input.From ?? goal.PeriodStart(to);
        if (to > db.Today) throw new InputInvalid("to", "What is not over yet cannot be measured.");
        if (from > to) throw new InputInvalid("from", "The period ends before it begins.");
        await db.Enter(new Measurement { ObjectiveId = goal.Id, From = from, To = to, Value = input.Value, TakenBy = caller.Value.Name, Note = input.Note }, ct);
        return new Done(goal);
    }

    /// <summary>Keeps what somebody makes of the numbers, and what follows for the target.</summary>
    [Operation("evaluate", Permission.EditContext, "Say what the numbers of an objective told and what follows (9.1)")]
    public async Task<Done> Evaluate(EvaluateObjective input, CancellationToken ct)
    {
        var goal = await db.One<Objective>(input, ct);
        if (!await db.Set<Measurement>().AnyAsync(m => m.ObjectiveId == goal.Id, ct))
            throw new RuleBroken("objectives.evaluate.measured", $"{goal.Ref} has no number yet, so there is nothing to evaluate.");
        var changes = input.Conclusion is Conclusion.Raise or Conclusion.Lower;
        if (changes != input.Target is not null) throw new InputInvalid("target", changes ? "Say the new target." : "The target only changes when it is raised or lowered.");
        await db.Enter(new ObjectiveEvaluation { ObjectiveId = goal.Id, On = db.Today, By = caller.Value.Name, Text = input.Text, Conclusion = input.Conclusion }, ct);
        goal.Target = input.Target ?? goal.Target;
        return new Done(goal);
    }
}
