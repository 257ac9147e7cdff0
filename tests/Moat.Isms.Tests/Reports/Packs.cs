using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;
using Moat.Reports.Pack;

namespace Moat.Tests;

/// <summary>What tests do to audit packs.</summary>
internal static class Packs
{
    private static readonly DateTimeOffset FileTime = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static PackCheck Verify(byte[] pack)
    {
        using var stream = new MemoryStream(pack);
        return PackVerifier.Verify(stream, CancellationToken.None).GetAwaiter().GetResult();
    }

    /// <summary>The key of the company's journal, as somebody holds it who signs what is not so.</summary>
    public static NoteSigner SignerOf(Company company)
    {
        using var scope = company.Scope(company.Owner);
        return scope.ServiceProvider.GetRequiredService<JournalKeys>().Newest!;
    }

    public static List<string> Names(byte[] pack)
    {
        using var archive = new ZipArchive(new MemoryStream(pack));
        return [.. archive.Entries.Select(e => e.FullName)];
    }

    public static Dictionary<string, byte[]> Files(byte[] pack)
    {
        using var archive = new ZipArchive(new MemoryStream(pack));
        return archive.Entries.ToDictionary(
            e => e.FullName,
            e =>
            {
                using var content = new MemoryStream();
                using var stream = e.Open();
                stream.CopyTo(content);
                return content.ToArray();
            }
        );
    }

    public static byte[] Zip(
        IEnumerable<(string Name, byte[] Content)> files,
        DateTimeOffset? at = null,
        Action<ZipArchiveEntry>? each = null
    )
    {
        using var made = new MemoryStream();
        using (var archive = new ZipArchive(made, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, content) in files)
            {
                var entry = archive.CreateEntry(name, CompressionLevel.Fastest);
                entry.LastWriteTime = at ?? FileTime;
                each?.Invoke(entry);
                using var stream = entry.Open();
                stream.Write(content);
            }
        return made.ToArray();
    }

    /// <summary>The pack with other files, which nobody signed.</summary>
    public static byte[] Rewrite(byte[] pack, Action<Dictionary<string, byte[]>> change)
    {
        var files = Files(pack);
        change(files);
        return Zip(files.Select(f => (f.Key, f.Value)));
    }

    /// <summary>The pack with other files, signed again by whoever holds the key.</summary>
    public static byte[] Sign(
        byte[] pack,
        NoteSigner signer,
        Action<Dictionary<string, byte[]>> change,
        Action<JsonObject>? manifestToo = null
    ) =>
        Rewrite(
            pack,
            files =>
            {
                change(files);
                var manifest = JsonNode.Parse(files[PackFormat.Manifest])!.AsObject();
                manifest["files"] = new JsonArray([
                    .. files
                        .Where(f => f.Key is not (PackFormat.Manifest or PackFormat.Signature))
                        .Select(f =>
                            (JsonNode)
                                new JsonObject
                                {
                                    ["path"] = f.Key,
                                    ["size"] = f.Value.Length,
                                    ["sha256"] = PackFormat.Sha256(f.Value),
                                }
                        ),
                ]);
                manifestToo?.Invoke(manifest);
                files[PackFormat.Manifest] = CanonicalJson.Bytes(manifest);
                files[PackFormat.Signature] = Encoding.UTF8.GetBytes(
                    signer.Sign(
                        PackFormat.SignedText(
                            (string)manifest["organization"]!,
                            PackFormat.Sha256(files[PackFormat.Manifest])
                        )
                    )
                );
            }
        );
}
