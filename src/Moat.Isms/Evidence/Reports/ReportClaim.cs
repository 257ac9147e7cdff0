using System.Text;

namespace Moat.Isms.Evidence.Reports;

/// <summary>
/// Whether a file means to be a report, by its name or by what stands in it. One that does and cannot be read, such as
/// a log that was cut off, is no other file: kept as one, it would show a control that nobody looked at.
/// </summary>
public static class ReportClaim
{
    private static readonly string[] Names =
    [
        ".sarif",
        ".sarif.json",
        ".cdx.json",
        ".bom.json",
        ".cdx.xml",
        ".bom.xml",
        ".intoto.jsonl",
        ".intoto.json",
        ".junit.xml",
        "junit.xml",
    ];

    // Marks that stand together in a file of the format and near its beginning.
    private static readonly string[][] Marks =
    [
        ["\"runs\"", "\"tool\"", "\"driver\""],
        ["\"runs\"", "\"version\"", "2.1.0"],
        ["sarif-schema"],
        ["sarif-2.1.0"],
        ["\"bomFormat\"", "CycloneDX"],
        ["\"evaluated_expectations\""],
        ["\"expectation_config\""],
        ["\"run_results\"", "\"validation_result\""],
        ["application/vnd.in-toto+json"],
    ];

    /// <summary>Whether the file claims to be a report that is understood.</summary>
    public static bool Of(string fileName, byte[] content)
    {
        var name = Path.GetFileName(fileName);
        if (Names.Any(n => name.EndsWith(n, StringComparison.OrdinalIgnoreCase)))
            return true;
        var text = Encoding.UTF8.GetString(content).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        bool Holds(string mark) => text.Contains(mark, StringComparison.Ordinal);
        return text.StartsWith('<')
            ? Holds("<testsuite") || (Holds("<bom") && Holds("cyclonedx.org"))
            : text.StartsWith('{') && Marks.Any(marks => marks.All(Holds));
    }
}
