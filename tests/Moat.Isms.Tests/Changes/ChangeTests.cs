using Moat.Isms.Assets;
using Moat.Isms.Changes;
using Moat.Isms.Kernel;
using Moat.Isms.Suppliers;
using Moat.Knowledge;

namespace Moat.Tests;

/// <summary>
/// Changes of the ISMS: consequences before approval, approval by somebody else, a look back afterwards; what others do
/// is looked at (6.3, 8.1).
/// </summary>
public sealed class ChangeTests
{
    internal static readonly PlanChange Gpu = new()
    {
        Title = "Training moves to a second GPU provider",
        Kind = ChangeKind.Cloud,
        Purpose = "One provider's outage stopped two releases.",
        StartsOn = new DateOnly(2026, 4, 1),
        DueOn = new DateOnly(2026, 6, 30),
        Owner = "PER-1",
    };

    public static TheoryData<string> Databases => [.. Company.Databases];

    [Fact]
    public void Every_kind_of_change_begins_at_processes_that_exist_and_reaches_others()
    {
        Assert.Equal(Enum.GetValues<ChangeKind>().Length, ConsequenceFinder.Begins.Count);
        Assert.Empty(
            ConsequenceFinder.Begins.Values.SelectMany(b => b).Except(KnowledgeBase.Shipped.Processes.Select(p => p.Id))
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_objective_that_serves_the_same_business_objective_as_a_touched_asset_is_named(string database)
    {
        await using var company = await RuleTests.Completed(database);
        var model = (
            await company.Run<AssetReading, ListAssets, Page<AssetRow>>(p => p.List, new ListAssets { Kind = "model" })
        ).Items[0];
        var goals = new List<string>();
        foreach (var title in new[] { "Batches are validated", "Nobody forgets a laptop" })
            goals.Add(
                (
                    (Done)
                        await company.Do(
                            "objectives.create",
                            new
                            {
                                title,
                                metric = "Share",
                                unit = "%",
                                target = 99,
                                comparator = "at-least",
                                period = "month",
                                measuredBy = "A list",
                                plan = "A gate",
                            }
                        )
                ).Ref
            );
        var business = (
            (Done)
                await company.Do(
                    "business-objectives.create",
                    new { title = "Win the hospital contract", whySecurity = "Its tender asks for the certificate." }
                )
        ).Ref;
        await Plan(company, Gpu with { Affects = [model.Ref] });
        Assert.DoesNotContain(await Objectives(company), o => o.Ref == goals[0]);
        await company.Do("business-objectives.tie", new { @ref = business, records = new[] { model.Ref, goals[0] } });
        var touched = await Objectives(company);
        Assert.StartsWith(
            $"serves {business} ",
            touched.Single(o => o.Ref == goals[0]).Detail,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(touched, o => o.Ref == goals[1]);
    }

    private static async Task<IReadOnlyList<Related>> Objectives(Company company) =>
        (
            await company.Run<ChangeProcess, OneRecord, Consequences>(
                p => p.Consequences,
                new OneRecord { Ref = "CHG-1" }
            )
        )
            .Records.FirstOrDefault(r => r.Kind == "Objectives")
            ?.Records
        ?? [];

    [Theory, MemberData(nameof(Databases))]
    public async Task It_is_approved_by_somebody_else_once_its_consequences_are_confirmed_and_looked_back_at(
        string database
    )
    {
        await using var company = await RuleTests.Completed(database);
        var max = await company.As(Role.IsmsManager, "Max Manager");
        var model = (
            await company.Run<AssetReading, ListAssets, Page<AssetRow>>(p => p.List, new ListAssets { Kind = "model" })
        ).Items[0];
        Assert.Equal(
            "dueOn",
            (await Assert.ThrowsAsync<InputInvalid>(() => Plan(company, Gpu with { DueOn = new DateOnly(2026, 3, 1) })))
                .Errors[0]
                .Field
        );
        await Plan(company, Gpu with { Affects = [model.Ref] });
        var found = await company.Run<ChangeProcess, OneRecord, Consequences>(
            p => p.Consequences,
            new OneRecord { Ref = "CHG-1" }
        );
        Assert.Equal("supplier-management", found.Processes[0].Id);
        Assert.Contains(found.Processes, p => p.Why.StartsWith("Receives from", StringComparison.Ordinal));
        Assert.Contains(found.Records, r => r.Kind == "Risks" && r.Records.Count > 0);
        Assert.Contains(
            found.Records,
            r => r.Kind == "Assets" && r.Records.Any(x => x.Ref == model.Ref && x.Detail == "named")
        );

        await NonconformityTests.Broken("changes.approve.consequences", () => Approve(company, max));
        var confirm = new ConfirmConsequences
        {
            Ref = "CHG-1",
            Consequences = "The tenant boundary has to be shown again for the second provider.",
            Processes = ["supplier-management", "supplier-management"],
            Affects = [found.Records.First(r => r.Kind == "Risks").Records[0].Ref],
        };
        Assert.Equal(
            "processes",
            (await Assert.ThrowsAsync<InputInvalid>(() => Confirm(company, confirm with { Processes = ["no-such"] })))
                .Errors[0]
                .Field
        );
        await Confirm(company, confirm);
        await NonconformityTests.Broken("changes.approve.whole", () => Approve(company, max));
        await company.Run<ChangeProcess, EditChange, Done>(
            p => p.Edit,
            new EditChange
            {
                Ref = "CHG-1",
                MustHold = "No weights leave the first tenant",
                Resources = "Two weeks of the platform team",
                Responsibilities = "Platform moves, security shows the boundary",
            }
        );
        await NonconformityTests.Broken("changes.approve.other", () => Approve(company, company.Owner));
        Assert.False(await NonconformityTests.Holds(company, "6.3", "changes-planned"));
        await Approve(company, max);
        Assert.True(await NonconformityTests.Holds(company, "6.3", "changes-planned"));
        await NonconformityTests.Broken(
            "changes.edit.state",
            () =>
                company.Run<ChangeProcess, EditChange, Done>(
                    p => p.Edit,
                    new EditChange { Ref = "CHG-1", Title = "Something else" }
                )
        );
        await NonconformityTests.Broken("changes.review.state", () => Review(company, "CHG-1", null));

        await company.Run<ChangeProcess, CompleteChange, Done>(
            p => p.Complete,
            new CompleteChange
            {
                Ref = "CHG-1",
                Outcome = "Half of the jobs run there",
                Updates = ["A.5.23", model.Ref],
            }
        );
        Assert.Contains(await NonconformityTests.Tasks(company), t => t.Purpose == "review-change");
        company.Clock.Advance(TimeSpan.FromDays(14));
        await Review(company, "CHG-1", null, "Ask for the tenant boundary before the contract");
        var view = await Get(company, "CHG-1");
        Assert.Equal(
            (ChangeState.Reviewed, "Ada Acme", 2, "LES-1"),
            (view.Row.State, view.ReviewedBy, view.Updates.Count, Assert.Single(view.Lessons).Ref)
        );
        Assert.True(await NonconformityTests.Holds(company, "6.3", "changes-reviewed"));
        Assert.DoesNotContain(await NonconformityTests.Tasks(company), t => t.SubjectRef == "CHG-1");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_unplanned_change_is_kept_and_reviewed_with_what_was_done_about_it(string database)
    {
        await using var company = await Company.Found(database);
        var prompt = new RecordUnplanned
        {
            Title = "A system prompt went live without a run",
            Kind = ChangeKind.Other,
            What = "Noticed by the weekly comparison of digests.",
            HappenedOn = new DateOnly(2026, 3, 1),
            Owner = "PER-1",
        };
        Assert.Equal(
            "happenedOn",
            (
                await Assert.ThrowsAsync<InputInvalid>(() =>
                    Unplanned(company, prompt with { HappenedOn = new DateOnly(2026, 3, 9) })
                )
            )
                .Errors[0]
                .Field
        );
        await Unplanned(company, prompt);
        Assert.Contains(
            await NonconformityTests.Tasks(company),
            t => t.Purpose == "review-change" && t.DueOn == new DateOnly(2026, 3, 16)
        );
        await NonconformityTests.Broken("changes.review.mitigation", () => Review(company, "CHG-1", null));
        await NonconformityTests.Broken("changes.approve.state", () => Approve(company, company.Owner));
        company.Clock.Advance(TimeSpan.FromDays(130));
        Assert.False(await NonconformityTests.Holds(company, "8.1", "changes-reviewed"));
        await Review(company, "CHG-1", "The prompt was rolled back within two hours");
        Assert.True(await NonconformityTests.Holds(company, "8.1", "changes-reviewed"));
        await NonconformityTests.Broken(
            "changes.drop.state",
            () =>
                company.Run<ChangeProcess, DropChange, Done>(
                    p => p.Drop,
                    new DropChange { Ref = "CHG-1", Reason = "We do not want it any more" }
                )
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_others_do_is_looked_at_in_time_or_8_1_does_not_hold(string database)
    {
        await using var company = await Company.Found(database);
        await company.Run<SupplierRegister, CreateSupplier, Done>(
            p => p.Create,
            new CreateSupplier
            {
                Name = "Labelwerk",
                Service = "Labels notes",
                DataClass = 3,
            }
        );
        await company.Run<SupplierRegister, EditSupplier, Done>(
            p => p.Edit,
            new EditSupplier { Ref = "SUP-1", ExitPlan = "Our own team labels; four weeks." }
        );
        await company.Run<SupplierRegister, AssessSupplier, Done>(
            p => p.Assess,
            new AssessSupplier { Ref = "SUP-1", Judgement = "Contract and rooms were looked at." }
        );
        await company.Run<OutsourcedRegister, CreateOutsourced, Done>(
            p => p.Create,
            new CreateOutsourced
            {
                Title = "Labelling of notes",
                Kind = OutsourcedKind.Process,
                Supplier = "SUP-1",
                Criteria = "Two labellers agree on each record",
                ControlExercised = "Batches are signed and sampled",
                MonitoredBy = "Agreement of each batch",
                Owner = "PER-1",
                ReviewDays = 60,
            }
        );
        Assert.False(await NonconformityTests.Holds(company, "8.1", "outsourced-controlled"));
        company.Clock.Advance(TimeSpan.FromDays(61));
        Assert.False(await NonconformityTests.Holds(company, "8.1", "outsourced-controlled"));
        await company.Run<OutsourcedRegister, ReviewOutsourced, Done>(
            p => p.Review,
            new ReviewOutsourced { Ref = "OUT-1", Finding = "Agreement at 0.83, one batch sent back." }
        );
        Assert.True(await NonconformityTests.Holds(company, "8.1", "outsourced-controlled"));
        Assert.Single(await NonconformityTests.Tasks(company), t => t.SubjectRef == "OUT-1");
        await company.Run<OutsourcedRegister, EndOutsourced, Done>(
            p => p.End,
            new EndOutsourced { Ref = "OUT-1", Reason = "Our own team labels now" }
        );
        Assert.DoesNotContain(await NonconformityTests.Tasks(company), t => t.SubjectRef == "OUT-1");
        Assert.Empty(
            (
                await company.Run<OutsourcedRegister, ListOutsourced, Page<OutsourcedView>>(
                    p => p.List,
                    new ListOutsourced()
                )
            ).Items
        );
        await NonconformityTests.Broken(
            "outsourced.review.ended",
            () =>
                company.Run<OutsourcedRegister, ReviewOutsourced, Done>(
                    p => p.Review,
                    new ReviewOutsourced { Ref = "OUT-1", Finding = "Nothing to look at any more" }
                )
        );
    }

    private static Task<Done> Plan(Company company, PlanChange input) =>
        company.Run<ChangeProcess, PlanChange, Done>(p => p.Create, input);

    internal static Task<Done> Unplanned(Company company, RecordUnplanned input) =>
        company.Run<ChangeProcess, RecordUnplanned, Done>(p => p.RecordUnplanned, input);

    internal static Task<Done> Confirm(Company company, ConfirmConsequences input) =>
        company.Run<ChangeProcess, ConfirmConsequences, Done>(p => p.ConfirmConsequences, input);

    private static Task<Done> Approve(Company company, Caller who) =>
        company.Run<ChangeProcess, ApproveChange, Done>(p => p.Approve, new ApproveChange { Ref = "CHG-1" }, who);

    internal static Task<Done> Review(Company company, string change, string? mitigation, string? lesson = null) =>
        company.Run<ChangeProcess, ReviewChange, Done>(
            p => p.Review,
            new ReviewChange
            {
                Ref = change,
                Outcome = "Releases do not wait any more",
                SideEffects = "Egress costs rose by a fifth",
                Mitigation = mitigation,
                Lesson = lesson,
            }
        );

    private static Task<ChangeView> Get(Company company, string change) =>
        company.Run<ChangeProcess, OneRecord, ChangeView>(p => p.Get, new OneRecord { Ref = change });
}
