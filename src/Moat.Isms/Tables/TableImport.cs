using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.People;

namespace Moat.Isms.Tables;

/// <summary>A row of a table that was understood.</summary>
internal abstract record ImportedRow(int Number, string Title, string Source, Guid? OwnerId)
{
    /// <summary>What else was understood, in a few words.</summary>
    public abstract string Detail { get; }

    /// <summary>The reference of a record that the row gives, as a register of Moat's own does.</summary>
    public string? Ref { get; init; }
}

/// <summary>A register that tables are imported into.</summary>
/// <param name="Columns">The columns that it understands.</param>
/// <param name="One">One of its records, such as "an asset".</param>
/// <param name="Many">Its records, such as "assets".</param>
/// <param name="ToldApartBy">What two rows must not have in common, such as "name".</param>
internal sealed record TableRegister(IReadOnlyList<TableColumn> Columns, string One, string Many, string ToldApartBy)
{
    /// <summary>The field that a row must have.</summary>
    public string Needed => Columns.First(c => c.Needed).Field;
}

/// <summary>
/// Reads the rows of a table for any register: finds the header, collects problems and remarks, and tells new rows from
/// known ones. Every row below the header is entered, known, a problem, or named as not taken.
/// </summary>
internal sealed class TableImport<TRow>(
    MoatDb db,
    TableRegister register,
    Func<FoundTable, Func<RowReading, TableRemarks, TRow?>> reading,
    Func<IReadOnlyList<TRow>, TableRemarks, CancellationToken, Task<IReadOnlyDictionary<int, KnownRecord>>> known
)
    where TRow : ImportedRow
{
    private const int Shown = 20;

    /// <summary>How the table is understood, and the rows that are not in the register yet.</summary>
    public async Task<(TableResult Result, IReadOnlyList<TRow> Fresh)> Read(GiveTable input, CancellationToken ct)
    {
        var table = TableFinder.Find(
            input.File.Read(TableReader.Read),
            register.Columns,
            new TableChoice(input.Sheet, input.HeaderRow, input.Columns)
        );
        var today = db.Today;
        var remarks = new TableRemarks(
            register.Many,
            await db.Set<Person>().Where(p => p.LeftOn == null || p.LeftOn >= today).ToListAsync(ct)
        );
        foreach (var passed in table.PassedOver.Concat(ErrorCells.Told(table)))
            remarks.Say(passed);
        var (problems, notTaken) = (new List<FieldError>(), new List<(int Row, string Why)>());
        var rows = ReadRows(table, remarks, problems, notTaken);
        if (rows.Count == 0 && problems.Count == 0)
            throw TableBudget.Refused(
                $"Below the header in row {table.HeaderRow} of '{table.Sheet}' there is no row with {register.One}."
            );
        var entered = await known(rows, remarks, ct);
        notTaken.AddRange(
            rows.Where(r => WhyLeft(r, entered) is not null).Select(r => (r.Number, WhyLeft(r, entered)!))
        );
        rows.RemoveAll(r => WhyLeft(r, entered) is not null);
        var fresh = rows.Where(r => !entered.ContainsKey(r.Number)).ToList();
        return (
            new TableResult(
                table.Sheet,
                table.HeaderRow,
                table.Columns,
                table.Unmatched,
                [.. rows.Take(Shown).Select(r => View(r, entered.GetValueOrDefault(r.Number)))],
                fresh.Count,
                rows.Count - fresh.Count,
                problems,
                remarks.Some
            )
            {
                Sheets = table.Sheets,
                Differing = entered.Values.Count(e => e.WhyLeft is null && e.Differences.Count > 0),
                NotTaken =
                [
                    .. notTaken.GroupBy(n => n.Why).Select(g => new RowsNotTaken([.. g.Select(n => n.Row)], g.Key)),
                ],
            },
            fresh
        );
    }

    /// <summary>
    /// The rows to enter. Throws <see cref="InputInvalid"/> with every wrong cell unless wrong rows are to be skipped.
    /// </summary>
    public async Task<(TableResult Result, IReadOnlyList<TRow> Fresh)> ReadToEnter(
        GiveTable input,
        CancellationToken ct
    )
    {
        var read = await Read(input, ct);
        return read.Result.Problems.Count > 0 && !input.SkipWrong ? throw new InputInvalid(read.Result.Problems) : read;
    }

    private List<TRow> ReadRows(
        FoundTable table,
        TableRemarks remarks,
        List<FieldError> problems,
        List<(int Row, string Why)> notTaken
    )
    {
        var read = reading(table);
        var bySource = new Dictionary<string, List<(SheetRow Line, string? Ref)>>();
        var rows = new List<TRow>();
        foreach (var line in table.Rows)
        {
            if (TableNotes.WhyNoRecord(table, line, register.One) is { } why)
            {
                notTaken.Add((line.Number, why));
                continue;
            }
            var (before, row) = (problems.Count, new RowReading(table, line, problems));
            var understood = read(row, remarks);
            if (problems.Count > before)
                continue;
            if (understood is null || row.WhyLeft is not null)
            {
                notTaken.Add((line.Number, row.WhyLeft ?? $"It does not name {register.One}."));
                continue;
            }
            if (!bySource.TryGetValue(understood.Source, out var others))
                bySource[understood.Source] = others = [];
            if (others.Find(o => !AreToldApart(o.Ref, understood.Ref)).Line is not { } other)
            {
                others.Add((line, understood.Ref));
                rows.Add(understood);
            }
            else if (table.Values(other).SequenceEqual(table.Values(line)))
                notTaken.Add((line.Number, Same(other.Number)));
            else
                row.Problem(register.Needed, Told(other.Number));
        }
        return rows;
    }

    // A register of Moat's own may have several records of one name; each has its reference.
    private static bool AreToldApart(string? one, string? other) =>
        one is not null && other is not null && one != other;

    private static string? WhyLeft(TRow row, IReadOnlyDictionary<int, KnownRecord> entered) =>
        entered.GetValueOrDefault(row.Number)?.WhyLeft;

    private static string Same(int row) =>
        string.Create(CultureInfo.InvariantCulture, $"It says the same as row {row}.");

    private string Told(int row) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Row {row} has the same {register.ToldApartBy} and says something else. Give each row its own {register.ToldApartBy}, or leave one out."
        );

    private static TableRowView View(TRow row, KnownRecord? known) =>
        new(row.Number, row.Title, row.Detail, known is not null)
        {
            Ref = known?.Ref,
            Differences = known?.Differences ?? [],
        };
}
