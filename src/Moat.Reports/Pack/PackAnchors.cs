using System.Text;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Anchors;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;

namespace Moat.Reports.Pack;

/// <summary>
/// What places outside said of the journal before the pack was made: each checkpoint as it was sent, with its
/// cosignature, and beside it the time-stamp's token. The checkpoint of the pack itself goes out after it.
/// </summary>
internal static class PackAnchors
{
    private const int Most = 1000;

    public static async Task Add(PackBuilder builder, MoatDb db, CancellationToken ct)
    {
        var anchors = await db.Set<Anchor>()
            .Where(a => !a.Contradicts)
            .OrderByDescending(a => a.AnsweredAt)
            .ThenByDescending(a => a.Size)
            .Take(Most)
            .ToListAsync(ct);
        foreach (var (anchor, number) in anchors.Select((a, n) => (a, anchors.Count - n)))
        foreach (var (ending, content) in Files(anchor))
            builder.Add(PackFormat.AnchorFile(number, anchor) + ending, content);
    }

    /// <summary>
    /// What of the anchors among a pack's files is not as the journal tells it, or is a checkpoint of something else
    /// than the journal's beginning.
    /// </summary>
    public static IEnumerable<string> Compare(IReadOnlyList<NamedFile> named, PackJournal journal)
    {
        var told = ReplayedRecords.Of<Anchor>(journal.Replay).Where(a => !a.Contradicts).ToList();
        var known = told.SelectMany(a =>
                Files(a).Select(f => (Name: Unnumbered(PackFormat.AnchorFile(0, a) + f.Ending), f.Content))
            )
            .GroupBy(f => f.Name)
            .ToDictionary(g => g.Key, g => g.Select(f => PackFormat.Sha256(f.Content)).ToList());
        foreach (var file in named)
        {
            if (!known.TryGetValue(Unnumbered(file.Path), out var contents))
                yield return $"{file.Path}: the journal does not tell of it.";
            else if (!contents.Remove(file.Sha256))
                yield return $"{file.Path}: it is not what the journal says that a place outside holds.";
        }
        if (told.Count <= Most)
            foreach (var (name, missing) in known.Where(k => k.Value.Count > 0))
                yield return $"{PackFormat.Anchors}*-{name}: {missing.Count} that the journal tells of {(missing.Count == 1 ? "is" : "are")} missing.";
        foreach (var finding in Beginnings(told, journal))
            yield return finding;
    }

    private static IEnumerable<string> Beginnings(List<Anchor> told, PackJournal journal)
    {
        foreach (var anchor in told.OrderBy(a => a.Size))
            if (anchor.Size < 1 || anchor.Size > journal.Entries)
                yield return $"{PackFormat.Entries}: it has {journal.Entries} entries, and {anchor.Place} holds a checkpoint of {anchor.Size}.";
            else if (
                Checkpoint.Parse(SignedNote.TextOf(anchor.Checkpoint)) is not { } held
                || held.Size != anchor.Size
                || !held.Root.AsSpan().SequenceEqual(journal.Tree.Root(new LeafRange(0, anchor.Size)))
            )
                yield return $"{PackFormat.Entries}: its first {anchor.Size} entries are not those of the checkpoint that {anchor.Place} holds.";
    }

    private static IEnumerable<(string Ending, byte[] Content)> Files(Anchor anchor)
    {
        yield return (
            ".checkpoint",
            Encoding.UTF8.GetBytes(
                anchor is { Kind: AnchorKind.Witness, Receipt: { } cosigned } ? cosigned : anchor.Checkpoint
            )
        );
        if (anchor is { Kind: AnchorKind.TimeStamp, Receipt: { } token })
            yield return (".tst", Convert.FromBase64String(token));
    }

    // Places that answered at the same moment may be numbered either way.
    private static string Unnumbered(string path) =>
        path.Length > PackFormat.Anchors.Length + 4
        && path.AsSpan(PackFormat.Anchors.Length, 4).IndexOfAnyExceptInRange('0', '9') < 0
            ? path[(PackFormat.Anchors.Length + 5)..]
            : path;
}
