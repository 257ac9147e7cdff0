using System.Text;
using Moat.Isms.Evidence.Reports;
using Moat.Knowledge.Checks;

namespace Moat.Tests;

/// <summary>
/// Scans that look clean and are not: what SARIF says in other places than a result's own level, and what a run did not
/// look at.
/// </summary>
public sealed class SarifTests
{
    private const string Driver =
        """{"name":"scan","rules":[{"id":"A1","defaultConfiguration":{"level":"error"}},{"id":"N1","guid":"11111111-1111-4111-8111-111111111111","defaultConfiguration":{"level":"note"}}]}""";

    private const string Extension =
        """{"name":"rules-pack","guid":"22222222-2222-4222-8222-222222222222","rules":[{"id":"X0","defaultConfiguration":{"level":"note"}},{"id":"X1","guid":"33333333-3333-4333-8333-333333333333","deprecatedIds":["OLD1"],"defaultConfiguration":{"level":"error"}}]}""";

    [Theory]
    [InlineData("""[{"kind":"external"}]""", CheckOutcome.Passing)]
    [InlineData("""[{"kind":"external","status":"accepted"}]""", CheckOutcome.Passing)]
    [InlineData("""[{"kind":"external","status":"rejected"}]""", CheckOutcome.Failing)]
    [InlineData("""[{"kind":"inSource","status":"underReview"}]""", CheckOutcome.Failing)]
    [InlineData("""[{"kind":"external","status":"perhaps"}]""", CheckOutcome.Failing)]
    [InlineData("""[{"kind":"external","status":1}]""", CheckOutcome.Failing)]
    [InlineData(
        """[{"kind":"inSource","status":"accepted"},{"kind":"external","status":"rejected"}]""",
        CheckOutcome.Failing
    )]
    [InlineData("""["accepted"]""", CheckOutcome.Failing)]
    [InlineData("[]", CheckOutcome.Failing)]
    [InlineData("null", CheckOutcome.Failing)]
    public void Only_an_accepted_suppression_suppresses(string suppressions, CheckOutcome clean) =>
        Assert.Equal(clean, Clean(Run($$"""{"ruleId":"A1","level":"error","suppressions":{{suppressions}}}""")));

    [Theory]
    [InlineData("""{"ruleId":"A1"}""", "error")]
    [InlineData("""{"ruleId":"A1/sub/deeper"}""", "error")]
    [InlineData("""{"ruleIndex":0}""", "error")]
    [InlineData("""{"rule":{"index":0}}""", "error")]
    [InlineData("""{"rule":{"id":"A1"}}""", "error")]
    [InlineData("""{"ruleIndex":-1,"ruleId":"N1"}""", "note")]
    [InlineData("""{"rule":{"guid":"11111111-1111-4111-8111-111111111111"}}""", "note")]
    [InlineData("""{"rule":{"index":1,"toolComponent":{"index":0}}}""", "error")]
    [InlineData(
        """{"ruleId":"X1","ruleIndex":1,"rule":{"toolComponent":{"guid":"22222222-2222-4222-8222-222222222222"}}}""",
        "error"
    )]
    [InlineData("""{"rule":{"id":"X1/a","toolComponent":{"name":"rules-pack"}}}""", "error")]
    [InlineData("""{"rule":{"guid":"33333333-3333-4333-8333-333333333333"}}""", "error")]
    [InlineData("""{"ruleId":"X1"}""", "error")]
    [InlineData("""{"ruleId":"OLD1"}""", "error")]
    [InlineData("""{"ruleId":"A1","ruleIndex":1}""", "error")]
    [InlineData("""{"ruleId":"A1","level":"note"}""", "note")]
    [InlineData("""{"ruleId":"A1","rank":1}""", "error")]
    [InlineData("""{"ruleId":"A10","level":"warning"}""", "warning")]
    [InlineData("""{"ruleId":"A1","kind":"pass"}""", "")]
    [InlineData("""{"ruleId":"A1","kind":"review"}""", "")]
    [InlineData("""{"ruleId":"A1","kind":"Fail"}""", "error")]
    public void A_level_is_found_where_the_rule_stands(string result, string level) =>
        Assert.Equal(level, Levels(Run(result)));

