using Moat.Isms.Evidence;
using Moat.Isms.Evidence.Checks;
using Moat.Isms.Evidence.Counting;
using Moat.Isms.Evidence.Grades;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.Readiness;
using Moat.Knowledge;
using Moat.Knowledge.Checks;

namespace Moat.Tests;

/// <summary>
/// Checks: three outcomes of which unknown is never good, one's own beside the shipped ones, and how much of a period a
/// control was in force.
/// </summary>
public sealed class CheckTests
{
    private static readonly CreateCheck NoDemo = new()
    {
        Title = "Demo buckets are gone",
        Resource = "s3.bucket",
        Severity = "medium",
        Controls = ["A.8.10"],
        Reads = ["/name"],
        Schema = """{"properties":{"name":{"not":{"pattern":"^demo"}}}}""",
        Why = "Demo data stay for years.",
        Fix = "Delete it; **today**.",
    };

    public static TheoryData<string> Databases => [.. Company.Databases];

    [Fact]
    public void At_least_forty_five_checks_ship_and_every_collected_kind_has_some()
    {
        KnowledgeBase.Shipped.CheckTexts();
        Assert.True(KnowledgeBase.Shipped.Checks.Count >= 45);
        Assert.Empty(ResourceKind.Known.Keys.Except(KnowledgeBase.Shipped.Checks.Select(c => c.Resource)));
    }

    [Theory]
    [InlineData("""{"open":{"count":0}}""", CheckOutcome.Passing, "")]
    [InlineData("""{"open":{"count":3}}""", CheckOutcome.Failing, "open.count is 3")]
    [InlineData(
        """{"open":null,"unknown":{"open":"the feature is off"}}""",
        CheckOutcome.Unknown,
        "open.count is not known: the feature is off"
    )]
    [InlineData("""{"open":{"count":null}}""", CheckOutcome.Unknown, "open.count is not known")]
    [InlineData("""{}""", CheckOutcome.Unknown, "open.count is not known")]
    [InlineData("""{"archived":true}""", CheckOutcome.NotApplicable, "")]
    public void What_is_not_known_never_passes(string fact, CheckOutcome outcome, string detail)
    {
        var rule = new FactRule(
            """{"properties":{"open":{"properties":{"count":{"maximum":0}}}}}""",
            """{"properties":{"archived":{"enum":[false]}}}""",
            ["/open/count"]
        );
        Assert.Equal(new CheckFinding(outcome, detail), rule.Evaluate(new FactContent(fact)));
    }

    [Theory]
    [InlineData("""{"properties":{"a":{"const":1}}}""", null, "/a", "schema")]
    [InlineData("""{"if":{},"then":{}}""", null, "/a", "schema")]
    [InlineData("""{"properties":{"a":{"anyOf":[{"contains":{}}]}}}""", null, "/a", "schema")]
    [InlineData("""{"properties":{"a":{"maxItems":0}}}""", null, "/a", "schema")]
    [InlineData("""{"items":[{"$ref":"http://127.0.0.1:9/schema.json"}]}""", null, "/a", "schema")]
    [InlineData("""{"items":{"$ref":"http://127.0.0.1:9/schema.json"}}""", null, "/a", "schema")]
    [InlineData("""{"not":[{"$ref":"http://127.0.0.1:9/schema.json"}]}""", null, "/a", "schema")]
    [InlineData("""{"additionalProperties":[{"$ref":"file:///etc/passwd"}]}""", null, "/a", "schema")]
    [InlineData("""{"patternProperties":{"(a+)+$":{}}}""", null, "/a", "schema")]
    [InlineData("""{"properties":{"a":{"format":"a-format-of-nobody"}}}""", null, "/a", "schema")]
    [InlineData("""{"properties":{"a":{"pattern":"(?=a)b"}}}""", null, "/a", "schema")]
    [InlineData("""{"properties":{"a":{"pattern":"(a)\\1"}}}""", null, "/a", "schema")]
    [InlineData("""{"properties":{"a":{"pattern":"("}}}""", null, "/a", "schema")]
    [InlineData("""{"properties":{"a":{"pattern":5}}}""", null, "/a", "schema")]
    [InlineData("not json", null, "/a", "schema")]
    [InlineData("{}", "[]", "/a", "applies")]
    [InlineData("{}", null, "a", "reads")]
    public void A_rule_that_would_be_passed_over_is_refused(
        string schema,
        string? applies,
        string reads,
        string field
    ) => Assert.Equal(field, Assert.Throws<RuleInvalid>(() => new FactRule(schema, applies, [reads])).Field);

