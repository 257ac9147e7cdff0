using System.Globalization;

namespace Moat.Isms.Readiness;

/// <summary>Words the ten steps and the next thing to do from facts alone.</summary>
internal sealed class Roadmap(ReadinessFacts facts, IReadOnlyList<RequirementView> requirements, int proposals, int jewelsWithoutRisk)
{
    private static readonly (string Title, string Link)[] Titles =
    [
        ("Leadership buy-in", "context"), ("Scope and assets", "assets"), ("Objectives", "objectives"), ("Framework", "roles"),
        ("Documents", "documents"), ("Risk-based controls", "risks"), ("Training", "training"),
        ("Monitor and review", "audits"), ("Incidents", "incidents"), ("Continual improvement", "nonconformities"),
    ];

    public IReadOnlyList<StepView> Steps()
    {
        var current = 0;
        var steps = new List<StepView>();
        for (var number = 1; number <= Titles.Length; number++)
        {
            var doi = Doi.Sum(requirements.Where(r => r.Step == number).Select(r => r.Doi));
            var done = doi.Documented.Of > 0 && doi.Documented.Held == doi.Documented.Of && doi.Operating.Held == doi.Operating.Of;
            var state = done ? "done" : current == 0 ? "now" : "later";
            if (!done && current == 0) current = number;
            var (title, link) = Titles[number - 1];
            steps.Add(new StepView(number, title, state, Sentence(number), doi, link));
        }
        return steps;
    }

    public NextStep Next()
    {
        if (Urgent() is { } urgent) return urgent;
        if (facts.ProfileCompleted is null)
            return new("Answer the interview", "Twelve short questions; everything else is drafted from them (4.1).", "Start the interview", "interview");
        if (facts.OpenWork.Good < facts.OpenWork.All && facts.Soas.All > 0)
            return new(
                $"Catch up on {Count(facts.OpenWork.All - facts.OpenWork.Good, "overdue task")}", "What is late is what an auditor asks about first.", "Open tasks", "tasks");
        if (facts.Risks.All == 0 || (proposals > 40 && facts.Soas.All == 0))
            return new($"Decide on {Count(proposals, "proposal")}", "Nothing Moat drafted is real before a person adopts it.", "Open the draft", "draft");
        if (facts.Scopes.Good == 0)
            return new("Approve the scope", "Every other record refers to it, and a certificate prints it (4.3).", "Open the scope", "scope");
        if (facts.Methods.Good == 0)
            return new("Approve the risk method", "Assessments count only against scales that management approved (6.1.2).", "Open the method", "risks/method");
        if (jewelsWithoutRisk > 0)
            return new(
                $"Look at {Count(jewelsWithoutRisk, "crown jewel")} without an assessed risk", "What you must not lose has nobody looking at what threatens it.", "Open the risks", "risks?unassessed=true");
        if (facts.Risks.Good < facts.Risks.All)
            return new(
                $"Assess {Count(facts.Risks.All - facts.Risks.Good, "risk")}", $"{facts.Risks.Good} of {facts.Risks.All} adopted risks are assessed; treatment and controls follow from them (6.1.2).", "Open the risks", "risks?unassessed=true");
        if (facts.Soas.All == 0)
            return new("Publish the Statement of Applicability", "It is the first document an auditor opens (6.1.3 d).", "Open the statement", "soa");
        return Cheapest();
    }

    /// <summary>What cannot wait: a legal clock first, then what still does harm, then what nobody has looked at.</summary>
    private NextStep? Urgent()
    {
        var response = facts.Response;
        if (response.Clock is { } clock)
            return new(
                $"Send: {clock.Title}", string.Create(CultureInfo.InvariantCulture, $"{clock.Source} wants it by {clock.DueAt:d MMM, HH:mm} UTC ({clock.IncidentRef})."), $"Open {clock.IncidentRef}",
                $"incidents/{clock.IncidentRef}");
        if (response.Burning is [var worst, ..])
            return new($"Contain {worst.Ref}: {worst.Title}", $"It is of {worst.Severity.ToString().ToLowerInvariant()} severity and may still do harm.", $"Open {worst.Ref}", $"incidents/{worst.Ref}");
        return response.Waiting == 0
            ? null
            : new($"Look at {Count(response.Waiting, "report")} or alert that waits", "Whether it is an incident is decided by a person, and clocks may already run (A.5.25).", "Open triage", "incidents/triage");
    }

