using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Moat.Isms.Evidence;
using Moat.Isms.Evidence.Grades;
using Moat.Isms.Evidence.Reports;
using Moat.Isms.Kernel;
using Moat.Knowledge.Checks;

namespace Moat.Tests;

/// <summary>
/// What pipelines report: SARIF, JUnit XML, Great Expectations, CycloneDX, in-toto; read leniently, and never better
/// than it is.
/// </summary>
public sealed class ReportTests
{
    private const string Sarif = """
        {"version":"2.1.0","runs":[{"tool":{"driver":{"name":"bandit","rules":[{"id":"B301","defaultConfiguration":{"level":"error"}}]}},
         "invocations":[{"executionSuccessful":true}],
         "results":[{"ruleId":"B301","message":{"text":"pickle"}},{"ruleId":"B1","level":"note","message":{"text":"n"}},{"ruleId":"B2","message":{"text":"w"}},
          {"ruleId":"B3","level":"error","suppressions":[{"kind":"inSource"}],"message":{"text":"s"}},{"ruleId":"B4","kind":"pass","message":{"text":"p"}},
          {"ruleId":"B5","level":"error","baselineState":"absent","message":{"text":"a"}}]}]}
        """;

    private const string JUnit = """
        <testsuites name="triage"><testsuite name="a" tests="99"><testcase name="one"/><testcase name="two"><failure message="x"/></testcase>
        <testcase name="three"><skipped/></testcase></testsuite><testsuite name="b"><testcase name="four"><error/></testcase></testsuite></testsuites>
        """;

    private const string Expectations = """
        {"success":false,"statistics":{"evaluated_expectations":3,"unsuccessful_expectations":1,"success_percent":null},"meta":{"expectation_suite_name":"notes","data_asset_name":"notes-2026-02"},
         "results":[{"success":true,"expectation_config":{"expectation_type":"expect_column_to_exist","kwargs":{}}},{"success":false,"expectation_config":{"type":"expect_label_share","kwargs":{"column":"label"}}},
          {"success":true,"exception_info":{"raised_exception":true},"expectation_config":{"type":"x"}}]}
        """;

    public static TheoryData<string> Databases => [.. Company.Databases];

    [Fact]
    public void A_scan_counts_what_is_open_and_tells_suppressed_findings_apart()
    {
        var report = Read(Sarif);
        Assert.Equal("sarif.scan", report.Kind);
        Assert.Equal(
            """{"tool":"bandit","runs":1,"succeeded":true,"suppressed":1,"rules":["B1","B2","B301"],"severe":0,"errors":1,"warnings":1,"notes":1}""",
            report.Facts[0].Content.ToJsonString()
        );
    }

    [Fact]
    public void A_report_in_utf_16_is_told_that_it_is_not_utf_8()
    {
        foreach (var encoding in new[] { Encoding.Unicode, Encoding.BigEndianUnicode })
        foreach (
            var content in new[]
            {
                encoding.GetBytes(Sarif),
                (byte[])[.. encoding.Preamble, .. encoding.GetBytes(Sarif)],
            }
        )
            Assert.Contains(
                "not UTF-8",
                Assert.Throws<InputInvalid>(() => ReportReader.Read(content)).Errors[0].Message,
                StringComparison.Ordinal
            );
    }

