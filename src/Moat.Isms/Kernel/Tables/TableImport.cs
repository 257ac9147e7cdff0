using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.People;

namespace Moat.Isms.Kernel.Tables;

/// <summary>A row of a table that was understood.</summary>
internal abstract record ImportedRow(int Number, string Title, string Source, Guid? OwnerId)
{
    /// <summary>What else was understood, in a few words.</summary>
    public abstract string Detail { get; }
}

/// <summary>Reads the rows of a table for any register: finds the header, collects problems and remarks, and tells new rows from known ones.</summary>
internal sealed class TableImport<TRow>(
    MoatDb db, IReadOnlyList<TableColumn> columns, string one, string many, Func<RowReading, TableRemarks, TRow?> readRow, Func<List<string>, CancellationToken, Task<List<string>>> known)
    where TRow : ImportedRow
{
    private const int Shown = 20;

    /// <summary>How the table is understood, and the rows that no earlier import entered.</summary>
    public async Task<(TableResult Result, IReadOnlyList<TRow> Fresh)> Read(GiveTable input, CancellationToken ct)
    {
        var table = TableFinder.Find(TableReader.Read(input.File), columns, input.Sheet, input.Columns);
        var today = db.Today;
        var remarks = new TableRemarks(many, await db.Set<Person>().Where(p => p.LeftOn == null || p.LeftOn >= today).ToListAsync(ct));
        var problems = new List<FieldError>();
        var rows = new List<TRow>();
        foreach (var line in table.Rows)
        {
            var before = problems.Count;
            if (readRow(new RowReading(table, line, problems), remarks) is { } row && problems.Count == before) rows.Add(row);
        }
        rows = [.. rows.DistinctBy(r => r.Source)];
        if (rows.Count == 0 && problems.Count == 0)
            throw new InputInvalid("file", string.Create(CultureInfo.InvariantCulture, $"Below the header in row {table.HeaderRow} of '{table.Sheet}' there is no row with {one}."));
        var sources = rows.Select(r => r.Source).ToList();
        var entered = (await known(sources, ct)).ToHashSet();
        var fresh = rows.Where(r => !entered.Contains(r.Source)).ToList();
        return (new TableResult(
            table.Sheet, table.HeaderRow, table.Columns, table.Unmatched,
            [.. rows.Take(Shown).Select(r => new TableRowView(r.Number, r.Title, r.Detail, entered.Contains(r.Source)))],
            fresh.Count, rows.Count - fresh.Count, problems, remarks.Some), fresh);
    }

    /// <summary>The rows to enter. Throws <see cref="InputInvalid"/> with every wrong cell unless wrong rows are to be skipped.</summary>
    public async Task<(TableResult Result, IReadOnlyList<TRow> Fresh)> ReadToEnter(GiveTable input, CancellationToken ct)
    {
        var read = await Read(input, ct);
        return read.Result.Problems.Count > 0 && !input.SkipWrong ? throw new InputInvalid(read.Result.Problems) : read;
    }
}

/// <summary>Which rows an earlier import entered.</summary>
internal static class KnownRows
{
    /// <summary>Those of the sources that records of this kind come from.</summary>
    public static Task<List<string>> SourcesOf<T>(this MoatDb db, List<string> sources, CancellationToken ct) where T : Proposable =>
        db.Set<T>().Where(r => r.Source != null && sources.Contains(r.Source)).Select(r => r.Source!).ToListAsync(ct);
}

/// <summary>What was understood in a way that somebody should know.</summary>
internal sealed class TableRemarks(string many, IReadOnlyList<Person> people)
{
    private const int Most = 20;
    private readonly List<string> _said = [];

    /// <summary>Each remark once, the first twenty.</summary>
    public IReadOnlyList<string> Some => [.. _said.Distinct().Take(Most)];

    /// <summary>Says something.</summary>
    public void Say(string remark) => _said.Add(remark);

    /// <summary>The person whom a cell names by name or e-mail; a name that nobody has is remarked on.</summary>
    public Guid? Owner(RowReading line)
    {
        if (line.Text("owner", 400) is not { } owner) return null;
        var person = people.FirstOrDefault(p => Same(p.Name, owner) || Same(p.Email, owner));
        if (person is null) Say($"'{owner.Cut(60)}' is nobody in the register of people; those {many} have no owner yet.");
        return person?.Id;
    }

    private static bool Same(string a, string b) => a.Equals(b.Trim(), StringComparison.OrdinalIgnoreCase);
}
