using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Retirements;

namespace Moat.Isms.Processes;

/// <summary>What to look for.</summary>
public sealed record SearchRecords
{
    /// <summary>A reference such as RISK-2, or words that must all occur.</summary>
    [MinLength(1), MaxLength(200)]
    public required string Q { get; init; }
}

/// <summary>A record that was found.</summary>
public sealed record FoundRecord(string Ref, string Process, string Title)
{
    /// <summary>
    /// That it is in no register any more, such as "Retired" or "Merged into RISK-2"; nothing for one that counts.
    /// </summary>
    public string? Mark { get; init; }
}

/// <summary>Search over every register.</summary>
[Process("search", "Finds records of any kind by reference or words.")]
public sealed class SearchProcess(MoatDb db, RecordFinder records)
{
    private const int MostOfAKind = 10;

    private static readonly MethodInfo ByWords = typeof(SearchProcess).GetMethod(
        nameof(FindByWords),
        BindingFlags.NonPublic | BindingFlags.Instance
    )!;

    /// <summary>The records that match, those of a kind together.</summary>
    [Query("find", Permission.ReadIsms, "Find records of any kind by reference or words")]
    public async Task<IReadOnlyList<FoundRecord>> Find(SearchRecords input, CancellationToken ct)
    {
        if (RecordKind.Parse(input.Q.Trim()) is not null)
        {
            try
            {
                return await Marked([await records.One(input.Q.Trim(), ct)], ct);
            }
            catch (NotFound)
            {
                return [];
            }
        }
        var words = SearchText.Fold(input.Q).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
            return [];
        var found = new List<Referenced>();
        foreach (
            var kind in RecordKind
                .All.Values.Where(k => k.Process != "access" && !k.Declared.PartOfAnother)
                .OrderBy(k => k.Prefix, StringComparer.Ordinal)
        )
            found.AddRange(
                await (Task<List<Referenced>>)ByWords.MakeGenericMethod(kind.Type).Invoke(this, [words, ct])!
            );
        return await Marked(found, ct);
    }

    private async Task<List<Referenced>> FindByWords<T>(string[] words, CancellationToken ct)
        where T : Referenced
    {
        var query = db.Set<T>().AsQueryable();
        foreach (var word in words)
            query = query.Where(r => r.Search.Contains(word));
        return [.. await query.OrderBy(r => r.Number).Take(MostOfAKind).ToListAsync(ct)];
    }

    private async Task<IReadOnlyList<FoundRecord>> Marked(List<Referenced> found, CancellationToken ct)
    {
        var marks = await db.RetirementMarks([.. found.OfType<Proposable>()], ct);
        return
        [
            .. found.Select(r => new FoundRecord(r.Ref, RecordKind.Of(r.GetType()).Process, r.Caption)
            {
                Mark = marks.GetValueOrDefault(r.Id),
            }),
        ];
    }
}