    [Theory]
    [InlineData(
        """{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}},"invocations":[{"executionSuccessful":false}]}]}""",
        CheckOutcome.Failing,
        CheckOutcome.Unknown
    )]
    [InlineData(
        """{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}},"invocations":[{"executionSuccessful":false}],"results":[{"level":"error","ruleId":"a"}]}]}""",
        CheckOutcome.Failing,
        CheckOutcome.Failing
    )]
    [InlineData("""{"version":"2.1.0","runs":[]}""", CheckOutcome.Unknown, CheckOutcome.Unknown)]
    [InlineData(
        """{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"crashed"}}}]}""",
        CheckOutcome.Unknown,
        CheckOutcome.Unknown
    )]
    [InlineData(
        """{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}},"results":[]},{"tool":{"driver":{"name":"crashed"}}}]}""",
        CheckOutcome.Unknown,
        CheckOutcome.Unknown
    )]
    [InlineData(
        """{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}},"invocations":[{}]}]}""",
        CheckOutcome.Unknown,
        CheckOutcome.Unknown
    )]
    [InlineData(
        """{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}},"results":[]}]}""",
        CheckOutcome.Unknown,
        CheckOutcome.Passing
    )]
    [InlineData(
        """{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}},"invocations":[{"executionSuccessful":true}],"results":[]}]}""",
        CheckOutcome.Passing,
        CheckOutcome.Passing
    )]
    public void A_scan_that_crashed_or_never_ran_is_no_clean_scan(string sarif, CheckOutcome worked, CheckOutcome clean)
    {
        var fact = new FactContent(Read(sarif).Facts[0].Content.ToJsonString());
        CheckOutcome Of(string check) => Knowledge.KnowledgeBase.Shipped.CheckById[check].Rule.Evaluate(fact).Outcome;
        Assert.Equal((worked, clean), (Of("scan-worked"), Of("scan-no-errors")));
    }

    [Theory]
    [InlineData("<testsuite name=\"none\"/>", CheckOutcome.Failing)]
    [InlineData("<testsuite name=\"one\"><testcase name=\"a\"/></testsuite>", CheckOutcome.Passing)]
    public void A_run_without_a_test_skipped_all_of_them(string junit, CheckOutcome outcome) =>
        Assert.Equal(
            outcome,
            Knowledge
                .KnowledgeBase.Shipped.CheckById["tests-not-skipped"]
                .Rule.Evaluate(new FactContent(Read(junit).Facts[0].Content.ToJsonString()))
                .Outcome
        );

    [Theory, MemberData(nameof(Databases))]
    public async Task A_report_is_about_the_period_and_the_population_that_its_sender_states(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        Task<ReportTaken> Take(ReportEvidence input) =>
            company.Run<ReportEvidenceProcess, ReportEvidence, ReportTaken>(p => p.Report, input);
        var file = new GivenFile { Name = "scan.sarif", Content = Encoding.UTF8.GetBytes(Sarif) };
        await Take(new ReportEvidence { File = file, Subject = "main" });
        var (from, to) = (new DateOnly(2026, 1, 1), new DateOnly(2026, 1, 31));
        await Take(
            new ReportEvidence
            {
                File = file,
                Subject = "january",
                Title = "Scans of January",
                PeriodFrom = from,
                PeriodTo = to,
                Population = "all 14 repositories",
                Complete = true,
                Clauses = ["9.1"],
            }
        );
        var rows = (
            await company.Run<EvidenceProcess, ListEvidence, Page<EvidenceRow>>(p => p.List, new ListEvidence())
        )
            .Items.OrderBy(r => r.Ref)
            .ToList();
        Assert.Equal(("SARIF 2.1.0, 1 scan", null), (rows[0].Population, rows[0].Complete));
        Assert.Equal(
            ("Scans of January", from, to, "all 14 repositories", true),
            (rows[1].Title, rows[1].PeriodFrom, rows[1].PeriodTo, rows[1].Population, rows[1].Complete)
        );
        Assert.Equal(to, DateOnly.FromDateTime((await FactTests.Resource(company, "RES-2")).ObservedAt));
        Assert.Equal("periodTo", (
                await Assert.ThrowsAsync<InputInvalid>(() =>
                    Take(
                        new ReportEvidence
                        {
                            File = file,
                            Subject = "main",
                            PeriodFrom = to,
                            PeriodTo = from,
                        }
                    )
                )
            ).Errors[0].Field);
    }

