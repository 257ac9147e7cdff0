using System.Globalization;
using Moat.Isms.Assets;
using Moat.Isms.Audits;
using Moat.Isms.Context;
using Moat.Isms.Documents;
using Moat.Isms.Evidence;
using Moat.Isms.Kernel.Requirements;
using Moat.Isms.Leadership;
using Moat.Isms.Objectives;
using Moat.Isms.Risks;
using Moat.Isms.StatementOfApplicability;
using Moat.Isms.Training;
using Moat.Isms.Work;

namespace Moat.Isms.Readiness;

/// <summary>Words the ten steps and the next thing to do from facts alone.</summary>
internal sealed class Roadmap(
    ReadinessFacts facts,
    IReadOnlyList<RequirementView> requirements,
    int proposals,
    int jewelsWithoutRisk
)
{
    private static readonly (string Title, string Link)[] Titles =
    [
        ("Leadership buy-in", "context"),
        ("Scope and assets", "assets"),
        ("Objectives", "objectives"),
        ("Framework", "roles"),
        ("Documents", "documents"),
        ("Risk-based controls", "risks"),
        ("Training", "training"),
        ("Monitor and review", "audits"),
        ("Incidents", "incidents"),
        ("Continual improvement", "nonconformities"),
    ];

    private readonly RiskFacts _risks = facts.Of<RiskFacts>();
    private readonly ContextFacts _context = facts.Of<ContextFacts>();
    private readonly ControlFacts _controls = facts.Of<ControlFacts>();
    private readonly (int All, int Overdue) _open = facts.Of<WorkFacts>().Open;

    private int Assessed => _risks.Risks.Count(r => r.AssessedAt is not null);

    public IReadOnlyList<StepView> Steps()
    {
        var current = 0;
        var steps = new List<StepView>();
        for (var number = 1; number <= Titles.Length; number++)
        {
            var doi = Doi.Sum(requirements.Where(r => r.Step == number).Select(r => r.Doi));
            var done =
                doi.Documented.Of > 0
                && doi.Documented.Held == doi.Documented.Of
                && doi.Operating.Held == doi.Operating.Of;
            var state =
                done ? "done"
                : current == 0 ? "now"
                : "later";
            if (!done && current == 0)
                current = number;
            var (title, link) = Titles[number - 1];
            steps.Add(new StepView(number, title, state, Sentence(number), doi, link));
        }
        return steps;
    }

    public NextStep Next() =>
        Urgent() ?? Interview() ?? Late() ?? Draft() ?? Ground() ?? Assessments() ?? Statement() ?? Cheapest();

    /// <summary>What everything else is drafted from.</summary>
    private NextStep? Interview() =>
        _context.ProfileCompleted is null
            ? new(
                "Answer the interview",
                "Twelve short questions; everything else is drafted from them (4.1).",
                "Start the interview",
                "interview"
            )
            : null;

    /// <summary>What an auditor asks about first.</summary>
    private NextStep? Late() =>
        _open.Overdue > 0 && _controls.Statements.Count > 0
            ? new(
                $"Catch up on {Count(_open.Overdue, "overdue task")}",
                "What is late is what an auditor asks about first.",
                "Open tasks",
                "tasks"
            )
            : null;

    /// <summary>What waits for a decision.</summary>
    private NextStep? Draft() =>
        _risks.Risks.Count == 0 || (proposals > 40 && _controls.Statements.Count == 0)
            ? new(
                $"Decide on {Count(proposals, "proposal")}",
                "Nothing Moat drafted is real before a person adopts it.",
                "Open the draft",
                "draft"
            )
            : null;

    /// <summary>What every assessment stands on.</summary>
    private NextStep? Ground() =>
        _context.InForce is null
            ? new(
                "Approve the scope",
                "Every other record refers to it, and a certificate prints it (4.3).",
                "Open the scope",
                "scope"
            )
        : _risks.Method is null
            ? new(
                "Approve the risk method",
                "Assessments count only against scales that management approved (6.1.2).",
                "Open the method",
                "risks/method"
            )
        : null;

    /// <summary>What nobody has looked at yet.</summary>
    private NextStep? Assessments() =>
        jewelsWithoutRisk > 0
            ? new(
                $"Look at {Count(jewelsWithoutRisk, "crown jewel")} without an assessed risk",
                "What you must not lose has nobody looking at what threatens it.",
                "Open the risks",
                "risks?unassessed=true"
            )
        : Assessed < _risks.Risks.Count
            ? new(
                $"Assess {Count(_risks.Risks.Count - Assessed, "risk")}",
                $"{Assessed} of {_risks.Risks.Count} adopted risks are assessed; treatment and controls follow from them (6.1.2).",
                "Open the risks",
                "risks?unassessed=true"
            )
        : null;

    /// <summary>What an auditor opens first.</summary>
    private NextStep? Statement() =>
        _controls.Statements.Count == 0
            ? new(
                "Publish the Statement of Applicability",
                "It is the first document an auditor opens (6.1.3 d).",
                "Open the statement",
                "soa"
            )
            : null;

    /// <summary>
    /// What cannot wait: a legal clock first, then what still does harm, then what nobody has looked at.
    /// </summary>
    private NextStep? Urgent()
    {
        var response = facts.Response;
        if (response.Clock is { } clock)
            return new(
                $"Send: {clock.Title}",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{clock.Source} wants it by {clock.DueAt:d MMM, HH:mm} UTC ({clock.IncidentRef})."
                ),
                $"Open {clock.IncidentRef}",
                $"incidents/{clock.IncidentRef}"
            );
        if (response.Burning is [var worst, ..])
            return new(
                $"Contain {worst.Ref}: {worst.Title}",
                $"It is of {worst.Severity.ToString().ToLowerInvariant()} severity and may still do harm.",
                $"Open {worst.Ref}",
                $"incidents/{worst.Ref}"
            );
        return response.Waiting == 0
            ? null
            : new(
                $"Look at {Count(response.Waiting, "report")} or alert that waits",
                "Whether it is an incident is decided by a person, and clocks may already run (A.5.25).",
                "Open triage",
                "incidents/triage"
            );
    }

    private NextStep Cheapest()
    {
        // The step that turns the most requirements: several clauses may wait for the same records.
        var gap = requirements
            .SelectMany(r => r.Rules.Where(x => !x.Holds && x.Built).Select(x => (Requirement: r, Rule: x)))
            .GroupBy(x => (x.Rule.Rule, x.Rule.Link))
            .OrderByDescending(g => g.Count())
            .ThenBy(g => g.First().Requirement.Step)
            .FirstOrDefault();
        if (gap is null)
            return new(
                "Nothing is missing that this version can show",
                "Every rule that Moat can compute holds today.",
                "See readiness",
                "readiness"
            );
        var names = gap.Select(g => g.Requirement.Id).Distinct().ToList();
        return new(
            gap.First().Rule.Next ?? "Close a gap",
            $"It turns {string.Join(", ", names.Take(5))}{(names.Count > 5 ? " and others" : "")}. Now: {gap.First().Rule.Because}.",
            "Open",
            gap.Key.Link
        );
    }

    private static string Count(int number, string what) => number == 1 ? $"1 {what}" : $"{number} {what}s";

    private string Sentence(int step) =>
        step switch
        {
            1 => Commitment(facts.Of<LeadershipFacts>()),
            2 => $"{Owned(facts.Of<AssetFacts>())}; scope {(_context.InForce is null ? "not approved" : "approved")}",
            3 => Share(
                facts.Of<ObjectiveFacts>().Owned,
                facts.Of<ObjectiveFacts>().Objectives.Count,
                "No objective is adopted",
                "adopted objectives have owner and date"
            ),
            4 => Share(
                facts.Of<LeadershipFacts>().Held,
                facts.Of<LeadershipFacts>().Roles.Count,
                "No role is adopted",
                "adopted roles have a holder"
            ),
            5 => Documents(facts.Of<DocumentFacts>()),
            6 => $"{Share(Assessed, _risks.Risks.Count, "No risk is adopted", "risks assessed")}, "
                + $"{Share(_controls.Implemented, _controls.Applicable.Count, "no control applies yet", "controls said to be implemented")}, "
                + (_controls.Statements.Count > 0 ? $"SoA v{_controls.Statements.Count}" : "no SoA yet"),
            7 => Training(facts.Of<PeopleFacts>()),
            8 =>
                $"{Share(facts.Of<EvidenceFacts>().Counting, facts.Of<EvidenceFacts>().All, "No evidence is kept", "pieces of evidence count today")}; {Audited(facts.Of<AuditFacts>())}",
            9 => Incidents(facts.Response),
            _ => _risks.Learned is { } learned
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"A risk last changed because of something learned on {learned.On:d MMM yyyy}"
                )
                : "Nothing has been changed because of something learned yet",
        };

    private static string Commitment(LeadershipFacts leadership) =>
        leadership.Commitments is [.., var last]
            ? string.Create(CultureInfo.InvariantCulture, $"Commitment given {last.GivenOn:d MMM yyyy}")
            : "Management has not said yet that it wants this and pays for it";

    private static string Owned(AssetFacts assets) =>
        Share(assets.Owned, assets.Assets.Count, "No asset is adopted", "adopted assets have an owner");

    private static string Training(PeopleFacts people) =>
        $"{Share(people.Passed, people.Working.Count, "Nobody is asked to pass a course", "people passed the course for everyone")}; "
        + Share(people.Shown, people.Proofs.Count, "no competence is asked for", "competences shown");

    private string Documents(DocumentFacts documents) =>
        documents.Own.Count == 0
            ? "No document is adopted"
            : $"{documents.Published.Count} of {documents.Own.Count} documents in force, {documents.WithinCycle(facts.Today)} within their review cycle";

    private static string Audited(AuditFacts audits) =>
        audits.LastReport is { } at
            ? string.Create(CultureInfo.InvariantCulture, $"last internal audit reported {at:d MMM yyyy}")
            : "no internal audit is reported";

    // Of none there is no share.
    private static string Share(int good, int all, string none, string what) =>
        all == 0 ? none : $"{good} of {all} {what}";

    private static string Incidents(ResponseFacts response) =>
        (
            response.Incidents.All == 0
                ? "No incident yet"
                : $"{response.Incidents.Closed} of {Count(response.Incidents.All, "incident")} closed"
        )
        + (
            response.LastExercise is { } exercise
                ? string.Create(CultureInfo.InvariantCulture, $"; last exercise {exercise:d MMM yyyy}")
                : "; nobody has exercised a playbook"
        );
}
