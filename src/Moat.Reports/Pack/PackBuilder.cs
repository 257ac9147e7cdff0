using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;

namespace Moat.Reports.Pack;

/// <summary>
/// Puts an audit pack together: files, the journal with its proofs, a manifest of everything, and the signature over
/// it. Each file goes into the archive when it is added, so that none but the one at hand is in memory.
/// </summary>
public sealed class PackBuilder(Stream into, string organization, string name, DateTime madeAt) : IDisposable
{
    private static readonly byte[] EndOfLine = "\n"u8.ToArray();

    private readonly ZipArchive _archive = new(into, ZipArchiveMode.Create, leaveOpen: true);
    private readonly SortedDictionary<string, (long Size, string Sha256)> _files = new(StringComparer.Ordinal);

    /// <summary>The size of each file so far.</summary>
    public IEnumerable<KeyValuePair<string, long>> Files =>
        _files.Select(f => KeyValuePair.Create(f.Key, f.Value.Size));

    /// <summary>Adds a file.</summary>
    public void Add(string path, byte[] content)
    {
        Enter(path, content.Length, PackFormat.Sha256(content));
        Write(path, content);
    }

    /// <summary>Adds a text file.</summary>
    public void Add(string path, string content) => Add(path, Encoding.UTF8.GetBytes(content));

    /// <summary>Adds a file part by part and answers its SHA-256.</summary>
    public async Task<string> Add(string path, IAsyncEnumerable<ReadOnlyMemory<byte>> parts, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var size = 0L;
        await using (var file = Open(path))
            await foreach (var part in parts.WithCancellation(ct))
            {
                hash.AppendData(part.Span);
                await file.WriteAsync(part, ct);
                size += part.Length;
            }
        var sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
        Enter(path, size, sha256);
        return sha256;
    }

    /// <summary>
    /// Adds the journal, its signed checkpoint, and the proof of inclusion of each entry that <paramref name="proves"/>
    /// names a record for.
    /// </summary>
    public async Task AddJournal(
        IAsyncEnumerable<JournalEntry> entries,
        string checkpoint,
        string verifierKey,
        Func<JournalEntry, string?> proves,
        CancellationToken ct
    )
    {
        var tree = new MerkleLevels();
        var proven = new List<(string Ref, long Sequence)>();
        await Add(PackFormat.Entries, Lines(), ct);
        Add(PackFormat.Checkpoint, checkpoint);
        Add(PackFormat.Verifier, verifierKey + "\n");
        Add(
            PackFormat.Proofs,
            CanonicalJson.Text(new JsonArray([.. proven.Select(p => (JsonNode)Proof(p.Ref, p.Sequence, tree))]))
        );

        async IAsyncEnumerable<ReadOnlyMemory<byte>> Lines()
        {
            await foreach (var entry in entries.WithCancellation(ct))
            {
                tree.Append(entry.Leaf);
                if (proves(entry) is { } reference)
                    proven.Add((reference, entry.Sequence));
                yield return CanonicalJson.Bytes(PackFormat.Line(entry));
                yield return EndOfLine;
            }
        }
    }

    private static JsonObject Proof(string reference, long sequence, MerkleLevels tree) =>
        new()
        {
            ["ref"] = reference,
            ["sequence"] = sequence,
            ["leaf"] = Convert.ToBase64String(tree.Root(new LeafRange(sequence, 1))),
            ["path"] = new JsonArray([
                .. MerklePaths
                    .Inclusion(tree.Count, sequence)
                    .Select(p => (JsonNode)Convert.ToBase64String(tree.Root(p))),
            ]),
        };

    /// <summary>Writes the manifest of all files and the signature over it. Nothing can be added after that.</summary>
    public void Finish(NoteSigner signer)
    {
        var manifest = CanonicalJson.Bytes(Manifest());
        Write(PackFormat.Manifest, manifest);
        Write(
            PackFormat.Signature,
            Encoding.UTF8.GetBytes(signer.Sign(PackFormat.SignedText(organization, PackFormat.Sha256(manifest))))
        );
        _archive.Dispose();
    }

    /// <inheritdoc />
    public void Dispose() => _archive.Dispose();

    private JsonObject Manifest() =>
        new()
        {
            ["format"] = PackFormat.Version,
            ["organization"] = organization,
            ["name"] = name,
            ["madeAt"] = PackFormat.Moment(madeAt),
            ["files"] = new JsonArray([
                .. _files.Select(f =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["path"] = f.Key,
                            ["size"] = f.Value.Size,
                            ["sha256"] = f.Value.Sha256,
                        }
                ),
            ]),
        };

    private void Enter(string path, long size, string sha256) =>
        _files.Add(
            PackFormat.IsPath(path) ? path : throw new InvalidOperationException($"A pack has no file '{path}'."),
            (size, sha256)
        );

    private void Write(string path, byte[] content)
    {
        using var file = Open(path);
        file.Write(content);
    }

    private Stream Open(string path)
    {
        var entry = _archive.CreateEntry(path, CompressionLevel.Optimal);
        entry.LastWriteTime = PackFormat.FileTime;
        return entry.Open();
    }
}