    [Fact]
    public void What_an_enumeration_or_a_title_holds_is_never_fetched()
    {
        var rule = new FactRule(
            """{"title":"t","properties":{"a":{"enum":[{"$ref":"http://127.0.0.1:9/schema.json"},1]}}}""",
            null,
            ["/a"]
        );
        Assert.Equal(CheckOutcome.Passing, rule.Evaluate(new FactContent("""{"a":1}""")).Outcome);
    }

    // Backtracking would try two to the power of the text's length ways.
    [Theory]
    [InlineData("^(a+)+$")]
    [InlineData("^(a|aa)+$")]
    [InlineData("(.*a){20}b")]
    public void A_pattern_comes_to_an_end_whatever_it_is_matched_against(string pattern)
    {
        var rule = new FactRule(
            $$$$"""{"properties":{"a":{"type":"string","pattern":"{{{{pattern}}}}"}}}""",
            null,
            ["/a"]
        );
        Assert.Equal(
            CheckOutcome.Failing,
            rule.Evaluate(new FactContent($$"""{"a":"{{new string('a', 5000)}}!"}""")).Outcome
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_check_of_ones_own_is_tried_saved_evaluated_excepted_and_retired(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        await FactTests.Tell(
            company,
            FactTests.Event(company, """{"name":"demo-2024"}""", name: "demo-2024"),
            FactTests.Event(company, """{"name":"weights"}""", name: "weights")
        );
        var trial = await company.Run<CheckProcess, CheckText, Trial>(
            p => p.Try,
            new CheckText
            {
                Resource = NoDemo.Resource,
                Schema = NoDemo.Schema,
                Reads = NoDemo.Reads,
            }
        );
        Assert.Equal((1, 1, 0), (trial.Passing, trial.Failing, trial.Unknown));
        Assert.Equal(
            "controls",
            (await Invalid(() => Create(company, NoDemo with { Controls = ["A.1.1"] }))).Errors[0].Field
        );
        Assert.Equal(
            "schema",
            (await Invalid(() => Create(company, NoDemo with { Schema = """{"const":1}""" }))).Errors[0].Field
        );

        var check = await Create(company, NoDemo);
        var view = await FactTests.Check(company, check.Ref);
        Assert.Equal(("demo-2024", CheckOutcome.Failing), (view.Resources[0].Name, view.Resources[0].Outcome));
        Assert.Contains("<strong>today</strong>", view.FixHtml, StringComparison.Ordinal);
        await FactTests.Tell(company, FactTests.Event(company, """{"name":"demo-old"}""", name: "demo-old"));
        Assert.Equal(2, (await FactTests.Check(company, check.Ref)).InForce.FailingNow);

        var owner = await company.Run<PeopleProcess, CreatePerson, Done>(
            p => p.Create,
            new CreatePerson { Name = "Olga Owner", Email = "olga@acme.test" }
        );
        var except = new ExceptCheck
        {
            Ref = check.Ref,
            Resource = view.Resources[0].Ref,
            Owner = owner.Ref,
            Reason = "The trade fair needs it",
            Until = new DateOnly(2026, 4, 1),
        };
        Assert.Equal(
            "until",
            (
                await Invalid(() =>
                    company.Run<CheckExceptions, ExceptCheck, Done>(
                        p => p.Except,
                        except with
                        {
                            Until = new DateOnly(2025, 1, 1),
                        }
                    )
                )
            )
                .Errors[0]
                .Field
        );
        await company.Run<CheckExceptions, ExceptCheck, Done>(p => p.Except, except);
        view = await FactTests.Check(company, check.Ref);
        Assert.Equal(
            (new AnsweredFailure("EXC-1", "Olga Owner", "The trade fair needs it", new DateOnly(2026, 4, 1)), 2),
            (view.Resources.First(r => r.Name == "demo-2024").Exception, view.InForce.FailingNow)
        );

        await company.Run<CheckProcess, RetireCheck, Done>(
            p => p.Retire,
            new RetireCheck { Ref = check.Ref, Reason = "They are all gone" }
        );
        Assert.Equal(0, (await FactTests.Check(company, check.Ref)).InForce.Watched);
        Assert.DoesNotContain(
            await company.Run<CheckProcess, ListChecks, IReadOnlyList<CheckRow>>(p => p.List, new ListChecks()),
            c => c.Id == check.Ref
        );
    }

    [Fact]
    public async Task A_check_that_an_upgrade_brings_is_evaluated_over_the_facts_that_are_there()
    {
        await using var company = await Company.Found("sqlite");
        await FactTests.Tell(company, FactTests.Event(company, """{"name":"acme-weights","publicByPolicy":true}"""));
        Task<Tally> Round() => company.Run<CheckRenewal, Nothing, Tally>(p => p.Renew, new Nothing());
        Assert.Equal(KnowledgeBase.Shipped.Checks.Count, (await Round()).Count);
        Assert.Equal(0, (await Round()).Count);
        // As an older version leaves it, which did not know this check.
        await WriteTests.Sql(company, "DELETE FROM check_interval WHERE \"check\" = 's3-no-public-policy'");
        await WriteTests.Sql(company, "DELETE FROM evaluated_check WHERE \"check\" = 's3-no-public-policy'");
        Assert.Empty((await FactTests.Check(company, "s3-no-public-policy")).Resources);
        Assert.Equal(1, (await Round()).Count);
        Assert.Equal(
            CheckOutcome.Failing,
            Assert.Single((await FactTests.Check(company, "s3-no-public-policy")).Resources).Outcome
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_check_comes_from_a_file_like_the_shipped_ones(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        const string text =
            "---\nid: acme-own\ntitle: \"Tenants are apart\"\nresource: acme.tenant\nseverity: high\ncontrols: [A.8.22]\nreads: [\"/isolated\"]\nschema: '{\"properties\":{\"isolated\":{\"enum\":[true]}}}'\nwhy: \"GPU memory is shared.\"\n---\nMove the tenant to a node of its own.\n";
        await company.Do(
            "checks.import",
            new
            {
                file = new
                {
                    name = "acme-own.md",
                    content = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text)),
                },
            }
        );
        await FactTests.Tell(company, FactTests.Event(company, """{"isolated":false}""", type: "acme.tenant"));
        Assert.Equal(1, (await FactTests.Check(company, "CHK-1")).InForce.FailingNow);
        foreach (
            var wrong in new[]
            {
                "no front matter",
                text.Replace("severity: high", "severity: awful", StringComparison.Ordinal),
                text.Replace("why:", "because:", StringComparison.Ordinal),
            }
        )
            await Invalid(() =>
                company.Do(
                    "checks.import",
                    new
                    {
                        file = new
                        {
                            name = "x.md",
                            content = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(wrong)),
                        },
                    }
                )
            );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task How_much_of_a_period_a_control_was_in_force_is_a_query(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        async Task Told(string data) => await FactTests.Tell(company, FactTests.Event(company, data));
        const string good = """{"publicByPolicy":false,"publicByAcl":false}""",
            bad = """{"publicByPolicy":true,"publicByAcl":false}""";
        await Told(good);
        for (var day = 0; day < 40; day++)
        {
            company.Clock.Advance(TimeSpan.FromDays(1));
            // Open for exactly four of forty days.
            await Told(day is >= 9 and < 13 ? bad : good);
        }
        var check = (await FactTests.Check(company, "s3-no-public-policy")).InForce;
        Assert.Equal((36 * 24, 4 * 24, 0), (check.PassingHours, check.FailingHours, check.UnknownHours));
        Assert.Equal("90 %", check.Percent);
        var control = await company.Run<ControlWatch, WatchControl, ControlWatched>(
            p => p.Control,
            new WatchControl { Ref = "A.5.15", Days = 20 }
        );
        Assert.Equal(("100 %", 0), (control.InForce.Percent, control.InForce.FailingNow));
        Assert.Empty(control.NotPassing);
        var access = await company.Run<ControlWatch, WatchControl, ControlWatched>(
            p => p.Control,
            new WatchControl { Ref = "A.8.3" }
        );
        Assert.Equal(CheckOutcome.Unknown, Assert.Single(access.NotPassing).Resource.Outcome);
        Assert.True(access.InForce.Share < 0.7);
    }

    [Theory]
    [InlineData(0.9996, "99.9 %")]
    [InlineData(1.0, "100 %")]
    [InlineData(0.994, "99.4 %")]
    [InlineData(0.0, "0 %")]
    public void Nearly_all_is_never_rounded_to_all(double share, string text) =>
        Assert.Equal(text, new InForce(default, default, share, 1, 1, 0, 0, 0, 1).Percent);

    [Theory, MemberData(nameof(Databases))]
    public async Task Evidence_that_ends_is_asked_for_and_what_is_watched_counts_as_fresh(string database)
    {
        await using var company = await RuleTests.Completed(database);
        await company.Run<EvidenceProcess, AddEvidence, Done>(
            p => p.Add,
            new AddEvidence
            {
                Title = "Restore test",
                Controls = ["A.8.13"],
                PeriodFrom = new(2026, 2, 1),
                PeriodTo = new(2026, 2, 28),
                ValidDays = 30,
                As = EvidenceForm.Record,
                File = new GivenFile
                {
                    Name = "restore.txt",
                    Content = "Restored 14.2 GB in 40 minutes, checksums equal."u8.ToArray(),
                },
            }
        );
        async Task<Freshness> Of(string control) =>
            (await company.Run<EvidenceFreshness, Nothing, IReadOnlyList<ControlEvidence>>(p => p.List, new Nothing()))
                .Single(c => c.Control == control)
                .Freshness;
        Assert.Equal((Freshness.Current, Freshness.Missing), (await Of("A.8.13"), await Of("A.8.24")));
        company.Clock.Advance(TimeSpan.FromDays(20));
        Assert.Equal(Freshness.Expiring, await Of("A.8.13"));
        Assert.Equal(
            1,
            (await company.Run<EvidenceFreshness, Nothing, Tally>(p => p.KeepCurrent, new Nothing())).Count
        );
        company.Clock.Advance(TimeSpan.FromDays(20));
        Assert.Equal(Freshness.Stale, await Of("A.8.13"));
        await FactTests.Tell(company, FactTests.Event(company, """{"versioning":"Enabled","encryption":"AES256"}"""));
        Assert.Equal((Freshness.Current, Freshness.Missing), (await Of("A.8.13"), await Of("A.8.24")));
        var readiness = await company.Run<ReadinessProcess, ShowReadiness, ReadinessView>(
            p => p.List,
            new ShowReadiness()
        );
        var standing = await company.Run<ControlStandingProcess, OneRecord, ControlStanding>(
            p => p.Show,
            new OneRecord { Ref = "A.8.13" }
        );
        Assert.Contains(
            standing.Kinds,
            k => k is { Kind: "fact", State: KindState.There, Grade: EvidenceGrade.Collected }
        );
        Assert.False(
            readiness.Requirements.Single(r => r.Id == "A.8.24").Rules.Single(r => r.Rule == "control-in-force").Holds
        );
    }

    private static Task<Done> Create(Company company, CreateCheck check) =>
        company.Run<CheckProcess, CreateCheck, Done>(p => p.Create, check);

    private static Task<InputInvalid> Invalid(Func<Task> act) => Assert.ThrowsAsync<InputInvalid>(act);
}
