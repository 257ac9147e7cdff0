using System.Globalization;
using Moat.Knowledge;

namespace Moat.Isms.Readiness;

/// <summary>Whether a rule holds, and the records that make it so or what is missing.</summary>
/// <param name="Holds">Whether it holds. Unknown counts as no.</param>
/// <param name="Because">What was found.</param>
/// <param name="Built">False when this version of Moat keeps no such records yet, which counts as no as well.</param>
public sealed record RuleResult(bool Holds, string Because, bool Built = true);

/// <summary>
/// Computes the rules that clauses name (see the content of each clause). A rule is a pure function of the facts and its maximum age.
/// Rules about records that this version does not keep are listed as such and never hold.
/// </summary>
public static class ReadinessRules
{
    private static readonly Dictionary<string, Func<ReadinessFacts, int, RuleResult>> Rules = new()
    {
        ["profile-complete"] = (f, age) => Fresh(f, age, f.ProfileCompleted, "The interview was completed", "The interview is not complete"),
        ["issues-adopted"] = (f, age) => All(f, age, f.Issues with { Good = f.Issues.Good > 0 && f.Issues.Good < f.Issues.All ? f.Issues.All : 0 }, 2, "adopted issues, internal and external"),
        ["climate-decided"] = (f, _) => new(f.ClimateDecided, f.ClimateDecided ? "Climate change was decided on" : "Nobody decided whether climate change is relevant"),
        ["parties-adopted"] = (f, age) => All(f, age, f.Parties, 2, "adopted interested parties"),
        ["obligations-adopted"] = (f, age) => All(f, age, f.Obligations, 1, "adopted obligations"),
        ["scope-approved"] = (f, age) => Some(f, age, f.Scopes, 1, "approved scope"),
        ["scope-reviewed"] = (f, age) => f.Scopes.All > 1 ? Some(f, age, f.Scopes, 1, "approved scope") : new(false, "The scope has only its first version"),
        ["process-links-flow"] = Flow,
        ["commitment-recorded"] = (f, age) => Some(f, age, f.Commitments with { Good = f.Commitments.All }, 1, "commitment of management"),
        ["roles-assigned"] = (f, _) => All(f, int.MaxValue, f.Roles, 3, "adopted roles, each with a holder"),
        ["roles-reviewed"] = (f, age) => All(f, age, f.Roles, 3, "adopted roles, each with a holder"),
        ["risk-method-approved"] = (f, age) => Some(f, age, f.Methods, 1, "approved risk method"),
        ["risks-identified"] = (f, _) => new(f.Risks.All >= 5, $"{f.Risks.All} adopted risks"),
        ["risks-assessed"] = Assessed,
        ["risks-reassessed"] = (f, _) => new(f.Reassessments > 0, $"{Math.Max(0, f.Reassessments)} repeated assessments in the last year"),
        ["risk-changed-by-learning"] = (f, age) => Fresh(f, age, f.LastLearning, "A risk changed because of something learned", "No risk is linked to what was learned"),
        ["risks-treated"] = (f, _) => f.Risks.Good == 0 ? new(false, "No risk is assessed yet") : Whole(f.Treated, "risks above the appetite, each with a treatment"),
        ["treatment-actions-on-time"] = (f, _) => f.Actions.All == 0 ? new(false, "The treatment plan has no action") : Whole(f.Actions, "actions, none overdue"),
        ["residual-accepted"] = (f, _) => f.Accepted.All == 0 ? new(false, "No residual risk is up for acceptance yet") : Whole(f.Accepted, "residual risks to accept, each with a valid acceptance"),
        ["soa-published"] = (f, age) => Some(f, age, f.Soas, 1, "published Statement of Applicability"),
        ["soa-current"] = Current,
        ["soa-revised"] = (f, age) => f.Soas.All > 1 ? Some(f, age, f.Soas, 2, "published versions") : new(false, $"{f.Soas.All} published versions"),
        ["objectives-adopted"] = (f, age) => Some(f, age, f.Objectives with { Good = f.Objectives.All }, 3, "adopted objectives"),
        ["objectives-owned"] = (f, _) => All(f, int.MaxValue, f.Objectives, 1, "objectives, each with owner and date"),
        ["resources-decided"] = (f, age) => Some(f, age, f.Commitments, 1, "commitment with working days"),
        ["resources-reviewed"] = (f, age) => f.Commitments.All > 1 ? Some(f, age, f.Commitments, 1, "commitment with working days") : new(false, "Resources were decided at most once"),
        ["assets-owned"] = (f, _) => All(f, int.MaxValue, f.Assets, 5, "adopted assets, each with an owner"),
        ["assets-reviewed"] = (f, age) => All(f, age, f.Assets with { Good = f.Assets.All }, 5, "adopted assets"),
        ["operational-evidence"] = (f, age) => Some(f, age, f.Evidence, 1, "pieces of evidence that count today"),
        ["monitoring-results"] = (f, age) => Some(f, age, f.Evidence, 3, "pieces of evidence that count today"),
        ["tasks-on-time"] = (f, age) => f.ClosedWork.All == 0
            ? new(false, "No task was closed yet")
            : f.OpenWork.Good < f.OpenWork.All ? new(false, $"{f.OpenWork.All - f.OpenWork.Good} tasks are overdue") : Some(f, age, f.ClosedWork, 1, "tasks closed, none overdue"),
        ["controls-owned"] = (f, _) => All(f, int.MaxValue, f.ControlsOwned, 1, "applicable controls, each with an owner"),
        ["controls-implemented"] = (f, _) => All(f, int.MaxValue, f.ControlsImplemented, 1, "applicable controls, each implemented"),
    };

