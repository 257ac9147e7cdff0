using System.Text;
using System.Xml;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Reading;

namespace Moat.Isms.Evidence.Reports;

/// <summary>Loads XML that a stranger wrote, and says what is wrong with it in words that help.</summary>
internal static class ReportXml
{
    private static readonly XmlSubject Report = new("this report", "Let the tool write plain JUnit XML.");

    /// <summary>
    /// Reads XML from its first element on, a node at a time, so that a file needs no more memory than itself.
    /// </summary>
    /// <param name="content">The file.</param>
    /// <param name="read">What reads on from the first element.</param>
    public static T Read<T>(byte[] content, Func<GivenXml, T> read)
    {
        try
        {
            using var xml = new GivenXml(content, Report);
            while (!xml.Starts && xml.Read())
            {
                // What stands before the first element says nothing.
            }
            return read(xml);
        }
        catch (XmlException e)
        {
            throw ReportReader.Wrong(
                DocumentType(content) is { } line
                    ? $"This XML has a document type (<!DOCTYPE> in line {line}). Such files are not read, because a document type can blow up whoever reads it. "
                        + "Take it out and push the file again."
                    : $"This is not XML that can be read: line {e.LineNumber}, position {e.LinePosition}. It may have been cut off while it was written."
            );
        }
    }

    /// <summary>What a file is that is no JUnit report.</summary>
    public static string Instead(string name, string space) =>
        name switch
        {
            "bom" when space.Contains("cyclonedx", StringComparison.OrdinalIgnoreCase) =>
                "This is a CycloneDX bill of materials in XML; only JSON is read. Let the tool write JSON, or convert it with 'cyclonedx convert'.",
            "assemblies" or "test-run" or "test-results" or "TestRun" =>
                $"This XML begins with <{name}>, which is the tool's own format. Let the tool write JUnit XML, which begins with <testsuites>.",
            _ => $"This XML begins with <{name.Cut(60)}>, not with <testsuites>.",
        };

    private static int? DocumentType(byte[] content)
    {
        var text = Encoding.UTF8.GetString(content);
        var at = text.IndexOf("<!DOCTYPE", StringComparison.OrdinalIgnoreCase);
        // Only what stands before the first element is a document type.
        if (at < 0)
            return null;
        var before = text.AsSpan(0, at);
        return before.Count("<") == before.Count("<?") + before.Count("<!--") ? before.Count('\n') + 1 : null;
    }
}
