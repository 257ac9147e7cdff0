using Microsoft.EntityFrameworkCore;
using Moat.Isms.Changes;
using Moat.Isms.Improvement;
using Moat.Isms.Kernel;

namespace Moat.Isms.Readiness;

/// <summary>What readiness needs to know about nonconformities, actions, improvements and changes.</summary>
public sealed record ImprovingFacts
{
    /// <summary>Nonconformities, those whose cause is known or whose time to find it is not over; last change.</summary>
    public required Counted Nonconformities { get; init; }

    /// <summary>Corrective actions that were not dropped, those that are neither overdue nor waiting too long for a look at their effect.</summary>
    public required Counted Actions { get; init; }

    /// <summary>When somebody last saw whether an action works.</summary>
    public required DateTime? LastVerified { get; init; }

    /// <summary>Lessons, those that ended in something or whose time to decide is not over.</summary>
    public required Counted Lessons { get; init; }

    /// <summary>Improvements that were not declined, those with an owner and a date; last one.</summary>
    public required Counted Improvements { get; init; }

    /// <summary>When somebody last said what an improvement brought.</summary>
    public required DateTime? LastEvaluated { get; init; }

    /// <summary>Planned changes that were not dropped, those approved; last change.</summary>
    public required Counted Planned { get; init; }

    /// <summary>Changes that happened, planned or not, those looked back at or whose time for that is not over.</summary>
    public required Counted Happened { get; init; }

    /// <summary>When somebody last looked back at a change.</summary>
    public required DateTime? LastReviewed { get; init; }

    /// <summary>What is done outside, that which was looked at in time.</summary>
    public required Counted Outsourced { get; init; }

    private const int DaysForCause = 30;
    private const int DaysForLook = 30;
    private const int DaysForLesson = 60;
    private const int DaysForLookBack = 120;

    /// <summary>Reads the facts.</summary>
    public static async Task<ImprovingFacts> Read(MoatDb db, CancellationToken ct)
    {
        var today = db.Today;
        var (cause, look, lesson, back) = (today.AddDays(-DaysForCause), today.AddDays(-DaysForLook), today.AddDays(-DaysForLesson), today.AddDays(-DaysForLookBack));
        var improvements = db.Set<Improvement.Improvement>();
        var changes = db.Set<IsmsChange>();
        return new ImprovingFacts
        {
            Nonconformities = await db.Count(
                db.Set<Nonconformity>().Select(n => new Fact { Good = n.State != NonconformityState.Raised || n.RaisedOn >= cause, At = n.ChangedAt }), ct),
            Actions = await db.Count(
                db.Set<CorrectiveAction>().Where(a => a.State != ActionState.Dropped)
                    .Select(a => new Fact { Good = a.State == ActionState.Planned ? a.DueOn >= today : a.State != ActionState.Done || a.VerifyFrom >= look, At = a.ChangedAt }), ct),
            LastVerified = At(await db.Set<CorrectiveAction>().MaxAsync(a => a.VerifiedOn, ct)),
            Lessons = await db.Count(db.Set<Lesson>().Select(l => new Fact { Good = l.End != LessonEnd.Open || l.LearnedOn >= lesson, At = l.ChangedAt }), ct),
            Improvements = await db.Count(
                improvements.Where(i => i.State != ImprovementState.Declined).Select(i => new Fact { Good = i.OwnerId != null && i.DueOn != null, At = i.CreatedAt }), ct),
            LastEvaluated = At(await improvements.MaxAsync(i => i.EvaluatedOn, ct)),
            Planned = await db.Count(
                changes.Where(c => c.Planned && c.State != ChangeState.Dropped).Select(c => new Fact { Good = c.State != ChangeState.Planned, At = c.ChangedAt }), ct),
            Happened = await db.Count(
                changes.Where(c => c.HappenedOn != null && c.State != ChangeState.Dropped)
                    .Select(c => new Fact { Good = c.State == ChangeState.Reviewed || c.HappenedOn >= back, At = c.ChangedAt }), ct),
            LastReviewed = At(await changes.MaxAsync(c => c.ReviewedOn, ct)),
            Outsourced = await db.Count(
                db.Set<OutsourcedProcess>().Where(o => o.EndedOn == null).Select(o => new Fact { Good = o.NextReviewOn >= today, At = o.ChangedAt }), ct),
        };
    }

    private static DateTime? At(DateOnly? day) => day?.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
}

/// <summary>The rules about nonconformities, actions, improvements and changes (clauses 6.3, 8.1, 10.1, 10.2).</summary>
internal static class ImprovingRules
{
    /// <summary>By the rule's id.</summary>
    public static IReadOnlyDictionary<string, Func<ReadinessFacts, int, RuleResult>> All { get; } = new Dictionary<string, Func<ReadinessFacts, int, RuleResult>>
    {
        ["nonconformities-handled"] = (f, age) => ReadinessRules.All(f, age, f.Improving.Nonconformities, 1, "nonconformities with a known cause or time left to find it"),
        ["corrective-actions-verified"] = (f, age) => f.Improving.Actions.Good < f.Improving.Actions.All
            ? new(false, $"{f.Improving.Actions.All - f.Improving.Actions.Good} corrective actions are overdue or wait too long for a look at their effect")
            : ReadinessRules.Fresh(f, age, f.Improving.LastVerified, "The effect of an action was verified", "No action was verified yet"),
        ["lessons-ended"] = (f, age) => ReadinessRules.All(f, age, f.Improving.Lessons, 1, "lessons that ended in something, or in a reason for nothing"),
        ["improvements-recorded"] = (f, age) => ReadinessRules.Some(f, age, f.Improving.Improvements, 1, "improvements with owner, date and expected effect"),
        ["improvements-evaluated"] = (f, age) => ReadinessRules.Fresh(f, age, f.Improving.LastEvaluated, "Somebody said what an improvement brought", "Nobody said yet what an improvement brought"),
        ["changes-planned"] = (f, age) => ReadinessRules.Some(f, age, f.Improving.Planned, 1, "approved changes with purpose and consequences"),
        ["changes-reviewed"] = (f, age) => f.Improving.Happened.Good < f.Improving.Happened.All
            ? new(false, $"{f.Improving.Happened.All - f.Improving.Happened.Good} changes happened long ago and nobody looked back")
            : ReadinessRules.Fresh(f, age, f.Improving.LastReviewed, "Somebody looked back at a change", "Nobody looked back at a change yet"),
    };
}
