using System.Security.Cryptography;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Seams;

namespace Moat.Storage.Blobs;

/// <summary>Keeps file contents in a folder, two levels deep, written whole or not at all.</summary>
public sealed class FolderBlobs(string folder) : IBlobStore
{
    private const int LengthOfName = 64;

    // As much as one request may bring.
    private const long LeastRoom = 24 * 1024 * 1024;

    private static readonly TimeSpan LongestWrite = TimeSpan.FromHours(1);

    /// <summary>What keeps files from being kept, in words without a path, or null.</summary>
    public string? Trouble()
    {
        var there = folder;
        while (!Directory.Exists(there) && Path.GetDirectoryName(there) is { } above)
            there = above;
        try
        {
            if (new DriveInfo(there).AvailableFreeSpace < LeastRoom)
                return "the data folder has less than 24 MB of room";
            var probe = Path.Combine(there, $".{Path.GetRandomFileName()}");
            File.WriteAllBytes(probe, [0]);
            File.Delete(probe);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "the data folder cannot be written";
        }
    }

    /// <summary>Removes the parts of files whose writer was killed.</summary>
    public int Sweep(DateTime now)
    {
        if (!Directory.Exists(folder))
            return 0;
        var parts = Directory
            .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(f => Path.GetFileName(f).Length > LengthOfName && File.GetLastWriteTimeUtc(f) < now - LongestWrite)
            .ToList();
        parts.ForEach(File.Delete);
        return parts.Count;
    }

    /// <inheritdoc />
    public async Task Put(Guid organizationId, string sha256, byte[] content, CancellationToken ct)
    {
        var file = PathOf(organizationId, sha256);
        if (File.Exists(file))
            return;
        var partial = $"{file}.{Path.GetRandomFileName()}";
        try
        {
            OwnerOnly.Folder(Path.GetDirectoryName(file)!);
            await Write(partial, content, ct);
            File.Move(partial, file, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What the system says names the path on the server, which is the operator's alone.
            throw new Unavailable(
                "The file cannot be kept, and nothing was stored. Make room in the data folder, or see that it can be written, and do it again."
            );
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
        if (!File.Exists(file))
            throw new NotFound($"file with SHA-256 {sha256}");
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
            ? Task.FromResult<Stream>(
                new FileStream(
                    file,
                    FileMode.Open,
                    FileAccess.Read,
                    FileShare.Read,
                    81920,
                    FileOptions.Asynchronous | FileOptions.SequentialScan
                )
            )
            : throw new NotFound($"file with SHA-256 {sha256}");
    }

    /// <summary>Writes down to the disk, so that a power cut after the answer takes nothing back.</summary>
    private static async Task Write(string file, byte[] content, CancellationToken ct)
    {
        await using var stream = new FileStream(file, OwnerOnly.File(FileMode.CreateNew, FileAccess.Write));
        await stream.WriteAsync(content, ct);
        stream.Flush(flushToDisk: true);
    }

    private string PathOf(Guid organizationId, string sha256)
    {
        if (sha256.Length != LengthOfName || !sha256.All(char.IsAsciiHexDigit))
            throw new NotFound("file");
        return Path.Combine(folder, organizationId.ToString("N"), sha256[..2], sha256);
    }
}
