using System.Text;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Documents;
using Moat.Isms.Evidence;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.People.Responsibilities;
using Moat.Isms.Reviews;
using Moat.Isms.Work;
using Moat.Reports;

namespace Moat.Tests;

/// <summary>
/// Management reviews: inputs frozen from the records, who has to be there, what decisions lead to, whose minutes they
/// are.
/// </summary>
public sealed class ReviewTests
{
    private const string Password = "a long enough password";
    private const string Judgement =
        "The ISMS fits the triage model; it does not suffice for the delivery into hospitals yet.";

    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task Frozen_inputs_stay_when_records_change_and_their_hash_proves_it(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        var manager = await Manager(company);
        var review = await Scheduled(company, manager);
        await company.Do(
            "issues.create",
            new
            {
                title = "Hospitals move to one buyer",
                side = "external",
                effect = "One contract decides.",
            },
            manager
        );
        await company.Do(
            "reviews.bring",
            new
            {
                @ref = review,
                topic = "feedback",
                text = "Nine of fourteen questionnaires asked whether inputs train models.",
            },
            manager
        );
        await company.Do("reviews.prepare", new { @ref = review }, manager);
        var before = await Get(company, review);
        Assert.Equal((ReviewState.Prepared, true), (before.State, before.InputsAsFrozen));
        Assert.Equal(ReviewTopics.All.Select(t => t.Key), before.Topics.Select(t => t.Key));
        Assert.All(before.Topics, t => Assert.NotNull(t.Input));
        var issues = before.Topics.Single(t => t.Key == "issues").Input!;
        Assert.Contains(issues.Rows, r => r.Title == "Hospitals move to one buyer");
        Assert.Contains(
            "Nine of fourteen",
            before.Topics.Single(t => t.Key == "feedback").Input!.Brought[0].Text,
            StringComparison.Ordinal
        );

        await company.Do(
            "issues.create",
            new
            {
                title = "A rival publishes weights",
                side = "external",
                effect = "Prices fall.",
            },
            manager
        );
        var after = await Get(company, review);
        Assert.Equal(issues.Rows, after.Topics.Single(t => t.Key == "issues").Input!.Rows);
        Assert.Equal(before.InputsSha256, after.InputsSha256);
        var kept = await company.Read(db => db.Set<ManagementReview>().SingleAsync());
        var evidence = await company.Read(db => db.One<EvidenceItem>(after.EvidenceRef!, CancellationToken.None));
        Assert.Equal(DocumentVersion.Hash(kept.Inputs!), kept.InputsSha256);
        Assert.Equal((kept.InputsSha256, "9.3.2"), (evidence.Sha256, evidence.Clauses.Single()));
        var journal = await company.Read(db =>
            Task.FromResult(db.Journal.Where(e => e.Operation == "reviews.prepare").Select(e => e.Changes).First())
        );
        Assert.Contains(kept.InputsSha256!, journal, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Freezing_again_before_the_meeting_takes_back_the_evidence_and_after_it_is_refused(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        var manager = await Manager(company);
        var review = await Scheduled(company, manager);
        await company.Do("reviews.prepare", new { @ref = review }, manager);
        var first = await Get(company, review);
        await company.Do(
            "reviews.bring",
            new
            {
                @ref = review,
                topic = "feedback",
                text = "Two hospitals asked for the evaluation by age group.",
            },
            manager
        );
        await company.Do("reviews.prepare", new { @ref = review }, manager);
        var second = await Get(company, review);
        Assert.NotEqual(first.InputsSha256, second.InputsSha256);
        Assert.NotNull(
            (await company.Read(db => db.One<EvidenceItem>(first.EvidenceRef!, CancellationToken.None))).WithdrawnAt
        );
        await Held(company, review, manager);
        await Broken("reviews.prepare.open", () => company.Do("reviews.prepare", new { @ref = review }, manager));
        await Broken(
            "reviews.bring.open",
            () =>
                company.Do(
                    "reviews.bring",
                    new
                    {
                        @ref = review,
                        topic = "feedback",
                        text = "Too late for this one.",
                    },
                    manager
                )
        );
        await Broken(
            "reviews.move.open",
            () => company.Do("reviews.move", new { @ref = review, scheduledOn = "2026-09-01" }, manager)
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Without_top_management_conclusions_or_a_decision_it_was_no_management_review(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        var manager = await Manager(company);
        var (review, attended) = (await Scheduled(company, manager), new[] { await RefOf(company, manager) });
        await Broken("reviews.conclude.open", () => Conclude(company, review, manager));
        await Broken("reviews.hold.prepared", () => Hold(company, review, manager, attended));
        await company.Do("reviews.prepare", new { @ref = review }, manager);
        await Broken("reviews.hold.top-management", () => Hold(company, review, manager, attended));
        var all = attended.Append(await RefOf(company, company.Owner)).ToArray();
        var refused = await Assert.ThrowsAsync<RuleBroken>(() => Hold(company, review, manager, all));
        Assert.Equal(("reviews.hold.concluded", ReviewTopics.All.Count), (refused.RuleId, refused.Details.Count));
        await Conclude(company, review, manager);
        await Broken("reviews.hold.decided", () => Hold(company, review, manager, all));
        Assert.Equal("owner", (
                await Assert.ThrowsAsync<InputInvalid>(() =>
                    company.Do(
                        "reviews.decide",
                        new
                        {
                            @ref = review,
                            kind = "task",
                            text = "Sort out the logs",
                            reason = "They are late",
                        },
                        manager
                    )
                )
            ).Errors[0].Field);
        await company.Do(
            "reviews.decide",
            new
            {
                @ref = review,
                kind = "no-change",
                text = "Nothing changes",
                reason = "Every figure is where it was, and the roadmap has no new model.",
            },
            manager
        );
        Assert.Equal("heldOn", (
                await Assert.ThrowsAsync<InputInvalid>(() =>
                    company.Do(
                        "reviews.hold",
                        new
                        {
                            @ref = review,
                            heldOn = "2019-05-06",
                            attended = all,
                            judgement = Judgement,
                        },
                        manager
                    )
                )
            ).Errors[0].Field);
        await Hold(company, review, manager, all);
        Assert.Equal(ReviewState.Held, (await Get(company, review)).State);
        Assert.Equal("topic", (
                await Assert.ThrowsAsync<InputInvalid>(() =>
                    company.Do(
                        "reviews.conclude",
                        new
                        {
                            @ref = review,
                            topic = "weather",
                            text = "It rains.",
                        },
                        manager
                    )
                )
            ).Errors[0].Field);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_decision_becomes_a_task_an_improvement_or_a_change_with_the_review_it_was_decided_in_and_the_next_review_shows_it(
        string database
    )
    {
        await using var company = await RuleTests.Drafted(database);
        var manager = await Manager(company);
        var review = await Scheduled(company, manager);
        await company.Do("reviews.prepare", new { @ref = review }, manager);
        var owner = await RefOf(company, manager);
        await company.Do(
            "reviews.decide",
            new
            {
                @ref = review,
                kind = "improvement",
                text = "Publish what we train on",
                reason = "Questionnaires take one day instead of four",
                owner,
                dueOn = "2026-05-01",
            },
            manager
        );
        await company.Do(
            "reviews.decide",
            new
            {
                @ref = review,
                kind = "change",
                text = "Serve hospitals from a second region",
                reason = "One region is one failure",
                owner,
                dueOn = "2026-06-01",
            },
            manager
        );
        Assert.Null((await Get(company, review)).Decisions[0].ResultRef);
        await Held(company, review, manager);
        var decisions = (await Get(company, review)).Decisions;
        Assert.Equal([DecisionKind.Improvement, DecisionKind.Change, DecisionKind.Task], decisions.Select(d => d.Kind));
        Assert.Equal(["IMP-1", "CHG-1", "TASK-"], decisions.Select(d => d.ResultRef![..5]));
        var ids = await company.Read(async db =>
            (
                Review: (await db.Set<ManagementReview>().SingleAsync()).Id,
                Links: await db.Links.Where(l => l.Type == LinkTypes.DecidedIn).ToListAsync()
            )
        );
        Assert.All(ids.Links, l => Assert.Equal(ids.Review, l.ToId));
        Assert.Equal(["CHG", "IMP", "TASK"], ids.Links.Select(l => l.FromKind).Order());

        company.Clock.Advance(TimeSpan.FromDays(100));
        Assert.True((await Get(company, review)).Decisions.All(d => d.Overdue));
        await company.Do(
            "tasks.complete",
            new { @ref = decisions[2].ResultRef, outcome = "Signed since release 1.5." },
            manager
        );
        var next = await Scheduled(company, manager, "Second half", "2026-08-01");
        await company.Do("reviews.prepare", new { @ref = next }, manager);
        var actions = (await Get(company, next)).Topics[0].Input!;
        Assert.Equal("1 of 3 decisions are carried out; 2 are overdue.", actions.Sentence);
        Assert.Contains(
            "Signed since release 1.5.",
            Assert.Single(actions.Rows, r => r.Ref == decisions[2].ResultRef).Says,
            StringComparison.Ordinal
        );
        Assert.Equal(
            (3, 1, 2),
            (await company.Run<ManagementReviewProcess, Nothing, IReadOnlyList<ReviewRow>>(p => p.List, new Nothing()))
                .Where(r => r.Ref == review)
                .Select(r => (r.Decisions, r.Acted, r.Overdue))
                .Single()
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Minutes_are_approved_with_a_password_by_somebody_who_was_there_and_did_not_write_them_alone(
        string database
    )
    {
        await using var company = await RuleTests.Drafted(database);
        var manager = await Manager(company);
        var review = await Scheduled(company, manager);
        await company.Do("reviews.prepare", new { @ref = review }, manager);
        await Broken("reviews.approve.held", () => Approve(company, review));
        await Held(company, review, manager);
        var held = await Get(company, review);
        Assert.Contains("Ada Acme (top management)", held.Minutes, StringComparison.Ordinal);
        Assert.Contains(held.InputsSha256!, held.Minutes, StringComparison.Ordinal);
        await Assert.ThrowsAsync<Forbidden>(() =>
            company.Do("reviews.approve", new { @ref = review }, company.Owner with { Role = Role.Auditor })
        );
        await Assert.ThrowsAsync<PersonNeeded>(() =>
            company.Do("reviews.approve", new { @ref = review }, Caller.System(company.Owner.OrganizationId, "acme"))
        );
        Assert.Equal(
            "password",
            (await Assert.ThrowsAsync<InputInvalid>(() => Approve(company, review, "a wrong password"))).Errors[0].Field
        );
        await Assert.ThrowsAsync<Conflict>(() => Approve(company, review, sha256: new string('0', 64)));
        var absent = await company.As(Role.IsmsManager, "Abe Absent");
        await Broken(
            "reviews.approve.attended",
            () =>
                company.Do("reviews.approve", new { @ref = review }, company.Owner with { PersonId = absent.PersonId })
        );

        await Approve(company, review, sha256: held.MinutesSha256);
        var approved = await Get(company, review);
        Assert.Equal(
            (ReviewState.Approved, "Ada Acme", held.Minutes),
            (approved.State, approved.ApprovedBy, approved.Minutes)
        );
        var document = await company.Run<DocumentReading, OneRecord, DocumentView>(
            p => p.Get,
            new OneRecord { Ref = approved.MinutesRef! }
        );
        Assert.Equal(
            (VersionState.Published, held.Minutes, held.MinutesSha256),
            (document.Shown.State, document.Text, document.Shown.Sha256)
        );
        await Broken("reviews.conclude.open", () => Conclude(company, review, manager));
        await Broken("reviews.approve.held", () => Approve(company, review));
        Assert.DoesNotContain(
            (await company.Run<WorkProcess, ListWork, Page<WorkRow>>(p => p.List, new ListWork { Limit = 200 })).Items,
            t => t.SubjectRef == review && t.Purpose != "decision"
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Whoever_wrote_the_minutes_alone_does_not_approve_them(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        await Manager(company);
        var review = await Scheduled(company, company.Owner);
        await company.Do("reviews.prepare", new { @ref = review });
        await Held(company, review, company.Owner);
        await Broken("documents.approve.sole-author", () => Approve(company, review));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_review_is_a_file_of_its_frozen_inputs_before_the_meeting_and_of_its_minutes_after_it(
        string database
    )
    {
        await using var company = await RuleTests.Drafted(database);
        var manager = await Manager(company);
        var review = await Scheduled(company, manager);
        await Broken("reports.review.prepared", () => Print(company, review));
        await company.Do(
            "reviews.bring",
            new
            {
                @ref = review,
                topic = "feedback",
                text = "Nine of fourteen questionnaires asked whether inputs train models.",
            },
            manager
        );
        await company.Do("reviews.prepare", new { @ref = review }, manager);
        var inputs = await Print(company, review);
        var text = Encoding.UTF8.GetString(inputs.Content);
        Assert.Equal($"{review}-inputs.md", inputs.Name);
        Assert.Contains("Inputs of the management review: First half", text, StringComparison.Ordinal);
        Assert.Contains("Nine of fourteen questionnaires", text, StringComparison.Ordinal);
        Assert.Contains((await Get(company, review)).InputsSha256!, text, StringComparison.Ordinal);
        // What changes afterwards is not in it: it prints what was frozen.
        await company.Do(
            "issues.create",
            new
            {
                title = "A rival publishes weights",
                side = "external",
                effect = "Prices fall.",
            },
            manager
        );
        Assert.DoesNotContain(
            "A rival publishes weights",
            Encoding.UTF8.GetString((await Print(company, review)).Content),
            StringComparison.Ordinal
        );

        await Held(company, review, manager);
        var minutes = Encoding.UTF8.GetString((await Print(company, review)).Content);
        Assert.Contains(Judgement, minutes, StringComparison.Ordinal);
        Assert.Contains("not approved", minutes, StringComparison.Ordinal);
        await Approve(company, review);
        minutes = Encoding.UTF8.GetString((await Print(company, review)).Content);
        Assert.Contains("by Ada Acme on 2 March 2026", minutes, StringComparison.Ordinal);
        Assert.Contains((await Get(company, review)).MinutesSha256!, minutes, StringComparison.Ordinal);
        var html = await Print(company, review, FileForm.Html);
        Assert.Contains("<html", Encoding.UTF8.GetString(html.Content), StringComparison.OrdinalIgnoreCase);
        var word = await Print(company, review, FileForm.Docx);
        Assert.Equal($"{review}-minutes.docx", word.Name);
        using (var document = WordprocessingDocument.Open(new MemoryStream(word.Content), false))
            Assert.Empty(new OpenXmlValidator().Validate(document).Select(e => e.Description));
        await Assert.ThrowsAsync<Forbidden>(() =>
            company.Do("reports.review", new { review }, company.Owner with { Role = Role.Member })
        );
        await Assert.ThrowsAsync<NotFound>(() => Print(company, "MREV-9"));
        var rival = await company.NewOwner("rival", "Rita Rival");
        await Assert.ThrowsAsync<NotFound>(() => company.Do("reports.review", new { review }, rival));
    }

    private static async Task<MadeFile> Print(Company company, string review, FileForm format = FileForm.Md) =>
        (MadeFile)await company.Do("reports.review", new { review, format });

    internal static async Task<Caller> Manager(Company company)
    {
        var manager = await company.As(Role.IsmsManager, "Max Manager");
        var roles = await company.Run<RoleProcess, ListContext, IReadOnlyList<RoleView>>(
            p => p.List,
            new ListContext()
        );
        foreach (var (key, person) in new[] { ("top-management", company.Owner), ("isms-manager", manager) })
            await company.Do(
                "roles.assign",
                new { @ref = roles.Single(r => r.Key == key).Ref, person = await RefOf(company, person) }
            );
        return manager;
    }

    /// <summary>The owner writes a scope and decides on the climate, and somebody else approves it.</summary>
    internal static async Task ScopeApproved(Company company, Caller by)
    {
        await DecideClimate(company);
        await company.Do(
            "scope.change",
            new
            {
                statement = "Training and operation of the triage model for hospitals",
                boundaries = "Two clouds and the office in Bremen",
                exclusions = "None",
            }
        );
        await company.Do("scope.approve", new { @ref = "SCP-1" }, by);
    }

    internal static async Task DecideClimate(Company company)
    {
        var issues = (IReadOnlyList<Isms.Context.IssueView>)await company.Do("issues.list", new { });
        foreach (var climate in issues.Where(i => i.IsClimate))
            await company.Do(
                "issues.edit",
                new
                {
                    @ref = climate.Ref,
                    relevant = false,
                    effect = "Nothing of ours stands where heat or floods stop it; both regions have their own supply.",
                }
            );
    }

    internal static async Task<string> Scheduled(
        Company company,
        Caller by,
        string title = "First half",
        string on = "2026-04-01"
    ) =>
        (
            (Done)
                await company.Do(
                    "reviews.schedule",
                    new
                    {
                        title,
                        scheduledOn = on,
                        chair = await RefOf(company, company.Owner),
                    },
                    by
                )
        ).Ref;

    internal static async Task Held(Company company, string review, Caller by, string dueOn = "2026-05-02")
    {
        await Conclude(company, review, by);
        await company.Do(
            "reviews.decide",
            new
            {
                @ref = review,
                kind = "task",
                text = "Sign every labelled batch",
                reason = "Batches from outside come unsigned",
                owner = await RefOf(company, company.Owner),
                dueOn,
            },
            by
        );
        await Hold(company, review, by, [await RefOf(company, company.Owner), await RefOf(company, by)]);
    }

    internal static Task<object> Approve(
        Company company,
        string review,
        string password = Password,
        string? sha256 = null
    ) =>
        company.Sign(
            "reviews.approve",
            sha256 is null ? new { @ref = review } : new { @ref = review, sha256 },
            password
        );

    private static async Task Conclude(Company company, string review, Caller by)
    {
        foreach (var topic in ReviewTopics.All)
            await company.Do(
                "reviews.conclude",
                new
                {
                    @ref = review,
                    topic = topic.Key,
                    text = $"We looked at {topic.Key}; see the decisions.",
                },
                by
            );
    }

    private static Task<object> Hold(Company company, string review, Caller by, string[] attended) =>
        company.Do(
            "reviews.hold",
            new
            {
                @ref = review,
                attended,
                judgement = Judgement,
            },
            by
        );

    internal static Task<ManagementReviewView> Get(Company company, string review) =>
        company.Run<ManagementReviewProcess, OneRecord, ManagementReviewView>(
            p => p.Get,
            new OneRecord { Ref = review }
        );

    internal static Task<string> RefOf(Company company, Caller caller) =>
        company.Read(async db => (await db.Set<Person>().SingleAsync(p => p.Id == caller.PersonId)).Ref);

    internal static async Task Broken(string rule, Func<Task> act) =>
        Assert.Equal(rule, (await Assert.ThrowsAsync<RuleBroken>(act)).RuleId);
}
