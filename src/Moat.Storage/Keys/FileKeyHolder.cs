using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;

namespace Moat.Storage.Keys;

/// <summary>Keys in a file that only its user may read: in the data folder, or wherever the operator says.</summary>
public sealed class FileKeyHolder(string file) : IKeyHolder
{
    /// <inheritdoc />
    public string Place => file;

    /// <inheritdoc />
    public IReadOnlyList<INoteKey> Read()
    {
        try
        {
            return KeyText.Read(File.ReadAllText(file), file);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new Unavailable($"The journal's key in {file} cannot be read: {e.Message} Give the user of the server the right to read it.");
        }
    }

    /// <inheritdoc />
    public void Make(string name) => Change(before =>
    {
        // Another process of this installation may have made the first one a moment ago; that key counts.
        if (before.Length > 0 && KeyText.Read(before, file)[^1].Verifier.Name != name) return before;
        return before + KeyText.New(name);
    });

    /// <inheritdoc />
    public void KeepOnly(NoteVerifier key) => Change(before =>
    {
        var words = before.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Chunk(2);
        var kept = words.Zip(KeyText.Read(before, file)).Single(pair => pair.Second.Verifier.ToString() == key.ToString()).First;
        return $"{kept[0]}\n{kept[1]}\n";
    });

    /// <summary>Writes the file anew, beside it first, so that a server that reads at this moment finds a whole one. One process at a time.</summary>
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
            throw new Unavailable($"The journal's key in {file} cannot be written: {e.Message} Remove {beside} if no other command is changing keys.");
        }
    }
}
