using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Moat.Isms.Evidence.Counting;
using Moat.Isms.Evidence.Grades;
using Moat.Isms.Kernel;
using Moat.Isms.StatementOfApplicability;
using Moat.Knowledge;

namespace Moat.Tests;

/// <summary>
/// A control is claimed, shown or shown over time, by what counts for a kind of evidence that it names.
/// </summary>
public sealed class ControlCountingTests
{
    private const string Backups = "A.8.13";

    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task A_claim_by_a_program_is_answered_by_nobody_and_a_claim_without_evidence_is_only_a_claim(
        string database
    )
    {
        await using var company = await RuleTests.Completed(database);
        Assert.Equal(ControlState.NotClaimed, (await Of(company, Backups)).State);
        var program = company.Owner with { Role = Role.ControlOwner, PersonId = null, Door = "rest" };
        await Claim(company, Backups, program);
        Assert.Contains(
            "A program called it implemented",
            (await Of(company, Backups)).Because,
            StringComparison.Ordinal
        );
        await Claim(company, Backups, company.Owner);
        var claimed = await Of(company, Backups);
        Assert.Equal(
            (ControlState.Claimed, "Claimed, not shown: there is no evidence of a kind that it names"),
            (claimed.State, claimed.Because)
        );
        Assert.All(claimed.Kinds, k => Assert.Equal(KindState.Missing, k.State));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_note_shows_nothing_a_file_shows_today_and_files_of_months_show_over_time(string database)
    {
        await using var company = await RuleTests.Completed(database);
        await Claim(company, Backups, company.Owner);
        await company.Do(
            "evidence.add",
            new
            {
                title = "Somebody looked",
                note = "Backups are fine, as far as anybody can tell from here.",
                controls = new[] { Backups },
                periodFrom = Day(company, -30),
                periodTo = Day(company, -1),
                validDays = 730,
            }
        );
        Assert.Equal(ControlState.Claimed, (await Of(company, Backups)).State);
        await AddRestore(company);
        var shown = await Of(company, Backups);
        Assert.Equal(ControlState.Shown, shown.State);
        Assert.Contains("Operating for", shown.Because, StringComparison.Ordinal);
        Assert.Equal(DateOnly.FromDateTime(company.Clock.GetUtcNow().UtcDateTime).AddDays(183), shown.HoldsOn);
        for (var month = 0; month < 7; month++)
        {
            company.Clock.Advance(TimeSpan.FromDays(30));
            await AddRestore(company);
        }
        Assert.Equal(ControlState.ShownOverTime, (await Of(company, Backups)).State);
        company.Clock.Advance(TimeSpan.FromDays(120));
        await AddRestore(company, "A.8.20");
        Assert.Contains("is too old", (await Of(company, Backups)).Because, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Twelve_files_entered_on_one_evening_show_one_day(string database)
    {
        await using var company = await RuleTests.Completed(database);
        await Claim(company, Backups, company.Owner);
        for (var month = 12; month > 0; month--)
            await AddRestore(company, daysAgo: 30 * month - 29);
        var standing = await Of(company, Backups);
        Assert.Equal(ControlState.Shown, standing.State);
        Assert.Equal(1, standing.Kinds.Single(k => k.State == KindState.There).ObservedDays(Day(company, 0)));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Moats_own_records_count_when_they_are_substantial(string database)
    {
        await using var company = await RuleTests.Completed(database);
        await company.Do("incidents.report", new { text = "x x x" });
        Assert.Contains(
            "says nothing of what was noticed",
            (await Of(company, "A.6.8")).Kinds[0].Note,
            StringComparison.Ordinal
        );
        await company.Do("incidents.report", new { text = "The badge of a visitor lies on the stairs" });
        Assert.Equal(
            (KindState.There, EvidenceGrade.Collected),
            ((await Of(company, "A.6.8")).Kinds[0].State, (await Of(company, "A.6.8")).Kinds[0].Grade)
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Publishing_says_how_many_controls_are_only_claimed_and_prints_which(string database)
    {
        await using var company = await RuleTests.Completed(database);
        await Claim(company, Backups, company.Owner);
        var manager = await company.As(Role.IsmsManager, "Mia Manager");
        var refused = await Assert.ThrowsAsync<RuleBroken>(() =>
            company.Do("soa.publish", new { changeNote = "The first version" }, manager)
        );
        Assert.Equal(("soa.publish.claims", Backups), (refused.RuleId, Assert.Single(refused.Details).Field));
        await company.Do("soa.publish", new { changeNote = "The first version", confirmClaims = true }, manager);
        var rows = ((SoaView)await company.Do("soa.get", new { @ref = "SOA-1" })).Rows;
        Assert.Equal(ControlState.Claimed, rows.Single(r => r.Code == Backups).Shown);
        Assert.Equal(ControlState.NotClaimed, rows.Single(r => r.Code == "A.8.20").Shown);
    }

    [Fact]
    public async Task Every_source_of_own_records_is_named_by_a_control_and_every_named_source_exists()
    {
        await using var company = await Company.Found("sqlite");
        await using var scope = company.Scope(company.Owner);
        var sources = scope.ServiceProvider.GetServices<IOwnRecords>().ToList();
        var named = KnowledgeBase
            .Shipped.Controls.SelectMany(c => c.Records.Select(r => (c.Id, r.Source, r.Shows, c.Evidence.Count)))
            .ToList();
        Assert.Equal(
            sources.Select(s => s.Source).Order(StringComparer.Ordinal),
            named.Select(n => n.Source).Distinct().Order(StringComparer.Ordinal)
        );
        Assert.All(named, n => Assert.InRange(n.Shows, 1, n.Count));
        Assert.All(sources, s => Assert.EndsWith(".", s.CountsWhen, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_document_says_which_records_of_moat_show_which_controls()
    {
        await using var company = await Company.Found("sqlite");
        await using var scope = company.Scope(company.Owner);
        var text = new StringBuilder("\n\n| Records | Count when | Show |\n|---|---|---|\n");
        foreach (
            var source in scope
                .ServiceProvider.GetServices<IOwnRecords>()
                .OrderBy(s => s.Source, StringComparer.Ordinal)
        )
        {
            var shown = KnowledgeBase
                .Shipped.Controls.Where(c => c.Records.Any(r => r.Source == source.Source))
                .OrderBy(c => c.Order)
                .Select(c => c.Id);
            text.Append(
                CultureInfo.InvariantCulture,
                $"| `{source.Source}` | {source.CountsWhen} | {string.Join(", ", shown)} |\n"
            );
        }
        WrittenTable.Check(
            "readiness.md",
            "<!-- own records: written by the test of this table -->",
            "<!-- end of own records -->",
            text.Append('\n').ToString()
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_a_sender_dates_back_counts_from_its_arrival(string database)
    {
        await using var company = await RuleTests.Completed(database);
        await Claim(company, "A.8.16", company.Owner);
        await FactTests.Tell(
            company,
            FactTests.Event(company, """{"up":true}""", minutes: -330 * 24 * 60, type: "prometheus.target"),
            FactTests.Event(company, """{"up":true}""", type: "prometheus.target")
        );
        var young = await Of(company, "A.8.16");
        Assert.Equal(ControlState.Shown, young.State);
        Assert.Contains("Operating for 7 of 90 days", young.Because, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_check_that_a_program_wrote_shows_nothing_and_one_of_a_person_shows_controls_that_ask_for_facts(
        string database
    )
    {
        await using var company = await RuleTests.Completed(database);
        foreach (var code in new[] { "A.5.2", "A.8.16" })
            await Claim(company, code, company.Owner);
        await FactTests.Tell(company, FactTests.Event(company, """{"ok":true}""", type: "my.thing"));
        object check = new
        {
            title = "All is well",
            resource = "my.thing",
            schema = "{}",
            reads = new[] { "/ok" },
            severity = "low",
            controls = new[] { "A.5.2", "A.8.16" },
            why = "Because somebody said so.",
            fix = "Nothing to mend here.",
        };
        await company.Do("checks.create", check, company.Owner with { PersonId = null, Door = "rest" });
        Assert.Equal(
            (ControlState.Claimed, ControlState.Claimed),
            ((await Of(company, "A.5.2")).State, (await Of(company, "A.8.16")).State)
        );
        await company.Do("checks.create", check);
        Assert.Equal(
            (ControlState.Claimed, ControlState.Shown),
            ((await Of(company, "A.5.2")).State, (await Of(company, "A.8.16")).State)
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_record_that_a_program_points_at_shows_nothing_and_no_file_stands_as_a_fact(string database)
    {
        await using var company = await RuleTests.Completed(database);
        await Claim(company, "A.8.34", company.Owner);
        object record = new
        {
            title = "A plan for tests",
            record = "RISK-1",
            controls = new[] { "A.8.34" },
            periodFrom = Day(company, -9),
            periodTo = Day(company, -1),
        };
        await company.Do("evidence.add", record, company.Owner with { PersonId = null, Door = "rest" });
        Assert.Equal(ControlState.Claimed, (await Of(company, "A.8.34")).State);
        // The command line acts in a person's name and is no person either.
        await company.Do("evidence.add", record, company.Owner with { Door = "cli" });
        Assert.Equal(ControlState.Claimed, (await Of(company, "A.8.34")).State);
        var file = new
        {
            title = "Words",
            file = new
            {
                name = "words.txt",
                content = Convert.ToBase64String(
                    Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("all is well ", 40)))
                ),
            },
            @as = "fact",
            controls = new[] { "A.8.6" },
            periodFrom = Day(company, -9),
            periodTo = Day(company, -1),
        };
        Assert.Equal(
            "as",
            (await Assert.ThrowsAsync<InputInvalid>(() => company.Do("evidence.add", file))).Errors[0].Field
        );
    }

    private static async Task<ControlStanding> Of(Company company, string code) =>
        (ControlStanding)await company.Do("controls.show", new { @ref = code });

    private static Task<object> Claim(Company company, string code, Caller by) =>
        company.Do(
            "controls.edit",
            new
            {
                @ref = code,
                implementation = "implemented",
                howDone = "Every night each bucket is copied to the second region and restored once a month.",
            },
            by
        );

    private static Task<object> AddRestore(Company company, string control = Backups, int daysAgo = 1) =>
        company.Do(
            "evidence.add",
            new
            {
                title = "Restore of a model release",
                @as = "record",
                controls = new[] { control },
                periodFrom = Day(company, -daysAgo - 5),
                periodTo = Day(company, -daysAgo),
                file = new
                {
                    name = "restore.txt",
                    content = Convert.ToBase64String("Restored 14.2 GB in 38 minutes, checksums equal."u8.ToArray()),
                },
            }
        );

    private static DateOnly Day(Company company, int days) =>
        DateOnly.FromDateTime(company.Clock.GetUtcNow().UtcDateTime).AddDays(days);
}
