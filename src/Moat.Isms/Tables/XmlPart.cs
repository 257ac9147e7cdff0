using System.Xml;
using Moat.Isms.Kernel.Reading;

namespace Moat.Isms.Tables;

/// <summary>Reads the XML of an Office part node by node and counts its elements.</summary>
internal sealed class XmlPart(Stream stream, TableBudget budget) : IDisposable
{
    /// <summary>Longer texts than this are refused; Excel itself keeps no more in a cell.</summary>
    public const int LongestText = 32_767;

    private static readonly XmlSubject Workbook = new("this workbook", "Save it again as XLSX, or as CSV.");

    private readonly GivenXml _xml = new(stream, Workbook);

    /// <summary>The name of the element, without its prefix.</summary>
    public string Name => _xml.Reader.LocalName;

    /// <summary>Whether an element starts here.</summary>
    public bool Starts => _xml.Starts;

    /// <summary>Whether an element ends here; one without content ends where it starts.</summary>
    public bool Ends => _xml.Ends;

    /// <summary>The text here; empty where there is none.</summary>
    public string Text =>
        _xml.Reader.NodeType
            is XmlNodeType.Text
                or XmlNodeType.CDATA
                or XmlNodeType.SignificantWhitespace
                or XmlNodeType.Whitespace
            ? _xml.Reader.Value
            : "";

    /// <summary>Goes to the next node; false at the end.</summary>
    public bool Read()
    {
        if (!_xml.Read())
            return false;
        if (Starts)
            budget.TakeElement();
        return true;
    }

    /// <summary>An attribute of the element by its name without a prefix.</summary>
    public string? Attribute(string name) => _xml.Reader.GetAttribute(name);

    /// <summary>
    /// The attribute that names a relationship; its namespace differs between the two editions of the format.
    /// </summary>
    public string? RelationshipId()
    {
        string? id = null;
        var reader = _xml.Reader;
        for (var more = reader.MoveToFirstAttribute(); more; more = reader.MoveToNextAttribute())
            if (reader.LocalName == "id" && reader.Prefix.Length > 0)
                id = reader.Value;
        reader.MoveToElement();
        return id;
    }

    /// <inheritdoc />
    public void Dispose() => _xml.Dispose();
}
