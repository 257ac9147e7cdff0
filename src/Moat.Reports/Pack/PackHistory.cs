using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;

namespace Moat.Reports.Pack;

/// <summary>The state of the journal that an audit pack carries, to hold an installation or a later pack against it.</summary>
public static class PackHistory
{
    /// <summary>The signed checkpoint and the key beside it. Throws <see cref="InputInvalid"/> where the file is no pack.</summary>
    /// <param name="pack">The file; must be able to seek.</param>
    /// <param name="field">What the file is called where it was given.</param>
    public static (string Note, NoteVerifier Key) Checkpoint(Stream pack, string field) => Read(pack, field, archive =>
        (Text(archive, PackFormat.Checkpoint), NoteVerifier.Parse(Text(archive, PackFormat.Verifier))));

    /// <summary>
    /// What does not fit when the journal in a pack is held against a checkpoint that was kept before. Whether the pack itself verifies is what
    /// <see cref="PackVerifier"/> checks.
    /// </summary>
    /// <param name="pack">The later pack; must be able to seek.</param>
    /// <param name="note">The earlier signed note.</param>
    /// <param name="its">The key that lay beside it.</param>
    public static ComparedCheckpoint Compare(Stream pack, string note, NoteVerifier? its) => Read(pack, "pack", archive =>
    {
        var today = NoteVerifier.Parse(Text(archive, PackFormat.Verifier));
        var origin = Isms.Kernel.Journal.Checkpoint.Open(Text(archive, PackFormat.Checkpoint), today)?.Origin ?? today.Name;
        var earlier = EarlierCheckpoint.Open(note, its, today);
        long entries = 0;
        DateTime? through = null;
        foreach (var entry in Entries(archive))
        {
            earlier.Append(entry.Leaf);
            if (++entries == earlier.Checkpoint.Size) through = entry.At;
        }
        var findings = earlier.Findings(origin);
        return new ComparedCheckpoint(findings.Count == 0, earlier.Checkpoint.Size, entries, through, findings);
    });

    private static IEnumerable<JournalEntry> Entries(ZipArchive archive)
    {
        using var reader = new StreamReader(Find(archive, PackFormat.Entries).Open(), new UTF8Encoding(false, throwOnInvalidBytes: true));
        while (reader.ReadLine() is { } line) yield return PackFormat.Entry(line);
    }

    private static string Text(ZipArchive archive, string path)
    {
        using var content = Find(archive, path).Open();
        var buffer = new byte[EarlierCheckpoint.LongestNote + 1];
        var read = content.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        return read < buffer.Length ? Encoding.UTF8.GetString(buffer, 0, read) : throw new InvalidDataException($"{path} is too long.");
    }

    private static ZipArchiveEntry Find(ZipArchive archive, string path) => archive.GetEntry(path)
        ?? throw new InvalidDataException($"{path} is not in it.");

    private static T Read<T>(Stream pack, string field, Func<ZipArchive, T> read)
    {
        try
        {
            using var archive = new ZipArchive(pack, ZipArchiveMode.Read, leaveOpen: true);
            return read(archive);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or FormatException or ArgumentException or NotSupportedException
            or JsonException or InvalidOperationException or NullReferenceException)
        {
            throw new InputInvalid(field, $"This is no audit pack that can be read: {e.Message}");
        }
    }
}
