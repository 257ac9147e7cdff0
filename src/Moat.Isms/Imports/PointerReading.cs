using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Moat.Isms.Kernel;

namespace Moat.Isms.Imports;

/// <summary>That a record names another one, by id or by reference.</summary>
internal sealed record Pointer(Guid From, string? Ref, Guid To);

/// <summary>
/// Finds what rests on records: every column of every register that holds an id or a reference is asked, so that a
/// register that is added later is asked as well.
/// </summary>
public sealed class PointerReading(MoatDb db)
{
    // As many as fit into one query; more are compared here.
    private const int InQuery = 500;

    private static readonly MethodInfo ById = Method(nameof(IdsOf)),
        ByRef = Method(nameof(RefsOf));

    /// <summary>What points at these records, which have a reference or none.</summary>
    internal async Task<IReadOnlyList<Pointer>> To(IReadOnlyDictionary<Guid, string?> records, CancellationToken ct)
    {
        var found = new List<Pointer>();
        var refs = records.Where(r => r.Value is not null).ToDictionary(r => r.Value!, r => r.Key);
        foreach (var type in db.Model.GetEntityTypes().Where(t => t.ClrType.IsSubclassOf(typeof(Record))))
        foreach (var property in type.GetProperties())
            if (HoldsId(property))
                found.AddRange(
                    from held in await Ask<Guid>(ById, property, [.. records.Keys], ct)
                    where records.ContainsKey(held.To)
                    select new Pointer(held.From, held.Ref, held.To)
                );
            else if (HoldsRef(property))
                found.AddRange(
                    from held in await Ask<string>(ByRef, property, [.. refs.Keys], ct)
                    where refs.ContainsKey(held.To)
                    select new Pointer(held.From, held.Ref, refs[held.To])
                );
        return found;
    }

    private static bool HoldsId(IProperty property) =>
        property.Name is not (nameof(Record.Id) or nameof(Record.OrganizationId))
        && (Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType) == typeof(Guid);

    private static bool HoldsRef(IProperty property) =>
        property.ClrType == typeof(string) && property.Name.EndsWith("Ref", StringComparison.Ordinal);

    private Task<List<Held<T>>> Ask<T>(MethodInfo method, IProperty property, List<T> wanted, CancellationToken ct)
        where T : notnull =>
        (Task<List<Held<T>>>)
            method.MakeGenericMethod(property.DeclaringType.ClrType).Invoke(this, [property.Name, wanted, ct])!;

    private async Task<List<Held<Guid>>> IdsOf<T>(string property, List<Guid> wanted, CancellationToken ct)
        where T : Record
    {
        var all = db.Set<T>().AsNoTracking().Where(r => EF.Property<Guid?>(r, property) != null);
        if (wanted.Count <= InQuery)
            all = all.Where(r => wanted.Contains(EF.Property<Guid?>(r, property)!.Value));
        var kind = Kind<T>();
        var rows = kind is null
            ? await all.Select(r => new
                {
                    r.Id,
                    Number = 0,
                    To = EF.Property<Guid?>(r, property)!.Value,
                })
                .ToListAsync(ct)
            : await all.Select(r => new
                {
                    r.Id,
                    Number = EF.Property<int>(r, nameof(Referenced.Number)),
                    To = EF.Property<Guid?>(r, property)!.Value,
                })
                .ToListAsync(ct);
        return [.. rows.Select(r => new Held<Guid>(r.Id, kind is null ? null : $"{kind}-{r.Number}", r.To))];
    }

    private async Task<List<Held<string>>> RefsOf<T>(string property, List<string> wanted, CancellationToken ct)
        where T : Record
    {
        var all = db.Set<T>().AsNoTracking().Where(r => EF.Property<string?>(r, property) != null);
        if (wanted.Count <= InQuery)
            all = all.Where(r => wanted.Contains(EF.Property<string>(r, property)));
        var kind = Kind<T>();
        var rows = kind is null
            ? await all.Select(r => new
                {
                    r.Id,
                    Number = 0,
                    To = EF.Property<string>(r, property),
                })
                .ToListAsync(ct)
            : await all.Select(r => new
                {
                    r.Id,
                    Number = EF.Property<int>(r, nameof(Referenced.Number)),
                    To = EF.Property<string>(r, property),
                })
                .ToListAsync(ct);
        return [.. rows.Select(r => new Held<string>(r.Id, kind is null ? null : $"{kind}-{r.Number}", r.To))];
    }

    private static string? Kind<T>() =>
        typeof(T).IsSubclassOf(typeof(Referenced)) ? RecordKind.Of(typeof(T)).Prefix : null;

    private static MethodInfo Method(string name) =>
        typeof(PointerReading).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Instance)!;

    private sealed record Held<T>(Guid From, string? Ref, T To);
}
