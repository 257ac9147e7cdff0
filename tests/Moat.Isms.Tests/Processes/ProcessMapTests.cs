using Moat.Isms.Kernel;
using Moat.Isms.Processes;
using Moat.Isms.Processes.Flow;
using Moat.Isms.Risks;
using Moat.Knowledge;

namespace Moat.Tests;

/// <summary>
/// The process map: what flowed is counted from records by period, and nothing is alive that nothing flowed through.
/// </summary>
public sealed class ProcessMapTests
{
    public static TheoryData<string> Databases => [.. Company.Databases];

    [Fact]
    public void Every_rule_is_about_an_interaction_that_the_content_names()
    {
        var known = KnowledgeBase
            .Shipped.Processes.SelectMany(p => p.Interactions.Select(i => (p.Id, i.To)))
            .ToHashSet();
        Assert.Empty(
            FlowRules.All.Where(r => !known.Contains((r.From, r.To))).Select(r => $"{r.Id}: {r.From} → {r.To}")
        );
        Assert.Empty(FlowRules.All.Where(r => !RecordKind.All.ContainsKey(r.Kind)).Select(r => r.Id));
        Assert.Equal(FlowRules.All.Count, FlowRules.All.Select(r => r.Id).Distinct().Count());
        Assert.True(FlowRules.All.Count >= 20);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_empty_ISMS_has_a_map_on_which_nothing_is_alive_and_nothing_broken(string database)
    {
        await using var company = await Company.Found(database);
        var map = await Map(company);
        Assert.Equal(
            (KnowledgeBase.Shipped.Processes.Count, 0, 0, 0),
            (map.Nodes.Count, map.Alive, map.Broken, map.Flowed)
        );
        Assert.Equal(map.Interactions.Count, map.Quiet);
        Assert.Equal(new DateOnly(2026, 3, 2), map.Began);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_Moat_drafted_counts_when_a_person_adopted_it(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        Assert.Equal(FlowState.Quiet, Between(await Map(company), "asset-management", "risk-assessment").State);
        await RuleTests.Complete(company);
        var alive = Between(await Map(company), "asset-management", "risk-assessment");
        Assert.Equal(FlowState.Alive, alive.State);
        var adopted = await company.Read(db =>
            Task.FromResult(
                db.Links.Count(l =>
                    l.Type == LinkTypes.Threatens
                    && db.Set<Risk>().Any(r => r.Id == l.FromId && r.Standing == Standing.Adopted)
                )
            )
        );
        Assert.Equal(adopted, alive.Count);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_link_and_an_operation_count_in_their_period_and_not_before_or_after(string database)
    {
        await using var company = await RuleTests.Completed(database);
        company.Clock.Advance(TimeSpan.FromDays(40));
        var day = new DateOnly(2026, 4, 11);
        await company.Do(
            "evidence.add",
            new
            {
                title = "Branch protection",
                note = "All merges were reviewed.",
                controls = new[] { "A.8.4" },
                periodFrom = "2026-04-01",
                periodTo = "2026-04-10",
                validDays = 365,
            }
        );
        company.Clock.Advance(TimeSpan.FromDays(40));
        (string From, string To) where = ("control-operation", "monitoring");
        Assert.Equal((1, FlowState.Alive), Shape(Between(await Map(company, day, day), where.From, where.To)));
        Assert.Equal((1, FlowState.Alive), Shape(Between(await Map(company), where.From, where.To)));
        Assert.Equal(
            (0, FlowState.Quiet),
            Shape(Between(await Map(company, day.AddDays(1), day.AddDays(9)), where.From, where.To))
        );
        var before = Between(await Map(company, day.AddDays(-9), day.AddDays(-1)), where.From, where.To);
        Assert.Equal((0, FlowState.Quiet), Shape(before));
        Assert.Null(before.Last);
        Assert.Equal(
            day,
            DateOnly.FromDateTime(
                Between(await Map(company, day.AddDays(5), day.AddDays(9)), where.From, where.To).Last!.Value
            )
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_node_tells_its_owner_its_last_activity_and_what_is_due(string database)
    {
        await using var company = await RuleTests.Completed(database);
        await company.Do("roles.assign", new { @ref = "ROLE-1", person = "PER-1" });
        var role = await company.Read(db =>
            db.One<Moat.Isms.People.Responsibilities.RoleAssignment>("ROLE-1", CancellationToken.None)
        );
        var map = await Map(company);
        Assert.All(
            map.Nodes.Where(n => KnowledgeBase.Shipped.Processes.First(p => p.Id == n.Id).OwnerRole == role.Key),
            n => Assert.Equal("Ada Acme", n.Owner)
        );
        var roles = map.Nodes.First(n => n.Id == "roles");
        Assert.Equal(new DateOnly(2026, 3, 2), DateOnly.FromDateTime(roles.LastActivity!.Value));
        Assert.NotNull(roles.Doi);
        Assert.Null(map.Nodes.First(n => n.Id == "competence").LastActivity);
        var risks = map.Nodes.First(n => n.Id == "risk-assessment");
        Assert.True(risks.OpenTasks > 0 && risks.NextDue > new DateOnly(2026, 3, 2));
        Assert.Equal(0, risks.OverdueTasks);
        company.Clock.Advance(TimeSpan.FromDays(90));
        Assert.Equal(risks.OpenTasks, (await Map(company)).Nodes.First(n => n.Id == "risk-assessment").OverdueTasks);
        Assert.Null((await Map(company, null, new DateOnly(2026, 3, 3))).Nodes[0].Doi);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_process_tells_what_flowed_last_with_its_records(string database)
    {
        await using var company = await RuleTests.Completed(database);
        await company.Do(
            "evidence.add",
            new
            {
                title = "Branch protection",
                note = "All merges were reviewed.",
                controls = new[] { "A.8.4" },
                periodFrom = "2026-02-01",
                periodTo = "2026-03-01",
                validDays = 365,
            }
        );
        var view = await company.Run<ProcessRegister, OneProcess, ProcessView>(
            p => p.Get,
            new OneProcess { Ref = "control-operation" }
        );
        Assert.NotEmpty(view.Inputs);
        var flowed = view.Last.First(f => f.To == "monitoring");
        Assert.Equal(("control-operation", "Ada Acme", "evidences"), (flowed.From, flowed.By, flowed.What));
        Assert.Equal("EVD-1", flowed.Refs[0]);
        await Assert.ThrowsAsync<NotFound>(() => company.Do("processes.get", new { @ref = "gardening" }));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_period_in_the_future_or_the_wrong_way_round_is_refused(string database)
    {
        await using var company = await Company.Found(database);
        Assert.Equal(
            "to",
            (await Assert.ThrowsAsync<InputInvalid>(() => company.Do("processes.map", new { to = "2026-03-03" })))
                .Errors[0]
                .Field
        );
        Assert.Equal(
            "from",
            (
                await Assert.ThrowsAsync<InputInvalid>(() =>
                    company.Do("processes.map", new { from = "2026-03-02", to = "2026-03-01" })
                )
            )
                .Errors[0]
                .Field
        );
        await Assert.ThrowsAsync<InputInvalid>(() => company.Do("processes.map", new { to = "0001-01-01" }));
    }

    internal static Task<ProcessMapView> Map(Company company, DateOnly? from = null, DateOnly? to = null) =>
        company.Run<ProcessRegister, ChoosePeriod, ProcessMapView>(
            p => p.Map,
            new ChoosePeriod { From = from, To = to }
        );

    internal static InteractionView Between(ProcessMapView map, string from, string to) =>
        map.Interactions.Single(i => i.From == from && i.To == to);

    private static (int, FlowState) Shape(InteractionView interaction) => (interaction.Count, interaction.State);
}
