using System.Text;
using System.Text.Json.Nodes;
using Moat.Isms.Evidence.Reports;
using Moat.Isms.Kernel;
using Moat.Knowledge.Checks;

namespace Moat.Tests;

/// <summary>
/// Test runs and validations that look green and are not, and files that mean to be reports and cannot be read.
/// </summary>
public sealed class TestRunReportTests
{
    [Theory]
    [InlineData("<testcase name='a' status='failed'/>", CheckOutcome.Failing)]
    [InlineData("<testcase name='a' status='ERROR'/>", CheckOutcome.Failing)]
    [InlineData("<testcase name='a' status='run' result='fail'/>", CheckOutcome.Failing)]
    [InlineData("<testcase name='a' status='disabled'/>", CheckOutcome.Failing)]
    [InlineData("<testcase name='a' status='notrun' result='suppressed'/>", CheckOutcome.Failing)]
    [InlineData("<testcase name='a'><skipped/></testcase>", CheckOutcome.Failing)]
    [InlineData("<testcase name='a' status='odd'/>", CheckOutcome.Unknown)]
    [InlineData("<testcase name='a'/><error message='could not start'/>", CheckOutcome.Failing)]
    [InlineData("<testcase name='a'/><testsuite name='b'><failure/></testsuite>", CheckOutcome.Failing)]
    [InlineData("<testcase name='a'/><testsuite name='b' errors='1'/>", CheckOutcome.Failing)]
    [InlineData(
        "<testcase name='a'/><testsuite name='b' failures='2'><testcase><failure/></testcase></testsuite>",
        CheckOutcome.Failing
    )]
    [InlineData("<testcase name='a'/><testsuite name='b' tests='3'><testcase/></testsuite>", CheckOutcome.Unknown)]
    [InlineData("", CheckOutcome.Failing)]
    [InlineData("<testcase name='a' status='run' result='completed'/>", CheckOutcome.Passing)]
    [InlineData(
        "<testcase name='a' status='passed'/><testcase name='b'><system-out>failure</system-out></testcase>",
        CheckOutcome.Passing
    )]
    public void A_test_that_did_not_pass_is_no_pass(string tests, CheckOutcome outcome) =>
        Assert.Equal(
            outcome,
            Outcome("tests-pass", $"<testsuites><testsuite name='s'>{tests}</testsuite></testsuites>")
        );

