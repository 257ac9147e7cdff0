using System.Globalization;
using Moat.Isms.Kernel;

namespace Moat.Isms.Tables;

/// <summary>Reads the rows of one sheet while its XML streams by.</summary>
internal sealed class SheetXml(WorkbookParts workbook, TableBudget budget)
{
    private readonly List<(int Number, List<string> Cells)> _rows = [];
    private readonly Merges _merges = new(budget);
    private readonly CellText _text = new();
    private List<string> _cells = [];
    private int _number;
    private int _column = -1;
    private string? _kind;
    private string? _style;
    private bool _isFormula;
    private bool _isShown;

    /// <summary>The rows that are not empty. Throws <see cref="InputInvalid"/> when the sheet is too large.</summary>
    public List<SheetRow> Read(Stream stream)
    {
        using var xml = new XmlPart(stream, budget);
        while (xml.Read())
        {
            if (xml.Starts)
                Start(xml);
            _text.Follow(xml);
            if (xml.Ends)
                End(xml.Name);
        }
        var rows = _merges.Fill(_rows);
        return rows.Count <= TableReader.MostRows ? rows : throw TableReader.TooLarge();
    }

    private void Start(XmlPart xml)
    {
        switch (xml.Name)
        {
            case "row":
                budget.TakeCells(1);
                _number = int.TryParse(
                    xml.Attribute("r"),
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out var number
                )
                    ? number
                    : _number + 1;
                (_cells, _column) = ([], -1);
                break;
            case "c":
                budget.TakeCells(1);
                _column = xml.Attribute("r") is { } reference ? CellReference.ColumnOf(reference) : _column + 1;
                (_kind, _style, _isFormula, _isShown) = (xml.Attribute("t"), xml.Attribute("s"), false, false);
                break;
            case "f":
                _isFormula = true;
                break;
            case "v" or "is":
                _isShown = true;
                break;
            case "mergeCell":
                _merges.Add(xml.Attribute("ref") ?? "");
                break;
        }
    }

    private void End(string name)
    {
        if (name == "row")
            _rows.Add((_number, _cells));
        if (name != "c")
            return;
        // A program that writes a formula without computing it leaves nothing to read.
        var text = _isFormula && !_isShown ? ErrorCells.NotComputed : Shown(_text.Take());
        if (text.Length == 0)
            return;
        if (_column >= TableReader.MostColumns)
            throw TableReader.TooLarge();
        if (_column >= _cells.Count)
            budget.TakeCells(_column - _cells.Count);
        while (_cells.Count <= _column)
            _cells.Add("");
        _cells[_column] = text;
    }

    private string Shown(string value)
    {
        if (_kind == "s")
            return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                && index < workbook.Texts.Count
                    ? workbook.Texts[index]
                : value.Length == 0 ? ""
                : ErrorCells.Other;
        if (_kind == "b")
            return value == "1" ? "yes"
                : value.Length > 0 ? "no"
                : "";
        if (_kind == "e")
            return value.Length == 0 || ErrorCells.Is(value) ? value : ErrorCells.Other;
        if (_kind is not (null or "n"))
            return value;
        if (!double.TryParse(value, CultureInfo.InvariantCulture, out var amount))
            return value;
        return
            int.TryParse(_style, NumberStyles.None, CultureInfo.InvariantCulture, out var style)
            && workbook.Percents.Contains(style)
            ? (amount * 100).ToString("0.##", CultureInfo.InvariantCulture) + "%"
            : amount.ToString("0.##########", CultureInfo.InvariantCulture);
    }
}
