using Moat.Isms.Kernel.Rules;

namespace Moat.Isms.Improvement;

/// <summary>What should flow from lessons and nonconformities to what they change (10.1, 10.2).</summary>
internal sealed class ImprovementFlowRules : IFlowRules
{
    private const int DaysToAct = 30,
        DaysToDecide = 30,
        DaysToVerify = 14;

    /// <inheritdoc />
    public IReadOnlyList<FlowRule> Rules { get; } =
    [
        new(
            "lesson-without-action",
            "improvement",
            "document-control",
            "LES",
            "A lesson becomes a change within a month, or a reason why nothing changes",
            "Decide what follows",
            (db, day) =>
                db.Set<Lesson>()
                    .Where(l =>
                        l.CreatedAt < day.End
                        && l.LearnedOn < day.On.AddDays(-DaysToDecide)
                        && (l.DecidedOn == null || l.DecidedOn > day.On)
                    )
                    .Select(l => new Broken
                    {
                        Number = l.Number,
                        Title = l.Title,
                        On = l.LearnedOn,
                    })
        ),
        new(
            "nonconformity-without-action",
            "improvement",
            "control-operation",
            "NC",
            "A nonconformity has an action against its cause within a month",
            "Plan an action",
            (db, day) =>
                db.Set<Nonconformity>()
                    .Where(n =>
                        n.CreatedAt < day.End
                        && n.RaisedOn < day.On.AddDays(-DaysToAct)
                        && (n.ClosedOn == null || n.ClosedOn > day.On)
                        && !db.Set<CorrectiveAction>()
                            .Any(a =>
                                a.NonconformityId == n.Id
                                && a.Round == n.Round
                                && a.State != ActionState.Dropped
                                && a.CreatedAt < day.End
                            )
                    )
                    .Select(n => new Broken
                    {
                        Number = n.Number,
                        Title = n.Title,
                        On = n.RaisedOn,
                    })
        ),
        new(
            "corrective-action-overdue",
            "improvement",
            "control-operation",
            "ACT",
            "A corrective action is done by its date",
            "Do it or move its date",
            (db, day) =>
                db.Set<CorrectiveAction>()
                    .Where(a =>
                        a.CreatedAt < day.End
                        && a.State != ActionState.Dropped
                        && a.DueOn < day.On
                        && (a.DoneOn == null || a.DoneOn > day.On)
                    )
                    .Select(a => new Broken
                    {
                        Number = a.Number,
                        Title = a.Title,
                        On = a.DueOn,
                    })
        ),
        new(
            "effect-unverified",
            "improvement",
            "monitoring",
            "ACT",
            "Whether an action had its effect is verified in time",
            "Verify its effect",
            (db, day) =>
                db.Set<CorrectiveAction>()
                    .Where(a =>
                        a.State != ActionState.Dropped
                        && a.DoneOn <= day.On
                        && a.VerifyFrom < day.On.AddDays(-DaysToVerify)
                        && (a.VerifiedOn == null || a.VerifiedOn > day.On)
                    )
                    .Select(a => new Broken
                    {
                        Number = a.Number,
                        Title = a.Title,
                        On = a.VerifyFrom,
                    })
        ),
    ];
}