    [Theory]
    [InlineData("""{"ruleId":"N1","provenance":{"invocationIndex":0}}""", "error")]
    [InlineData("""{"ruleId":"N1"}""", "error")]
    [InlineData("""{"ruleId":"A1","provenance":{"invocationIndex":0}}""", "note")]
    [InlineData("""{"ruleId":"A1"}""", "error")]
    [InlineData("""{"ruleId":"X0","provenance":{"invocationIndex":0}}""", "error")]
    [InlineData("""{"ruleId":"X0","provenance":{"invocationIndex":9}}""", "note")]
    public void An_override_of_the_invocation_counts_before_the_rule_and_never_lowers_by_guess(
        string result,
        string level
    ) =>
        Assert.Equal(
            level,
            Levels(
                Run(
                    result,
                    """
                    ,"invocations":[{"executionSuccessful":true,"ruleConfigurationOverrides":[{"descriptor":{"index":1},"configuration":{"level":"error"}},{"descriptor":{"id":"A1"},"configuration":{"level":"note"}},
                     {"descriptor":{"index":0,"toolComponent":{"index":0}},"configuration":{"level":"error"}}]}]
                    """
                )
            )
        );

    [Theory]
    [InlineData("""{"ruleId":"free"}""", CheckOutcome.Unknown)]
    [InlineData("""{"level":"none"}""", CheckOutcome.Unknown)]
    [InlineData("""{"level":"fatal"}""", CheckOutcome.Unknown)]
    [InlineData("""{"level":3}""", CheckOutcome.Unknown)]
    [InlineData("""{"ruleIndex":77}""", CheckOutcome.Unknown)]
    [InlineData("""{"rule":{"toolComponent":{"name":"elsewhere"},"index":0}}""", CheckOutcome.Unknown)]
    [InlineData("""{"level":"warning","properties":{"security-severity":"7.0"}}""", CheckOutcome.Failing)]
    [InlineData("""{"level":"warning","properties":{"security-severity":9.8}}""", CheckOutcome.Failing)]
    [InlineData("""{"level":"none","properties":{"security-severity":"9.1"}}""", CheckOutcome.Failing)]
    [InlineData("""{"level":"warning","properties":{"security-severity":"6.9"}}""", CheckOutcome.Passing)]
    [InlineData("""{"level":"warning"}""", CheckOutcome.Passing)]
    public void A_finding_that_is_severe_or_not_rated_is_never_clean(string result, CheckOutcome clean) =>
        Assert.Equal(clean, Clean(Run(result)));

    [Fact]
    public void The_security_severity_of_a_rule_counts_for_its_findings()
    {
        var log =
            """{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"secrets","rules":[{"id":"key","properties":{"security-severity":"8.0"}}]}},"results":[{"ruleId":"key"},{"ruleId":"key","suppressions":[{"kind":"inSource"}]}]}]}""";
        Assert.Equal(
            (1, 1, CheckOutcome.Failing),
            ((int)Fact(log)["severe"]!, (int)Fact(log)["warnings"]!, Clean(log))
        );
    }

    [Theory]
    [InlineData("""{"results":null}""")]
    [InlineData("""{"results":[],"invocations":[{"executionSuccessful":false}]}""")]
    [InlineData("""{"results":[],"invocations":[{"executionSuccessful":"no"}]}""")]
    [InlineData(
        """{"results":[],"invocations":[{"executionSuccessful":true,"toolExecutionNotifications":[{"level":"error","message":{"text":"out of memory"}}]}]}"""
    )]
    [InlineData(
        """{"results":[],"invocations":[{"executionSuccessful":true,"toolConfigurationNotifications":[{"level":"error"}]}]}"""
    )]
    [InlineData(
        """{"tool":{"driver":{"name":"s","notifications":[{"id":"E","defaultConfiguration":{"level":"error"}}]}},"results":[],"invocations":[{"executionSuccessful":true,"toolExecutionNotifications":[{"descriptor":{"id":"E"}}]}]}"""
    )]
    [InlineData(
        """{"results":[],"externalPropertyFileReferences":{"results":[{"location":{"uri":"more.sarif-external-properties"}}]}}"""
    )]
    [InlineData("""{"results":[],"policies":[{"name":"strict"}]}""")]
    [InlineData("""{"results":["broken"]}""")]
    [InlineData("\"broken\"")]
    public void A_run_that_did_not_look_everywhere_is_never_clean(string run)
    {
        var log = $$"""{"version":"2.1.0","runs":[{{run}},{"results":[]}]}""";
        Assert.Equal((CheckOutcome.Unknown, CheckOutcome.Unknown), (Clean(log), Outcome("scan-few-suppressed", log)));
        Assert.NotNull((string?)Fact(log)["unknown"]!["errors"]);
    }

