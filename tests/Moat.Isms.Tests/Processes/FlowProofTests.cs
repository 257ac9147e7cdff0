using Moat.Isms.Kernel;
using Moat.Isms.Processes.Flow;

namespace Moat.Tests;

/// <summary>
/// An interaction is alive by a record that came from the other process, and not by an edit of something.
/// </summary>
public sealed class FlowProofTests
{
    private static readonly string[] Anything =
    [
        "controls.edit",
        "assets.edit",
        "suppliers.edit",
        "issues.edit",
        "objectives.edit",
    ];

    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task An_objective_a_commitment_an_issue_and_a_certificate_name_what_they_came_from(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        var manager = await ReviewTests.Manager(company);
        var review = await ReviewTests.Scheduled(company, manager);
        await company.Do("draft.adopt", new { refs = new[] { "RISK-1" } });
        foreach (
            var (from, to) in new[]
            {
                ("risk-assessment", "objectives"),
                ("management-review", "leadership"),
                ("management-review", "context"),
                ("supplier-management", "control-operation"),
            }
        )
            Assert.Equal(FlowState.Quiet, await State(company, from, to));

        object Goal(string? risk) =>
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
                risk,
            };
        await company.Do("objectives.create", Goal(null));
        Assert.Equal(FlowState.Quiet, await State(company, "risk-assessment", "objectives"));
        Assert.Equal(
            "risk",
            (await Assert.ThrowsAsync<InputInvalid>(() => company.Do("objectives.create", Goal("RISK-999"))))
                .Errors[0]
                .Field
        );
        await company.Do("objectives.create", Goal("RISK-1"));
        Assert.Equal(FlowState.Alive, await State(company, "risk-assessment", "objectives"));

        object Word(string? decidedIn) =>
            new
            {
                statement = "We pay for what the review asked for.",
                path = "toolkit",
                budgetEur = 1000,
                days = 5,
                decidedIn,
            };
        Assert.Equal(
            "decidedIn",
            (await Assert.ThrowsAsync<InputInvalid>(() => company.Do("leadership.commit", Word("MREV-99"))))
                .Errors[0]
                .Field
        );
        await company.Do("leadership.commit", Word(review));
        Assert.Equal(FlowState.Alive, await State(company, "management-review", "leadership"));

        await company.Do("issues.edit", new { @ref = "ISS-1", effect = "It bears on us in another way." });
        Assert.Equal(FlowState.Quiet, await State(company, "management-review", "context"));
        await company.Do(
            "issues.edit",
            new
            {
                @ref = "ISS-1",
                effect = "It bears on us as the review saw it.",
                because = review,
            }
        );
        Assert.Equal(FlowState.Alive, await State(company, "management-review", "context"));

        var supplier = BreakTests.Ref(
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
        object Report(params string[] controls) =>
            new
            {
                @ref = supplier,
                title = "SOC 2 Type II",
                issuer = "Auditors",
                from = "2026-01-01",
                until = "2026-12-31",
                scope = "The halls",
                controls,
            };
        Assert.Equal(
            "controls",
            (await Assert.ThrowsAsync<InputInvalid>(() => company.Do("suppliers.add-certificate", Report("A.9.9"))))
                .Errors[0]
                .Field
        );
        await company.Do("suppliers.add-certificate", Report("A.7.2"));
        Assert.Equal(FlowState.Alive, await State(company, "supplier-management", "control-operation"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_review_of_access_reaches_controls_as_evidence_and_assets_by_their_owners(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        var (max, rita) = (
            await company.As(Role.IsmsManager, "Max Manager"),
            await company.As(Role.Member, "Rita Reviewer")
        );
        await AccessReviewTests.Tell(company, AccessReviewTests.Before);
        await AccessReviewTests.Create(
            company,
            new()
            {
                Title = "Who can write training code",
                Kinds = ["github.repository"],
                Reviewer = await AccessReviewTests.RefOf(company, max),
                Deputy = await AccessReviewTests.RefOf(company, rita),
                DueOn = new DateOnly(2026, 3, 20),
            }
        );
        Assert.Equal(FlowState.Quiet, await State(company, "access-management", "control-operation"));
        await company.Do(
            "access-reviews.decide",
            new
            {
                @ref = "ARV-1",
                decision = "keep",
                positions = new[] { 1 },
            },
            rita
        );
        Assert.Equal(FlowState.Quiet, await State(company, "access-management", "control-operation"));
        await company.Do(
            "access-reviews.decide",
            new
            {
                @ref = "ARV-1",
                decision = "keep",
                positions = new[] { 2, 3 },
            },
            max
        );
        Assert.Equal(FlowState.Alive, await State(company, "access-management", "control-operation"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_document_that_names_an_asset_carries_the_register_to_its_reviewers(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        await company.Do(
            "assets.create",
            new
            {
                name = "Weights",
                kind = "model",
                owner = "PER-1",
            }
        );
        var (manager, reviewer, document) = await DocumentTests.Begun(company);
        Assert.Equal(FlowState.Quiet, await State(company, "asset-management", "document-control"));
        await company.Do(
            "documents.submit",
            new { @ref = document, reviewers = new[] { await DocumentTests.RefOf(company, reviewer) } },
            manager
        );
        Assert.Equal(FlowState.Alive, await State(company, "asset-management", "document-control"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Tasks_flow_by_what_they_are_about_and_a_claim_by_hand_counts_for_nothing(string database)
    {
        await using var company = await RuleTests.Completed(database);
        var action = BreakTests.Ref(
            await company.Do(
                "risks.plan-action",
                new
                {
                    @ref = "RISK-1",
                    title = "Turn long tokens off",
                    owner = "PER-1",
                    dueOn = "2026-04-01",
                }
            )
        );
        Assert.Equal(FlowState.Quiet, await State(company, "work", "risk-treatment"));
        await company.Do("tasks.complete", new { @ref = action, outcome = "Turned off on Friday." });
        Assert.Equal(FlowState.Alive, await State(company, "work", "risk-treatment"));
        Assert.Equal(FlowState.Quiet, await State(company, "roles", "access-management"));
        await company.Do(
            "people.checklist",
            new
            {
                @ref = "PER-1",
                checklist = "joiner",
                on = "2026-03-02",
            }
        );
        Assert.Equal(FlowState.Alive, await State(company, "roles", "access-management"));

        await IncidentTests.Open(company);
        await company.Do(
            "thread.connect",
            new
            {
                from = "RISK-1",
                type = "learned-from",
                to = "INC-1",
            }
        );
        Assert.Equal(FlowState.Quiet, await State(company, "incident-management", "risk-assessment"));
        var quiet = ProcessMapTests.Between(
            await ProcessMapTests.Map(company),
            "incident-management",
            "risk-assessment"
        );
        Assert.StartsWith(
            "Nothing yet. It flows when the review of an incident",
            quiet.Quiet,
            StringComparison.Ordinal
        );
        Assert.Null(ProcessMapTests.Between(await ProcessMapTests.Map(company), "work", "risk-treatment").Quiet);
        Assert.DoesNotContain(
            Moat.Knowledge.KnowledgeBase.Shipped.Processes.SelectMany(p => p.Interactions).SelectMany(i => i.ProvenBy),
            p => Anything.Contains(p.Split(':')[^1])
        );
    }

    private static async Task<FlowState> State(Company company, string from, string to) =>
        ProcessMapTests.Between(await ProcessMapTests.Map(company), from, to).State;
}
