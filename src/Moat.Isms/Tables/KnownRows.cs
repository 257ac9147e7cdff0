using System.Globalization;
using Moat.Isms.Kernel;

namespace Moat.Isms.Tables;

/// <summary>A record that a row is about.</summary>
/// <param name="Ref">Its reference.</param>
/// <param name="Differences">Where the row says something else, a phrase each.</param>
/// <param name="WhyLeft">How it left its register, if it did; the row is then not taken, because a person decided
/// so.</param>
internal sealed record KnownRecord(string Ref, IReadOnlyList<string> Differences, string? WhyLeft);

/// <summary>
/// Finds the records that rows are about, so that a table that is read again, or a register of Moat's own, doubles
/// nothing.
/// </summary>
internal static class KnownRows
{
    private static readonly Dictionary<Guid, string> NoneLeft = [];

    /// <summary>
    /// The records by the rows' numbers: of the reference that a row has, of the same source, or of the same name. One
    /// that left its register is named where none that is in it fits.
    /// </summary>
    public static IReadOnlyDictionary<int, KnownRecord> Match<TRow, T>(
        IReadOnlyList<TRow> rows,
        IReadOnlyList<T> records,
        TableRemarks remarks,
        Func<T, string?> source,
        Func<TRow, T, bool> mayBeByName,
        Func<TRow, T, IEnumerable<string?>> differences,
        IReadOnlyDictionary<Guid, string>? whyLeft = null
    )
        where TRow : ImportedRow
        where T : Referenced
    {
        var left = whyLeft ?? NoneLeft;
        var found = ByRef(rows, records, remarks);
        var taken = found.Values.Select(r => r.Id).ToHashSet();
        var bySource = records.Where(r => source(r) is not null).ToLookup(r => source(r)!);
        var byName = records.ToLookup(r => SearchText.Fold(r.Caption));
        void Find(Func<TRow, IEnumerable<T>> among, Func<TRow, T, bool> fits)
        {
            foreach (var row in rows.Where(r => !found.ContainsKey(r.Number)))
                if (among(row).FirstOrDefault(r => fits(row, r)) is { } record)
                {
                    found[row.Number] = record;
                    taken.Add(record.Id);
                }
        }
        Find(row => bySource[row.Source], (_, r) => !left.ContainsKey(r.Id) && !taken.Contains(r.Id));
        Find(row => bySource[row.Source], (_, r) => !left.ContainsKey(r.Id));
        Find(
            row => byName[SearchText.Fold(row.Title)],
            (row, r) => !left.ContainsKey(r.Id) && !taken.Contains(r.Id) && mayBeByName(row, r)
        );
        Find(row => bySource[row.Source], (_, r) => left.ContainsKey(r.Id));
        Find(row => byName[SearchText.Fold(row.Title)], (row, r) => left.ContainsKey(r.Id) && mayBeByName(row, r));
        return rows.Where(r => found.ContainsKey(r.Number))
            .ToDictionary(r => r.Number, r => Known(found[r.Number], differences(r, found[r.Number]), left));
    }

    private static KnownRecord Known(
        Referenced record,
        IEnumerable<string?> differences,
        IReadOnlyDictionary<Guid, string> left
    ) => new(record.Ref, [.. differences.OfType<string>()], left.GetValueOrDefault(record.Id));

    /// <summary>How a row differs in one thing; null when it says the same or nothing.</summary>
    public static string? Differs(string what, object? here, object? inFile) =>
        inFile is null || Shown(here) == Shown(inFile)
            ? null
            : $"{what}: '{Shown(here).Cut(60)}' here, '{Shown(inFile).Cut(60)}' in the file";

    /// <summary>
    /// Other registers number their records with the same letters. So references count only where most of them are
    /// those of records that are called as the rows are.
    /// </summary>
    private static Dictionary<int, T> ByRef<TRow, T>(
        IReadOnlyList<TRow> rows,
        IReadOnlyList<T> records,
        TableRemarks remarks
    )
        where TRow : ImportedRow
        where T : Referenced
    {
        var byRef = records.ToDictionary(r => r.Ref);
        var named = rows.Where(r => r.Ref is not null && byRef.ContainsKey(r.Ref)).ToList();
        if (named.Count == 0)
            return [];
        var alike = named.Count(r =>
            SearchText
                .Fold(byRef[r.Ref!].Caption)
                .StartsWith(SearchText.Fold(r.Title).TrimEnd('…'), StringComparison.Ordinal)
        );
        if (alike * 2 >= named.Count)
            return named.DistinctBy(r => r.Ref).ToDictionary(r => r.Number, r => byRef[r.Ref!]);
        remarks.Say(
            $"References such as {named[0].Ref} stand for other records here, so they are taken for another register's numbers."
        );
        return [];
    }

    private static string Shown(object? value) =>
        value switch
        {
            null => "",
            DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            _ => (Convert.ToString(value, CultureInfo.InvariantCulture) ?? "").ReplaceLineEndings("\n").Trim(),
        };
}
