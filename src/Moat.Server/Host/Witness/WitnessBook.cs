using System.Security.Cryptography;
using System.Text;
using Moat.Isms.Kernel.Journal;
using Moat.Storage;

namespace Moat.Server.Host.Witness;

/// <summary>
/// What a witness remembers: its key, and for each journal the longest checkpoint that it cosigned. A checkpoint is on
/// the disk before anybody gets the cosignature, so that a witness that was stopped has not forgotten what it signed.
/// </summary>
public sealed class WitnessBook : IDisposable
{
    private readonly string _journals;
    private readonly FileStream _mine;

    /// <summary>
    /// Opens the folder, or begins one. Throws <see cref="IOException"/> where another witness works with it.
    /// </summary>
    /// <param name="folder">Where all is kept.</param>
    /// <param name="name">What the witness is called; counts at the beginning only.</param>
    public WitnessBook(string folder, string name)
    {
        OwnerOnly.Folder(folder);
        _journals = Path.Combine(folder, "journals");
        OwnerOnly.Folder(_journals);
        _mine = new FileStream(
            Path.Combine(folder, "lock"),
            FileMode.OpenOrCreate,
            FileAccess.ReadWrite,
            FileShare.None
        );
        Signer = Load(Path.Combine(folder, "witness.key"), name);
    }

    /// <summary>The witness's key.</summary>
    public CosignatureSigner Signer { get; }

    /// <summary>The longest checkpoint of a journal that was cosigned; none when there is none.</summary>
    public Checkpoint? Latest(string origin)
    {
        var file = FileOf(origin);
        if (!File.Exists(file))
            return null;
        return
            Checkpoint.Parse(SignedNote.TextOf(File.ReadAllText(file))) is { } checkpoint && checkpoint.Origin == origin
            ? checkpoint
            : throw new InvalidDataException(
                $"{file} is damaged. Nothing is cosigned for {origin} before it is put right."
            );
    }

    /// <summary>Every journal's longest checkpoint, as it was cosigned.</summary>
    public IEnumerable<string> All() =>
        Directory.EnumerateFiles(_journals, "*.checkpoint").Order(StringComparer.Ordinal).Select(File.ReadAllText);

    /// <summary>Remembers a cosigned checkpoint.</summary>
    public void Keep(string origin, string note)
    {
        var file = FileOf(origin);
        using (var partial = new FileStream(file + ".partial", OwnerOnly.File(FileMode.Create, FileAccess.Write)))
        {
            partial.Write(Encoding.UTF8.GetBytes(note));
            partial.Flush(flushToDisk: true);
        }
        File.Move(file + ".partial", file, overwrite: true);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Signer.Dispose();
        _mine.Dispose();
    }

    private string FileOf(string origin) =>
        Path.Combine(
            _journals,
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(origin))) + ".checkpoint"
        );

    private static CosignatureSigner Load(string file, string name)
    {
        if (!File.Exists(file))
        {
            using var writer = new StreamWriter(file, OwnerOnly.File(FileMode.CreateNew, FileAccess.Write));
            writer.Write($"{name}\n{Convert.ToBase64String(SeedKey.NewSeed())}\n");
        }
        return File.ReadAllLines(file) is [var known, var seed, ..]
            ? new CosignatureSigner(known, Convert.FromBase64String(seed))
            : throw new InvalidDataException($"{file} is not the key of a witness.");
    }
}
