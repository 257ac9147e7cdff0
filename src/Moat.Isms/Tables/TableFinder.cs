using System.Globalization;
using Moat.Isms.Kernel;

namespace Moat.Isms.Tables;

/// <summary>
/// Finds the header row of a register as people really lay them out: below titles, in one of several sheets, in other
/// words.
/// </summary>
public static class TableFinder
{
    private const int HeaderWithin = 30;
    private const int ShownSheets = 10;
    private const int ShownHeaders = 40;

    private sealed record Candidate(Sheet Sheet, TableHeader Header, Dictionary<string, int> Match);

    /// <summary>The best table of a file. Throws <see cref="InputInvalid"/> when there is none.</summary>
    /// <param name="sheets">The file's sheets.</param>
    /// <param name="known">The columns that the import understands.</param>
    /// <param name="chosen">What a person chose by hand.</param>
    public static FoundTable Find(IReadOnlyList<Sheet> sheets, IReadOnlyList<TableColumn> known, TableChoice chosen)
    {
        var (sheet, columns) = (chosen.Sheet, chosen.Columns);
        if (columns?.Keys.FirstOrDefault(f => known.All(k => k.Field != f)) is { } wrong)
            throw new InputInvalid(
                $"columns.{wrong}",
                $"There is no such field. One of: {string.Join(", ", known.Select(k => k.Field))}."
            );
        var among = sheets
            .Where(s =>
                sheet is null ? !s.IsHidden : s.Name.Trim().Equals(sheet.Trim(), StringComparison.OrdinalIgnoreCase)
            )
            .ToList();
        if (among.Count == 0 && sheet is not null)
            throw new InputInvalid(
                "sheet",
                $"There is no such sheet. One of: {string.Join(", ", sheets.Select(s => s.Name.Trim()))}."
            );
        if (among.Count == 0)
            throw NothingToSee(sheets);
        var candidates = among
            .SelectMany(s => Candidates(s, known, chosen))
            .OrderByDescending(c => c.Match.Count)
            .ThenByDescending(c => c.Sheet.Rows.Count)
            .ThenBy(c => c.Header.IsGrouped)
            .ToList();
        if (candidates.Count == 0)
        {
            if (NotThere(among, known, chosen) is { } notThere)
                throw notThere;
            var others = string.Join(", ", known.Where(k => !k.Needed).Take(6).Select(k => k.Names[0]));
            throw new InputInvalid(
                chosen.HeaderRow is null ? "file" : "headerRow",
                $"{Where(sheets, chosen)} looks like the header of this register. It needs a column such as "
                    + $"'{known.First(k => k.Needed).Names[0]}' and at least one of: {others}. Or choose the sheet, the header's row and its columns by hand."
            );
        }
        var (found, header, match) = candidates[0];
        return new FoundTable(
            found.Name.Trim(),
            header.Row.Number,
            [.. match.Select(m => new MatchedColumn(m.Key, header.Shown[m.Value]))],
            [.. header.Shown.Where((c, i) => c.Length > 0 && !match.ContainsValue(i)).Distinct()],
            [.. found.Rows.Where(r => r.Number > header.Row.Number)]
        )
        {
            From1904 = found.From1904,
            Sheets = [.. sheets.Select(s => s.Name.Trim())],
            PassedOver = sheet is null ? [.. PassedOver(sheets, known, chosen, found, candidates)] : [],
        }.At(match, header.Row.Cells);
    }

    private static InputInvalid NothingToSee(IReadOnlyList<Sheet> sheets) =>
        new(
            "file",
            sheets.Count == 0
                ? "There is no sheet with cells in this workbook."
                : $"Every sheet of this workbook is hidden ({Names(sheets)}), and a hidden sheet is read only when its name is given as the sheet: "
                    + "choose it by hand, or unhide it."
        );

    /// <summary>
    /// That a column which a person chose is not there, when that is why there is no table. Another one is never
    /// guessed for it.
    /// </summary>
    private static InputInvalid? NotThere(List<Sheet> among, IReadOnlyList<TableColumn> known, TableChoice chosen)
    {
        var best = among.SelectMany(s => Headers(s, known, chosen)).MaxBy(c => c.Match.Count);
        foreach (var (field, header) in chosen.Columns ?? new Dictionary<string, string>())
            if (best is not null && best.Header.Find(header) is null)
                return new InputInvalid($"columns.{field}", Instead(header, best));
        return null;
    }

