using Moat.Isms.Assets;
using Moat.Isms.Controls;
using Moat.Isms.Drafts;
using Moat.Isms.Evidence;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.Readiness;
using Moat.Isms.Risks;
using Moat.Isms.StatementOfApplicability;
using Moat.Isms.Work;

namespace Moat.Tests;

/// <summary>The rules of the ISMS, each with what keeps it.</summary>
public sealed class RuleTests
{
    private static readonly string[] TenThreats =
    [
        "training-data-poisoning",
        "model-extraction",
        "membership-inference",
        "weight-exfiltration",
        "prompt-injection-direct",
        "supply-chain-model",
        "pipeline-compromise",
        "denial-of-service",
        "notebook-secrets",
        "provider-data-use",
    ];

    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task Classification_flows_along_relations_and_falls_back(string database)
    {
        await using var company = await Company.Found(database);
        var model = await Asset(company, "Triage model", "model", c: 1, i: 3, a: 2);
        var data = await Asset(company, "Clinical notes", "dataset", c: 4, i: 2, a: 1);
        var endpoint = await Asset(company, "Inference API", "endpoint", c: 1, i: 1, a: 1);
        await Relate(company, model, LinkTypes.TrainedOn, data);
        await Relate(company, model, LinkTypes.DeployedTo, endpoint);
        var view = await Get(company, model);
        Assert.Equal((4, 3, 2), (view.NeedsConfidentiality, view.NeedsIntegrity, view.NeedsAvailability));
        Assert.Equal(1, view.Confidentiality);
        var why = Assert.Single(view.Inherited);
        Assert.Equal(("confidentiality", 4, data), (why.Property, why.Value, why.Ref));
        Assert.Equal(
            (3, 2),
            ((await Get(company, endpoint)).NeedsIntegrity, (await Get(company, endpoint)).NeedsAvailability)
        );
        Assert.Equal(3, (await Get(company, data)).NeedsIntegrity);

        await company.Run<AssetRegister, RelateAssets, Tally>(
            p => p.Unrelate,
            new RelateAssets
            {
                From = model,
                Type = LinkTypes.TrainedOn,
                To = data,
            }
        );
        Assert.Equal(1, (await Get(company, model)).NeedsConfidentiality);
        Assert.Equal(2, (await Get(company, data)).NeedsIntegrity);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Classification_comes_to_rest_in_a_circle(string database)
    {
        await using var company = await Company.Found(database);
        var first = await Asset(company, "Service A", "endpoint", c: 1, i: 4, a: 1);
        var second = await Asset(company, "Service B", "endpoint", c: 1, i: 1, a: 3);
        await Relate(company, first, LinkTypes.DependsOn, second);
        await Relate(company, second, LinkTypes.DependsOn, first);
        Assert.Equal(
            (4, 3),
            ((await Get(company, second)).NeedsIntegrity, (await Get(company, first)).NeedsAvailability)
        );
        await company.Run<AssetRegister, EditAsset, Done>(p => p.Edit, new EditAsset { Ref = first, Integrity = 1 });
        Assert.Equal(1, (await Get(company, second)).NeedsIntegrity);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_residual_risk_is_accepted_by_its_owner_until_a_date_and_the_state_is_frozen(string database)
    {
        await using var company = await Company.Found(database);
        var dana = await company.As(Role.RiskOwner, "Dana Ortiz");
        var other = await company.As(Role.RiskOwner, "Olaf Other");
        var risk = await company.Run<RiskRegister, CreateRisk, Done>(
            p => p.Create,
            new CreateRisk
            {
                Title = "Weights leave",
                Cause = "Broad rights",
                Consequence = "The lead is lost",
                Owner = "PER-2",
            }
        );
        var accept = new AcceptRisk
        {
            Ref = risk.Ref,
            Reason = "The egress is metered and alerts.",
            Until = new DateOnly(2026, 9, 1),
        };
        await Broken(
            "risk.accept.assessed",
            () => company.Run<RiskRegister, AcceptRisk, Done>(p => p.Accept, accept, dana)
        );
        await Assess(company, risk.Ref, dana);
        await Broken(
            "risk.accept.owner",
            () => company.Run<RiskRegister, AcceptRisk, Done>(p => p.Accept, accept, other)
        );
        await Broken(
            "risk.accept.end-date-within-a-year",
            () =>
                company.Run<RiskRegister, AcceptRisk, Done>(
                    p => p.Accept,
                    accept with
                    {
                        Until = new DateOnly(2027, 9, 1),
                    },
                    dana
                )
        );
        await company.Run<RiskRegister, AcceptRisk, Done>(p => p.Accept, accept, dana);
        var view = await company.Run<RiskReading, OneRecord, RiskView>(p => p.Get, new OneRecord { Ref = risk.Ref });
        Assert.Equal(accept.Until, view.AcceptedUntil);
        Assert.Contains("\"residualScore\":6", Assert.Single(view.Acceptances).FrozenState, StringComparison.Ordinal);
        Assert.Contains(
            (await company.Run<WorkProcess, ListWork, Page<WorkRow>>(p => p.List, new ListWork(), dana)).Items,
            t => t.Purpose == "renew" && t.DueOn == accept.Until
        );

        await Assess(company, risk.Ref, dana);
        Assert.Null(
            (
                await company.Run<RiskReading, OneRecord, RiskView>(p => p.Get, new OneRecord { Ref = risk.Ref })
            ).AcceptedUntil
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Tasks_open_with_a_record_and_close_when_it_says_so(string database)
    {
        await using var company = await Company.Found(database);
        var risk = await company.Run<RiskRegister, CreateRisk, Done>(
            p => p.Create,
            new CreateRisk
            {
                Title = "Weights leave",
                Cause = "Broad rights",
                Consequence = "The lead is lost",
            }
        );
        var task = Assert.Single((await Tasks(company)).Items);
        Assert.Equal(("assess", risk.Ref), (task.Purpose, task.SubjectRef));
        await Broken(
            "tasks.complete.by-record",
            () =>
                company.Run<WorkProcess, CompleteWork, Done>(
                    p => p.Complete,
                    new CompleteWork { Ref = task.Ref, Outcome = "I say so" }
                )
        );
        await Assess(company, risk.Ref, company.Owner);
        Assert.Equal("treat", Assert.Single((await Tasks(company)).Items).Purpose);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_draft_fits_the_answers_and_counts_for_nothing_before_it_is_adopted(string database)
    {
        await using var company = await Drafted(database);
        var risks = (
            await company.Run<RiskReading, ListRisks, Page<RiskRow>>(p => p.List, new ListRisks { Limit = 200 })
        ).Items;
        Assert.All(risks, r => Assert.Equal(Standing.Proposed, r.Standing));
        Assert.All(risks, r => Assert.NotNull(r.WhyProposed));
        Assert.Empty(TenThreats.Except(risks.Select(r => r.ThreatId)));
        Assert.Equal(risks.Count, risks.Select(r => r.Title).Distinct().Count());
        var before = await company.Run<ReadinessProcess, ShowReadiness, ReadinessView>(
            p => p.List,
            new ShowReadiness()
        );
        Assert.False(
            before.Requirements.Single(r => r.Id == "6.1.2").Rules.Single(r => r.Rule == "risks-identified").Holds
        );
        var counts = (await company.Run<DraftProcess, ListDrafts, DraftList>(p => p.List, new ListDrafts())).Counts;
        Assert.Equal(93, counts.Single(c => c.Process == "controls").Proposed);

        await company.Run<DraftProcess, DecideDrafts, Tally>(
            p => p.Adopt,
            new DecideDrafts { Refs = [.. risks.Select(r => r.Ref)] }
        );
        var after = await company.Run<ReadinessProcess, ShowReadiness, ReadinessView>(p => p.List, new ShowReadiness());
        // Adopting what was drafted identifies nothing: somebody has to assess what threatens each crown jewel.
        Assert.False(
            after.Requirements.Single(r => r.Id == "6.1.2").Rules.Single(r => r.Rule == "risks-identified").Holds
        );
        Assert.StartsWith(
            "0 of",
            after.Requirements.Single(r => r.Id == "8.2").Rules.Single(r => r.Rule == "risks-assessed").Because,
            StringComparison.Ordinal
        );

        var again = (DraftSummary)await company.Do("draft.generate", new { });
        Assert.Equal((0, 0, 0), (again.Context, again.Assets, again.Controls));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_statement_is_published_only_when_every_row_is_complete_and_never_changes(string database)
    {
        await using var company = await Drafted(database);
        var publish = new PublishSoa { ChangeNote = "The first version" };
        var refused = await Assert.ThrowsAsync<RuleBroken>(() =>
            company.Run<SoaProcess, PublishSoa, Done>(p => p.Publish, publish)
        );
        Assert.Equal("soa.publish.complete", refused.RuleId);
        Assert.Contains(refused.Details, d => d.Field == "A.8.4");

        await Complete(company);
        var manager = await company.As(Role.IsmsManager, "Max Manager");
        var soa = await company.Run<SoaProcess, PublishSoa, Done>(p => p.Publish, publish, manager);
        await company.Run<ControlRegister, EditControl, Done>(
            p => p.Edit,
            new EditControl { Ref = "A.8.4", HowDone = "Two groups may write; reviewed each quarter." }
        );
        await company.Run<SoaProcess, PublishSoa, Done>(p => p.Publish, publish, manager);
        var change = Assert.Single(
            await company.Run<SoaProcess, CompareSoa, IReadOnlyList<SoaChange>>(
                p => p.Compare,
                new CompareSoa { From = soa.Ref, To = "SOA-2" }
            )
        );
        Assert.Equal(("A.8.4", "how it is done"), (change.Code, change.Field));
        Assert.Null(
            (await company.Run<SoaProcess, OneRecord, SoaView>(p => p.Get, new OneRecord { Ref = soa.Ref }))
                .Rows.Single(r => r.Code == "A.8.4")
                .HowDone
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Evidence_is_one_thing_over_a_past_period_and_is_only_ever_withdrawn(string database)
    {
        await using var company = await Drafted(database);
        var add = new AddEvidence
        {
            Title = "Access review",
            Controls = ["A.8.4"],
            PeriodFrom = new DateOnly(2026, 1, 1),
            PeriodTo = new DateOnly(2026, 2, 28),
            Note = "Six writers, two removed.",
        };
        await Assert.ThrowsAsync<InputInvalid>(() =>
            company.Run<EvidenceProcess, AddEvidence, Done>(p => p.Add, add with { Link = "https://x.test" })
        );
        await Assert.ThrowsAsync<InputInvalid>(() =>
            company.Run<EvidenceProcess, AddEvidence, Done>(
                p => p.Add,
                add with
                {
                    PeriodTo = new DateOnly(2026, 12, 1),
                }
            )
        );
        await Assert.ThrowsAsync<InputInvalid>(() =>
            company.Run<EvidenceProcess, AddEvidence, Done>(p => p.Add, add with { Controls = ["A.9.9"] })
        );
        var item = await company.Run<EvidenceProcess, AddEvidence, Done>(p => p.Add, add);
        Assert.Single(
            (
                await company.Run<ControlRegister, OneRecord, ControlView>(p => p.Get, new OneRecord { Ref = "A.8.4" })
            ).Evidence
        );
        await company.Run<EvidenceProcess, WithdrawEvidence, Done>(
            p => p.Withdraw,
            new WithdrawEvidence { Ref = item.Ref, Reason = "The wrong repository" }
        );
        Assert.Empty(
            (
                await company.Run<ControlRegister, OneRecord, ControlView>(p => p.Get, new OneRecord { Ref = "A.8.4" })
            ).Evidence
        );
        await Broken(
            "evidence.withdraw.once",
            () =>
                company.Run<EvidenceProcess, WithdrawEvidence, Done>(
                    p => p.Withdraw,
                    new WithdrawEvidence { Ref = item.Ref, Reason = "Once more" }
                )
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_invitation_works_once_and_the_last_owner_stays(string database)
    {
        await using var company = await Company.Found(database);
        var list = await company.Run<AccessProcess, Nothing, AccessList>(p => p.List, new Nothing());
        await Broken(
            "access.last-owner",
            () =>
                company.Run<AccessProcess, ChangeRecord, AccessDone>(
                    p => p.Revoke,
                    new ChangeRecord { Ref = list.Members.Single().Ref }
                )
        );
        var made = await company.Run<AccessProcess, InvitePerson, MadeInvitation>(
            p => p.Invite,
            new InvitePerson
            {
                Email = "new@acme.test",
                Name = "New Member",
                Role = Role.Member,
            }
        );
        var system = Caller.System(company.Owner.OrganizationId, "acme");
        var take = new TakeInvitation
        {
            Secret = made.Link.Split('/')[^1],
            UserId = Guid.CreateVersion7(),
            Email = "new@acme.test",
        };
        await Broken(
            "access.join.address",
            () =>
                company.Run<AccessProcess, TakeInvitation, Done>(
                    p => p.Join,
                    take with
                    {
                        Email = "else@acme.test",
                    },
                    system
                )
        );
        await company.Run<AccessProcess, TakeInvitation, Done>(p => p.Join, take, system);
        await Broken(
            "access.join.open",
            () =>
                company.Run<AccessProcess, TakeInvitation, Done>(
                    p => p.Join,
                    take with
                    {
                        UserId = Guid.CreateVersion7(),
                    },
                    system
                )
        );
        await Assert.ThrowsAsync<Forbidden>(() => company.Run<AccessProcess, TakeInvitation, Done>(p => p.Join, take));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_last_owner_stays_whatever_way_it_is_tried(string database)
    {
        await using var company = await Company.Found(database);
        var owner = (await company.Run<AccessProcess, Nothing, AccessList>(p => p.List, new Nothing()))
            .Members.Single()
            .Ref;
        foreach (var until in new[] { "2020-01-01", "2099-01-01" })
            await Broken("access.last-owner", () => company.Do("access.edit", new { @ref = owner, until }));
        await Broken("access.last-owner", () => company.Do("access.edit", new { @ref = owner, role = "member" }));
        var link = (
            (MadeInvitation)
                await company.Do(
                    "access.invite",
                    new
                    {
                        email = "ada2@acme.test",
                        name = "Ada",
                        role = "member",
                    }
                )
        ).Link;
        var self = new TakeInvitation
        {
            Secret = link.Split('/')[^1],
            UserId = company.Owner.ActorId!.Value,
            Email = "ada2@acme.test",
        };
        await Broken(
            "access.last-owner",
            () =>
                company.Run<AccessProcess, TakeInvitation, Done>(
                    p => p.Join,
                    self,
                    Caller.System(company.Owner.OrganizationId, "acme")
                )
        );

        // A second owner whose access ends does not count; one whose access does not end does.
        var other = (
            (MadeInvitation)
                await company.Do(
                    "access.invite",
                    new
                    {
                        email = "olga@acme.test",
                        name = "Olga Owner",
                        role = "owner",
                    }
                )
        ).Link;
        var joined = await company.Run<AccessProcess, TakeInvitation, Done>(
            p => p.Join,
            new TakeInvitation
            {
                Secret = other.Split('/')[^1],
                UserId = Guid.CreateVersion7(),
                Email = "olga@acme.test",
            },
            Caller.System(company.Owner.OrganizationId, "acme")
        );
        await company.Do("access.edit", new { @ref = joined.Ref, until = "2099-01-01" });
        await Broken("access.last-owner", () => company.Do("access.revoke", new { @ref = owner }));
        await company.Do("access.edit", new { @ref = joined.Ref, role = "member" });
        await company.Do("access.edit", new { @ref = joined.Ref, role = "owner" });

        // Two owners who shut each other out at the same moment: one of them comes second, and stays.
        var both = await Task.WhenAll(
            new[] { owner, joined.Ref }.Select(async @ref =>
            {
                try
                {
                    await company.Do("access.revoke", new { @ref });
                    return true;
                }
                catch (RuleBroken last) when (last.RuleId == "access.last-owner")
                {
                    return false;
                }
            })
        );
        Assert.Single(both, revoked => revoked);
    }

    internal static Task<Company> Drafted(string database) =>
        PreparedCompany.Copy(
            "drafted",
            database,
            async () =>
            {
                var company = await Company.Found(database);
                await company.Do("interview.answer", new { answers = Answers.Json, complete = true });
                await company.Do("draft.generate", new { });
                return company;
            }
        );

    /// <summary>The same with a decided Statement of Applicability, all controls owned by Ada.</summary>
    internal static Task<Company> Completed(string database) =>
        PreparedCompany.Copy(
            "completed",
            database,
            async () =>
            {
                var company = await Drafted(database);
                await Complete(company);
                return company;
            }
        );

    internal static async Task Complete(Company company)
    {
        foreach (var process in new[] { "issues", "parties", "obligations", "assets", "risks", "controls" })
        {
            var list = await company.Run<DraftProcess, ListDrafts, DraftList>(
                p => p.List,
                new ListDrafts { Of = process }
            );
            if (list.Items.Count > 0)
                await company.Run<DraftProcess, DecideDrafts, Tally>(
                    p => p.Adopt,
                    new DecideDrafts { Refs = [.. list.Items.Select(i => i.Ref)] }
                );
        }
        await company.Run<ControlRegister, AssignControls, Tally>(
            p => p.Assign,
            new AssignControls { Owner = "PER-1" }
        );
        var draft = await company.Run<SoaProcess, Nothing, SoaDraft>(p => p.Draft, new Nothing());
        foreach (var code in draft.Missing.Select(m => m.Field).Distinct())
            await company.Run<ControlRegister, EditControl, Done>(
                p => p.Edit,
                new EditControl
                {
                    Ref = code,
                    ReasonKinds = ["good-practice"],
                    Implementation = Implementation.Planned,
                }
            );
    }

    private static async Task Broken(string rule, Func<Task> act) =>
        Assert.Equal(rule, (await Assert.ThrowsAsync<RuleBroken>(act)).RuleId);

    private static Task<Page<WorkRow>> Tasks(Company company) =>
        company.Run<WorkProcess, ListWork, Page<WorkRow>>(p => p.List, new ListWork());

    private static Task<Done> Assess(Company company, string risk, Caller by) =>
        company.Run<RiskRegister, AssessRisk, Done>(
            p => p.Assess,
            new AssessRisk
            {
                Ref = risk,
                InherentLikelihood = 4,
                InherentImpact = 5,
                CurrentLikelihood = 3,
                CurrentImpact = 4,
                ResidualLikelihood = 2,
                ResidualImpact = 3,
                Rationale = "Two near misses last year",
            },
            by
        );

    private static async Task<string> Asset(Company company, string name, string kind, int c, int i, int a) =>
        (
            await company.Run<AssetRegister, CreateAsset, Done>(
                p => p.Create,
                new CreateAsset
                {
                    Name = name,
                    Kind = kind,
                    Confidentiality = c,
                    Integrity = i,
                    Availability = a,
                }
            )
        ).Ref;

    private static Task Relate(Company company, string from, string type, string to) =>
        company.Run<AssetRegister, RelateAssets, Tally>(
            p => p.Relate,
            new RelateAssets
            {
                From = from,
                Type = type,
                To = to,
            }
        );

    private static Task<AssetView> Get(Company company, string reference) =>
        company.Run<AssetReading, OneRecord, AssetView>(p => p.Get, new OneRecord { Ref = reference });
}