    [Theory]
    [InlineData(
        """{"results":[],"invocations":[{"executionSuccessful":true,"toolExecutionNotifications":[{"level":"error"}]}]}"""
    )]
    [InlineData("""{"results":[],"invocations":[{"executionSuccessful":"no"}]}""")]
    public void A_tool_that_tells_of_an_error_is_not_known_to_have_worked(string run) =>
        Assert.Equal(CheckOutcome.Unknown, Outcome("scan-worked", $$"""{"version":"2.1.0","runs":[{{run}}]}"""));

    [Theory]
    [InlineData("""[{"exitCode":137,"exitSignalName":"SIGKILL"}]""", "has exitSignalName")]
    [InlineData("[{}]", "executionSuccessful is missing")]
    [InlineData("""[{"executionSuccessful":null}]""", "executionSuccessful is missing")]
    [InlineData("""[{"executionSuccessful":true},{}]""", "executionSuccessful is missing")]
    [InlineData("""["crashed"]""", "executionSuccessful is missing")]
    [InlineData("\"crashed\"", "no list")]
    [InlineData("null", "no list")]
    [InlineData("{}", "no list")]
    [InlineData("""[{"executionSuccessful":true,"exitSignalName":"SIGKILL"}]""", "exitSignalName")]
    [InlineData("""[{"executionSuccessful":true,"exitSignalNumber":9}]""", "exitSignalNumber")]
    [InlineData(
        """[{"executionSuccessful":true,"processStartFailureMessage":"no such file"}]""",
        "processStartFailureMessage"
    )]
    public void An_invocation_that_does_not_say_that_it_worked_leaves_everything_unknown(string invocations, string why)
    {
        var log = Told($""","invocations":{invocations}""");
        foreach (var check in new[] { "scan-worked", "scan-no-errors", "scan-few-suppressed" })
        {
            Assert.Equal(CheckOutcome.Unknown, Outcome(check, log));
            Assert.Contains(why, Finding(check, log).Detail, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(""","invocations":[]""")]
    public void A_run_without_an_invocation_shows_its_results_and_not_that_the_tool_worked(string invocations)
    {
        var log = Told(invocations);
        Assert.Equal((CheckOutcome.Passing, CheckOutcome.Unknown), (Clean(log), Outcome("scan-worked", log)));
        Assert.Contains("has no invocation", Finding("scan-worked", log).Detail, StringComparison.Ordinal);
    }

    public static TheoryData<string> OddSeverities =>
        ["\"critical\"", "\"9,8\"", "[\"9.8\"]", "{\"score\":9.8}", "true", "\"NaN\"", "\"\"", "-1"];

    [Theory, MemberData(nameof(OddSeverities))]
    public void A_security_severity_that_is_no_number_is_not_taken_for_none_and_is_named(string severity)
    {
        var properties = $$"""{"security-severity":{{severity}}}""";
        var ofResult = Log(
            $$"""{"name":"x"}""",
            $$"""{"ruleId":"a","level":"note","message":{"text":"m"},"properties":{{properties}}}"""
        );
        var ofRule = Log(
            $$"""{"name":"x","rules":[{"id":"a","properties":{{properties}}}]}""",
            """{"ruleId":"a","level":"note","message":{"text":"m"}}"""
        );
        foreach (
            var (log, place) in new[]
            {
                (ofResult, "$.runs[0].results[0].properties"),
                (ofRule, "$.runs[0].tool.driver.rules[0].properties"),
            }
        )
        {
            Assert.Equal(CheckOutcome.Unknown, Clean(log));
            Assert.Contains(place, (string)Fact(log)["unknown"]!["severe"]!, StringComparison.Ordinal);
            var remark = Assert.Single(
                ReportReader.Read(Encoding.UTF8.GetBytes(log)).Remarks,
                r => r.Contains("Not understood as a security severity", StringComparison.Ordinal)
            );
            Assert.Contains(place, remark, StringComparison.Ordinal);
            Assert.Equal(1, (int)Fact(log)["notes"]!);
        }
    }

    [Theory]
    [InlineData(
        """{"level":"note","properties":{"security-severity":"critical"}},{"level":"note","properties":{"security-severity":"9.8"}}""",
        CheckOutcome.Failing
    )]
    [InlineData(
        """{"level":"note","properties":{"security-severity":"critical"},"suppressions":[{"kind":"inSource"}]}""",
        CheckOutcome.Passing
    )]
    [InlineData("""{"level":"note","properties":{"security-severity":null}}""", CheckOutcome.Passing)]
    [InlineData("""{"level":"note","properties":{"security-severity":"5.0"}}""", CheckOutcome.Passing)]
    public void Only_what_would_look_better_than_it_may_be_is_unknown(string results, CheckOutcome clean) =>
        Assert.Equal(clean, Clean(Run(results)));

    [Fact]
    public void A_tool_that_ended_with_an_exit_code_and_says_that_it_worked_did() =>
        Assert.Equal(
            CheckOutcome.Passing,
            Outcome("scan-worked", Told(""","invocations":[{"executionSuccessful":true,"exitCode":1}]"""))
        );

    [Theory]
    [InlineData("pass", "error", CheckOutcome.Failing)]
    [InlineData("informational", "error", CheckOutcome.Failing)]
    [InlineData("pass", "fatal", CheckOutcome.Unknown)]
    [InlineData("pass", "none", CheckOutcome.Passing)]
    public void A_result_that_says_pass_and_error_at_once_is_no_pass(string kind, string level, CheckOutcome clean)
    {
        var log = Run($$"""{"ruleId":"A1","message":{"text":"m"},"kind":"{{kind}}","level":"{{level}}"}""");
        Assert.Equal(clean, Clean(log));
        Assert.Equal(
            clean != CheckOutcome.Passing,
            ReportReader
                .Read(Encoding.UTF8.GetBytes(log))
                .Remarks.Any(r => r.Contains($"kind '{kind}' with level '{level}'", StringComparison.Ordinal))
        );
    }

    [Fact]
    public void A_warning_of_the_tool_is_no_error_of_the_run() =>
        Assert.Equal(
            CheckOutcome.Passing,
            Clean(
                """{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"t"}},"results":[],"invocations":[{"executionSuccessful":true,"toolExecutionNotifications":[{"level":"warning"},{"message":{"text":"hint"}}]}]}]}"""
            )
        );

    private static string Log(string driver, string result) =>
        $$"""{"version":"2.1.0","runs":[{"tool":{"driver":{{driver}}},"results":[{{result}}],"invocations":[{"executionSuccessful":true}]}]}""";

    private static string Told(string more) =>
        """{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}},"results":[]""" + more + "}]}";

    private static string Run(string result, string more = "") =>
        $$"""{"version":"2.1.0","runs":[{"tool":{"driver":{{Driver}},"extensions":[{{Extension}}]},"results":[{{result}}]{{more}}}]}""";

    private static string Levels(string log)
    {
        var fact = Fact(log);
        return string.Join(
            ' ',
            new[] { "error", "warning", "note" }.SelectMany(level =>
                Enumerable.Repeat(level, (int?)fact[$"{level}s"] ?? 0)
            )
        );
    }

    private static CheckOutcome Clean(string log) => Outcome("scan-no-errors", log);

    private static CheckOutcome Outcome(string check, string log) => Finding(check, log).Outcome;

    private static CheckFinding Finding(string check, string log) =>
        Knowledge.KnowledgeBase.Shipped.CheckById[check].Rule.Evaluate(new FactContent(Fact(log).ToJsonString()));

    private static System.Text.Json.Nodes.JsonObject Fact(string log) =>
        ReportReader.Read(Encoding.UTF8.GetBytes(log)).Facts[0].Content;
}
