using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Moat.Isms.Evidence.Reports;

/// <summary>
/// JUnit XML as test runners write it. There is no one schema, so cases are counted. What a suite says of itself in attributes is believed only
/// where it is worse than what can be counted: more failures are failures, and tests that the file does not hold are not known to have passed.
/// </summary>
internal static class JUnitReader
{
    private const int MostNames = 20;

    private static readonly string[] Doubtful = ["failures", "errors", "skipped"];
    private static readonly string[] Skips = ["skipped", "disabled", "ignored"];

    public static ReadReport Read(byte[] content)
    {
        var root = ReportXml.Load(content);
        if (!IsSuite(root)) throw ReportReader.Wrong(ReportXml.Instead(root));
        var suites = root.DescendantsAndSelf().Where(IsSuite).ToList();
        var cases = Cases(root).Select(c => (Name: c.Attribute("name")?.Value, Outcome: JUnitCase.Of(c))).ToList();
        var beside = suites.SelectMany(s => Beside(s).Select(o => (Name: s.Attribute("name")?.Value, Outcome: o))).ToList();
        int Count(JUnitOutcome outcome) => cases.Count(c => c.Outcome == outcome);
        int Bad(JUnitOutcome outcome) => Count(outcome) + beside.Count(b => b.Outcome == outcome);
        var unseen = suites.Max(UnseenFaults);
        var skipped = Count(JUnitOutcome.Skipped) + Math.Min(suites.Max(UnseenSkips), Count(JUnitOutcome.Passed));
        var name = root.Attribute("name")?.Value is { Length: > 0 } own ? own
            : root.Elements().FirstOrDefault(e => e.Name.LocalName == "testsuite")?.Attribute("name")?.Value;
        var failing = cases.Concat(beside).Where(c => c.Outcome is JUnitOutcome.Failure or JUnitOutcome.Error);
        var fact = new JsonObject
        {
            ["suite"] = name,
            ["tests"] = cases.Count,
            ["passed"] = cases.Count - Count(JUnitOutcome.Failure) - Count(JUnitOutcome.Error) - Count(JUnitOutcome.Unread) - skipped,
            ["failures"] = Bad(JUnitOutcome.Failure),
            ["errors"] = Bad(JUnitOutcome.Error) + unseen,
            ["skipped"] = skipped,
            ["seconds"] = Seconds(root),
            ["failing"] = ReportReader.List(failing.OrderByDescending(c => c.Outcome).Select(c => c.Name), MostNames),
        };
        var missing = suites.Max(s => Number(s, "tests") - Cases(s).Count());
        if (missing > 0) fact["missing"] = missing;
        if (Count(JUnitOutcome.Unread) is var unread and > 0) Doubt(fact, $"{ReportReader.Count(unread, "test")} ended in a way that is not understood");
        else if (missing > 0) Doubt(fact, $"a suite speaks of {ReportReader.Count(missing, "test")} that the file does not hold");
        return new ReadReport("JUnit XML", "test.run", [new ReportedFact(name, fact)], ReportReader.Count(cases.Count, "test"));
    }

    /// <summary>What failed is known; that nothing failed is not, when not every test can be read, nor how many were skipped.</summary>
    private static void Doubt(JsonObject fact, string why)
    {
        var unknown = new JsonObject();
        foreach (var name in Doubtful.Where(n => (int)fact[n]! == 0 || (n == "skipped" && fact["missing"] is null))) (fact[name], unknown[name]) = (null, why);
        if (unknown.Count > 0) fact["unknown"] = unknown;
    }

    /// <summary>Failures and errors that a suite counts and that stand nowhere in it.</summary>
    private static int UnseenFaults(XElement suite) => Math.Max(0,
        Number(suite, "failures") + Number(suite, "errors")
        - Cases(suite).Count(c => JUnitCase.Of(c) >= JUnitOutcome.Error) - suite.DescendantsAndSelf().Where(IsSuite).Sum(s => Beside(s).Count()));

    private static int UnseenSkips(XElement suite) => Math.Max(0,
        Skips.Max(name => Number(suite, name)) - Cases(suite).Count(c => JUnitCase.Of(c) == JUnitOutcome.Skipped));

    /// <summary>What went wrong outside of any test: in the preparation of a suite, or before it.</summary>
    private static IEnumerable<JUnitOutcome> Beside(XElement suite) => suite.Elements().Select(JUnitCase.Child).Where(o => o >= JUnitOutcome.Error);

    private static IEnumerable<XElement> Cases(XElement suite) => suite.Descendants().Where(e => e.Name.LocalName == "testcase");

    private static bool IsSuite(XElement element) => element.Name.LocalName is "testsuites" or "testsuite";

    private static int Number(XElement suite, string name) =>
        int.TryParse(suite.Attribute(name)?.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static double? Seconds(XElement root) =>
        double.TryParse(root.Attribute("time")?.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            && double.IsFinite(seconds) ? seconds : null;
}
