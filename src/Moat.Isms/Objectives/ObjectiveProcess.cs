using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Context;
using Moat.Isms.Kernel;
using Moat.Isms.People;

namespace Moat.Isms.Objectives;

/// <summary>An objective as people read it.</summary>
public sealed record ObjectiveView(
    string Ref, int Version, string Title, string Metric, string Unit, decimal Target, Comparator Comparator, string Period, string MeasuredBy,
    string Plan, string? OwnerRef, string? Owner, DateOnly? DueOn, Standing Standing, string? WhyProposed);

/// <summary>A security objective.</summary>
public sealed record CreateObjective
{
    /// <summary>The objective as a sentence.</summary>
    [MinLength(5), MaxLength(300)] public required string Title { get; init; }

    /// <summary>What is measured.</summary>
    [MinLength(3), MaxLength(1000)] public required string Metric { get; init; }

    /// <summary>In which unit.</summary>
    [MaxLength(40)] public required string Unit { get; init; }

    /// <summary>The value to reach.</summary>
    public required decimal Target { get; init; }

    /// <summary>at-least or at-most.</summary>
    public required Comparator Comparator { get; init; }

    /// <summary>month, quarter or year.</summary>
    [RegularExpression("month|quarter|year", ErrorMessage = "One of month, quarter, year."), MaxLength(20)]
    public required string Period { get; init; }

    /// <summary>Where the number comes from.</summary>
    [MinLength(3), MaxLength(1000)] public required string MeasuredBy { get; init; }

    /// <summary>What will be done, with which resources.</summary>
    [MinLength(3), MaxLength(4000)] public required string Plan { get; init; }

    /// <summary>Who answers for it, such as PER-2.</summary>
    [MaxLength(80)] public string? Owner { get; init; }

    /// <summary>By when it is to be reached.</summary>
    public DateOnly? DueOn { get; init; }
}

/// <summary>Changes to an objective; a changed proposal is adopted.</summary>
public sealed record EditObjective : ChangeRecord
{
    /// <summary>The objective as a sentence.</summary>
    [MinLength(5), MaxLength(300)] public string? Title { get; init; }

    /// <summary>The value to reach.</summary>
    public decimal? Target { get; init; }

    /// <summary>What will be done, with which resources.</summary>
    [MinLength(3), MaxLength(4000)] public string? Plan { get; init; }

    /// <summary>Who answers for it.</summary>
    [MaxLength(80)] public string? Owner { get; init; }

    /// <summary>By when it is to be reached.</summary>
    public DateOnly? DueOn { get; init; }
}

/// <summary>Security objectives (clause 6.2).</summary>
[Process("objectives", "What the ISMS is to achieve, in numbers (6.2).")]
public sealed class ObjectiveProcess(MoatDb db)
{
    /// <summary>The objectives.</summary>
    [Query("list", Permission.ReadIsms, "List security objectives")]
    public async Task<IReadOnlyList<ObjectiveView>> List(ListContext input, CancellationToken ct)
    {
        var rows = await (from goal in db.Set<Objective>().Of(input.Standing)
                          join person in db.Set<Person>() on goal.OwnerId equals person.Id into owners
                          from owner in owners.DefaultIfEmpty()
                          orderby goal.Number
                          select new { Goal = goal, Owner = owner }).Take(500).ToListAsync(ct);
        return [.. rows.Select(r => new ObjectiveView(
            r.Goal.Ref, r.Goal.Version, r.Goal.Title, r.Goal.Metric, r.Goal.Unit, r.Goal.Target, r.Goal.Comparator, r.Goal.Period,
            r.Goal.MeasuredBy, r.Goal.Plan, r.Owner?.Ref, r.Owner?.Name, r.Goal.DueOn, r.Goal.Standing, r.Goal.WhyProposed))];
    }

    /// <summary>Enters an objective.</summary>
    [Operation("create", Permission.EditContext, "Enter a security objective")]
    public async Task<Done> Create(CreateObjective input, CancellationToken ct) =>
        new(await db.Enter(
            new Objective
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
            }, ct));

    /// <summary>Changes an objective.</summary>
    [Operation("edit", Permission.EditContext, "Change an objective")]
    public async Task<Done> Edit(EditObjective input, CancellationToken ct)
    {
        var goal = await db.One<Objective>(input, ct);
        goal.Title = input.Title ?? goal.Title;
        goal.Target = input.Target ?? goal.Target;
        goal.Plan = input.Plan ?? goal.Plan;
        goal.DueOn = input.DueOn ?? goal.DueOn;
        if (input.Owner is not null) goal.OwnerId = await db.OwnerId(input.Owner, ct);
        goal.Adopt();
        return new Done(goal);
    }
}
