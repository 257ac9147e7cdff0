using System.Text.Json.Nodes;
using Moat.Isms.Controls;
using Moat.Isms.Documents;
using Moat.Isms.Evidence;
using Moat.Isms.Kernel.Journal;

namespace Moat.Reports.Pack;

/// <summary>
/// The files whose hash the journal tells: published statements, approved texts, the stamps on them and evidence. None may be other, more or less.
/// </summary>
internal static class PackProvedFiles
{
    private static readonly string[] Folders = ["soa/", "documents/approved/", "documents/stamps/", "evidence/"];

    /// <summary>What differs between the files that a manifest names and those that the journal tells of.</summary>
    public static IEnumerable<string> Compare(JsonObject manifest, JournalReplay replay)
    {
        var told = Told(replay).ToDictionary(f => f.Path, f => (f.Reference, f.Sha256));
        var (statement, latest) = ((string?)null, LatestStatement(replay));
        foreach (var file in manifest["files"]!.AsArray())
        {
            var (path, sha256) = ((string)file!["path"]!, (string)file["sha256"]!);
            if (path == "soa.json") statement = sha256;
            if (!Folders.Any(f => path.StartsWith(f, StringComparison.Ordinal))) continue;
            if (!told.Remove(path, out var entry)) yield return $"{path}: the journal does not tell of it.";
            else if (entry.Sha256 is not null && entry.Sha256 != sha256)
                yield return $"{path}: it is not what the journal says of {entry.Reference}.";
        }
        foreach (var (path, missing) in told) yield return $"{path}: it is missing; the journal tells of {missing.Reference}.";
        if (latest is not null && statement is not null && statement != latest.Sha256)
            yield return $"soa.json: it is not what the journal says of {latest.Ref}.";
    }

    private static Soa? LatestStatement(JournalReplay replay) => ReplayedRecords.Of<Soa>(replay).MaxBy(s => s.Number);

    private static IEnumerable<(string Path, string Reference, string? Sha256)> Told(JournalReplay replay)
    {
        foreach (var soa in ReplayedRecords.Of<Soa>(replay)) yield return (PackFormat.Statement(soa.Ref), soa.Ref, soa.Sha256);
        foreach (var item in ReplayedRecords.Of<EvidenceItem>(replay).Where(e => e.FileName is not null))
            yield return (PackFormat.EvidenceFile(item.Ref, item.FileName!), item.Ref, item.Sha256);
        foreach (var version in ReplayedRecords.Of<DocumentVersion>(replay).Where(v => v.ApprovedSha256 is not null))
        {
            yield return (PackFormat.ApprovedText(version.Ref), version.Ref, version.ApprovedSha256);
            if (version.StampedAt is not null) yield return (PackFormat.Stamp(version.Ref), version.Ref, null);
        }
    }
}
