using System.Text;

namespace Moat.Isms.Tables;

/// <summary>A row that may be the header of a table, alone or with the row above that groups its columns.</summary>
/// <param name="Row">The row, the lower one of two.</param>
/// <param name="Shown">What stands above each column.</param>
/// <param name="IsGrouped">Whether the row above belongs to it.</param>
internal sealed record TableHeader(SheetRow Row, IReadOnlyList<string> Shown, bool IsGrouped)
{
    private const int LongestHeader = 400;

    // Words before or after a name that make it another column: a residual risk's description is not the risk's.
    private static readonly HashSet<string> Qualifiers =
    [
        "residual",
        "inherent",
        "gross",
        "net",
        "target",
        "initial",
        "final",
        "current",
        "previous",
        "old",
        "planned",
        "accepted",
        "secondary",
        "no",
        "not",
        "non",
        "status",
        "owner",
        "due",
        "deadline",
    ];

    private readonly List<(string[] Whole, string[] Own)> _forms =
    [
        .. Shown.Select((shown, at) => (Forms(shown), Forms(Row.At(at)))),
    ];

    /// <summary>The rows at the top of a sheet that may be a header.</summary>
    public static IEnumerable<TableHeader> Of(Sheet sheet, int within)
    {
        SheetRow? above = null;
        foreach (var row in sheet.Rows.Take(within).Where(r => !r.IsBand))
        {
            yield return new TableHeader(row, row.Cells, IsGrouped: false);
            if (above?.Number == row.Number - 1 && above.Cells.Count(c => c.Length > 0) > 1)
                yield return new TableHeader(row, Together(above, row), IsGrouped: true);
            above = row;
        }
    }

    /// <summary>
    /// Which column each field is in, by the fields' order: what a person said, then exact names, then names with more
    /// words around them.
    /// </summary>
    public Dictionary<string, int> Match(IReadOnlyList<TableColumn> known, IReadOnlyDictionary<string, string>? byHand)
    {
        var match = new Dictionary<string, int>();
        foreach (var (field, header) in byHand ?? new Dictionary<string, string>())
            if (Find(header) is { } index)
                match[field] = index;
        Take(known, match, (forms, name) => forms.Whole.Contains(name));
        Take(known, match, (forms, name) => forms.Own.Contains(name));
        Take(
            [.. known.Where(k => !k.IsExact)],
            match,
            (forms, name) => name.Length > 8 && forms.Whole.Any(f => IsWithin(f, name))
        );
        return match;
    }

    /// <summary>
    /// The column that a person names: by what stands there, else without case and punctuation; null when there is
    /// none.
    /// </summary>
    public int? Find(string? header)
    {
        var said = header?.ReplaceLineEndings(" ").Trim() ?? "";
        var plain = Plain(said);
        var index = Enumerable
            .Range(0, _forms.Count)
            .Where(at => Says(Shown[at], said) || Says(Row.At(at), said))
            .Append(-1)
            .First();
        if (index < 0)
            index = _forms.FindIndex(f => f.Whole.Contains(plain) || f.Own.Contains(plain));
        return index < 0 ? null : index;
    }

    private static bool Says(string cell, string said) =>
        said.Length > 0 && cell.ReplaceLineEndings(" ").Trim().Equals(said, StringComparison.OrdinalIgnoreCase);

    private void Take(
        IReadOnlyList<TableColumn> known,
        Dictionary<string, int> match,
        Func<(string[] Whole, string[] Own), string, bool> fits
    )
    {
        foreach (var column in known.Where(k => !match.ContainsKey(k.Field)))
        foreach (var name in column.Names)
            if (_forms.FindIndex(f => fits(f, name)) is >= 0 and var index && !match.ContainsValue(index))
            {
                match[column.Field] = index;
                break;
            }
    }

    private static bool IsWithin(string header, string name)
    {
        var more =
            header.StartsWith(name + " ", StringComparison.Ordinal) ? header[name.Length..]
            : header.EndsWith(" " + name, StringComparison.Ordinal) ? header[..^name.Length]
            : null;
        return more is not null && !more.Split(' ').Any(Qualifiers.Contains);
    }

    /// <summary>
    /// Each column's header under the heading of its group, which stands above the group's first column only or in a
    /// merged cell.
    /// </summary>
    private static List<string> Together(SheetRow above, SheetRow row)
    {
        var (shown, group) = (new List<string>(), "");
        for (var column = 0; column < Math.Max(above.Cells.Count, row.Cells.Count); column++)
        {
            var (upper, own) = (above.At(column).Trim(), row.At(column).Trim());
            if (upper.Length > 0)
                group = upper;
            shown.Add(own.Length == 0 || own == upper ? upper : $"{group} {own}".Trim());
        }
        return shown;
    }

    /// <summary>
    /// A header without case and punctuation, as it is written and with words such as displayName taken apart.
    /// </summary>
    private static string[] Forms(string header)
    {
        if (header.Length is 0 or > LongestHeader)
            return [];
        return [.. new[] { Plain(header), Plain(Apart(header)) }.Where(f => f.Length is > 0 and < 80).Distinct()];
    }

    private static string Apart(string header)
    {
        var apart = new StringBuilder();
        for (var at = 0; at < header.Length; at++)
        {
            if (at > 0 && char.IsUpper(header[at]) && char.IsLower(header[at - 1]))
                apart.Append(' ');
            apart.Append(header[at]);
        }
        return apart.ToString();
    }

    /// <summary>A header without case, punctuation and what stands in brackets.</summary>
    private static string Plain(string header)
    {
        var plain = new StringBuilder();
        var depth = 0;
        foreach (var c in header)
        {
            if (c is '(' or '[')
                depth++;
            else if (c is ')' or ']')
                depth = Math.Max(0, depth - 1);
            else if (depth == 0)
                plain.Append(char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ');
        }
        return string.Join(' ', plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }
}
