using Microsoft.Extensions.DependencyInjection;
using Moat.Isms.Audits;
using Moat.Isms.Changes;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Remembering;
using Moat.Isms.Processes.Flow;

namespace Moat.Tests;

/// <summary>
/// Each way an interaction breaks: true when something is missing for too long, untrue before and once it flowed.
/// </summary>
public sealed class BreakTests
{
    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task Assets_risks_treatment_and_controls(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        var jewel = await IntakeTests.Asset(company, "acme-weights", jewel: true);
        Pass(company, 10);
        await Whole(company, "jewel-without-risk");
        Pass(company, 10);
        await Missing(company, "jewel-without-risk", jewel);
        Assert.Equal(
            FlowState.Broken,
            ProcessMapTests.Between(await ProcessMapTests.Map(company), "asset-management", "risk-assessment").State
        );
        Assert.Empty((await ProcessMapTests.Map(company, null, new DateOnly(2026, 3, 5))).Breaks);

        var risk = Ref(
            await company.Do(
                "risks.create",
                new
                {
                    title = "Weights leave the company",
                    cause = "A token in a notebook",
                    consequence = "The model is copied",
                    assets = new[] { jewel },
                    owner = "PER-1",
                }
            )
        );
        await Missing(company, "jewel-without-risk", jewel);
        await Assess(company, risk);
        await Whole(company, "jewel-without-risk");
        await Whole(company, "risk-undecided");
        Pass(company, 40);
        await Missing(company, "risk-undecided", risk);
        await company.Do(
            "risks.treat",
            new
            {
                @ref = risk,
                option = "modify",
                plan = "Short-lived tokens for notebooks",
                residualLikelihood = 1,
                residualImpact = 3,
            }
        );
        await Whole(company, "risk-undecided");
        await Missing(company, "modified-without-control", risk);
        await RuleTests.Complete(company);
        await company.Do(
            "risks.treat",
            new
            {
                @ref = risk,
                option = "modify",
                plan = "Short-lived tokens for notebooks",
                controls = new[] { "A.8.4" },
                residualLikelihood = 1,
                residualImpact = 3,
            }
        );
        await Whole(company, "modified-without-control");
        await Whole(company, "modified-without-effect");
        Pass(company, 100);
        await Missing(company, "modified-without-effect", risk);
        await company.Do("controls.edit", new { @ref = "A.8.4", implementation = "implemented" });
        await Whole(company, "modified-without-effect");

        await Whole(company, "action-overdue");
        await company.Do(
            "risks.plan-action",
            new
            {
                @ref = risk,
                title = "Turn long tokens off",
                owner = "PER-1",
                dueOn = Day(company, 5),
            }
        );
        Pass(company, 6);
        var task = Assert.Single((await Found(company, "action-overdue"))!.Records).Ref;
        await company.Do("tasks.complete", new { @ref = task, outcome = "Turned off on Friday." });
        await Whole(company, "action-overdue");

        await company.Do(
            "risks.treat",
            new
            {
                @ref = risk,
                option = "retain",
                plan = "We keep what remains",
                residualLikelihood = 1,
                residualImpact = 3,
            }
        );
        await Missing(company, "acceptance-ended", risk);
        await company.Do(
            "risks.accept",
            new
            {
                @ref = risk,
                reason = "It is below what we take",
                until = Day(company, 30),
            }
        );
        await Whole(company, "acceptance-ended");
        Pass(company, 40);
        await Missing(company, "acceptance-ended", risk);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Evidence_that_ended_unless_something_newer_counts(string database)
    {
        await using var company = await RuleTests.Completed(database);
        await company.Do("controls.edit", new { @ref = "A.8.4", implementation = "implemented" });
        await Evidence(company, days: 20);
        await Whole(company, "evidence-ended");
        Pass(company, 30);
        var found = (await Found(company, "evidence-ended"))!;
        Assert.StartsWith("A.8.4", Assert.Single(found.Records).Title, StringComparison.Ordinal);
        Assert.Equal(1, found.Total);
        await Evidence(company, days: 365);
        await Whole(company, "evidence-ended");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Policies_reach_those_they_bind_and_come_back_answered(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        var (manager, reviewer, document) = await DocumentTests.Begun(company);
        await company.Do(
            "documents.submit",
            new { @ref = document, reviewers = new[] { await DocumentTests.RefOf(company, reviewer) } },
            manager
        );
        await company.Do(
            "documents.remark",
            new { @ref = document, remark = "Does this bind notebooks, too?" },
            reviewer
        );
        await Whole(company, "approval-waiting", "remark-unanswered");
        Pass(company, 31);
        await Missing(company, "remark-unanswered", "NOTE-1");
        await company.Do(
            "documents.answer-remark",
            new
            {
                @ref = "NOTE-1",
                state = "settled",
                answer = "Yes; the text says so now.",
            },
            manager
        );
        await Whole(company, "remark-unanswered");
        Assert.Equal("Weights", Assert.Single((await Found(company, "approval-waiting"))!.Records).Title);
        await company.Do("documents.review", new { @ref = document, verdict = "approves" }, reviewer);
        await DocumentTests.Approve(company, document);
        await Whole(company, "approval-waiting");
        await company.Do("documents.publish", new { @ref = document });
        await Whole(company, "acknowledgement-overdue");
        Pass(company, 20);
        await Missing(company, "acknowledgement-overdue", document);
        foreach (var person in new[] { manager, reviewer, company.Owner })
            await company.Do("documents.acknowledge", new { @ref = document }, person);
        await Whole(company, "acknowledgement-overdue", "review-overdue");
        Pass(company, 366);
        await Missing(company, "review-overdue", document);
        await company.Do(
            "documents.confirm",
            new { @ref = document, reason = "Looked at each rule; all still hold." },
            manager
        );
        await Whole(company, "review-overdue");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Roles_suppliers_obligations_objectives_and_leavers(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        var supplier = Ref(
            await company.Do(
                "suppliers.create",
                new
                {
                    name = "Northwind GPUs",
                    service = "Training",
                    dataClass = 3,
                    stopsUs = false,
                }
            )
        );
        var law = Ref(
            await company.Do(
                "obligations.create",
                new
                {
                    name = "EU AI Act",
                    kind = "law",
                    asks = "Cybersecurity of high-risk systems",
                }
            )
        );
        var goal = Ref(
            await company.Do(
                "objectives.create",
                new
                {
                    title = "Batches are validated",
                    metric = "Share validated",
                    unit = "%",
                    target = 99,
                    comparator = "at-least",
                    period = "month",
                    measuredBy = "Pipeline",
                    plan = "A gate",
                    owner = "PER-1",
                }
            )
        );
        var told = Ref(
            await company.Do(
                "communication.create",
                new
                {
                    what = "State of the ISMS",
                    when = "Monthly",
                    everyDays = 30,
                    withWhom = "Everybody",
                    how = "In the all-hands",
                }
            )
        );
        await Whole(
            company,
            "supplier-unjudged",
            "obligation-unanswered",
            "objective-unmeasured",
            "communication-overdue"
        );
        Pass(company, 62);
        await Missing(company, "supplier-unjudged", supplier);
        await Missing(company, "obligation-unanswered", law);
        await Missing(company, "objective-unmeasured", goal);
        await Missing(company, "communication-overdue", told);
        await company.Do(
            "suppliers.edit",
            new { @ref = supplier, exitPlan = "Train at the second provider within a week" }
        );
        await company.Do(
            "suppliers.assess",
            new { @ref = supplier, judgement = "Good enough for another half year; certificates are valid." }
        );
        await company.Do("obligations.edit", new { @ref = law, controls = new[] { "A.8.4" } });
        await company.Do("objectives.measure", new { @ref = goal, value = 99.5 });
        await company.Do("communication.send", new { @ref = told, what = "Three risks fell, one rose" });
        await Whole(
            company,
            "supplier-unjudged",
            "obligation-unanswered",
            "objective-unmeasured",
            "communication-overdue"
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Incidents_leave_lessons_and_lessons_leave_changes(string database)
    {
        await using var company = await RuleTests.Completed(database);
        await IntakeTests.Receive(company, IntakeTests.Alert(company, "drift", null));
        await Whole(company, "alert-untriaged");
        Pass(company, 3);
        await Missing(company, "alert-untriaged", "ALERT-1");
        await company.Do(
            "alerts.triage",
            new
            {
                @ref = "ALERT-1",
                incident = false,
                reason = "A planned load test",
            }
        );
        await Whole(company, "alert-untriaged");

        await IncidentTests.Open(company);
        await IncidentTests.Assess(company);
        await IncidentTests.Recover(company);
        await company.Do(
            "incidents.review",
            new
            {
                @ref = "INC-1",
                attendees = new[] { "PER-1" },
                story = "A token of the registry stood in a notebook that was shared with a partner.",
                whys = new[]
                {
                    "Because notebooks may hold tokens",
                    "Because nobody owned the list of places where tokens are",
                },
                cause = "exposed-secret",
                worked = "The scanner told within minutes.",
                noLessonBecause = "Two incidents before taught the same",
            }
        );
        await company.Do("incidents.close", new { @ref = "INC-1" });
        await Whole(company, "incident-without-lesson");
        // Reviews of earlier versions could end without a lesson and without a word about it.
        await WriteTests.Sql(company, "UPDATE incident_review SET no_lesson_because = NULL");
        company.Services.GetRequiredService<UnchangedCache>().Forget();
        await Missing(company, "incident-without-lesson", "INC-1");
        Assert.Equal(
            FlowState.Broken,
            ProcessMapTests.Between(await ProcessMapTests.Map(company), "incident-management", "improvement").State
        );
        var lesson = Ref(
            await company.Do(
                "lessons.create",
                new
                {
                    source = "INC-1",
                    title = "Keys live an hour",
                    text = "Tokens for notebooks are made for an hour by the platform.",
                }
            )
        );
        await Whole(company, "incident-without-lesson", "lesson-without-action");
        Assert.Equal(
            FlowState.Alive,
            ProcessMapTests.Between(await ProcessMapTests.Map(company), "incident-management", "improvement").State
        );
        Pass(company, 31);
        await Missing(company, "lesson-without-action", lesson);
        await company.Do(
            "lessons.dismiss",
            new { @ref = lesson, reason = "The platform already issues nothing else since March." }
        );
        await Whole(company, "lesson-without-action");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_accepted_finding_is_a_nonconformity_and_that_has_an_action(string database)
    {
        await using var company = await RuleTests.Completed(database);
        var auditor = await AuditCase.With(company, Role.IsmsManager, "Emil Auditor");
        var audit = await AuditCase.Running(company, auditor, "A.8.4");
        var finding = await AuditCase.Find(company, auditor, audit, "A.8.4");
        Pass(company, 5);
        await Whole(company, "finding-without-nonconformity", "audit-overdue");
        Pass(company, 10);
        await Missing(company, "audit-overdue", audit);
        await AuditCase.Conclude(company, auditor, audit);
        await Whole(company, "audit-overdue");
        await company.Run<FindingProcess, AcceptFinding, Done>(
            p => p.Accept,
            new AcceptFinding { Ref = finding, WithoutNonconformity = true }
        );
        await Whole(company, "finding-without-nonconformity");
        Pass(company, 5);
        await Missing(company, "finding-without-nonconformity", finding);
        await company.Run<FindingProcess, FollowFinding, Done>(p => p.Follow, new FollowFinding { Ref = finding });
        await Whole(company, "finding-without-nonconformity", "nonconformity-without-action");
        Pass(company, 31);
        await Missing(company, "nonconformity-without-action", "NC-1");
        Assert.True(
            ProcessMapTests.Between(await ProcessMapTests.Map(company), "internal-audit", "improvement").Count >= 1
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_change_begins_confirmed_and_is_looked_back_at(string database)
    {
        await using var company = await RuleTests.Completed(database);
        await company.Do("changes.create", ChangeTests.Gpu);
        await Whole(company, "change-unconfirmed");
        Pass(company, 31);
        await Missing(company, "change-unconfirmed", "CHG-1");
        await ChangeTests.Confirm(
            company,
            new ConfirmConsequences
            {
                Ref = "CHG-1",
                Consequences = "The tenant boundary has to be shown again.",
                Processes = ["supplier-management"],
            }
        );
        await Whole(company, "change-unconfirmed");

        await ChangeTests.Unplanned(
            company,
            new RecordUnplanned
            {
                Title = "A system prompt went live without a run",
                Kind = ChangeKind.Other,
                What = "Seen by the weekly comparison.",
                HappenedOn = Today(company),
                Owner = "PER-1",
            }
        );
        Pass(company, 30);
        await Whole(company, "change-not-reviewed");
        Pass(company, 1);
        await Missing(company, "change-not-reviewed", "CHG-2");
        await ChangeTests.Review(company, "CHG-2", "The prompt was rolled back within two hours");
        await Whole(company, "change-not-reviewed");
    }

    internal static void Pass(Company company, int days) => company.Clock.Advance(TimeSpan.FromDays(days));

    internal static async Task<BreakView?> Found(Company company, string rule) =>
        (await ProcessMapTests.Map(company)).Breaks.FirstOrDefault(b => b.Rule == rule);

    internal static async Task Missing(Company company, string rule, string reference)
    {
        var found = await Found(company, rule);
        Assert.True(found is not null, $"{rule} should be broken");
        Assert.Contains(found.Records, r => r.Ref == reference && r.Since is not null);
        Assert.True(found.Next.Length > 5 && found.Since <= Today(company));
    }

    internal static async Task Whole(Company company, params string[] rules)
    {
        foreach (var rule in rules)
            if (await Found(company, rule) is { } found)
                Assert.Fail($"{rule} should hold, but not for {string.Join(", ", found.Records.Select(r => r.Ref))}");
    }

    internal static Task<object> Assess(Company company, string risk, string? becauseOf = null) =>
        company.Do(
            "risks.assess",
            new
            {
                @ref = risk,
                inherentLikelihood = 4,
                inherentImpact = 5,
                currentLikelihood = 4,
                currentImpact = 4,
                residualLikelihood = 1,
                residualImpact = 3,
                rationale = "Two such tokens were found this year.",
                becauseOf,
            }
        );

    private static readonly object Merges = new
    {
        name = "merges.csv",
        content = Convert.ToBase64String(
            "merge,reviewed by,checks\n4711,two people,passed\n4712,two people,passed\n"u8.ToArray()
        ),
    };

    internal static Task<object> Evidence(Company company, int days) =>
        company.Do(
            "evidence.add",
            new
            {
                title = "Branch protection",
                file = Merges,
                @as = "record",
                controls = new[] { "A.8.4" },
                periodFrom = Day(company, -10),
                periodTo = Day(company, -1),
                validDays = days,
            }
        );

    internal static Task<object> Note(Company company, int days) =>
        company.Do(
            "evidence.add",
            new
            {
                title = "Branch protection",
                note = "All merges were reviewed.",
                controls = new[] { "A.8.4" },
                periodFrom = Day(company, -10),
                periodTo = Day(company, -1),
                validDays = days,
            }
        );

    internal static string Day(Company company, int days) =>
        company
            .Clock.GetUtcNow()
            .AddDays(days)
            .ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    internal static DateOnly Today(Company company) => DateOnly.FromDateTime(company.Clock.GetUtcNow().UtcDateTime);

    internal static string Ref(object done) => ((Done)done).Ref;
}
