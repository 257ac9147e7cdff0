using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;
using Moat.Isms.Kernel.Reading;
using Moat.Reports.Pack;

namespace Moat.Cli.Commands;

/// <summary>
/// What somebody kept of a journal: an audit pack, a checkpoint, or an anchor as <c>moat anchors get</c> writes it.
/// </summary>
/// <param name="Note">The signed checkpoint.</param>
/// <param name="Key">The key that lay beside it.</param>
internal sealed record SinceFile(string Note, NoteVerifier? Key)
{
    private const string Field = "--since";
    private const int LargestText = 1024 * 1024;

    /// <summary>Reads a kept file, whatever of the three it is. Throws <see cref="InputInvalid"/>.</summary>
    public static SinceFile Read(string path)
    {
        Files.MustHaveContent(Field, path);
        using var file = File.OpenRead(path);
        if (IsZip(file))
            return FromPack(file);
        if (file.Length > LargestText)
            throw new InputInvalid(Field, $"{path} is neither an audit pack, nor a checkpoint, nor an anchor.");
        var text = new byte[file.Length];
        file.ReadExactly(text);
        return text.FirstOrDefault(b => b > ' ') == '{'
            ? FromAnchor(text)
            : new SinceFile(Whole(Encoding.UTF8.GetString(text)), null);
    }

    /// <summary>Says what a comparison found; answers the exit code.</summary>
    public static int Tell(ComparedCheckpoint compared)
    {
        foreach (var finding in compared.Findings)
            Console.WriteLine($"FAILED: {finding}");
        var through = compared.Through is { } at
            ? string.Create(CultureInfo.InvariantCulture, $", the last of {at:d MMMM yyyy HH:mm} UTC,")
            : "";
        Console.WriteLine(
            compared.Holds
                ? $"OK: the {compared.Size} entries that the checkpoint covers{through} are the beginning of today's {compared.Entries}. "
                    + "Nothing of them was changed or removed since."
                : "The journal is NOT the one that was kept."
        );
        return compared.Holds ? 0 : 1;
    }

    private static bool IsZip(FileStream file)
    {
        Span<byte> magic = stackalloc byte[2];
        var read = file.ReadAtLeast(magic, 2, throwOnEndOfStream: false);
        file.Position = 0;
        return read == 2 && magic.SequenceEqual("PK"u8);
    }

    private static SinceFile FromPack(FileStream file)
    {
        var (note, key) = PackHistory.Checkpoint(file, Field);
        return new SinceFile(note, key);
    }

    private static SinceFile FromAnchor(byte[] json)
    {
        var anchor = GivenJson.Object(json, Field);
        return anchor["checkpoint"] is JsonValue value && value.TryGetValue<string>(out var note)
            ? new SinceFile(Whole(note), null)
            : throw new InputInvalid(Field, "The file is JSON, but no anchor: it has no checkpoint.");
    }

    private static string Whole(string note) =>
        note.Length <= EarlierCheckpoint.LongestNote
            ? note.ReplaceLineEndings("\n")
            : throw new InputInvalid(Field, "The checkpoint is too long to be one.");
}
