using System.Reflection;
using Microsoft.EntityFrameworkCore;

namespace Moat.Isms.Kernel;

/// <summary>Finds records of any kind by reference or id.</summary>
public sealed class RecordFinder(MoatDb db)
{
    private static readonly MethodInfo ByNumbers = Method(nameof(FindByNumbers));
    private static readonly MethodInfo ByIds = Method(nameof(FindByIds));

    /// <summary>
    /// The records that these references name, tracked inside an operation. Throws <see cref="NotFound"/> for a wrong
    /// one.
    /// </summary>
    public async Task<IReadOnlyList<Referenced>> All(IReadOnlyCollection<string> references, CancellationToken ct)
    {
        var parsed = references
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(r => (Reference: r, Parsed: RecordKind.Parse(r) ?? throw new NotFound(r)))
            .ToList();
        var found = new List<Referenced>();
        foreach (var kind in parsed.GroupBy(p => p.Parsed.Kind))
        {
            var numbers = kind.Select(k => k.Parsed.Number).ToList();
            var records = await Call(ByNumbers, kind.Key.Type, numbers, ct);
            if (records.Count < numbers.Distinct().Count())
                throw new NotFound(kind.First(k => records.All(r => r.Number != k.Parsed.Number)).Reference);
            found.AddRange(records);
        }
        return found;
    }

    /// <summary>The record that a reference names.</summary>
    public async Task<Referenced> One(string reference, CancellationToken ct) => (await All([reference], ct))[0];

    /// <summary>Those records that exist, by kind and id.</summary>
    public async Task<IReadOnlyDictionary<Guid, Referenced>> ByKindAndId(
        IEnumerable<(string Kind, Guid Id)> keys,
        CancellationToken ct
    )
    {
        var found = new Dictionary<Guid, Referenced>();
        foreach (var kind in keys.Distinct().GroupBy(k => k.Kind))
            if (RecordKind.All.TryGetValue(kind.Key, out var known))
                foreach (var record in await Call(ByIds, known.Type, kind.Select(k => k.Id).ToList(), ct))
                    found[record.Id] = record;
        return found;
    }

    private Task<List<Referenced>> Call(MethodInfo method, Type type, object keys, CancellationToken ct) =>
        (Task<List<Referenced>>)method.MakeGenericMethod(type).Invoke(this, [keys, ct])!;

    private async Task<List<Referenced>> FindByNumbers<T>(List<int> numbers, CancellationToken ct)
        where T : Referenced => [.. await db.Set<T>().Where(r => numbers.Contains(r.Number)).ToListAsync(ct)];

    private async Task<List<Referenced>> FindByIds<T>(List<Guid> ids, CancellationToken ct)
        where T : Referenced => [.. await db.Set<T>().Where(r => ids.Contains(r.Id)).ToListAsync(ct)];

    private static MethodInfo Method(string name) =>
        typeof(RecordFinder).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Instance)!;
}
