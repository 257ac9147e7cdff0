using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Drafts;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Requirements;
using Moat.Isms.Risks;

namespace Moat.Isms.Readiness;

/// <summary>Which requirements to show.</summary>
public sealed record ShowReadiness
{
    /// <summary>Only this of the ten steps.</summary>
    [Range(1, 10)]
    public int? Step { get; init; }

    /// <summary>clause or control.</summary>
    [MaxLength(10)]
    public string? Kind { get; init; }

    /// <summary>Only those with a gap.</summary>
    public bool Gaps { get; init; }
}

/// <summary>Readiness, computed from records and their freshness.</summary>
[Process(
    "readiness",
    "Documented, Operating, Improving: what an auditor would find today, requirement by requirement."
)]
public sealed class ReadinessProcess(
    MoatDb db,
    CurrentCaller caller,
    ReadinessComputation computation,
    CrownJewels jewels,
    DraftBoard drafts
)
{
    /// <summary>Every sub-clause and applicable control with its rules and next steps.</summary>
    [Query(
        "list",
        Permission.ReadIsms,
        "Readiness of every sub-clause and applicable control, with each gap's next step"
    )]
    public Task<ReadinessView> List(ShowReadiness input, CancellationToken ct) =>
        db.Unchanged((nameof(List), input.Step, input.Kind, input.Gaps), () => Show(input, ct), ct);

    private async Task<ReadinessView> Show(ShowReadiness input, CancellationToken ct)
    {
        var all = await computation.Today(ct);
        var shown = all.Where(r =>
            (input.Step is null || r.Step == input.Step)
            && (input.Kind is null || r.Kind == input.Kind)
            && (!input.Gaps || r.Rules.Any(x => !x.Holds))
        );
        return new ReadinessView(Doi.Sum(all.Select(r => r.Doi)), [.. shown]);
    }

    /// <summary>One requirement.</summary>
    [Query("get", Permission.ReadIsms, "Readiness of one sub-clause or control, such as 6.1.2 or A.8.4")]
    public async Task<RequirementView> Get(OneRecord input, CancellationToken ct) =>
        (await computation.Today(ct)).FirstOrDefault(r => r.Id == input.Ref)
        ?? throw new NotFound($"requirement {input.Ref}");

    /// <summary>Whether the foundations are laid, which they are from the first published statement on.</summary>
    [Query(
        "stage",
        Permission.Work,
        "Whether the foundations are laid: a first Statement of Applicability is published"
    )]
    public async Task<StageView> Stage(Nothing input, CancellationToken ct) =>
        new(await db.Set<StatementOfApplicability.Soa>().AnyAsync(ct));

    /// <summary>The ten steps, the next thing to do, crown jewels and the pulse.</summary>
    [Query("roadmap", Permission.ReadIsms, "The ten steps, the next thing to do, crown jewels and the pulse")]
    public Task<RoadmapView> Roadmap(Nothing input, CancellationToken ct) =>
        db.Unchanged(nameof(Roadmap), () => Look(ct), ct);

    private async Task<RoadmapView> Look(CancellationToken ct)
    {
        var (facts, requirements) = (await computation.Facts(ct), await computation.Today(ct));
        var protection = await jewels.Protection(ct);
        var proposals = (await drafts.Counts(ct)).Sum(c => c.Proposed);
        var roadmap = new Roadmap(facts, requirements, proposals, protection.Count(j => j.Risks == 0));
        var pulse = await db.Set<PulsePoint>()
            .OrderByDescending(p => p.On)
            .Take(60)
            .Select(p => new PulseView(p.On, p.Documented, p.Operating, p.Improving))
            .ToListAsync(ct);
        pulse.Reverse();
        var name = await db
            .Organizations.Where(o => o.Id == caller.OrganizationId)
            .Select(o => o.Name)
            .FirstOrDefaultAsync(ct);
        return new RoadmapView(
            name ?? "",
            IsmsStage.Of(requirements, facts.Of<StatementOfApplicability.ControlFacts>().Statements.Count > 0),
            Doi.Sum(requirements.Select(r => r.Doi)),
            requirements.Count,
            roadmap.Next(),
            roadmap.Steps(),
            protection,
            pulse,
            proposals
        );
    }

    /// <summary>Keeps today's readiness for the pulse; once a day is enough.</summary>
    [Daily(DailyTurn.Readiness), Operation("record", Permission.EditContext, "Keep today's readiness for the pulse")]
    public async Task<Done> Record(Nothing input, CancellationToken ct)
    {
        var today = db.Today;
        if (await db.Set<PulsePoint>().FirstOrDefaultAsync(p => p.On == today, ct) is { } known)
            return new Done(known);
        var doi = Doi.Sum((await computation.Today(ct)).Select(r => r.Doi));
        return new Done(
            await db.Enter(
                new PulsePoint
                {
                    On = today,
                    Documented = doi.Documented.Percent,
                    Operating = doi.Operating.Percent,
                    Improving = doi.Improving.Percent,
                },
                ct
            )
        );
    }
}
