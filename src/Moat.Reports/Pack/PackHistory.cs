using System.Text;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;

namespace Moat.Reports.Pack;

/// <summary>
/// The state of the journal that an audit pack carries, to hold an installation or a later pack against it.
/// </summary>
public static class PackHistory
{
    /// <summary>
    /// The signed checkpoint and the key beside it. Throws <see cref="InputInvalid"/> where the file is no pack.
    /// </summary>
    /// <param name="pack">The file; must be able to seek.</param>
    /// <param name="field">What the file is called where it was given.</param>
    public static (string Note, NoteVerifier Key) Checkpoint(Stream pack, string field) =>
        Read(
            pack,
            field,
            files => (Text(files, PackFormat.Checkpoint), NoteVerifier.Parse(Text(files, PackFormat.Verifier)))
        );

    /// <summary>
    /// What does not fit when the journal in a pack is held against a checkpoint that was kept before. Whether the pack
    /// itself verifies is what <see cref="PackVerifier"/> checks.
    /// </summary>
    /// <param name="pack">The later pack: a file, or the folder that it was unpacked into.</param>
    /// <param name="note">The earlier signed note.</param>
    /// <param name="its">The key that lay beside it.</param>
    public static ComparedCheckpoint Compare(string pack, string note, NoteVerifier? its)
    {
        if (Directory.Exists(pack))
            return Careful("pack", () => Compare(UnpackedFolder.Read(pack), note, its));
        using var file = File.OpenRead(pack);
        return Read(file, "pack", files => Compare(files, note, its));
    }

    private static ComparedCheckpoint Compare(PackedFiles pack, string note, NoteVerifier? its)
    {
        var today = NoteVerifier.Parse(Text(pack, PackFormat.Verifier));
        var origin =
            Isms.Kernel.Journal.Checkpoint.Open(Text(pack, PackFormat.Checkpoint), today)?.Origin ?? today.Name;
        var earlier = EarlierCheckpoint.Open(note);
        var (reading, tree, entries) = (new JournalReading(), Frontier.Empty, 0L);
        DateTime? through = null;
        foreach (var entry in Entries(pack))
        {
            reading.Read(entry, tree.Root);
            tree.Append(entry.Leaf);
            earlier.Append(entry.Leaf);
            if (++entries == earlier.Checkpoint.Size)
                through = entry.At;
        }
        // A key that follows another without the signature of both explains nothing.
        var named = reading.Findings.Count == 0 ? reading.Keys.Select(k => NoteVerifier.Parse(k.VerifierKey)) : [];
        var findings = earlier.Findings(origin, its, [.. named, today]);
        return new ComparedCheckpoint(findings.Count == 0, earlier.Checkpoint.Size, entries, through, findings);
    }

    private static IEnumerable<JournalEntry> Entries(PackedFiles pack)
    {
        using var content = Find(pack, PackFormat.Entries).Open();
        foreach (var line in BoundedLines.Of(content, PackJournal.LongestLine))
            yield return PackFormat.Entry(line);
    }

    private static string Text(PackedFiles pack, string path) =>
        Encoding.UTF8.GetString(Find(pack, path).Read(EarlierCheckpoint.LongestNote));

    private static PackedFile Find(PackedFiles pack, string path) =>
        pack.Files.GetValueOrDefault(path) ?? throw new BrokenPack($"{path} is not in it.");

    private static T Read<T>(Stream pack, string field, Func<PackedFiles, T> read) =>
        Careful(
            field,
            () =>
            {
                var (archive, files, _) = ZippedPack.Open(pack);
                using (archive)
                    return read(files);
            }
        );

    private static T Careful<T>(string field, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (BrokenPack.IsOfContent(e))
        {
            throw new InputInvalid(field, $"This is no audit pack that can be read: {BrokenPack.Words(e)}");
        }
    }
}
