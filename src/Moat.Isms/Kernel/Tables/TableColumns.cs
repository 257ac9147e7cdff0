using System.Text;

namespace Moat.Isms.Kernel.Tables;

/// <summary>A column that an import understands.</summary>
/// <param name="Field">The field it fills.</param>
/// <param name="Needed">Whether a table without it is refused.</param>
/// <param name="Names">What other registers call it, in lower case without punctuation.</param>
public sealed record TableColumn(string Field, bool Needed, params string[] Names);

/// <summary>A column of the file and the field it was matched with.</summary>
public sealed record MatchedColumn(string Field, string Header);

/// <summary>Where in a file a table is and what its columns mean.</summary>
/// <param name="Sheet">The sheet.</param>
/// <param name="HeaderRow">The number of the row with the headers.</param>
/// <param name="Columns">Matched columns.</param>
/// <param name="Unmatched">Headers that nothing was matched with; their content is not imported.</param>
/// <param name="Rows">The rows below the header.</param>
public sealed record FoundTable(
    string Sheet, int HeaderRow, IReadOnlyList<MatchedColumn> Columns, IReadOnlyList<string> Unmatched, IReadOnlyList<SheetRow> Rows)
{
    private readonly Dictionary<string, int> _index = [];

    internal FoundTable At(Dictionary<string, int> index)
    {
        foreach (var (field, column) in index) _index[field] = column;
        return this;
    }

    /// <summary>What a row says about a field; empty when the table has no such column.</summary>
    public string Value(SheetRow row, string field) => _index.TryGetValue(field, out var column) ? row.At(column).Trim() : "";
}

/// <summary>Finds the header row of a register as people really lay them out: below titles, in one of several sheets, in other words.</summary>
public static class TableFinder
{
    private const int HeaderWithin = 30;

    /// <summary>The best table of a file. Throws <see cref="InputInvalid"/> when there is none.</summary>
    /// <param name="sheets">The file's sheets.</param>
    /// <param name="known">The columns that the import understands.</param>
    /// <param name="sheet">Only this sheet, if given.</param>
    /// <param name="columns">Headers that a person matched by hand, by field.</param>
    public static FoundTable Find(
        IReadOnlyList<Sheet> sheets, IReadOnlyList<TableColumn> known, string? sheet, IReadOnlyDictionary<string, string>? columns)
    {
        if (columns?.Keys.FirstOrDefault(f => known.All(k => k.Field != f)) is { } wrong)
            throw new InputInvalid($"columns.{wrong}", $"There is no such field. One of: {string.Join(", ", known.Select(k => k.Field))}.");
        var among = sheet is null ? sheets : [.. sheets.Where(s => s.Name.Trim().Equals(sheet.Trim(), StringComparison.OrdinalIgnoreCase))];
        if (among.Count == 0) throw new InputInvalid("sheet", $"There is no such sheet. One of: {string.Join(", ", sheets.Select(s => s.Name.Trim()))}.");
        var candidates = from s in among
                         from row in s.Rows.Take(HeaderWithin)
                         where !row.IsBand
                         let match = Match(row, known, columns)
                         where known.Where(k => k.Needed).All(k => match.ContainsKey(k.Field)) && (match.Count > 1 || row.Cells.Count(c => c.Length > 0) == 1)
                         orderby match.Count descending, s.Rows.Count descending
                         select (Sheet: s, Row: row, Match: match);
        var best = candidates.FirstOrDefault();
        if (best.Sheet is null)
            throw new InputInvalid("file", $"No row in the first {HeaderWithin} of any sheet looks like the header of this register. It needs a column such as "
                + $"'{known.First(k => k.Needed).Names[0]}' and at least one of: {string.Join(", ", known.Where(k => !k.Needed).Take(6).Select(k => k.Names[0]))}.");
        return new FoundTable(
            best.Sheet.Name.Trim(), best.Row.Number, [.. best.Match.Select(m => new MatchedColumn(m.Key, best.Row.At(m.Value)))],
            [.. best.Row.Cells.Where((c, i) => c.Length > 0 && !best.Match.ContainsValue(i)).Distinct()],
            [.. best.Sheet.Rows.Where(r => r.Number > best.Row.Number && !r.IsBand)]).At(best.Match);
    }

    private static Dictionary<string, int> Match(SheetRow row, IReadOnlyList<TableColumn> known, IReadOnlyDictionary<string, string>? byHand)
    {
        var headers = row.Cells.Select(Plain).ToList();
        var match = new Dictionary<string, int>();
        foreach (var (field, header) in byHand ?? new Dictionary<string, string>())
            if (headers.IndexOf(Plain(header)) is >= 0 and var index) match[field] = index;
        Take(known, match, (header, name) => header == name, headers);
        Take(known, match, (header, name) => name.Length > 8 && (header.StartsWith(name + " ", StringComparison.Ordinal) || header.EndsWith(" " + name, StringComparison.Ordinal)), headers);
        return match;
    }

    private static void Take(IReadOnlyList<TableColumn> known, Dictionary<string, int> match, Func<string, string, bool> fits, List<string> headers)
    {
        foreach (var column in known.Where(k => !match.ContainsKey(k.Field)))
            foreach (var name in column.Names)
                if (headers.FindIndex(h => h.Length is > 0 and < 80 && fits(h, name)) is >= 0 and var index && !match.ContainsValue(index))
                {
                    match[column.Field] = index;
                    break;
                }
    }

    /// <summary>A header without case, punctuation and what stands in brackets.</summary>
    private static string Plain(string header)
    {
        var plain = new StringBuilder();
        var depth = 0;
        foreach (var c in header)
        {
            if (c is '(' or '[') depth++;
            else if (c is ')' or ']') depth = Math.Max(0, depth - 1);
            else if (depth == 0) plain.Append(char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ');
        }
        return string.Join(' ', plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }
}
