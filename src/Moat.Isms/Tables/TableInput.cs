using System.ComponentModel.DataAnnotations;
using Moat.Isms.Kernel;

namespace Moat.Isms.Tables;

/// <summary>A table to import.</summary>
public sealed record GiveTable : IReadFirst
{
    /// <summary>A CSV file or an XLSX workbook.</summary>
    public required GivenFile File { get; init; }

    /// <summary>Which sheet; the one that fits best when left out.</summary>
    [MaxLength(100)]
    public string? Sheet { get; init; }

    /// <summary>The number of the row with the headers, as the file counts; found when left out.</summary>
    [Range(1, TableReader.MostRows)]
    public int? HeaderRow { get; init; }

    /// <summary>Headers by field, for columns that were not recognised or were matched wrongly.</summary>
    public Dictionary<string, string>? Columns { get; init; }

    /// <summary>Enter the good rows although others are wrong.</summary>
    public bool SkipWrong { get; init; }

    /// <inheritdoc />
    void IReadFirst.ReadFirst() => File.Read(TableReader.Read);
}

/// <summary>One row as it would be entered.</summary>
/// <param name="Row">Its number in the file.</param>
/// <param name="Title">The record's name.</param>
/// <param name="Detail">What else was understood.</param>
/// <param name="Known">Whether it is in the register already; it is then left alone.</param>
public sealed record TableRowView(int Row, string Title, string Detail, bool Known)
{
    /// <summary>The record that it is about, when it is known.</summary>
    public string? Ref { get; init; }

    /// <summary>Where the row says something else than that record, a phrase each.</summary>
    public IReadOnlyList<string> Differences { get; init; } = [];
}

/// <summary>Rows below the header that are no records.</summary>
/// <param name="Rows">Their numbers in the file.</param>
/// <param name="Why">Why they are not taken.</param>
public sealed record RowsNotTaken(IReadOnlyList<int> Rows, string Why);

/// <summary>What an import would enter, or entered.</summary>
/// <param name="Sheet">The sheet that was read.</param>
/// <param name="HeaderRow">The row with the headers.</param>
/// <param name="Columns">How columns were matched.</param>
/// <param name="Unmatched">Columns whose content is not imported.</param>
/// <param name="Rows">The first rows as they are entered.</param>
/// <param name="New">How many records are new.</param>
/// <param name="Known">How many rows are in the register already.</param>
/// <param name="Problems">What is wrong, row by row.</param>
/// <param name="Remarks">What was understood in a way that somebody should know.</param>
public sealed record TableResult(
    string Sheet,
    int HeaderRow,
    IReadOnlyList<MatchedColumn> Columns,
    IReadOnlyList<string> Unmatched,
    IReadOnlyList<TableRowView> Rows,
    int New,
    int Known,
    IReadOnlyList<FieldError> Problems,
    IReadOnlyList<string> Remarks
)
{
    /// <summary>The file's sheets, for who chooses one by hand.</summary>
    public IReadOnlyList<string> Sheets { get; init; } = [];

    /// <summary>How many of the known rows say something else than their record does.</summary>
    public int Differing { get; init; }

    /// <summary>Rows that are neither entered nor known nor wrong.</summary>
    public IReadOnlyList<RowsNotTaken> NotTaken { get; init; } = [];
}
