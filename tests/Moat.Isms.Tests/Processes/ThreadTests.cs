using Moat.Isms.Kernel;
using Moat.Isms.Processes;
using Moat.Isms.Processes.Threads;
using Moat.Isms.Risks;
using Moat.Reports.Maps;

namespace Moat.Tests;

/// <summary>
/// The thread of a record: what it came from and what came of it, in the order of time, over links and parts of
/// records.
/// </summary>
public sealed class ThreadTests
{
    public static TheoryData<string> Databases => [.. Company.Databases];

    [Fact]
    public void Every_meaning_of_a_link_has_a_direction_and_words_from_both_ends() =>
        Assert.All(
            LinkTypes.All,
            t =>
            {
                Assert.NotEmpty(LinkWords.Says(t, true));
                Assert.NotEqual(LinkWords.Says(t, true), LinkWords.Says(t, false));
                Assert.True(LinkWords.Turn(t) != LinkTurn.Structure || LinkTypes.BetweenAssets.Contains(t), t);
            }
        );

    [Theory, MemberData(nameof(Databases))]
    public async Task It_runs_from_an_incident_to_what_changed_and_back_again(string database)
    {
        await using var company = await RuleTests.Completed(database);
        await Incident(company);
        Tick(company);
        await company.Do(
            "evidence.add",
            new
            {
                title = "Tokens live an hour",
                note = "Seen in the settings.",
                controls = new[] { "A.5.17" },
                periodFrom = "2026-02-01",
                periodTo = "2026-03-01",
                validDays = 365,
            }
        );
        var down = await Walk(company, "INC-1");
        Assert.Contains(
            down.Steps,
            s => s is { Ref: "LES-1", Distance: 1, Says: "lesson of", Next: "INC-1", By: "Ada Acme" }
        );
        Assert.Contains(down.Steps, s => s is { Ref: "NC-1", Distance: 1, Says: "caused by" });
        Assert.Contains(down.Steps, s => s is { Ref: "RISK-1", Distance: 1, Says: "learned from" });
        Assert.Contains(down.Steps, s => s.Ref.StartsWith("TASK-", StringComparison.Ordinal) && s.Next == "NC-1");
        Assert.Equal("incidents.review", down.Steps.Single(s => s.Ref == "LES-1").What);
        Assert.Equal(down.Steps.OrderBy(s => s.At).Select(s => s.At), down.Steps.Select(s => s.At));
        var up = await Walk(company, "LES-1");
        Assert.Contains(up.Steps, s => s is { Ref: "INC-1", Distance: -1 });
        Assert.Contains(up.Edges, e => e is { Earlier: "INC-1", Later: "LES-1", Says: "lesson of" });
        Assert.DoesNotContain(up.Steps, s => s.Ref == "NC-1");
        var got = (ThreadView)await company.Do("thread.get", new { @ref = "LES-1" });
        Assert.Equal(up.Steps.Select(s => s.Ref), got.Walk!.Steps.Select(s => s.Ref));
        Assert.Null(((ThreadView)await company.Do("thread.get", new { @ref = "LES-1", walk = false })).Walk);
        await Assert.ThrowsAsync<NotFound>(() => company.Do("thread.walk", new { @ref = "INC-99" }));
        var svg = System.Xml.Linq.XDocument.Parse(
            ThreadDrawing.Draw(FoldedThread.Of(down), s => $"/acme/x?a=1&b={s.Ref}", b => $"/acme/x#{b.Anchor}")
        );
        Assert.Contains(svg.Descendants(), e => e.Name.LocalName == "text" && e.Value == "LES-1");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_was_there_before_did_not_come_of_it(string database)
    {
        await using var company = await RuleTests.Completed(database);
        var treated = await company.Read(db =>
            Task.FromResult(
                db.Links.First(l =>
                    l.Type == LinkTypes.Treats && db.Set<Risk>().Any(r => r.Id == l.ToId && r.Number == 1)
                )
            )
        );
        await company.Do(
            "evidence.add",
            new
            {
                title = "Long before",
                note = "Seen in the settings.",
                controls = new[] { "A.8.4" },
                periodFrom = "2026-02-01",
                periodTo = "2026-03-01",
                validDays = 365,
            }
        );
        company.Clock.Advance(TimeSpan.FromDays(30));
        await Incident(company);
        var walk = await Walk(company, "INC-1");
        Assert.Contains(walk.Steps, s => s.Ref == "RISK-1");
        Assert.DoesNotContain(
            walk.Steps,
            s => s.Ref.StartsWith("CTL-", StringComparison.Ordinal) || s.Title == "Long before"
        );
        var fromRisk = await Walk(company, "RISK-1");
        Assert.Contains(fromRisk.Steps, s => s.Ref.StartsWith("CTL-", StringComparison.Ordinal));
        Assert.Contains(fromRisk.Steps, s => s is { Ref: "INC-1", Distance: -1 });
        var control = await company.Read(db =>
            Task.FromResult(db.Set<Moat.Isms.Controls.Control>().First(c => c.Id == treated.FromId).Ref)
        );
        // The control treated the risk before the incident, which therefore is no reason for it.
        Assert.Contains((await Walk(company, control)).Steps, s => s.Ref == "RISK-1");
        Assert.DoesNotContain((await Walk(company, control)).Steps, s => s.Ref == "INC-1");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_version_its_confirmations_and_their_tasks_belong_to_the_thread_of_a_document(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        var (_, _, document) = await DocumentTests.InForce(company);
        var walk = await Walk(company, document);
        Assert.Contains(walk.Steps, s => s is { Distance: 1, Says: "version of", Process: "documents" });
        Assert.Equal(3, walk.Steps.Count(s => s is { Distance: 2, Says: "asks to confirm" }));
        Assert.Equal(3, walk.Steps.Count(s => s is { Distance: 3, Says: "task for" }));
        var task = walk.Steps.First(s => s is { Distance: 3, Says: "task for" }).Ref;
        Assert.Equal([-3, -2, -1, 0], (await Walk(company, task)).Steps.Select(s => s.Distance).Order());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_circle_ends_and_nothing_is_told_twice(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        var refs = new List<string>();
        for (var i = 0; i < 4; i++)
            refs.Add(await AbsenceRisk(company, i));
        for (var i = 0; i < 4; i++)
            await company.Do(
                "thread.connect",
                new
                {
                    from = refs[i],
                    type = "learned-from",
                    to = refs[(i + 1) % 4],
                }
            );
        var walk = await Walk(company, refs[0]);
        Assert.Equal(walk.Steps.Count, walk.Steps.Select(s => s.Ref).Distinct().Count());
        Assert.Superset(refs.ToHashSet(), walk.Steps.Select(s => s.Ref).ToHashSet());
        Assert.False(walk.More);
    }

    [Fact]
    public void What_may_be_tied_by_hand_names_kinds_and_meanings_that_exist() =>
        Assert.All(
            Moat.Knowledge.KnowledgeBase.Shipped.HandTies,
            t =>
            {
                Assert.Contains(t.Type, LinkTypes.All);
                Assert.All(t.From.Concat(t.To), k => Assert.True(RecordKind.All.ContainsKey(k), k));
                Assert.EndsWith(".", t.Says, StringComparison.Ordinal);
            }
        );

    [Theory, MemberData(nameof(Databases))]
    public async Task A_pair_that_means_nothing_is_refused_with_what_could_be_said(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        var risk = await AbsenceRisk(company, 0);
        var broken = await Assert.ThrowsAsync<RuleBroken>(() =>
            company.Do(
                "thread.connect",
                new
                {
                    from = risk,
                    type = "learned-from",
                    to = "PER-1",
                }
            )
        );
        Assert.Equal("thread.connect.pair", broken.RuleId);
        Assert.Contains("RISK learned from: ACT, BOM, CHG", broken.Message, StringComparison.Ordinal);
        Assert.Contains("not tied by hand", broken.Message, StringComparison.Ordinal);
        var from = await Assert.ThrowsAsync<RuleBroken>(() =>
            company.Do(
                "thread.connect",
                new
                {
                    from = "PER-1",
                    type = "serves",
                    to = risk,
                }
            )
        );
        Assert.Contains(
            "Nothing starts with PER there; what serves something is TASK.",
            from.Message,
            StringComparison.Ordinal
        );
        Assert.Equal("type", (
                await Assert.ThrowsAsync<InputInvalid>(() =>
                    company.Do(
                        "thread.connect",
                        new
                        {
                            from = risk,
                            type = "evidences",
                            to = "PER-1",
                        }
                    )
                )
            ).Errors[0].Field);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_somebody_tied_by_hand_is_told_as_their_claim_and_what_an_operation_connected_is_not(
        string database
    )
    {
        await using var company = await RuleTests.Completed(database);
        await Incident(company);
        var risk = await AbsenceRisk(company, 0);
        Tick(company);
        await company.Do(
            "thread.connect",
            new
            {
                from = risk,
                type = "learned-from",
                to = "INC-1",
            }
        );
        var links = ((ThreadView)await company.Do("thread.get", new { @ref = "INC-1" })).Links;
        Assert.Equal("Ada Acme", links.Single(l => l.Ref == risk).ClaimedBy);
        Assert.Null(links.Single(l => l.Ref == "RISK-1").ClaimedBy);
        var walk = await Walk(company, "INC-1");
        Assert.Equal("Ada Acme", walk.Steps.Single(s => s.Ref == risk).ClaimedBy);
        Assert.Null(walk.Steps.Single(s => s.Ref == "RISK-1").ClaimedBy);
        Assert.Equal(
            Link.ByHand,
            await company.Read(db =>
                Task.FromResult(db.Links.Single(l => l.Source != null && l.Type == LinkTypes.LearnedFrom).Source)
            )
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_hub_with_very_many_links_is_cut_and_says_so(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        var hub = await AbsenceRisk(company, 0);
        // One operation that is refused for want of time would prove nothing, so the hub is a control with many pieces
        // of evidence.
        for (var i = 0; i < 60; i++)
            await company.Do(
                "evidence.add",
                new
                {
                    title = $"Merge {i}",
                    note = "Reviewed by two.",
                    controls = new[] { "A.8.4" },
                    periodFrom = "2026-02-01",
                    periodTo = "2026-03-01",
                    validDays = 365,
                }
            );
        var control = await company.Read(db =>
            Task.FromResult(db.Set<Moat.Isms.Controls.Control>().First(c => c.Code == "A.8.4").Ref)
        );
        var walk = await Walk(company, control);
        Assert.True(walk.More);
        Assert.Equal(40, walk.Steps.Count(s => s.Ref.StartsWith("EVD-", StringComparison.Ordinal)));
        Assert.True(walk.Steps.Count <= ThreadWalker.MostRecords);
        Assert.False((await Walk(company, hub)).More);
    }

    private static async Task Incident(Company company)
    {
        await IncidentTests.Open(company);
        Tick(company);
        await IncidentTests.Assess(company);
        await IncidentTests.Recover(company);
        Tick(company);
        await IncidentTests.Review(company);
    }

    private static void Tick(Company company) => company.Clock.Advance(TimeSpan.FromHours(1));

    private static async Task<string> AbsenceRisk(Company company, int number) =>
        (
            (Done)
                await company.Do(
                    "risks.create",
                    new
                    {
                        title = $"Risk of the circle {number}",
                        cause = "Something happens",
                        consequence = "Something breaks",
                    }
                )
        ).Ref;

    private static Task<ThreadWalk> Walk(Company company, string reference) =>
        company.Run<ThreadProcess, OneRecord, ThreadWalk>(p => p.Walk, new OneRecord { Ref = reference });
}
