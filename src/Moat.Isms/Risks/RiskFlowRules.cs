using Moat.Isms.Assets;
using Moat.Isms.Controls;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Rules;
using Moat.Isms.Work;
using FlowRule = Moat.Isms.Kernel.Rules.FlowRule;

namespace Moat.Isms.Risks;

/// <summary>What should flow from assets to risks, to their treatment and to controls (6.1, 8.2, 8.3).</summary>
internal sealed class RiskFlowRules : IFlowRules
{
    private const int DaysToAssess = 14,
        DaysToDecide = 30,
        DaysToPutInPlace = 90;

    /// <inheritdoc />
    public IReadOnlyList<FlowRule> Rules { get; } =
    [
        new(
            "jewel-without-risk",
            "asset-management",
            "risk-assessment",
            "AST",
            "Every crown jewel has a risk that somebody assessed",
            "Assess a risk",
            (db, day) =>
                from asset in db.Set<Asset>()
                where
                    asset.CrownJewel
                    && asset.InScope
                    && asset.Standing == Standing.Adopted
                    && asset.CreatedAt < day.Ago(DaysToAssess)
                    && !db.Links.Any(l =>
                        l.ToId == asset.Id
                        && l.Type == LinkTypes.Threatens
                        && db.Set<Risk>()
                            .Any(r =>
                                r.Id == l.FromId
                                && r.Standing == Standing.Adopted
                                && r.AssessedAt != null
                                && r.AssessedAt < day.End
                            )
                    )
                select new Broken
                {
                    Number = asset.Number,
                    Title = asset.Name,
                    At = asset.CreatedAt,
                }
        ),
        new(
            "risk-undecided",
            "risk-assessment",
            "risk-treatment",
            "RISK",
            "A risk above the appetite gets a decision within a month",
            "Decide the treatment",
            (db, day) =>
                from risk in Adopted(db)
                where
                    risk.Treatment == TreatmentOption.Undecided
                    && risk.AssessedAt < day.Ago(DaysToDecide)
                    && risk.CurrentScore
                        > (
                            RiskMethod.InForce(db).Select(m => (int?)m.Appetite).FirstOrDefault()
                            ?? RiskMethod.UsualAppetite
                        )
                select new Broken
                {
                    Number = risk.Number,
                    Title = risk.Title,
                    At = risk.AssessedAt,
                }
        ),
        new(
            "modified-without-control",
            "risk-treatment",
            "control-selection",
            "RISK",
            "A risk that is to be lowered has a control that lowers it",
            "Name a control",
            (db, day) =>
                from risk in Adopted(db)
                where
                    risk.Treatment == TreatmentOption.Modify
                    && risk.CreatedAt < day.End
                    && !Treating(db).Any(t => t.ToId == risk.Id && t.At < day.End)
                select new Broken
                {
                    Number = risk.Number,
                    Title = risk.Title,
                    At = risk.AssessedAt,
                }
        ),
        new(
            "modified-without-effect",
            "control-selection",
            "control-operation",
            "RISK",
            "Within a quarter, a control against a risk is in place",
            "Put a control in place",
            (db, day) =>
                from risk in Adopted(db)
                where
                    risk.Treatment == TreatmentOption.Modify
                    && risk.AssessedAt < day.Ago(DaysToPutInPlace)
                    && Treating(db).Any(t => t.ToId == risk.Id)
                    && !Treating(db).Any(t => t.ToId == risk.Id && t.Implementation == Implementation.Implemented)
                select new Broken
                {
                    Number = risk.Number,
                    Title = risk.Title,
                    At = risk.AssessedAt,
                }
        ),
        new(
            "acceptance-ended",
            "leadership",
            "risk-treatment",
            "RISK",
            "A risk that is kept has a valid acceptance",
            "Accept it or treat it",
            (db, day) =>
                from risk in Adopted(db)
                where
                    risk.Treatment == TreatmentOption.Retain
                    && risk.ResidualScore > 0
                    && risk.AssessedAt < day.End
                    && (risk.AcceptedUntil == null || risk.AcceptedUntil < day.On)
                select new Broken
                {
                    Number = risk.Number,
                    Title = risk.Title,
                    On = risk.AcceptedUntil,
                    At = risk.AssessedAt,
                }
        ),
        new(
            "action-overdue",
            "work",
            "risk-treatment",
            "TASK",
            "Actions of the treatment plan are done by their date",
            "Do it or move its date",
            (db, day) =>
                db.Set<WorkItem>()
                    .OverdueOn(day)
                    .OfTreatment()
                    .Select(t => new Broken
                    {
                        Number = t.Number,
                        Title = t.Title,
                        On = t.DueOn,
                    })
        ),
    ];

    private static IQueryable<Treating> Treating(MoatDb db) =>
        from link in db.Links
        where link.Type == LinkTypes.Treats
        join control in db.Set<Control>() on link.FromId equals control.Id
        where control.Standing == Standing.Adopted && control.Applicability == Applicability.Applicable
        select new Treating
        {
            ToId = link.ToId,
            At = link.CreatedAt,
            Implementation = control.Implementation,
        };

    private static IQueryable<Risk> Adopted(MoatDb db) => db.Set<Risk>().Where(r => r.Standing == Standing.Adopted);
}

/// <summary>An applicable control that treats a risk.</summary>
internal sealed class Treating
{
    public required Guid ToId { get; init; }

    public required DateTime At { get; init; }

    public required Implementation Implementation { get; init; }
}
