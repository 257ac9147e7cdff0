using Moat.Isms.Documents;
using Moat.Isms.Kernel;
using Moat.Isms.Overviews;
using Moat.Isms.Work;

namespace Moat.Tests;

/// <summary>
/// The life of a document: written, reviewed in rounds, approved by somebody else, published, confirmed, revised,
/// retired.
/// </summary>
public sealed class DocumentTests
{
    private const string Password = "a long enough password";
    private const string Source =
        "## Rules\n\nAt {{company.name}} training jobs run from merged code.\n\nNobody pulls weights by hand.\n";

    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task A_document_is_approved_by_somebody_else_after_every_reviewer_and_confirmed_by_its_audience(
        string database
    )
    {
        await using var company = await RuleTests.Drafted(database);
        var (manager, reviewer, document) = await Begun(company);
        var view = await Get(company, document);
        Assert.Contains("At Acme AI training jobs", view.Text, StringComparison.Ordinal);
        Assert.Equal(["Max Manager"], view.Shown.Authors);
        await Broken("documents.approve.review", () => Approve(company, document));

        await company.Do(
            "documents.submit",
            new { @ref = document, reviewers = new[] { await RefOf(company, reviewer) } },
            manager
        );
        var refused = await Assert.ThrowsAsync<RuleBroken>(() => Approve(company, document));
        Assert.Contains(
            refused.Details,
            d => d.Message.Contains("Rita Reviewer: no word yet", StringComparison.Ordinal)
        );
        await Broken(
            "documents.review.asked",
            () => company.Do("documents.review", new { @ref = document, verdict = "approves" }, manager)
        );
        Assert.Equal(
            "note",
            (
                await Assert.ThrowsAsync<InputInvalid>(() =>
                    company.Do("documents.review", new { @ref = document, verdict = "asks-for-changes" }, reviewer)
                )
            )
                .Errors[0]
                .Field
        );
        await company.Do("documents.review", new { @ref = document, verdict = "approves" }, reviewer);

        Assert.Equal(
            "password",
            (await Assert.ThrowsAsync<InputInvalid>(() => Approve(company, document, "a wrong password")))
                .Errors[0]
                .Field
        );
        await Assert.ThrowsAsync<PersonNeeded>(() =>
            company.Do(
                "documents.approve",
                new { @ref = document },
                Caller.System(company.Owner.OrganizationId, "acme")
            )
        );
        await Approve(company, document);
        await Broken(
            "documents.edit.open",
            () => company.Do("documents.edit", new { @ref = document, source = Source + "More." }, manager)
        );
        await company.Do("documents.publish", new { @ref = document });
        var published = await Get(company, document);
        Assert.Equal((VersionState.Published, "Ada Acme"), (published.Shown.State, published.Shown.ApprovedBy));
        Assert.Equal(DocumentVersion.Hash(published.Text), published.Shown.Sha256);
        Assert.Equal(new AcknowledgementTally(3, 0, 0), published.Acknowledged);
        var journal = await company.Read(db =>
            Task.FromResult(db.Journal.Where(e => e.Operation == "documents.approve").Select(e => e.Changes).First())
        );
        Assert.Contains(published.Shown.Sha256, journal, StringComparison.Ordinal);

        foreach (var person in new[] { manager, reviewer, company.Owner })
            await company.Do("documents.acknowledge", new { @ref = document }, person);
        Assert.Equal(3, (await Get(company, document)).Acknowledged.Confirmed);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_program_that_adds_a_few_words_does_not_let_the_only_person_who_wrote_approve(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        var reviewer = await company.As(Role.Member, "Rita Reviewer");
        var document = (
            (Done)
                await company.Do(
                    "documents.create",
                    new
                    {
                        title = "Weights",
                        kind = "policy",
                        source = Source,
                        requirements = new[] { "A.8.4" },
                    }
                )
        ).Ref;
        var token = company.Owner with
        {
            ActorId = Guid.CreateVersion7(),
            PersonId = null,
            Name = "Rita Reviewer",
            Door = "rest",
            Confirmed = false,
        };
        await company.Do("documents.edit", new { @ref = document, source = Source + "\nA few words more.\n" }, token);
        await company.Do(
            "documents.submit",
            new { @ref = document, reviewers = new[] { await RefOf(company, reviewer) } }
        );
        await company.Do("documents.review", new { @ref = document, verdict = "approves" }, reviewer);
        await Broken("documents.approve.sole-author", () => Approve(company, document));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_minor_version_asks_nobody_again_and_a_major_one_everybody(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        var (manager, reviewer, document) = await InForce(company);
        await company.Do("documents.acknowledge", new { @ref = document }, reviewer);
        await Revise(company, document, manager, reviewer, major: false, text: "Nobody pulls weights by hand, ever.");
        Assert.Equal(1, (await Mine(company, reviewer)).Read.Count(r => r.ConfirmedAt is not null));
        Assert.DoesNotContain((await Mine(company, reviewer)).Read, r => r.ConfirmedAt is null);
        await Revise(company, document, manager, reviewer, major: true, text: "Two people pull weights together.");
        var asked = Assert.Single((await Mine(company, reviewer)).Read, r => r.ConfirmedAt is null);
        Assert.EndsWith("2.0", asked.Title, StringComparison.Ordinal);
        Assert.Equal(["2.0", "1.1", "1.0"], (await Get(company, document)).Versions.Select(v => v.Edition));
        Assert.Equal(
            [VersionState.Published, VersionState.Superseded, VersionState.Superseded],
            (await Get(company, document)).Versions.Select(v => v.State)
        );
        var compared = (DocumentComparison)
            await company.Do(
                "documents.compare",
                new
                {
                    @ref = document,
                    from = "1.0",
                    to = "2.0",
                }
            );
        Assert.Contains(
            compared.Lines,
            l =>
                l.Mark == DiffMark.Added
                && string.Concat(l.Pieces.Select(p => p.Text)).Contains("Two people", StringComparison.Ordinal)
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_change_under_review_begins_a_round_and_shows_what_changed_since_the_reviewer_looked(
        string database
    )
    {
        await using var company = await RuleTests.Drafted(database);
        var (manager, reviewer, document) = await Begun(company);
        await company.Do(
            "documents.submit",
            new { @ref = document, reviewers = new[] { await RefOf(company, reviewer) } },
            manager
        );
        await company.Do(
            "documents.review",
            new
            {
                @ref = document,
                verdict = "asks-for-changes",
                note = "Say who may pull weights.",
            },
            reviewer
        );
        var read = await Get(company, document);
        await company.Do(
            "documents.edit",
            new
            {
                @ref = document,
                ifVersion = read.Version,
                source = Source.Replace("Nobody pulls", "Only the release pipeline pulls", StringComparison.Ordinal),
            },
            manager
        );
        var task = (ReviewTask)await company.Do("documents.for-review", new { @ref = document }, reviewer);
        Assert.Equal((2, Verdict.Missing), (task.Round, task.Verdict));
        Assert.Contains(
            task.SinceMyRound,
            l => l.Mark == DiffMark.Added && l.Pieces.Any(p => p.Text.Contains("pipeline", StringComparison.Ordinal))
        );
        var conflict = await Assert.ThrowsAsync<Conflict>(() =>
            company.Do(
                "documents.edit",
                new
                {
                    @ref = document,
                    ifVersion = read.Version,
                    source = Source + "Mine.",
                },
                company.Owner
            )
        );
        Assert.True(conflict.Theirs > read.Version);
        Assert.DoesNotContain("Mine.", (await Get(company, document)).Source, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Proposed_words_are_taken_or_declined_and_words_from_records_are_changed_in_the_record(
        string database
    )
    {
        await using var company = await RuleTests.Drafted(database);
        var (manager, reviewer, document) = await Begun(company);
        await company.Do(
            "documents.submit",
            new { @ref = document, reviewers = new[] { await RefOf(company, reviewer) } },
            manager
        );
        await company.Do(
            "documents.remark",
            new
            {
                @ref = document,
                remark = "Too soft",
                paragraph = "Nobody pulls weights by hand.",
                instead = "Pulling weights by hand is refused by the registry.",
            },
            reviewer
        );
        await company.Do(
            "documents.remark",
            new
            {
                @ref = document,
                remark = "Name the tool",
                paragraph = "At Acme AI training jobs run from merged code.",
                instead = "Jobs run from merged code.",
            },
            reviewer
        );
        await Assert.ThrowsAsync<InputInvalid>(() =>
            company.Do(
                "documents.remark",
                new
                {
                    @ref = document,
                    remark = "Wrong place",
                    paragraph = "This stands nowhere.",
                    instead = "x",
                },
                reviewer
            )
        );
        await company.Do("documents.answer-remark", new { @ref = "NOTE-1", state = "taken" }, manager);
        Assert.Contains("refused by the registry", (await Get(company, document)).Text, StringComparison.Ordinal);
        await Broken(
            "documents.remark.bound",
            () => company.Do("documents.answer-remark", new { @ref = "NOTE-2", state = "taken" }, manager)
        );
        await company.Do(
            "documents.answer-remark",
            new
            {
                @ref = "NOTE-2",
                state = "declined",
                answer = "The name belongs there.",
            },
            manager
        );
        await Broken(
            "documents.remark.open",
            () => company.Do("documents.answer-remark", new { @ref = "NOTE-2", state = "settled" }, manager)
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_record_that_changed_shows_as_drift_and_makes_a_new_version(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        var (_, _, document) = await InForce(company);
        Assert.Empty((await Get(company, document)).Drift);
        var answers = Answers.Json;
        answers["name"] = "Acme Intelligence";
        await company.Do("interview.answer", new { answers, complete = true });
        var drifted = await Get(company, document);
        Assert.Contains("At Acme AI", drifted.Text, StringComparison.Ordinal);
        Assert.Contains(
            drifted.Drift,
            l =>
                l.Mark == DiffMark.Added && l.Pieces.Any(p => p.Text.Contains("Intelligence", StringComparison.Ordinal))
        );
        await company.Do(
            "documents.revise",
            new
            {
                @ref = document,
                reason = "The records behind the document changed.",
                because = "PRO-1",
            }
        );
        Assert.Contains("At Acme Intelligence", (await Get(company, document)).Text, StringComparison.Ordinal);
        Assert.True(
            await company.Read(db =>
                Task.FromResult(db.Links.Any(l => l.Type == LinkTypes.LearnedFrom && l.FromKind == "DOC"))
            )
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Texts_are_found_by_their_words_and_only_in_their_own_organisation(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        await Begun(company);
        var hit = Assert.Single(
            (IReadOnlyList<FoundDocument>)await company.Do("documents.search", new { q = "pulls weights" })
        );
        Assert.Contains("⟪weights⟫", hit.Around, StringComparison.OrdinalIgnoreCase);
        Assert.Empty((IReadOnlyList<FoundDocument>)await company.Do("documents.search", new { q = "zebra" }));
        Assert.Empty(
            (IReadOnlyList<FoundDocument>)await company.Do("documents.search", new { q = "\"' OR zebra=zebra --" })
        );
        var rival = await company.NewOwner("rival", "Rob Rival");
        Assert.Empty((IReadOnlyList<FoundDocument>)await company.Do("documents.search", new { q = "weights" }, rival));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_review_that_falls_due_is_confirmed_and_a_retired_document_stays_readable(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        var (manager, _, document) = await InForce(company);
        company.Clock.Advance(TimeSpan.FromDays(400));
        var due = (
            await company.Run<WorkProcess, ListWork, Page<WorkRow>>(p => p.List, new ListWork { Limit = 200 })
        ).Items.Single(t => t.Purpose == "review-document");
        Assert.Equal(document, due.SubjectRef);
        await company.Do(
            "documents.confirm",
            new { @ref = document, reason = "Looked at each rule; all still hold." },
            manager
        );
        Assert.Equal(new DateOnly(2028, 4, 5), (await Get(company, document)).NextReviewOn);
        await company.Do("documents.retire", new { @ref = document, reason = "Replaced by the release policy." });
        await Broken(
            "documents.retired",
            () => company.Do("documents.revise", new { @ref = document, reason = "Once more" }, manager)
        );
        Assert.Contains("Rules", (await Get(company, document)).Text, StringComparison.Ordinal);
        await Assert.ThrowsAsync<NotFound>(() => company.Do("documents.read", new { @ref = document }, manager));
    }

    [Theory]
    [InlineData("{{company.nothing}} is no field at all", "nothing")]
    [InlineData("{{#each datasets}} never closed here", "each")]
    [InlineData("{{#if flags.trains_models}} open", "if")]
    [InlineData("{{{danger", "")]
    public async Task A_text_that_cannot_be_filled_is_refused_and_nothing_is_stored(string source, string says)
    {
        await using var company = await RuleTests.Drafted("sqlite");
        var refused = await Assert.ThrowsAsync<InputInvalid>(() =>
            company.Do(
                "documents.create",
                new
                {
                    title = "Broken text",
                    kind = "policy",
                    source = source + new string(' ', 20),
                }
            )
        );
        Assert.Equal("source", refused.Errors[0].Field);
        Assert.Contains(says, refused.Errors[0].Message, StringComparison.OrdinalIgnoreCase);
        Assert.False(await company.Read(db => Task.FromResult(db.Set<Document>().Any(d => d.Title == "Broken text"))));
    }

    [Fact]
    public async Task A_document_of_others_is_a_link_or_a_file_and_gets_a_review_date()
    {
        await using var company = await RuleTests.Drafted("sqlite");
        await Assert.ThrowsAsync<InputInvalid>(() =>
            company.Do("documents.add-external", new { title = "Some law", note = "Why it is kept" })
        );
        var done = (Done)
            await company.Do(
                "documents.add-external",
                new
                {
                    title = "AI Act",
                    note = "Regulation (EU) 2024/1689, consolidated",
                    address = "https://eur-lex.europa.eu/eli/reg/2024/1689",
                    requirements = new[] { "A.5.31" },
                }
            );
        var view = await Get(company, done.Ref);
        Assert.Equal((DocumentKind.External, new DateOnly(2027, 3, 2)), (view.Kind, view.NextReviewOn));
        await Broken(
            "documents.revise.external",
            () => company.Do("documents.revise", new { @ref = done.Ref, reason = "New edition" })
        );
    }

    [Theory]
    [InlineData("[click](javascript:alert(1))", "javascript")]
    [InlineData("<script>alert(1)</script>", "<script")]
    [InlineData("![x](https://tracker.test/pixel.png)", "<img")]
    [InlineData("<a href=\"https://x.test\" onclick=\"x()\">x</a>", "<a href")]
    public void A_text_shows_as_safe_html_whoever_wrote_it(string text, string never) =>
        Assert.DoesNotContain(never, Knowledge.Documents.DocumentHtml.Of(text), StringComparison.OrdinalIgnoreCase);

    internal static async Task<DocumentView> Get(Company company, string document) =>
        (DocumentView)await company.Do("documents.get", new { @ref = document });

    internal static async Task<MySecurityView> Mine(Company company, Caller person) =>
        (MySecurityView)await company.Do("my.security", new { }, person);

    internal static async Task<string> RefOf(Company company, Caller person) => (await Mine(company, person)).Ref!;

    internal static Task<object> Approve(Company company, string document, string password = Password) =>
        company.Sign("documents.approve", new { @ref = document }, password);

    internal static async Task<(Caller Manager, Caller Reviewer, string Document)> Begun(Company company)
    {
        var manager = await company.As(Role.IsmsManager, "Max Manager");
        var reviewer = await company.As(Role.Member, "Rita Reviewer");
        var done = (Done)
            await company.Do(
                "documents.create",
                new
                {
                    title = "Weights",
                    kind = "policy",
                    source = Source,
                    requirements = new[] { "A.8.4" },
                },
                manager
            );
        await company.Do("documents.describe", new { @ref = done.Ref, audience = new[] { "everyone" } }, manager);
        return (manager, reviewer, done.Ref);
    }

    internal static async Task<(Caller Manager, Caller Reviewer, string Document)> InForce(Company company)
    {
        var begun = await Begun(company);
        await Release(company, begun.Document, begun.Manager, begun.Reviewer);
        return begun;
    }

    internal static async Task Release(Company company, string document, Caller manager, Caller reviewer)
    {
        await company.Do(
            "documents.submit",
            new { @ref = document, reviewers = new[] { await RefOf(company, reviewer) } },
            manager
        );
        await company.Do("documents.review", new { @ref = document, verdict = "approves" }, reviewer);
        await Approve(company, document);
        await company.Do("documents.publish", new { @ref = document });
    }

    internal static async Task Revise(
        Company company,
        string document,
        Caller manager,
        Caller reviewer,
        bool major,
        string text
    )
    {
        await company.Do(
            "documents.revise",
            new
            {
                @ref = document,
                reason = "Learned in the exercise.",
                major,
            },
            manager
        );
        await company.Do(
            "documents.edit",
            new
            {
                @ref = document,
                source = Source.Replace("Nobody pulls weights by hand.", text, StringComparison.Ordinal),
            },
            manager
        );
        await Release(company, document, manager, reviewer);
    }

    private static async Task Broken(string rule, Func<Task> act) =>
        Assert.Equal(rule, (await Assert.ThrowsAsync<RuleBroken>(act)).RuleId);
}
