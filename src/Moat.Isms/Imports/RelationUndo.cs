using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;

namespace Moat.Isms.Imports;

/// <summary>
/// Relations between assets that an import took away, such as those that a newer bill does not name any more.
/// </summary>
public sealed class RelationUndo(MoatDb db)
{
    /// <summary>
    /// Those that can be entered again: both assets are there and stay, and nobody related them so since.
    /// </summary>
    internal async Task<IReadOnlyList<ImportedChange>> Again(ImportedChanges import, HashSet<Guid> leaving, CancellationToken ct)
    {
        var gone = import.All.Where(c => c is { Change: "removed", Kind: nameof(Link) } && IsBetweenAssets(c)).ToList();
        if (gone.Count == 0) return [];
        var ends =
            gone.SelectMany(c => new[] { Id(c, nameof(Link.FromId)), Id(c, nameof(Link.ToId)) }).Distinct().ToList();
        var there = (await db.Set<Asset>().Where(a => ends.Contains(a.Id)).Select(a => a.Id).ToListAsync(ct))
            .Where(id => !leaving.Contains(id)).ToHashSet();
        var now = (await db.Links.AsNoTracking().Where(l => ends.Contains(l.FromId)).ToListAsync(ct))
            .Where(l => !leaving.Contains(l.Id)).Select(l => (l.FromId, l.Type, l.ToId)).ToHashSet();
        return [.. gone.Where(c => there.Contains(Id(c, nameof(Link.FromId))) && there.Contains(Id(c, nameof(Link.ToId)))
            && !now.Contains((Id(c, nameof(Link.FromId)), Text(c, nameof(Link.Type))!, Id(c, nameof(Link.ToId)))))];
    }

    /// <summary>Enters one again.</summary>
    internal Task Enter(ImportedChange gone, CancellationToken ct) => db.Enter(
        new Link
        {
            Type = Text(gone, nameof(Link.Type))!,
            FromKind = Text(gone, nameof(Link.FromKind))!,
            FromId = Id(gone, nameof(Link.FromId)),
            ToKind = Text(gone, nameof(Link.ToKind))!,
            ToId = Id(gone, nameof(Link.ToId)),
            Source = Text(gone, nameof(Link.Source)),
        }, ct);

    private static bool IsBetweenAssets(ImportedChange link) =>
        RecordKind.Of(typeof(Asset)).Prefix is var kind && Text(link, nameof(Link.FromKind)) == kind && Text(link, nameof(Link.ToKind)) == kind;

    private static string? Text(ImportedChange change, string field) => (string?)change.Fields[field]?[0];

    private static Guid Id(ImportedChange change, string field) =>
        (Guid)JournalValue.Read(typeof(Guid), change.Fields[field]![0]!);
}
