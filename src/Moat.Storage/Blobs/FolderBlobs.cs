using System.Runtime.CompilerServices;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Seams;

namespace Moat.Storage.Blobs;

/// <summary>
/// Keeps file contents in a folder, two levels deep. They come in as a part beside the others, which gets its name when
/// it is whole and on the disk.
/// </summary>
public sealed class FolderBlobs(string folder) : IKeptFiles
{
    // As much as one request may bring.
    private const long LeastRoom = 24 * 1024 * 1024;

    private const string Part = "part.";

    private static readonly TimeSpan LongestWrite = TimeSpan.FromHours(1);

    /// <inheritdoc />
    public string Place => folder;

    /// <inheritdoc />
    public bool IsShared => false;

    /// <inheritdoc />
    public Task<string?> Trouble(CancellationToken ct)
    {
        var there = folder;
        while (!Directory.Exists(there) && Path.GetDirectoryName(there) is { } above)
            there = above;
        try
        {
            if (new DriveInfo(there).AvailableFreeSpace < LeastRoom)
                return Task.FromResult<string?>("the data folder has less than 24 MB of room");
            var probe = Path.Combine(there, $".{Path.GetRandomFileName()}");
            File.WriteAllBytes(probe, [0]);
            File.Delete(probe);
            return Task.FromResult<string?>(null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Task.FromResult<string?>("the data folder cannot be written");
        }
    }

    /// <inheritdoc />
    public Task<int> Sweep(DateTime now, CancellationToken ct)
    {
        var parts = Files()
            .Where(f => IsPart(Path.GetFileName(f)) && File.GetLastWriteTimeUtc(f) < now - LongestWrite)
            .ToList();
        parts.ForEach(File.Delete);
        return Task.FromResult(parts.Count);
    }

    /// <inheritdoc />
    public async Task<string> Put(Guid organizationId, Stream content, CancellationToken ct)
    {
        var place = Path.Combine(folder, organizationId.ToString("N"));
        var part = Path.Combine(place, Part + Path.GetRandomFileName());
        try
        {
            OwnerOnly.Folder(place);
            var sha256 = await Write(part, content, ct);
            var file = PathOf(new KeptFile(organizationId, sha256));
            // What lies there may have been damaged since; this is whole.
            OwnerOnly.Folder(Path.GetDirectoryName(file)!);
            File.Move(part, file, overwrite: true);
            return sha256;
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
            File.Delete(part);
        }
    }

    /// <inheritdoc />
    public Task<Stream> Open(Guid organizationId, string sha256, CancellationToken ct)
    {
        var content = KeptFile.IsName(sha256) ? Found(new KeptFile(organizationId, sha256)) : throw Missing(sha256);
        return Task.FromResult<Stream>(new CheckedContent(content, content.Length, sha256));
    }

    /// <inheritdoc />
    public Task<Stream> OpenAsIs(KeptFile file, CancellationToken ct) => Task.FromResult<Stream>(Found(file));

    /// <inheritdoc />
    public Task<bool> Has(KeptFile file, CancellationToken ct) => Task.FromResult(File.Exists(PathOf(file)));

    /// <inheritdoc />
    public Task<string?> Tried(CancellationToken ct) => Trouble(ct);

    /// <inheritdoc />
    public async IAsyncEnumerable<KeptFile> All([EnumeratorCancellation] CancellationToken ct)
    {
        await Task.CompletedTask;
        var kept = Files()
            .Select(f => Path.GetRelativePath(folder, f).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)
            .Select(KeptFile.At)
            .OfType<KeptFile>();
        foreach (var file in kept)
        {
            ct.ThrowIfCancellationRequested();
            yield return file;
        }
    }

    /// <summary>Writes down to the disk, so that a power cut after the answer takes nothing back.</summary>
    private static async Task<string> Write(string file, Stream content, CancellationToken ct)
    {
        await using var stream = new FileStream(
            file,
            OwnerOnly.File(FileMode.CreateNew, FileAccess.Write, FileOptions.Asynchronous)
        );
        var sha256 = await HashedCopy.Of(content, stream, ct);
        stream.Flush(flushToDisk: true);
        return sha256;
    }

    // Earlier versions wrote beside the name that a file would get.
    private static bool IsPart(string name) =>
        name.StartsWith(Part, StringComparison.Ordinal)
        || (name.Length > KeptFile.LengthOfName && KeptFile.IsName(name[..KeptFile.LengthOfName]));

    private IEnumerable<string> Files() =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories) : [];

    private FileStream Found(KeptFile file) =>
        File.Exists(PathOf(file))
            ? new FileStream(
                PathOf(file),
                FileMode.Open,
                FileAccess.Read,
                FileShare.Read,
                81920,
                FileOptions.Asynchronous | FileOptions.SequentialScan
            )
            : throw Missing(file.Sha256);

    private static NotFound Missing(string sha256) => new($"file with SHA-256 {sha256}");

    private string PathOf(KeptFile file) => Path.Combine(folder, file.Path);
}
