using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;

namespace Moat.Storage.Keys;

/// <summary>Keys in a file that only its user may read: in the data folder, or wherever the operator says.</summary>
/// <param name="file">The file; it need not be there yet.</param>
/// <param name="place">How people find it: refusals go out at every door, and a path of the machine is nothing for all
/// of them.</param>
public sealed class FileKeyHolder(string file, string place) : IKeyHolder
{
    /// <inheritdoc />
    public string Place => place;

    /// <inheritdoc />
    public IReadOnlyList<INoteKey> Read()
    {
        try
        {
            return KeyText.Read(File.ReadAllText(file), place);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new Unavailable(
                $"The journal's key in {place} cannot be read ({e.GetType().Name}). Give the user of the server the right to "
                    + "read it."
            );
        }
    }

    /// <inheritdoc />
    public void Make(string name) =>
        Change(before =>
        {
            // Another process of this installation may have made the first one a moment ago; that key counts.
            if (before.Length > 0 && KeyText.Read(before, place)[^1].Verifier.Name != name)
                return before;
            return before + KeyText.New(name);
        });

    /// <inheritdoc />
    public void KeepOnly(NoteVerifier key) =>
        Change(before =>
        {
            var words = before.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Chunk(2);
            var kept = words
                .Zip(KeyText.Read(before, place))
                .Single(pair => pair.Second.Verifier.ToString() == key.ToString())
                .First;
            return $"{kept[0]}\n{kept[1]}\n";
        });

    /// <summary>
    /// Writes the file anew, beside it first, so that a server that reads at this moment finds a whole one. One process
    /// at a time.
    /// </summary>
    private void Change(Func<string, string> change)
    {
        OwnerOnly.Folder(Path.GetDirectoryName(Path.GetFullPath(file))!);
        var beside = file + ".new";
        try
        {
            using (var stream = new FileStream(beside, OwnerOnly.File(FileMode.CreateNew, FileAccess.Write)))
            {
                using var writer = new StreamWriter(stream);
                writer.Write(change(File.Exists(file) ? File.ReadAllText(file) : ""));
                writer.Flush();
                stream.Flush(flushToDisk: true);
            }
            File.Move(beside, file, overwrite: true);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new Unavailable(
                $"The journal's key in {place} cannot be written ({e.GetType().Name}). If no other command changes keys now, remove "
                    + $"{Path.GetFileName(beside)} beside it."
            );
        }
    }
}
