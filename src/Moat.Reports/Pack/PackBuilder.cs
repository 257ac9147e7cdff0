using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;

namespace Moat.Reports.Pack;

/// <summary>Puts an audit pack together: files, the journal with its proofs, a manifest of everything, and the signature over it.</summary>
public sealed class PackBuilder(string organization, string name, DateTime madeAt)
{
    private readonly SortedDictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    /// <summary>The files so far.</summary>
    public IReadOnlyDictionary<string, byte[]> Files => _files;

    /// <summary>Adds a file.</summary>
    public void Add(string path, byte[] content) => _files.Add(
        PackFormat.IsPath(path) ? path : throw new InvalidOperationException($"A pack has no file '{path}'."), content);

    /// <summary>Adds a text file.</summary>
    public void Add(string path, string content) => Add(path, Encoding.UTF8.GetBytes(content));

    /// <summary>Adds the journal, its signed checkpoint, and the proof of inclusion of each named entry.</summary>
    public void AddJournal(IReadOnlyList<JournalEntry> entries, string checkpoint, string verifierKey, IEnumerable<(string Ref, long Sequence)> proven)
    {
        var lines = new StringBuilder();
        foreach (var entry in entries) lines.Append(CanonicalJson.Text(PackFormat.Line(entry))).Append('\n');
        var leaves = entries.Select(e => e.Leaf).ToArray();
        var proofs = proven.OrderBy(p => p.Sequence).Select(p => (JsonNode)new JsonObject
        {
            ["ref"] = p.Ref,
            ["sequence"] = p.Sequence,
            ["leaf"] = Convert.ToBase64String(leaves[p.Sequence]),
            ["path"] = new JsonArray([.. MerkleTree.Inclusion(leaves, (int)p.Sequence).Select(h => (JsonNode)Convert.ToBase64String(h))]),
        });
        Add(PackFormat.Entries, lines.ToString());
        Add(PackFormat.Checkpoint, checkpoint);
        Add(PackFormat.Verifier, verifierKey + "\n");
        Add(PackFormat.Proofs, CanonicalJson.Text(new JsonArray([.. proofs])));
    }

    /// <summary>The pack.</summary>
    public byte[] Build(NoteSigner signer)
    {
        var manifest = CanonicalJson.Bytes(Manifest());
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, content) in _files) Write(archive, path, content);
            Write(archive, PackFormat.Manifest, manifest);
            Write(archive, PackFormat.Signature, Encoding.UTF8.GetBytes(signer.Sign(PackFormat.SignedText(organization, PackFormat.Sha256(manifest)))));
        }
        return stream.ToArray();
    }

    private JsonObject Manifest() => new()
    {
        ["format"] = "moat audit pack 1",
        ["organization"] = organization,
        ["name"] = name,
        ["madeAt"] = madeAt.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        ["files"] = new JsonArray([.. _files.Select(f => (JsonNode)new JsonObject { ["path"] = f.Key, ["size"] = f.Value.Length, ["sha256"] = PackFormat.Sha256(f.Value) })]),
    };

    private static void Write(ZipArchive archive, string path, byte[] content)
    {
        var entry = archive.CreateEntry(path, CompressionLevel.Optimal);
        entry.LastWriteTime = PackFormat.FileTime;
        using var stream = entry.Open();
        stream.Write(content);
    }
}
