using Moat.Isms.Work;

namespace Moat.Isms.Risks;

/// <summary>The risk treatment plan (clause 6.1.3 e): the actions that were planned for risks.</summary>
public static class TreatmentPlan
{
    /// <summary>
    /// What a planned action is known by; steps for joiners, movers and leavers are planned actions, too, but of
    /// people.
    /// </summary>
    public const string Purpose = WorkPurpose.Action;

    /// <summary>How the references of risks begin.</summary>
    public const string OfRisk = "RISK-";

    /// <summary>The actions of the plan among tasks.</summary>
    public static IQueryable<WorkItem> OfTreatment(this IQueryable<WorkItem> tasks) =>
        tasks.Where(t => t.Purpose == Purpose && t.SubjectRef.StartsWith(OfRisk));
}