    [Fact]
    public void A_test_run_is_counted_by_its_cases_and_not_by_what_it_says_of_itself()
    {
        var fact = Read(JUnit).Facts[0].Content;
        Assert.Equal(
            "4 1 1 1 1",
            $"{fact["tests"]} {fact["passed"]} {fact["failures"]} {fact["errors"]} {fact["skipped"]}"
        );
        Assert.Equal("""["two","four"]""", fact["failing"]!.ToJsonString());
    }

    [Fact]
    public void A_validation_knows_both_spellings_and_a_percentage_that_is_missing()
    {
        var report = Read(Expectations);
        var fact = report.Facts[0];
        Assert.Equal(("data.validation", "notes-2026-02"), (report.Kind, fact.Name));
        Assert.Equal(
            (false, 1, (object?)null),
            ((bool)fact.Content["success"]!, (int)fact.Content["exceptions"]!, fact.Content["percent"])
        );
        Assert.Equal("""["expect_label_share (label)"]""", fact.Content["failing"]!.ToJsonString());
    }

    [Fact]
    public void A_checkpoint_with_several_suites_is_several_facts() =>
        Assert.Equal(
            2,
            Read(
                """{"success":false,"run_results":{"a":{"validation_result":ONE},"b":{"validation_result":ONE}}}""".Replace(
                    "ONE",
                    Expectations,
                    StringComparison.Ordinal
                )
            ).Facts.Count
        );

    [Fact]
    public void An_attestation_tells_subject_and_builder_and_does_not_claim_to_be_verified()
    {
        var statement =
            """{"_type":"https://in-toto.io/Statement/v1","subject":[{"name":"triage.safetensors","digest":{"sha256":"ab"}}],"predicateType":"https://slsa.dev/provenance/v1","predicate":{"runDetails":{"builder":{"id":"https://ci.acme.test"}}}}""";
        var envelope =
            $$"""{"payloadType":"application/vnd.in-toto+json","payload":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(statement))}}","signatures":[{"sig":"x"}]}""";
        foreach (
            var text in new[] { envelope, envelope + "\n" + envelope + "\n", $$"""{"dsseEnvelope":{{envelope}}}""" }
        )
        {
            var fact = Read(text).Facts[0];
            Assert.Equal(
                ("triage.safetensors", "https://ci.acme.test", 1),
                (fact.Name, (string?)fact.Content["builder"], (int)fact.Content["signatures"]!)
            );
            Assert.Null(fact.Content["verified"]);
        }
    }

