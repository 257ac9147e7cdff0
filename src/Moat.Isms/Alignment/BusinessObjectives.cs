using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Context;
using Moat.Isms.Controls;
using Moat.Isms.Kernel;
using Moat.Isms.Objectives;
using Moat.Isms.People;
using Moat.Isms.Risks;

namespace Moat.Isms.Alignment;

/// <summary>What the company wants to reach, and what of the ISMS serves it (clauses 4.1, 5.1).</summary>
[Process(
    "business-objectives",
    "What the company wants to reach, and which objectives, assets, risks and controls serve it (4.1, 5.1)."
)]
public sealed class BusinessObjectives(MoatDb db, RecordFinder records)
{
    private const int MostShown = 200;

    /// <summary>The business objectives with what serves each.</summary>
    [Query("list", Permission.ReadIsms, "List business objectives with the records that serve each")]
    public async Task<IReadOnlyList<BusinessObjectiveView>> List(ListContext input, CancellationToken ct)
    {
        var rows = await (
            from goal in db.Set<BusinessObjective>().Of(input.Standing)
            join person in db.Set<Person>() on goal.OwnerId equals person.Id into owners
            from owner in owners.DefaultIfEmpty()
            orderby goal.Number
            select new { Goal = goal, Owner = owner }
        )
            .Take(MostShown)
            .ToListAsync(ct);
        var links = await db.Links.Where(l => l.Type == LinkTypes.Supports && l.ToKind == "BIZ").ToListAsync(ct);
        var known = await records.ByKindAndId(links.Select(l => (l.FromKind, l.FromId)), ct);
        var ties = links.Where(l => known.ContainsKey(l.FromId)).ToLookup(l => l.ToId, l => known[l.FromId]);
        return
        [
            .. rows.Select(r => new BusinessObjectiveView(
                r.Goal.Ref,
                r.Goal.Version,
                r.Goal.Title,
                r.Goal.WhySecurity,
                r.Owner?.Ref,
                r.Owner?.Name,
                r.Owner?.Department,
                r.Goal.Horizon,
                r.Goal.EndedOn,
                r.Goal.Outcome,
                r.Goal.Standing,
                r.Goal.WhyProposed,
                [.. ties[r.Goal.Id].OrderBy(t => t.Ref, StringComparer.Ordinal).Select(Tied)]
            )),
        ];
    }

    /// <summary>Enters a business objective.</summary>
    [Operation("create", Permission.EditContext, "Enter what the company wants to reach")]
    public async Task<Done> Create(CreateBusinessObjective input, CancellationToken ct) =>
        new(
            await db.Enter(
                new BusinessObjective
                {
                    Title = input.Title,
                    WhySecurity = input.WhySecurity,
                    OwnerId = await db.OwnerId(input.Owner, ct),
                    Horizon = input.Horizon,
                },
                ct
            )
        );

    /// <summary>Changes a business objective.</summary>
    [Operation("edit", Permission.EditContext, "Change a business objective")]
    public async Task<Done> Edit(EditBusinessObjective input, CancellationToken ct)
    {
        var goal = await db.One<BusinessObjective>(input, ct);
        goal.Title = input.Title ?? goal.Title;
        goal.WhySecurity = input.WhySecurity ?? goal.WhySecurity;
        goal.Horizon = input.Horizon ?? goal.Horizon;
        if (input.Owner is not null)
            goal.OwnerId = await db.OwnerId(input.Owner, ct);
        goal.Adopt();
        return new Done(goal);
    }

    /// <summary>Says that it was reached or given up.</summary>
    [Operation("end", Permission.EditContext, "Say that a business objective was reached or is given up")]
    public async Task<Done> End(EndBusinessObjective input, CancellationToken ct)
    {
        var goal = await db.One<BusinessObjective>(input, ct);
        goal.End(db.Today, input.Outcome);
        return new Done(goal);
    }

    /// <summary>Ties records to a business objective.</summary>
    [Operation(
        "tie",
        Permission.EditContext,
        "Tie objectives, assets, risks and controls to the business objective that they serve"
    )]
    public async Task<Tally> Tie(TieRecords input, CancellationToken ct)
    {
        var goal = await db.One<BusinessObjective>(input.Ref, ct);
        if (goal.Standing != Standing.Adopted || goal.EndedOn is not null)
            throw new RuleBroken(
                "business-objectives.tie.pursued",
                $"{goal.Ref} is not pursued. Tie records to a business objective that is adopted and has not ended."
            );
        var tied = await Serving(input, ct);
        var count = 0;
        foreach (var record in tied)
            if (await db.Connect(record, LinkTypes.Supports, goal, ct) is not null)
                count++;
        return new Tally(count, []);
    }

    /// <summary>Takes ties back.</summary>
    [Operation("untie", Permission.EditContext, "Take back that records serve a business objective")]
    public async Task<Tally> Untie(TieRecords input, CancellationToken ct)
    {
        var goal = await db.One<BusinessObjective>(input.Ref, ct);
        var ids = (await Serving(input, ct)).Select(r => r.Id).ToList();
        var links = await db
            .Links.AsTracking()
            .Where(l => l.Type == LinkTypes.Supports && l.ToId == goal.Id && ids.Contains(l.FromId))
            .ToListAsync(ct);
        db.RemoveRange(links);
        return new Tally(links.Count, []);
    }

    private async Task<IReadOnlyList<Referenced>> Serving(TieRecords input, CancellationToken ct)
    {
        var found = await records.All(input.Records, ct);
        var wrong = found
            .Where(r => r is not (Objective or Asset or Risk or Control))
            .Select(r => new FieldError("records", $"{r.Ref} is no objective, asset, risk or control."))
            .ToList();
        if (wrong.Count > 0)
            throw new InputInvalid(wrong);
        var open = found
            .OfType<Proposable>()
            .Where(p => p.Standing != Standing.Adopted)
            .Select(r => new FieldError("records", $"{r.Ref} is not adopted."))
            .ToList();
        return open.Count > 0 ? throw new InputInvalid(open) : found;
    }

    private static TiedRecord Tied(Referenced record) =>
        new(record.Ref, RecordKind.Of(record.GetType()).Process, record.Caption);
}
