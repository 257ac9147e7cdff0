using System.Collections;
using System.Reflection;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Registers;
using Moat.Isms.People;
using Moat.Reports.Pack;

namespace Moat.Reports;

/// <summary>
/// Any register as a table: every field of every record, with people and records named instead of ids.
/// </summary>
public sealed class RegisterTable(IRegisterSource source)
{
    private const int MostAtOnce = 5000;

    private static readonly HashSet<string> Hidden =
    [
        nameof(Record.OrganizationId),
        nameof(Record.Id),
        nameof(Referenced.Number),
        nameof(Referenced.Search),
        nameof(Referenced.Caption),
        "SearchWords",
    ];

    private static readonly MethodInfo Load = typeof(RegisterTable).GetMethod(
        nameof(LoadOf),
        BindingFlags.NonPublic | BindingFlags.Instance
    )!;

    /// <summary>The registers that can be exported, by name, with the kinds of records in each.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<RecordKind>> Registers { get; } =
        RecordKind
            .All.Values.Where(k => k.Process != "access")
            .GroupBy(k => k.Process, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .ToDictionary(
                g => g.Key,
                g => (IReadOnlyList<RecordKind>)[.. g.OrderBy(k => k.Prefix, StringComparer.Ordinal)]
            );

    /// <summary>The records of a kind as a sheet.</summary>
    public async Task<TableSheet> Of(RecordKind kind, CancellationToken ct)
    {
        var rows = await (Task<List<Referenced>>)Load.MakeGenericMethod(kind.Type).Invoke(this, [ct])!;
        var fields = kind
            .Type.GetProperties()
            .Where(p => p.CanRead && !Hidden.Contains(p.Name) && !IsSecret(p) && p.Name != nameof(Referenced.Ref))
            .ToList();
        var names = await Names(rows, fields, ct);
        // A record of a document's version has a number of its own, which is called the same.
        string Header(PropertyInfo field) =>
            IsId(field)
            && field.Name.EndsWith("Id", StringComparison.Ordinal)
            && fields.All(f => f.Name != field.Name[..^2])
                ? field.Name[..^2]
                : field.Name;
        return new TableSheet(
            kind.Type.Name,
            [nameof(Referenced.Ref), .. fields.Select(f => Header(f).Spaced())],
            [
                .. rows.Select(r =>
                    (IReadOnlyList<object?>)[r.Ref, .. fields.Select(f => Show(source.Value(r, f), names))]
                ),
            ]
        )
        {
            Fields = [null, .. fields],
        };
    }

    /// <summary>All connections between records as a sheet.</summary>
    public async Task<TableSheet> Links(CancellationToken ct)
    {
        var links = await source.List(source.Of<Link>().OrderBy(l => l.CreatedAt).ThenBy(l => l.Id), ct);
        var known = await source.Find(links.SelectMany(l => new[] { (l.FromKind, l.FromId), (l.ToKind, l.ToId) }), ct);
        string Name(Guid id) => known.TryGetValue(id, out var record) ? record.Ref : "gone";
        return new TableSheet(
            "Links",
            ["From", "Type", "To", "Since", TableSheet.Record],
            [.. links.Select(l => (IReadOnlyList<object?>)[Name(l.FromId), l.Type, Name(l.ToId), l.CreatedAt, l.Id])]
        );
    }

    private async Task<List<Referenced>> LoadOf<T>(CancellationToken ct)
        where T : Referenced => [.. await source.List(source.Of<T>().OrderBy(r => r.Number), ct)];

    private async Task<Dictionary<Guid, string>> Names(
        List<Referenced> rows,
        List<PropertyInfo> fields,
        CancellationToken ct
    )
    {
        var wanted = rows.SelectMany(r => fields.Where(IsId).Select(f => f.GetValue(r))).OfType<Guid>().ToHashSet();
        var names = new Dictionary<Guid, string>();
        // Most ids are people's, so those are looked for first.
        foreach (var kind in RecordKind.All.Values.OrderByDescending(k => k.Type == typeof(Person)))
        {
            wanted.ExceptWith(names.Keys);
            if (wanted.Count == 0)
                break;
            foreach (var some in wanted.Chunk(MostAtOnce))
            foreach (var (id, record) in await source.Find(some.Select(w => (kind.Prefix, w)), ct))
                names[id] = record is Person person ? person.Name : record.Ref;
        }
        return names;
    }

    private static object? Show(object? value, Dictionary<Guid, string> names) =>
        value switch
        {
            IProvedOtherwise => value,
            Guid id => names.GetValueOrDefault(id, id.ToString()),
            Enum word => word.Words(),
            IEnumerable list and not string => string.Join(", ", list.Cast<object>()),
            _ => value,
        };

    // An encrypted secret is of no use to a reader, and of some to whoever gets the keys as well.
    private static bool IsSecret(PropertyInfo field) =>
        field.Name.EndsWith("Secret", StringComparison.Ordinal) && field.IsDefined(typeof(NotJournalledAttribute));

    private static bool IsId(PropertyInfo field) =>
        (Nullable.GetUnderlyingType(field.PropertyType) ?? field.PropertyType) == typeof(Guid);
}
