using Moat.Isms.Documents;
using Moat.Isms.Evidence;
using Moat.Isms.Kernel.Journal;
using Moat.Isms.StatementOfApplicability;

namespace Moat.Reports.Pack;

/// <summary>
/// A pack has these files and no others: what every pack has, what the journal tells the hash of (published statements,
/// approved texts, the stamps on them, evidence, and what places outside hold), and what is in force as something to
/// read.
/// </summary>
internal static class PackProvedFiles
{
    private const int LongestStamp = 1024 * 1024;

    private static readonly string[] Folders = ["soa/", "documents/", "evidence/"];

    // What every pack may have, whatever its journal tells.
    private static readonly HashSet<string> Always =
    [
        PackFormat.Entries,
        PackFormat.Checkpoint,
        PackFormat.Verifier,
        PackFormat.Proofs,
        PackFormat.Soa,
        PackFormat.SoaWorkbook,
        PackFormat.SoaDocument,
        PackFormat.Readiness,
        PackFormat.Index,
        PackFormat.MapDrawing,
        PackFormat.MapGraph,
        PackFormat.MapNumbers,
        PackFormat.MapBreaks,
        .. RegisterSheets.All.SelectMany(r => new[] { PackRegisters.PathOf(r), PackFormat.Workbook(r) }),
    ];

    /// <summary>
    /// What differs between the files that a manifest names and those that a pack of this journal has.
    /// </summary>
    public static IEnumerable<string> Compare(PackManifest manifest, PackJournal journal, PackedFiles files)
    {
        var replay = journal.Replay;
        var told = Told(replay).ToDictionary(f => f.Path, f => (f.Reference, f.Sha256));
        var stamps = Stamps(replay).ToDictionary();
        var readable = Readable(replay).ToHashSet();
        foreach (var file in manifest.Files.Where(f => !Always.Contains(f.Path) && !IsAnchor(f)))
        {
            if (readable.Contains(file.Path))
                continue;
            if (!told.Remove(file.Path, out var entry))
                yield return $"{file.Path}: {(Folders.Any(f => file.Path.StartsWith(f, StringComparison.Ordinal))
                    ? "the journal does not tell of it." : "no pack has such a file.")}";
            else if (
                entry.Sha256 is not null && entry.Sha256 != file.Sha256
                || stamps.TryGetValue(file.Path, out var stamp)
                    && stamp is not null
                    && StampIn(files, file) is { } found
                    && found != stamp
            )
                yield return $"{file.Path}: it is not what the journal says of {entry.Reference}.";
        }
        foreach (var (path, missing) in told)
            yield return $"{path}: it is missing; the journal tells of {missing.Reference}.";
        if (
            LatestStatement(replay) is { } latest
            && manifest.Files.FirstOrDefault(f => f.Path == PackFormat.Soa) is { } statement
            && statement.Sha256 != latest.Sha256
        )
            yield return $"{PackFormat.Soa}: it is not what the journal says of {latest.Ref}.";
        foreach (var finding in PackAnchors.Compare([.. manifest.Files.Where(IsAnchor)], journal))
            yield return finding;
    }

    /// <summary>The files for reading only: nothing but the signature over the manifest vouches for them.</summary>
    public static IReadOnlyList<string> NotProved(JournalReplay replay) =>
        [
            PackFormat.Index,
            PackFormat.Readiness,
            "processes/",
            .. LatestStatement(replay) is null ? [PackFormat.Soa] : Array.Empty<string>(),
            "the workbooks (*.xlsx)",
            "the documents (*.docx)",
        ];

    private static bool IsAnchor(NamedFile file) => file.Path.StartsWith(PackFormat.Anchors, StringComparison.Ordinal);

    /// <summary>Documents to read: one of each version in force.</summary>
    private static IEnumerable<string> Readable(JournalReplay replay)
    {
        var documents = ReplayedRecords.Of<Document>(replay).ToDictionary(d => d.Id);
        return ReplayedRecords
            .Of<DocumentVersion>(replay)
            .Where(v => v.State == VersionState.Published && documents.ContainsKey(v.DocumentId))
            .Select(v => PackFormat.Document(documents[v.DocumentId].Ref, documents[v.DocumentId].Key, v.Edition));
    }

    // The journal has the hash of the token as it stands in the database, in base64.
    private static IEnumerable<KeyValuePair<string, string?>> Stamps(JournalReplay replay) =>
        ReplayedRecords
            .Of<DocumentVersion>(replay)
            .Where(v => v.StampedAt is not null)
            .Select(v =>
                KeyValuePair.Create(
                    PackFormat.Stamp(v.Ref),
                    replay
                        .Of(nameof(DocumentVersion))[v.Id]
                        .Hashes.GetValueOrDefault(nameof(DocumentVersion.StampToken))
                )
            );

    private static string? StampIn(PackedFiles files, NamedFile named) =>
        files.Files.TryGetValue(named.Path, out var file)
            ? JournalEntry.HashOf(Convert.ToBase64String(file.Read(LongestStamp)))
            : null;

    private static Soa? LatestStatement(JournalReplay replay) => ReplayedRecords.Of<Soa>(replay).MaxBy(s => s.Number);

    private static IEnumerable<(string Path, string Reference, string? Sha256)> Told(JournalReplay replay)
    {
        foreach (var soa in ReplayedRecords.Of<Soa>(replay))
            yield return (PackFormat.Statement(soa.Ref), soa.Ref, soa.Sha256);
        foreach (var item in ReplayedRecords.Of<EvidenceItem>(replay).Where(e => e.FileName is not null))
            yield return (PackFormat.EvidenceFile(item.Ref, item.FileName!), item.Ref, item.Sha256);
        foreach (var version in ReplayedRecords.Of<DocumentVersion>(replay).Where(v => v.ApprovedSha256 is not null))
        {
            yield return (PackFormat.ApprovedText(version.Ref), version.Ref, version.ApprovedSha256);
            if (version.StampedAt is not null)
                yield return (PackFormat.Stamp(version.Ref), version.Ref, null);
        }
    }
}
