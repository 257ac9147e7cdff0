using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;

namespace Moat.Isms.Imports;

/// <summary>
/// Relations that an import took away: those that come again when it is taken back, and why others do not.
/// </summary>
/// <param name="Again">Those that are entered again.</param>
/// <param name="Kept">Those that stay away.</param>
internal sealed record RelationsAgain(IReadOnlyList<ImportedChange> Again, IReadOnlyList<KeptRecord> Kept);

/// <summary>
/// Relations between assets that an import took away, such as those that a newer bill does not name any more.
/// </summary>
public sealed class RelationUndo(MoatDb db)
{
    /// <summary>Whether an import took away such a relation.</summary>
    internal static bool IsTakenAway(ImportedChange change) =>
        change is { Change: "removed", Kind: nameof(Link) } && IsBetweenAssets(change);

    /// <summary>
    /// Those that can be entered again: both assets are there and stay, and nobody related them so since.
    /// </summary>
    internal async Task<RelationsAgain> Again(ImportedChanges import, HashSet<Guid> leaving, CancellationToken ct)
    {
        var gone = import.All.Where(IsTakenAway).ToList();
        if (gone.Count == 0)
            return new RelationsAgain([], []);
        var ends = gone.SelectMany(c => new[] { Id(c, nameof(Link.FromId)), Id(c, nameof(Link.ToId)) })
            .Distinct()
            .ToList();
        var assets = await db.Set<Asset>()
            .Where(a => ends.Contains(a.Id))
            .Select(a => new { a.Id, a.Number })
            .ToDictionaryAsync(a => a.Id, a => a.Number, ct);
        var now = (await db.Links.AsNoTracking().Where(l => ends.Contains(l.FromId)).ToListAsync(ct))
            .Where(l => !leaving.Contains(l.Id))
            .Select(l => (l.FromId, l.Type, l.ToId))
            .ToHashSet();
        var missing = gone.Where(c => !IsThere(Id(c, nameof(Link.FromId))) || !IsThere(Id(c, nameof(Link.ToId))))
            .ToList();
        return new RelationsAgain(
            [
                .. gone.Except(missing)
                    .Where(c =>
                        !now.Contains(
                            (Id(c, nameof(Link.FromId)), Text(c, nameof(Link.Type))!, Id(c, nameof(Link.ToId)))
                        )
                    ),
            ],
            [
                .. missing.Select(c => new KeptRecord(
                    $"{Name(Id(c, nameof(Link.FromId)))} {Text(c, nameof(Link.Type))} {Name(Id(c, nameof(Link.ToId)))}",
                    "the relation stays away, because one of the two assets is not there any more"
                )),
            ]
        );

        bool IsThere(Guid id) => assets.ContainsKey(id) && !leaving.Contains(id);
        string Name(Guid id) =>
            assets.TryGetValue(id, out var number)
                ? string.Create(CultureInfo.InvariantCulture, $"{RecordKind.Of(typeof(Asset)).Prefix}-{number}")
                : "an asset";
    }

    /// <summary>Enters one again.</summary>
    internal Task Enter(ImportedChange gone, CancellationToken ct) =>
        db.Enter(
            new Link
            {
                Type = Text(gone, nameof(Link.Type))!,
                FromKind = Text(gone, nameof(Link.FromKind))!,
                FromId = Id(gone, nameof(Link.FromId)),
                ToKind = Text(gone, nameof(Link.ToKind))!,
                ToId = Id(gone, nameof(Link.ToId)),
                Source = Text(gone, nameof(Link.Source)),
            },
            ct
        );

    private static bool IsBetweenAssets(ImportedChange link) =>
        RecordKind.Of(typeof(Asset)).Prefix is var kind
        && Text(link, nameof(Link.FromKind)) == kind
        && Text(link, nameof(Link.ToKind)) == kind;

    private static string? Text(ImportedChange change, string field) => (string?)change.Fields[field]?[0];

    private static Guid Id(ImportedChange change, string field) =>
        (Guid)JournalValue.Read(typeof(Guid), change.Fields[field]![0]!);
}