    [Fact]
    public void A_bill_of_materials_says_how_complete_it_is()
    {
        var fact = Read(
            """{"bomFormat":"CycloneDX","specVersion":"1.6","metadata":{"component":{"type":"application","name":"triage"}},"components":[{"type":"machine-learning-model","name":"m","version":"1"},{"type":"library","name":"torch"}],"vulnerabilities":[{"ratings":[{"severity":"high"}]},{"ratings":[{"severity":"high"}],"analysis":{"state":"not_affected"}}]}"""
        )
            .Facts[0]
            .Content;
        Assert.Equal(
            "2 1 1 1 1 1",
            $"{fact["components"]} {fact["models"]} {fact["modelsWithoutCard"]} {fact["withoutVersion"]} {fact["vulnerabilities"]} {fact["severeVulnerabilities"]}"
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("<a/>")]
    [InlineData("<testsuites>")]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"b\">]><testsuites/>")]
    [InlineData("""{"version":"2.1.0","runs":null}""")]
    [InlineData("""{"payloadType":"application/vnd.in-toto+json","payload":"!!!","signatures":[]}""")]
    [InlineData("""{"payloadType":"text/plain","payload":"aGk=","signatures":[]}""")]
    public void What_is_no_report_is_refused_with_the_reason(string text) =>
        Assert.Equal("file", Assert.Throws<InputInvalid>(() => Read(text)).Errors[0].Field);

    [Fact]
    public void No_bytes_break_the_reader() =>
        Prop.ForAll<byte[]>(bytes =>
            {
                foreach (var start in new[] { "", "{", "<", "{\"version\":\"2.1.0\",\"runs\":[", "{\"payload\":\"" })
                {
                    try
                    {
                        ReportReader.Read([.. Encoding.UTF8.GetBytes(start), .. bytes]);
                    }
                    catch (InputInvalid)
                    {
                        // Refused, as it should be.
                    }
                }
            })
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Every_report_of_the_corpus_is_read_as_its_description_says()
    {
        foreach (
            var file in Corpus
                .Files("junit", "*.xml")
                .Concat(Corpus.Files("great-expectations", "*.json"))
                .Concat(Corpus.Files("attestations", "*"))
        )
            Assert.NotEmpty(ReportReader.Read(File.ReadAllBytes(file)).Facts);
        foreach (var file in Corpus.Files("sarif", "*.sarif"))
        {
            if (Path.GetFileName(file) == "No-runs.sarif")
                Assert.Throws<InputInvalid>(() => ReportReader.Read(File.ReadAllBytes(file)));
            else
                Assert.Single(ReportReader.Read(File.ReadAllBytes(file)).Facts);
        }
        Assert.False((bool)Of("sarif/Catastrophic-execution-error.sarif")["succeeded"]!);
        Assert.Null(Of("sarif/Empty-runs.sarif")["succeeded"]);
        Assert.Equal(3, (int)Of("sarif/Baseline.sarif")["warnings"]!);
        Assert.True((int)Of("sarif/Suppressions.sarif")["suppressed"]! > 0);
        Assert.Equal(
            2,
            ReportReader
                .Read(
                    File.ReadAllBytes(
                        Corpus.Of("great-expectations/ValidationOperatorResult_with_multiple_validation_results.json")
                    )
                )
                .Facts.Count
        );
        Assert.True((int)Of("great-expectations/BasicDatasetProfiler_evrs_with_exception.json")["exceptions"]! > 0);
        Assert.Equal(0, (int)Of("junit/empty-jest-junit.xml")["tests"]!);
        Assert.Contains(
            "model_signing",
            (string)Of("attestations/model-signing-v1.0.0.sigstore.json")["predicate"]!,
            StringComparison.Ordinal
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_report_is_kept_as_evidence_and_its_facts_are_checked(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        var taken = await Report(company, Sarif, "training-pipeline/main");
        Assert.Equal(("EVD-1", "SARIF 2.1.0", 1, 1), (taken.Ref, taken.Format, taken.Facts, taken.Changed));
        Assert.Contains("A.8.28", taken.Controls);
        Assert.Equal(
            CheckOutcome.Failing,
            (await FactTests.Check(company, "scan-no-errors")).Resources.Single().Outcome
        );
        company.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(
            1,
            (
                await Report(
                    company,
                    Sarif
                        .Replace("B301", "B999", StringComparison.Ordinal)
                        .Replace("\"error\"}}", "\"note\"}}", StringComparison.Ordinal),
                    "training-pipeline/main"
                )
            ).Changed
        );
        var check = await FactTests.Check(company, "scan-no-errors");
        Assert.Equal(CheckOutcome.Passing, check.Resources.Single().Outcome);
        Assert.Equal(2, check.InForce.FailingHours);
        var kept = await company.Run<EvidenceProcess, OneRecord, MadeFile>(
            p => p.Download,
            new OneRecord { Ref = "EVD-1" }
        );
        Assert.Equal(Sarif, Encoding.UTF8.GetString(kept.Content));
        await Assert.ThrowsAsync<InputInvalid>(() => Report(company, "no report", "x"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Evidence_may_be_an_attestation_a_record_or_facts_and_never_a_program(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        var add = new AddEvidence
        {
            Title = "Weights are behind two groups",
            Controls = ["A.8.4"],
            Clauses = ["9.1"],
            PeriodFrom = new(2026, 2, 1),
            PeriodTo = new(2026, 2, 28),
            Population = "all 3 buckets",
            Complete = true,
        };
        Task<Done> Add(AddEvidence input, Caller? caller = null) =>
            company.Run<EvidenceProcess, AddEvidence, Done>(p => p.Add, input, caller);
        var statement = new AttestEvidence
        {
            Title = add.Title,
            Statement = "I looked at both groups.",
            Controls = add.Controls,
            Clauses = add.Clauses,
            PeriodFrom = add.PeriodFrom,
            PeriodTo = add.PeriodTo,
            Population = add.Population,
            Complete = true,
        };
        Task<Done> Attest(Caller caller) =>
            company.Run<EvidenceProcess, AttestEvidence, Done>(p => p.Attest, statement, caller);
        await Attest(company.Owner);
        await Add(add with { Record = "RISK-1" });
        await FactTests.Tell(company, FactTests.Event(company, """{"name":"acme-weights","publicByPolicy":false}"""));
        await Add(add with { Resources = ["RES-1"] });
        var rows = (
            await company.Run<EvidenceProcess, ListEvidence, Page<EvidenceRow>>(p => p.List, new ListEvidence())
        ).Items;
        Assert.Equal([EvidenceKind.Attestation, EvidenceKind.Record, EvidenceKind.Fact], rows.Select(r => r.Kind));
        Assert.Contains("RISK-1", rows[1].Text, StringComparison.Ordinal);
        Assert.Equal(("all 3 buckets", true, "9.1"), (rows[0].Population, rows[0].Complete, rows[0].Clauses[0]));
        Assert.Contains(
            "publicByPolicy",
            Encoding.UTF8.GetString(
                (
                    await company.Run<EvidenceProcess, OneRecord, MadeFile>(
                        p => p.Download,
                        new OneRecord { Ref = "EVD-3" }
                    )
                ).Content
            ),
            StringComparison.Ordinal
        );

        var system = Caller.System(company.Owner.OrganizationId, "acme");
        await Assert.ThrowsAsync<PersonNeeded>(() => Attest(system));
        await Assert.ThrowsAsync<PersonNeeded>(() => Attest(company.Owner with { Confirmed = false }));
        Assert.Equal(
            [EvidenceGrade.Attestation, EvidenceGrade.Record, EvidenceGrade.Collected],
            rows.Select(r => r.Grade)
        );
        Assert.Equal(
            "clauses",
            (await Assert.ThrowsAsync<InputInvalid>(() => Add(add with { Note = "x", Clauses = ["99"] })))
                .Errors[0]
                .Field
        );
        Assert.Equal(
            "controls",
            (await Assert.ThrowsAsync<InputInvalid>(() => Add(add with { Note = "x", Clauses = [], Controls = [] })))
                .Errors[0]
                .Field
        );
        var program = new GivenFile { Name = "tool", Content = new byte[] { 0x7F, 0x45, 0x4C, 0x46, 0, 0, 0 } };
        Assert.Equal(
            "file",
            (await Assert.ThrowsAsync<InputInvalid>(() => Add(add with { File = program }))).Errors[0].Field
        );
    }

    private static ReadReport Read(string text) => ReportReader.Read(Encoding.UTF8.GetBytes(text));

    private static System.Text.Json.Nodes.JsonObject Of(string file) =>
        ReportReader.Read(File.ReadAllBytes(Corpus.Of(file))).Facts[0].Content;

    private static Task<ReportTaken> Report(Company company, string text, string subject) =>
        company.Run<ReportEvidenceProcess, ReportEvidence, ReportTaken>(
            p => p.Report,
            new ReportEvidence
            {
                File = new GivenFile { Name = "report", Content = Encoding.UTF8.GetBytes(text) },
                Subject = subject,
            }
        );
}
