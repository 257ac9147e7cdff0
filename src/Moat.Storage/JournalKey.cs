using Moat.Isms.Kernel.Journal;

namespace Moat.Storage;

/// <summary>The installation's signing key: a file that only its user may read.</summary>
public static class JournalKey
{
    private const string FileName = "journal.key";

    /// <summary>Reads the key, or makes one on first use. The file holds the key's name and its seed.</summary>
    public static NoteSigner Load(string folder)
    {
        var file = Path.Combine(folder, FileName);
        if (!File.Exists(file)) Make(folder, file);
        var lines = File.ReadAllLines(file);
        if (lines.Length < 2) throw new InvalidDataException($"{file} is not a journal key.");
        return new NoteSigner(lines[0], Convert.FromBase64String(lines[1]));
    }

    private static void Make(string folder, string file)
    {
        Directory.CreateDirectory(folder);
        var seed = NoteSigner.NewSeed();
        // The name is part of what is signed; a random part tells two installations apart.
        var name = $"moat/{Convert.ToHexStringLower(NoteSigner.NewSeed())[..12]}";
        try
        {
            using var writer = new StreamWriter(file, OwnerOnly.File(FileMode.CreateNew, FileAccess.Write));
            writer.Write($"{name}\n{Convert.ToBase64String(seed)}\n");
        }
        catch (IOException) when (File.Exists(file))
        {
            // Another process of this installation made it a moment ago; that key counts.
        }
    }
}