    private NextStep Cheapest()
    {
        // The step that turns the most requirements: several clauses may wait for the same records.
        var gap = requirements.SelectMany(r => r.Rules.Where(x => !x.Holds && x.Built).Select(x => (Requirement: r, Rule: x)))
            .GroupBy(x => (x.Rule.Rule, x.Rule.Link)).OrderByDescending(g => g.Count())
            .ThenBy(g => g.First().Requirement.Step).FirstOrDefault();
        if (gap is null)
            return new("Nothing is missing that this version can show", "Every rule that Moat can compute holds today.", "See readiness", "readiness");
        var names = gap.Select(g => g.Requirement.Id).Distinct().ToList();
        return new(
            gap.First().Rule.Next ?? "Close a gap",
            $"It turns {string.Join(", ", names.Take(5))}{(names.Count > 5 ? " and others" : "")}. Now: {gap.First().Rule.Because}.", "Open", gap.Key.Link);
    }

    private static string Count(int number, string what) => number == 1 ? $"1 {what}" : $"{number} {what}s";

    private string Sentence(int step) => step switch
    {
        1 => facts.Commitments.Last is { } on
            ? string.Create(CultureInfo.InvariantCulture, $"Commitment given {on:d MMM yyyy}")
            : "Management has not said yet that it wants this and pays for it",
        2 => $"{(facts.Assets.All == 0 ? "No asset is adopted" : $"{facts.Assets.All} adopted assets, {facts.Assets.Good} with an owner")}; scope {(facts.Scopes.Good > 0 ? "approved" : "not approved")}",
        3 => facts.Objectives.All == 0 ? "No objective is adopted" : $"{facts.Objectives.All} adopted objectives, {facts.Objectives.Good} with owner and date",
        4 => Share(facts.Roles, "No role is adopted", "adopted roles have a holder"),
        5 => facts.Support.Published.All == 0 ? "No document is adopted" : $"{facts.Support.Published.Good} of {facts.Support.Published.All} documents in force, {facts.Support.Reviewed.Good} within their review cycle",
        6 => $"{Share(facts.Risks, "No risk is adopted", "risks assessed")}, {Share(facts.ControlsImplemented, "no control applies yet", "controls implemented")}, "
            + (facts.Soas.All > 0 ? $"SoA v{facts.Soas.All}" : "no SoA yet"),
        7 => $"{Share(facts.Support.Aware, "Nobody is asked to pass a course", "people passed the course for everyone or have time left")}; {Share(facts.Support.Shown, "no competence is asked for", "competences shown")}",
        8 => $"{Share(facts.Evidence, "No evidence is kept", "pieces of evidence count today")}; "
            + (facts.Audits.LastReport is { } audited ? string.Create(CultureInfo.InvariantCulture, $"last internal audit reported {audited:d MMM yyyy}") : "no internal audit is reported"),
        9 => Incidents(facts.Response),
        _ => facts.LastLearning is { } learned
            ? string.Create(CultureInfo.InvariantCulture, $"A risk last changed because of something learned on {learned:d MMM yyyy}")
            : "Nothing has been changed because of something learned yet",
    };

    // Of none there is no share.
    private static string Share(Counted counted, string none, string what) => counted.All == 0 ? none : $"{counted.Good} of {counted.All} {what}";

    private static string Incidents(ResponseFacts response) =>
        (response.Incidents.All == 0 ? "No incident yet" : $"{response.Incidents.Good} of {Count(response.Incidents.All, "incident")} closed")
        + (response.LastExercise is { } exercise ? string.Create(CultureInfo.InvariantCulture, $"; last exercise {exercise:d MMM yyyy}") : "; nobody has exercised a playbook");
}