    private static string Instead(string? header, Candidate best)
    {
        var (row, sheet) = (best.Header.Row.Number.ToString(CultureInfo.InvariantCulture), best.Sheet.Name.Trim());
        var shown = best
            .Header.Shown.Where(h => h.Length > 0)
            .Select(h => h.ReplaceLineEndings(" ").Cut(80))
            .Take(ShownHeaders);
        return $"Row {row} of '{sheet}' has no header '{header?.Cut(80)}'. One of: {string.Join(", ", shown)}.";
    }

    // A row that a person points at may be anywhere, and its columns may be named in any way that the person says.
    private static IEnumerable<Candidate> Candidates(
        Sheet sheet,
        IReadOnlyList<TableColumn> known,
        TableChoice chosen
    ) =>
        from candidate in Headers(sheet, known, chosen)
        let match = candidate.Match
        where
            known.Where(k => k.Needed).All(k => match.ContainsKey(k.Field))
            && (
                match.Count > 1
                || chosen.HeaderRow is not null
                || candidate.Header.Row.Cells.Count(c => c.Length > 0) == 1
            )
            && (chosen.Columns is null || chosen.Columns.Values.All(h => candidate.Header.Find(h) is not null))
        select candidate;

    private static IEnumerable<Candidate> Headers(Sheet sheet, IReadOnlyList<TableColumn> known, TableChoice chosen) =>
        from header in TableHeader.Of(sheet, chosen.HeaderRow is null ? HeaderWithin : sheet.Rows.Count)
        where chosen.HeaderRow is null || header.Row.Number == chosen.HeaderRow
        select new Candidate(sheet, header, header.Match(known, chosen.Columns));

    private static string Where(IReadOnlyList<Sheet> sheets, TableChoice chosen)
    {
        var names = $"Sheets are: {Names(sheets)}.";
        return chosen.HeaderRow is { } row
            ? $"{names} Row {row} is not there, or nothing in it"
            : $"{names} No row in the first {HeaderWithin} of {(chosen.Sheet is null ? "any sheet" : "this one")}";
    }

    private static string Names(IReadOnlyList<Sheet> sheets) =>
        string.Join(", ", sheets.Take(ShownSheets).Select(s => $"'{s.Name.Trim()}'"))
        + (sheets.Count > ShownSheets ? " and more" : "");

    /// <summary>What is not read although it may hold records too.</summary>
    private static IEnumerable<string> PassedOver(
        IReadOnlyList<Sheet> sheets,
        IReadOnlyList<TableColumn> known,
        TableChoice chosen,
        Sheet found,
        List<Candidate> candidates
    )
    {
        foreach (var fitting in candidates.Where(c => c.Sheet != found).DistinctBy(c => c.Sheet))
        {
            var rows = fitting
                .Sheet.Rows.Count(r => r.Number > fitting.Header.Row.Number)
                .ToString("N0", CultureInfo.InvariantCulture);
            yield return $"Sheet '{fitting.Sheet.Name.Trim()}' looks like such a register too and is not read; {rows} rows stand below its header. "
                + "To import it as well, give its name as the sheet or save it as a file of its own.";
        }
        foreach (var hidden in sheets.Where(s => s.IsHidden))
        {
            var although = Candidates(hidden, known, chosen).Any() ? ", although it looks like such a register" : "";
            yield return $"Sheet '{hidden.Name.Trim()}' is hidden and is not read{although}.";
        }
        var others = sheets
            .Where(s => !s.IsHidden && s != found && s.Rows.Count > 0 && candidates.All(c => c.Sheet != s))
            .Select(s => $"'{s.Name.Trim()}'")
            .ToList();
        if (others.Count > 0)
            yield return $"{(others.Count == 1 ? "Sheet" : "Sheets")} {string.Join(", ", others)}: no header of such a register, so not read.";
    }
}
