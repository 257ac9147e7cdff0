using Moat.Isms.Kernel.Requirements;
using Moat.Isms.Objectives;
using Moat.Isms.Processes.Flow;
using Moat.Isms.Risks;
using Moat.Isms.Risks.Money;

namespace Moat.Isms.Leadership;

/// <summary>Something that only those who lead can decide.</summary>
/// <param name="Ref">The record.</param>
/// <param name="Process">Its process.</param>
/// <param name="Title">What it is.</param>
/// <param name="Why">What has to be decided, and why now.</param>
public sealed record DecisionWanted(string Ref, string Process, string Title, string Why);

/// <summary>How many objectives stand how, and those that are not on track.</summary>
public sealed record ObjectivesAtAGlance(
    int All,
    int OnTrack,
    int AtRisk,
    int Missed,
    int NotMeasured,
    IReadOnlyList<ObjectiveView> Off
);

/// <summary>The review before and the next one.</summary>
public sealed record ReviewsAtAGlance(
    string? LastRef,
    DateOnly? LastOn,
    string? NextRef,
    DateOnly? NextOn,
    int Decisions,
    int Acted,
    int Overdue
);

/// <summary>One screen for those who lead.</summary>
public sealed record LeadershipView(
    string Organization,
    DateOnly On,
    IReadOnlyList<CrownJewel> CrownJewels,
    MoneyView Money,
    ObjectivesAtAGlance Objectives,
    IReadOnlyList<DecisionWanted> Decisions,
    int MoreDecisions,
    ReviewsAtAGlance Reviews,
    IReadOnlyList<BreakView> Breaks,
    Doi Doi
);
