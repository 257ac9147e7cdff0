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
        var partial = $"{file}.{Path.GetRandomFileName()}";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await Write(partial, content, ct);
            File.Move(partial, file, overwrite: true);
        }
        catch (IOException e)
        {
            throw new Unavailable($"The file cannot be kept: {e.Message} Nothing was stored. Make room in the data folder, or see that it can be written, and do it again.");
        }
        finally
        {
            // After a move nothing is left of it; after a failure a part that nobody would ever read.
            File.Delete(partial);
        }
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

    /// <inheritdoc />
    public Task<Stream> Open(Guid organizationId, string sha256, CancellationToken ct)
    {
        var file = PathOf(organizationId, sha256);
        return File.Exists(file)
            ? Task.FromResult<Stream>(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 81920,
                FileOptions.Asynchronous | FileOptions.SequentialScan))
            : throw new NotFound($"file with SHA-256 {sha256}");
    }

    /// <summary>Writes down to the disk, so that a power cut after the answer takes nothing back.</summary>
    private static async Task Write(string file, byte[] content, CancellationToken ct)
    {
        await using var stream = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        await stream.WriteAsync(content, ct);
        stream.Flush(flushToDisk: true);
    }

    private string PathOf(Guid organizationId, string sha256)
    {
        if (sha256.Length != 64 || !sha256.All(char.IsAsciiHexDigit)) throw new NotFound("file");
        return Path.Combine(folder, organizationId.ToString("N"), sha256[..2], sha256);
    }
}
