using System.Text;
using Moat.Isms.Evidence.Reports;
using Moat.Knowledge;
using Moat.Knowledge.Checks;

namespace Moat.Fuzz;

/// <summary>What must never become green: a file that is red or unknown, and in which a word that decides is replaced
/// by one that means nothing.</summary>
internal static class Promise
{
    private const string Sarif = """
        {"version":"2.1.0","runs":[{"tool":{"driver":{"name":"t","rules":[{"id":"R","defaultConfiguration":{"level":"@error"}}]}},"invocations":[{"executionSuccessful":true}],
         "results":[{"ruleId":"R","ruleIndex":0,"message":{"text":"m"},"kind":"@fail","baselineState":"@new","suppressions":[{"kind":"@external","status":"@underReview"}]}]}]}
        """;

    private const string JUnit = """
        <testsuites><testsuite name="s"><testcase name="a" status="@failed"/><testcase name="b" result="@error"/></testsuite></testsuites>
        """;

    private const string Bill = """
        {"bomFormat":"CycloneDX","specVersion":"1.6","components":[{"type":"library","name":"l","version":"1"}],
         "vulnerabilities":[{"id":"CVE-1","ratings":[{"severity":"@critical"}],"analysis":{"state":"@exploitable"}}]}
        """;

    /// <summary>A scan with a finding that nobody accepted.</summary>
    public static void OfScan(Random random) => Keep(Sarif, "scan-no-errors", random);

    /// <summary>A run with tests that failed.</summary>
    public static void OfTests(Random random) => Keep(JUnit, "tests-pass", random);

    /// <summary>A bill with a severe vulnerability.</summary>
    public static void OfBill(Random random) => Keep(Bill, "bom-no-severe-holes", random);

    private static void Keep(string file, string check, Random random)
    {
        var parts = file.Split('@');
        var made = new StringBuilder(parts[0]);
        foreach (var part in parts.Skip(1))
        {
            var end = part.IndexOf('"', StringComparison.Ordinal);
            made.Append(random.Next(2) == 0 ? part[..end] : Word(random)).Append(part[end..]);
        }
        var content = ReportReader.Read(Encoding.UTF8.GetBytes(made.ToString())).Facts[0].Content.ToJsonString();
        var outcome = KnowledgeBase.Shipped.CheckById[check].Rule.Evaluate(new FactContent(content)).Outcome;
        if (outcome == CheckOutcome.Passing)
            throw new InvalidOperationException($"{check} is green for {made}");
    }

    // A word that means nothing in any of these formats.
    private static string Word(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => (char)random.Next('a', 'z' + 1))) + "-zz";
}