    /// <summary>Rules of records that this version does not keep yet.</summary>
    public static IReadOnlySet<string> NotBuilt { get; } = new HashSet<string>();

    private static IReadOnlyDictionary<string, Func<ReadinessFacts, int, RuleResult>>[] Parts { get; } =
    [
        Rules,
        SupportRules.All,
        MeasuringRules.All,
        WorkRules.All,
        AuditRules.All,
        ImprovingRules.All,
        ReviewRules.All,
    ];

    /// <summary>Whether the rule is known at all; content that names another fails its check.</summary>
    public static bool Knows(string rule) => Parts.Any(p => p.ContainsKey(rule)) || NotBuilt.Contains(rule);

    /// <summary>Computes a rule.</summary>
    public static RuleResult Evaluate(RuleHint rule, ReadinessFacts facts) =>
        Parts.Select(p => p.GetValueOrDefault(rule.Rule)).FirstOrDefault(p => p is not null) is { } evaluate
            ? evaluate(facts, rule.MaxAgeDays)
            : new RuleResult(false, "This version of Moat does not keep these records yet", Built: false);

    private static RuleResult Assessed(ReadinessFacts f, int age)
    {
        if (f.Risks.All == 0) return new(false, "No risk is adopted yet");
        if (f.Risks.Good < f.Risks.All) return new(false, $"{f.Risks.Good} of {f.Risks.All} adopted risks are assessed");
        return Fresh(f, age, f.OldestAssessment, $"All {f.Risks.All} adopted risks are assessed, the oldest", "No risk is assessed");
    }

    private static RuleResult Current(ReadinessFacts f, int age)
    {
        if (f.Soas.Last is not { } published) return new(false, "No Statement of Applicability is published");
        return f.ControlsOwned.Last > published
            ? new(false, "Controls changed since the last published version")
            : Fresh(f, age, published, "The published version is what stands today; it was published", "");
    }

    // Half of what should connect the processes carried something, and nothing that should have flowed is missing: an ISMS is more than its registers (4.4).
    private static RuleResult Flow(ReadinessFacts f, int age)
    {
        var since = f.Today.AddDays(-age).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        var alive = f.LastFlows.Count(l => l >= since);
        var broken = f.BrokenFlows switch { 0 => "none is broken", 1 => "one is broken", var n => string.Create(CultureInfo.InvariantCulture, $"{n} are broken") };
        return new(2 * alive >= f.LastFlows.Count && alive > 0 && f.BrokenFlows == 0, string.Create(
            CultureInfo.InvariantCulture,
            $"{alive} of {f.LastFlows.Count} interactions between processes carried something since {since:yyyy-MM-dd}, {broken}; half of them must carry something, and none may be broken"));
    }

    internal static RuleResult Fresh(ReadinessFacts f, int age, DateTime? at, string yes, string no)
    {
        if (at is not { } when) return new(false, no);
        var old = f.Today.DayNumber - DateOnly.FromDateTime(when).DayNumber;
        return old <= age
            ? new(true, string.Create(CultureInfo.InvariantCulture, $"{yes} on {when:yyyy-MM-dd}"))
            : new(false, string.Create(CultureInfo.InvariantCulture, $"{yes} on {when:yyyy-MM-dd}, which is {old} days ago; at most {age} count"));
    }

    internal static RuleResult Some(ReadinessFacts f, int age, Counted counted, int least, string what)
    {
        if (counted.Good < least) return new(false, $"{counted.Good} {what}");
        return Fresh(f, age, counted.Last, $"{counted.Good} {what}, last changed", "");
    }

    internal static RuleResult All(ReadinessFacts f, int age, Counted counted, int least, string what) =>
        counted.All == 0 ? new(false, $"No {Noun(what)} recorded yet")
        : counted.All < least || counted.Good < counted.All
            ? new(false, $"{counted.Good} of {Math.Max(least, counted.All)} {what}")
            : Some(f, age, counted, least, what);

    private static RuleResult Whole(Counted counted, string what) =>
        counted.All == 0 ? new(true, $"No {Noun(what)}") : new(counted.Good == counted.All, $"{counted.Good} of {counted.All} {what}");

    // Of an empty register there is no share: what is counted is named without what is asked of it.
    private static string Noun(string what)
    {
        var end = new[] { ",", " with ", " that ", " in ", " by " }.Select(w => what.IndexOf(w, StringComparison.Ordinal)).Where(i => i > 0).DefaultIfEmpty(what.Length).Min();
        return what[..end];
    }
}
