using System.Text;
using Moat.Isms.Evidence.Reports;
using Moat.Knowledge.Checks;

namespace Moat.Tests;

/// <summary>
/// Validations that look green and contradict themselves, or tell of exceptions in a way that is not understood.
/// </summary>
public sealed class ExpectationTests
{
    private const string Good = """{"success":true,"expectation_config":{"type":"x"}}""";

    [Theory]
    [InlineData("""[{"raised_exception":true}]""")]
    [InlineData("""[]""")]
    [InlineData("\"boom\"")]
    [InlineData("true")]
    [InlineData("1")]
    [InlineData("""{"a":"boom"}""")]
    [InlineData("""{"a":[{"raised_exception":true}]}""")]
    [InlineData("""{"a":{"b":{"raised_exception":false}}}""")]
    [InlineData("""{"a":{}}""")]
    [InlineData("""{"exceptions":[{"raised_exception":true}]}""")]
    [InlineData("""{"exception_message":["KeyError"]}""")]
    public void An_exception_in_a_form_that_is_not_understood_is_not_taken_for_none_and_is_named(string info)
    {
        var report = Suite(
            $$"""{"success":true,"exception_info":{{info}}}""",
            """{"evaluated_expectations":1,"successful_expectations":1}"""
        );
        Assert.Equal(
            (CheckOutcome.Unknown, CheckOutcome.Unknown),
            (Outcome("data-validation-passes", report), Outcome("data-validation-no-exceptions", report))
        );
        Assert.Contains("$.results[0].exception_info", Assert.Single(Read(report).Remarks), StringComparison.Ordinal);
        var checkpoint = $$"""{"success":true,"run_results":{"night":{"validation_result":{{report}} } } }""";
        Assert.Contains("night", Assert.Single(Read(checkpoint).Remarks), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        """{"evaluated_expectations":500,"successful_expectations":3,"unsuccessful_expectations":0}""",
        CheckOutcome.Failing
    )]
    [InlineData("""{"evaluated_expectations":500}""", CheckOutcome.Unknown)]
    [InlineData(
        """{"evaluated_expectations":500,"successful_expectations":500,"unsuccessful_expectations":0,"success_percent":100}""",
        CheckOutcome.Unknown
    )]
    [InlineData("""{"evaluated_expectations":1,"successful_expectations":0}""", CheckOutcome.Failing)]
    [InlineData("""{"evaluated_expectations":1,"successful_expectations":2}""", CheckOutcome.Unknown)]
    [InlineData("""{"successful_expectations":2}""", CheckOutcome.Unknown)]
    [InlineData("""{"evaluated_expectations":1,"success_percent":50}""", CheckOutcome.Failing)]
    [InlineData("""{"success_percent":50}""", CheckOutcome.Failing)]
    [InlineData("""{"success_percent":"50"}""", CheckOutcome.Failing)]
    [InlineData("""{"unsuccessful_expectations":"1"}""", CheckOutcome.Failing)]
    [InlineData("""{"evaluated_expectations":1,"unsuccessful_expectations":"some"}""", CheckOutcome.Unknown)]
    [InlineData("""{"evaluated_expectations":1,"unsuccessful_expectations":[1]}""", CheckOutcome.Unknown)]
    [InlineData("""{"evaluated_expectations":-1}""", CheckOutcome.Unknown)]
    [InlineData("""{"evaluated_expectations":1,"success_percent":101}""", CheckOutcome.Unknown)]
    [InlineData(
        """{"evaluated_expectations":"1","successful_expectations":1.0,"unsuccessful_expectations":0,"success_percent":100.0}""",
        CheckOutcome.Passing
    )]
    [InlineData("""{"evaluated_expectations":1,"success_percent":null}""", CheckOutcome.Passing)]
    public void Numbers_that_contradict_what_the_file_holds_are_never_green(string statistics, CheckOutcome outcome)
    {
        var report = Suite(Good, statistics);
        Assert.Equal(outcome, Outcome("data-validation-passes", report));
        Assert.NotEqual(CheckOutcome.Passing, Outcome("data-validation-thorough", report));
        if (outcome == CheckOutcome.Unknown)
            Assert.Contains(
                "$.statistics,the file holds,are told as,successful expectation".Split(','),
                said => Read(report).Remarks.Single().Contains(said, StringComparison.Ordinal)
            );
        if (outcome == CheckOutcome.Passing)
            Assert.Empty(Read(report).Remarks);
    }

    [Fact]
    public void What_failed_counts_by_whatever_says_the_most() =>
        Assert.Equal(
            497,
            (double)
                Read(
                    Suite(
                        Good,
                        """{"evaluated_expectations":500,"successful_expectations":3,"unsuccessful_expectations":0}"""
                    )
                )
                    .Facts[0]
                    .Content["failed"]!
        );

    [Fact]
    public void Results_that_other_tools_wrote_contradict_nothing()
    {
        foreach (var file in Corpus.Files("great-expectations", "*.json"))
            Assert.DoesNotContain(
                Read(File.ReadAllText(file)).Remarks,
                r => r.Contains("Not understood", StringComparison.Ordinal)
            );
    }

    private static string Suite(string results, string statistics) =>
        $$"""{"success":true,"results":[{{results}}],"statistics":{{statistics}},"meta":{},"suite_name":"s"}""";

    private static ReadReport Read(string report) => ReportReader.Read(Encoding.UTF8.GetBytes(report));

    private static CheckOutcome Outcome(string check, string report) =>
        Knowledge
            .KnowledgeBase.Shipped.CheckById[check]
            .Rule.Evaluate(new FactContent(Read(report).Facts[0].Content.ToJsonString()))
            .Outcome;
}