    [Theory]
    [InlineData("<testcase name='a'><failed/></testcase>", "<failed> in testcase 'a' (line 3)")]
    [InlineData("<testcase name='a'><crash/></testcase>", "<crash> in testcase 'a' (line 3)")]
    [InlineData("<testcase><Failure/></testcase>", "<Failure> in testcase (line 3)")]
    [InlineData(
        "<testcase name='a'><testcase name='b'><failure/></testcase></testcase>",
        "<testcase> in testcase 'a' (line 3)"
    )]
    [InlineData("<testcase name='a' status='odd'/>", "status=\"odd\" of testcase 'a' (line 3)")]
    [InlineData("<TestCase name='b'><failure/></TestCase>", "<TestCase> in suite 's' (line 3)")]
    [InlineData("<crash/>", "<crash> in suite 's' (line 3)")]
    [InlineData("<testsuite name='t' failures='many'/>", "failures=\"many\" of suite 't' (line 3)")]
    [InlineData("<testsuite name='t' errors='-1'/>", "errors=\"-1\" of suite 't' (line 3)")]
    [InlineData("<testsuite name='t' tests='1.5'/>", "tests=\"1.5\" of suite 't' (line 3)")]
    [InlineData("<testsuite name='t' failures='99999999999'/>", "failures=\"99999999999\" of suite 't' (line 3)")]
    public void What_is_not_understood_is_no_pass_and_is_named_with_its_place(string part, string named)
    {
        var report = $"<testsuites>\n<testsuite name='s'><testcase name='good'/>\n{part}</testsuite></testsuites>";
        var finding = Knowledge
            .KnowledgeBase.Shipped.CheckById["tests-pass"]
            .Rule.Evaluate(new FactContent(Fact(report).ToJsonString()));
        Assert.Equal(CheckOutcome.Unknown, finding.Outcome);
        Assert.Contains(named, finding.Detail, StringComparison.Ordinal);
        Assert.Contains(
            named,
            Assert.Single(ReportReader.Read(Encoding.UTF8.GetBytes(report)).Remarks),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(
        "<testcase name='a'><failure/></testcase><testcase name='b'><Failure/></testcase>",
        CheckOutcome.Failing
    )]
    [InlineData(
        "<testcase name='a'><flakyFailure/><flakyError/><system-err/><properties><property name='failed'/></properties></testcase>",
        CheckOutcome.Passing
    )]
    [InlineData("<testcase name='a'><failure/><rerunFailure/></testcase>", CheckOutcome.Failing)]
    [InlineData("<testcase name='a'><rerunError/></testcase>", CheckOutcome.Failing)]
    [InlineData(
        "<properties><crash/></properties><testcase name='a'/><system-out/><system-err/>",
        CheckOutcome.Passing
    )]
    public void What_is_known_counts_beside_what_is_not(string tests, CheckOutcome outcome) =>
        Assert.Equal(outcome, Outcome("tests-pass", $"<testsuite name='s'>{tests}</testsuite>"));

    [Fact]
    public void Tests_that_were_not_run_are_skipped_however_the_runner_says_so()
    {
        var fact = Fact(
            "<testsuite name='s' tests='4' disabled='2'><testcase name='a' status='disabled'/><testcase name='b' status='notrun'/><testcase name='c' result='Skipped'/><testcase name='d'/></testsuite>"
        );
        Assert.Equal(
            "4 1 3 0 0",
            $"{fact["tests"]} {fact["passed"]} {fact["skipped"]} {fact["failures"]} {fact["errors"]}"
        );
        fact = Fact("<testsuite name='s' tests='2' skipped='1'><testcase name='a'/><testcase name='b'/></testsuite>");
        Assert.Equal("1 1", $"{fact["passed"]} {fact["skipped"]}");
    }

    [Theory]
    [InlineData("tests='30' skipped='1'", "", CheckOutcome.Failing)]
    [InlineData("tests='26' skipped='1'", "<testcase status='odd'/>", CheckOutcome.Unknown)]
    [InlineData("tests='26'", "<testcase status='odd'/>", CheckOutcome.Unknown)]
    [InlineData("tests='25' skipped='1'", "", CheckOutcome.Passing)]
    public void Tests_that_cannot_be_counted_may_all_have_been_skipped(
        string suite,
        string more,
        CheckOutcome outcome
    ) =>
        Assert.Equal(
            outcome,
            Outcome(
                "tests-not-skipped",
                $"<testsuite name='s' {suite}>{string.Concat(Enumerable.Repeat("<testcase/>", 24))}<testcase><skipped/></testcase>{more}</testsuite>"
            )
        );

    [Fact]
    public void What_failed_outside_of_a_test_is_named_by_its_suite() =>
        Assert.Equal(
            """["one","start"]""",
            Fact(
                "<testsuites errors='1'><testsuite name='s'><testcase name='one'><failure/></testcase></testsuite><testsuite name='start'><error/></testsuite></testsuites>"
            )["failing"]!.ToJsonString()
        );

    [Theory]
    [InlineData(
        "<?xml version=\"1.0\"?>\n<!DOCTYPE testsuites [<!ENTITY a \"b\">]><testsuites/>",
        "<!DOCTYPE> in line 2"
    )]
    [InlineData("<testsuites><testsuite name='s'><testcase name='a'><fail", "line 1, position")]
    [InlineData(
        "<bom xmlns=\"http://cyclonedx.org/schema/bom/1.6\"/>",
        "CycloneDX bill of materials in XML; only JSON is read"
    )]
    [InlineData("<assemblies/>", "Let the tool write JUnit XML")]
    public void What_is_wrong_with_XML_is_said(string xml, string says) =>
        Assert.Contains(says, Assert.Throws<InputInvalid>(() => Fact(xml)).Errors[0].Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("a.json", """{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x""", true)]
    [InlineData("a.json", """{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","ve""", true)]
    [InlineData("scan.SARIF", "", true)]
    [InlineData("a.xml", "<?xml version='1.0'?><testsuites><testsuite><testcase><fail", true)]
    [InlineData("a.json", """{"success":true,"statistics":{"evaluated_expectations":3,"success_percent":NaN}}""", true)]
    [InlineData("a.json", """{"bomFormat":"CycloneDX","components":[""", true)]
    [InlineData("a.xml", "<bom xmlns=\"http://cyclonedx.org/schema/bom/1.6\"/>", true)]
    [InlineData("notes.txt", "We ran the SARIF tool and wrote down \"runs\" and \"tool\" and \"driver\".", false)]
    [InlineData("settings.json", """{"runs":3}""", false)]
    [InlineData("page.xml", "<page/>", false)]
    [InlineData("photo.png", "\u0089PNG", false)]
    public void A_file_means_to_be_a_report_by_its_name_or_by_what_stands_in_it(
        string name,
        string content,
        bool claims
    ) => Assert.Equal(claims, ReportClaim.Of($"out/{name}", Encoding.UTF8.GetBytes(content)));

    [Theory]
    [InlineData(
        """{"exception_info":{"('column_values.nonnull.condition', 'x', ())":{"raised_exception":true,"exception_message":"KeyError"}}}""",
        1
    )]
    [InlineData("""{"exception_info":{"a":{"raised_exception":false},"b":{"raised_exception":true}}}""", 1)]
    [InlineData("""{"exception_info":{"raised_exception":true}}""", 1)]
    [InlineData("""{"exception_info":{"raised_exception":"yes"}}""", 1)]
    [InlineData("""{"exception_info":{"raised_exception":false,"exception_message":null}}""", 0)]
    [InlineData("""{"exception_info":{}}""", 0)]
    [InlineData("{}", 0)]
    public void An_expectation_that_broke_is_seen_wherever_it_says_so(string result, int exceptions)
    {
        var text =
            $$"""{"success":true,"statistics":{"evaluated_expectations":1,"unsuccessful_expectations":0},"results":[{"success":true,{{result[1..]}}]}""".Replace(
                ",}",
                "}",
                StringComparison.Ordinal
            );
        Assert.Equal(exceptions, (int)Fact(text)["exceptions"]!);
        Assert.Equal(
            exceptions == 0 ? CheckOutcome.Passing : CheckOutcome.Failing,
            Outcome("data-validation-no-exceptions", text)
        );
        Assert.Equal(
            exceptions == 0 ? CheckOutcome.Passing : CheckOutcome.Unknown,
            Outcome("data-validation-passes", text)
        );
    }

    [Theory]
    [InlineData("""{"statistics":{"evaluated_expectations":1},"results":[{"success":true}]}""", CheckOutcome.Unknown)]
    [InlineData(
        """{"success":null,"statistics":{"evaluated_expectations":1},"results":[{"success":true}]}""",
        CheckOutcome.Unknown
    )]
    [InlineData(
        """{"success":"true","statistics":{"evaluated_expectations":1},"results":[{"success":true}]}""",
        CheckOutcome.Unknown
    )]
    [InlineData("""{"success":true,"statistics":{"evaluated_expectations":0},"results":[]}""", CheckOutcome.Unknown)]
    [InlineData("""{"success":true,"statistics":{},"results":[]}""", CheckOutcome.Unknown)]
    [InlineData("""{"success":true,"statistics":{"evaluated_expectations":1},"results":[{}]}""", CheckOutcome.Unknown)]
    [InlineData(
        """{"success":true,"statistics":{"evaluated_expectations":1},"results":["odd"]}""",
        CheckOutcome.Unknown
    )]
    [InlineData(
        """{"success":true,"statistics":{"evaluated_expectations":1},"results":[{"success":false}]}""",
        CheckOutcome.Failing
    )]
    [InlineData(
        """{"success":true,"statistics":{"evaluated_expectations":2,"unsuccessful_expectations":1},"results":[]}""",
        CheckOutcome.Failing
    )]
    [InlineData("""{"success":false,"statistics":{"evaluated_expectations":0},"results":[]}""", CheckOutcome.Failing)]
    [InlineData(
        """{"success":true,"statistics":{"evaluated_expectations":1},"results":[{"success":true}]}""",
        CheckOutcome.Passing
    )]
    public void A_validation_that_does_not_say_so_did_not_succeed(string result, CheckOutcome outcome) =>
        Assert.Equal(outcome, Outcome("data-validation-passes", result));

    [Fact]
    public void A_checkpoint_with_a_validation_that_cannot_be_read_names_it() =>
        Assert.Contains(
            "'night'",
            Assert
                .Throws<InputInvalid>(() =>
                    Fact("""{"run_results":{"day":{"success":true,"results":[],"statistics":{}},"night":null}}""")
                )
                .Errors[0]
                .Message,
            StringComparison.Ordinal
        );

    private static CheckOutcome Outcome(string check, string report) =>
        Knowledge
            .KnowledgeBase.Shipped.CheckById[check]
            .Rule.Evaluate(new FactContent(Fact(report).ToJsonString()))
            .Outcome;

    private static JsonObject Fact(string report) => ReportReader.Read(Encoding.UTF8.GetBytes(report)).Facts[0].Content;
}
