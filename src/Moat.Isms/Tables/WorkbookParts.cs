using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Packaging;

namespace Moat.Isms.Tables;

/// <summary>A sheet as the workbook lists it.</summary>
internal sealed record ListedSheet(string Name, string Id, bool Hidden);

/// <summary>
/// What all sheets of a workbook share: their list, texts, percent styles and where days are counted from.
/// </summary>
internal sealed class WorkbookParts
{
    /// <summary>The sheets in their order.</summary>
    public List<ListedSheet> Sheets { get; } = [];

    /// <summary>Texts that cells name by their index.</summary>
    public List<string> Texts { get; } = [];

    /// <summary>Styles that show a number as a percentage.</summary>
    public HashSet<int> Percents { get; } = [];

    /// <summary>Whether days are counted from 1904, as Excel for Mac did.</summary>
    public bool From1904 { get; private set; }

    public static WorkbookParts Read(WorkbookPart workbook, TableBudget budget)
    {
        var parts = new WorkbookParts();
        parts.ReadList(workbook, budget);
        if (workbook.SharedStringTablePart is { } texts)
            parts.ReadTexts(texts, budget);
        if (workbook.WorkbookStylesPart is { } styles)
            parts.ReadStyles(styles, budget);
        return parts;
    }

    private void ReadList(WorkbookPart workbook, TableBudget budget)
    {
        using var xml = new XmlPart(workbook.GetStream(FileMode.Open, FileAccess.Read), budget);
        while (xml.Read())
        {
            if (!xml.Starts)
                continue;
            if (xml.Name == "workbookPr")
                From1904 = xml.Attribute("date1904") is "1" or "true";
            else if (xml.Name == "sheet" && xml.RelationshipId() is { } id)
                Sheets.Add(
                    new ListedSheet(xml.Attribute("name") ?? "", id, xml.Attribute("state") is "hidden" or "veryHidden")
                );
        }
    }

    private void ReadTexts(SharedStringTablePart part, TableBudget budget)
    {
        using var xml = new XmlPart(part.GetStream(FileMode.Open, FileAccess.Read), budget);
        var text = new CellText();
        while (xml.Read())
        {
            text.Follow(xml);
            if (xml.Name != "si" || !xml.Ends)
                continue;
            Texts.Add(text.Take());
        }
    }

    private void ReadStyles(WorkbookStylesPart part, TableBudget budget)
    {
        using var xml = new XmlPart(part.GetStream(FileMode.Open, FileAccess.Read), budget);
        var custom = new HashSet<string>();
        var (inFormats, index) = (false, 0);
        while (xml.Read())
        {
            if (xml.Name == "cellXfs")
                inFormats = xml.Starts && !xml.Ends;
            if (!xml.Starts)
                continue;
            if (
                xml.Name == "numFmt"
                && xml.Attribute("formatCode")?.Contains('%', StringComparison.Ordinal) == true
                && xml.Attribute("numFmtId") is { } format
            )
                custom.Add(format);
            if (!inFormats || xml.Name != "xf")
                continue;
            if (xml.Attribute("numFmtId") is { } used && (used is "9" or "10" || custom.Contains(used)))
                Percents.Add(index);
            index++;
        }
    }
}

/// <summary>
/// Collects the text of a cell or of a shared text out of its runs; what only helps to pronounce it is left out.
/// </summary>
internal sealed partial class CellText
{
    private readonly StringBuilder _text = new();
    private bool _open;
    private bool _spoken;

    /// <summary>Takes in a node.</summary>
    public void Follow(XmlPart xml)
    {
        if (xml.Name == "rPh")
            _spoken = !xml.Ends;
        else if (xml.Name is "t" or "v")
            _open = !xml.Ends;
        else if (_open && !_spoken)
            Add(xml.Text);
    }

    /// <summary>The text so far, which is forgotten then.</summary>
    public string Take()
    {
        var text = Escape()
            .Replace(
                _text.ToString(),
                m =>
                    $"{(char)ushort.Parse(m.Groups[1].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture)}"
            );
        _text.Clear();
        return text.Replace("\r\n", "\n", StringComparison.Ordinal).Trim();
    }

    // How texts of a workbook write what XML cannot carry (ECMA-376, 22.9.2.19, ST_Xstring).
    [GeneratedRegex("_x([0-9A-Fa-f]{4})_", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();

    private void Add(string text)
    {
        if (_text.Length + text.Length > XmlPart.LongestText)
            throw TableBudget.Refused($"A cell has at most {XmlPart.LongestText:N0} characters here, as in Excel.");
        _text.Append(text);
    }
}
