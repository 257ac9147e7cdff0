using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;

namespace Moat.Isms.Evidence.Reports;

/// <summary>JUnit XML as test runners write it. There is no one schema, so cases are counted and the totals in attributes are not believed.</summary>
internal static class JUnitReader
{
    private const int MostNames = 20;

    public static ReadReport Read(byte[] content)
    {
        var root = Load(content);
        if (root.Name.LocalName is not ("testsuites" or "testsuite")) throw ReportReader.Wrong($"This XML begins with <{root.Name.LocalName}>, not with <testsuites>.");
        var cases = root.Descendants().Where(e => e.Name.LocalName == "testcase").ToList();
        bool Has(XElement test, params string[] names) => test.Elements().Any(e => names.Contains(e.Name.LocalName));
        var failed = cases.Where(c => Has(c, "failure")).ToList();
        var errors = cases.Where(c => !Has(c, "failure") && Has(c, "error")).ToList();
        var skipped = cases.Count(c => !Has(c, "failure", "error") && Has(c, "skipped", "disabled"));
        var name = root.Attribute("name")?.Value is { Length: > 0 } own ? own
            : root.Elements().FirstOrDefault(e => e.Name.LocalName == "testsuite")?.Attribute("name")?.Value;
        var fact = new JsonObject
        {
            ["suite"] = name,
            ["tests"] = cases.Count,
            ["passed"] = cases.Count - failed.Count - errors.Count - skipped,
            ["failures"] = failed.Count,
            ["errors"] = errors.Count,
            ["skipped"] = skipped,
            ["seconds"] = Seconds(root),
            ["failing"] = ReportReader.List(failed.Concat(errors).Select(c => c.Attribute("name")?.Value), MostNames),
        };
        return new ReadReport("JUnit XML", "test.run", [new ReportedFact(name, fact)], ReportReader.Count(cases.Count, "test"));
    }

    private static double? Seconds(XElement root) =>
        double.TryParse(root.Attribute("time")?.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && double.IsFinite(seconds) ? seconds : null;

    private static XElement Load(byte[] content)
    {
        try
        {
            // No document type: entities that expand without end are the oldest trick of XML.
            using var reader = XmlReader.Create(new MemoryStream(content), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            return XElement.Load(reader);
        }
        catch (XmlException e)
        {
            throw ReportReader.Wrong($"This is not XML: line {e.LineNumber}, position {e.LinePosition}.");
        }
    }
}
