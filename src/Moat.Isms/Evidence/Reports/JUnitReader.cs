using System.Globalization;
using System.Text.Json.Nodes;
using Moat.Isms.Kernel.Reading;

namespace Moat.Isms.Evidence.Reports;

/// <summary>
/// JUnit XML as test runners write it. There is no one schema, so cases are counted. What a suite says of itself in
/// attributes is believed only where it is worse than what can be counted: more failures are failures, and tests that
/// the file does not hold are not known to have passed.
/// </summary>
internal static class JUnitReader
{
    private const int MostNames = 20;

    private static readonly string[] Doubtful = ["failures", "errors", "skipped"];

    public static ReadReport Read(byte[] content)
    {
        var tally = ReportXml.Read(
            content,
            xml =>
                JUnitTally.IsSuite(xml.Reader.LocalName)
                    ? JUnitTally.Of(xml)
                    : throw ReportReader.Wrong(ReportXml.Instead(xml.Reader.LocalName, xml.Reader.NamespaceURI))
        );
        var skipped = tally.Of(JUnitOutcome.Skipped) + Math.Min(tally.UnseenSkips, tally.Of(JUnitOutcome.Passed));
        var fact = new JsonObject
        {
            ["suite"] = tally.Name,
            ["tests"] = tally.Cases,
            ["passed"] = tally.Of(JUnitOutcome.Passed) + tally.Of(JUnitOutcome.Skipped) - skipped,
            ["failures"] = tally.WithBeside(JUnitOutcome.Failure),
            ["errors"] = tally.WithBeside(JUnitOutcome.Error) + tally.UnseenFaults,
            ["skipped"] = skipped,
            ["seconds"] = Seconds(tally.Time),
            ["failing"] = GivenParts.List(tally.Failing, MostNames),
        };
        if (tally.Missing > 0)
            fact["missing"] = tally.Missing;
        if (tally.Of(JUnitOutcome.Unread) is var unread and > 0)
            Doubt(
                fact,
                $"{GivenParts.Count(unread, "test")} ended in a way that is not understood"
                    + $"{(tally.Doubts.First is { } first ? $": {first}" : "")}"
            );
        else if (tally.Doubts.First is { } doubt)
            Doubt(fact, $"{doubt} is not understood");
        else if (tally.Missing > 0)
            Doubt(fact, $"a suite speaks of {GivenParts.Count(tally.Missing, "test")} that the file does not hold");
        return new ReadReport(
            "JUnit XML",
            "test.run",
            [new ReportedFact(tally.Name, fact)],
            GivenParts.Count(tally.Cases, "test")
        )
        {
            Remarks = [.. tally.Doubts.Remarks],
        };
    }

    /// <summary>What failed is known, and enough to fail; that nothing failed is not, when not every test can be read,
    /// nor how many were skipped.</summary>
    private static void Doubt(JsonObject fact, string why)
    {
        var unknown = new JsonObject();
        var failed = (int)fact["failures"]! + (int)fact["errors"]! > 0;
        foreach (
            var name in Doubtful.Where(n => n == "skipped" ? (int)fact[n]! == 0 || fact["missing"] is null : !failed)
        )
            (fact[name], unknown[name]) = (null, why);
        if (unknown.Count > 0)
            fact["unknown"] = unknown;
    }

    private static double? Seconds(string? time) =>
        double.TryParse(time, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
        && double.IsFinite(seconds)
            ? seconds
            : null;
}
