using System.Security.Cryptography;
using Moat.Isms.Evidence;
using Moat.Isms.Kernel;

namespace Moat.Storage.Blobs;

/// <summary>Keeps file contents in a folder, two levels deep, written whole or not at all.</summary>
public sealed class FolderBlobs(string folder) : IBlobStore
{
    /// <inheritdoc />
    public async Task Put(Guid organizationId, string sha256, byte[] content, CancellationToken ct)
    {
        var file = PathOf(organizationId, sha256);
        if (File.Exists(file)) return;
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var partial = $"{file}.{Path.GetRandomFileName()}";
        await File.WriteAllBytesAsync(partial, content, ct);
        File.Move(partial, file, overwrite: true);
    }

    /// <inheritdoc />
    public async Task<byte[]> Get(Guid organizationId, string sha256, CancellationToken ct)
    {
        var file = PathOf(organizationId, sha256);
        if (!File.Exists(file)) throw new NotFound($"file with SHA-256 {sha256}");
        var content = await File.ReadAllBytesAsync(file, ct);
        return Convert.ToHexStringLower(SHA256.HashData(content)) == sha256
            ? content
            : throw new InvalidDataException($"The stored file {sha256} was changed on disk.");
    }

    private string PathOf(Guid organizationId, string sha256)
    {
        if (sha256.Length != 64 || !sha256.All(char.IsAsciiHexDigit)) throw new NotFound("file");
        return Path.Combine(folder, organizationId.ToString("N"), sha256[..2], sha256);
    }
}
