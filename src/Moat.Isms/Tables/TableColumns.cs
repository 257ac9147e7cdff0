namespace Moat.Isms.Tables;

/// <summary>A column that an import understands.</summary>
/// <param name="Field">The field it fills.</param>
/// <param name="Needed">Whether a table without it is refused.</param>
/// <param name="Names">What other registers call it, in lower case without punctuation.</param>
public sealed record TableColumn(string Field, bool Needed, params string[] Names)
{
    /// <summary>
    /// Where a record of Moat's own register stands; what left its register there is not entered here.
    /// </summary>
    internal static TableColumn Standing { get; } = new("standing", false, "standing") { IsExact = true };

    /// <summary>
    /// Whether more words around a name make it another column: a treatment's status is no treatment.
    /// </summary>
    public bool IsExact { get; init; }
}

/// <summary>A column of the file and the field it was matched with.</summary>
public sealed record MatchedColumn(string Field, string Header);

/// <summary>What a person chose by hand of a table; what is left out is found.</summary>
/// <param name="Sheet">Only this sheet; without it, hidden sheets are not looked at.</param>
/// <param name="HeaderRow">The number of the row with the headers.</param>
/// <param name="Columns">Headers by field.</param>
public sealed record TableChoice(string? Sheet, int? HeaderRow, IReadOnlyDictionary<string, string>? Columns);

/// <summary>Where in a file a table is and what its columns mean.</summary>
/// <param name="Sheet">The sheet.</param>
/// <param name="HeaderRow">The number of the row with the headers; of the lower one where there are two.</param>
/// <param name="Columns">Matched columns.</param>
/// <param name="Unmatched">Headers that nothing was matched with; their content is not imported.</param>
/// <param name="Rows">The rows below the header, headings across the table among them.</param>
public sealed record FoundTable(
    string Sheet,
    int HeaderRow,
    IReadOnlyList<MatchedColumn> Columns,
    IReadOnlyList<string> Unmatched,
    IReadOnlyList<SheetRow> Rows
)
{
    private Dictionary<string, int> _index = [];
    private IReadOnlyList<string> _header = [];

    /// <summary>What was said about sheets that are not read, a sentence each.</summary>
    public IReadOnlyList<string> PassedOver { get; init; } = [];

    /// <summary>The file's sheets.</summary>
    public IReadOnlyList<string> Sheets { get; init; } = [];

    /// <summary>Whether the workbook counts days from 1904.</summary>
    public bool From1904 { get; init; }

    internal FoundTable At(Dictionary<string, int> index, IReadOnlyList<string> header)
    {
        (_index, _header) = (index, header);
        return this;
    }

    /// <summary>
    /// What a row says about a field; empty when the table has no such column or the cell shows an error.
    /// </summary>
    public string Value(SheetRow row, string field) =>
        Written(row, field) is var text && ErrorCells.Is(text) ? "" : text;

    /// <summary>What stands in the cell, an error too.</summary>
    internal string Written(SheetRow row, string field) =>
        _index.TryGetValue(field, out var column) ? row.At(column).Trim() : "";

    /// <summary>Whether the table has a column for the field.</summary>
    public bool Has(string field) => _index.ContainsKey(field);

    /// <summary>All that a row says about the columns that are imported.</summary>
    internal IReadOnlyList<string> Values(SheetRow row) => [.. _index.Values.Select(i => row.At(i).Trim())];

    /// <summary>Whether a row is the header again, as printed lists have it on every page.</summary>
    internal bool RepeatsHeader(SheetRow row) =>
        _index.Values.All(i =>
            row.At(i).Trim().Equals(i < _header.Count ? _header[i].Trim() : "", StringComparison.OrdinalIgnoreCase)
        );
}
