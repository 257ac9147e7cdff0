using System.Text;
using Moat.Isms.Anchors;

namespace Moat.Hosting.Anchors;

/// <summary>
/// A folder that is appended to: a drive that somebody takes away, a share that the server may write to and not delete
/// from. A file that lies there is never written again.
/// </summary>
internal sealed class FolderPlace(string folder) : IAnchorPlace
{
    /// <inheritdoc />
    public AnchorTarget Target { get; } = new($"the folder {folder}", AnchorKind.Folder);

    /// <inheritdoc />
    public async Task<AnchorResult> Send(string organization, OutgoingAnchor anchor, Prover prove, CancellationToken ct)
    {
        try
        {
            // A drive that is not there must not be mistaken for an empty one, so its folder is not made.
            if (!Directory.Exists(folder))
                return AnchorResult.Failed($"There is no folder {folder}. Is its drive there?");
            var own = Directory.CreateDirectory(Path.Combine(folder, organization)).FullName;
            var notes = new HeldNotes(
                [.. Directory.EnumerateFiles(own, "*.checkpoint").Select(f => Path.GetFileName(f)!)],
                (name, stop) => ReadShort(Path.Combine(own, name), stop)
            );
            if (await notes.Compare(anchor, prove, ct) is { } known)
                return known;
            await Write(Path.Combine(own, HeldNotes.NameOf(anchor)), anchor.Checkpoint, ct);
            return AnchorResult.Held($"Written as {HeldNotes.NameOf(anchor)}.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return AnchorResult.Failed($"The folder cannot be written to: {e.Message}");
        }
    }

    /// <summary>Reads a file of notes, and no more of it than a note can have.</summary>
    public static async Task<string> ReadShort(string path, CancellationToken ct)
    {
        await using var file = File.OpenRead(path);
        if (file.Length > HeldNotes.Longest)
            return "";
        var content = new byte[file.Length];
        await file.ReadExactlyAsync(content, ct);
        return Encoding.UTF8.GetString(content);
    }

    /// <summary>Writes a file that is there whole or not at all, and was not there before.</summary>
    private static async Task Write(string path, string content, CancellationToken ct)
    {
        var partial = path + ".partial";
        await using (var file = new FileStream(partial, FileMode.Create, FileAccess.Write))
        {
            await file.WriteAsync(Encoding.UTF8.GetBytes(content), ct);
            file.Flush(flushToDisk: true);
        }
        File.Move(partial, path, overwrite: false);
    }
}
