using System.IO.Compression;
using System.Text.Json.Nodes;
using Moat.Storage.Blobs;

namespace Moat.Storage.Backups;

/// <summary>
/// The files of an installation in its backup: contents, from wherever they are kept, and keys. They go through by and
/// by.
/// </summary>
internal static class BackupFiles
{
    private const string Contents = "blobs/",
        Keys = "keys/";

    /// <summary>Adds all of them, as they lie there, and answers how many.</summary>
    public static async Task<int> Add(
        ZipArchive archive,
        JsonObject hashes,
        IKeptFiles kept,
        string keyFolder,
        CancellationToken ct
    )
    {
        var files = 0;
        await foreach (var file in kept.All(ct))
        {
            await using var content = await kept.OpenAsIs(file, ct);
            await Add(archive, hashes, Contents + file.Path, content, ct);
            files++;
        }
        foreach (var file in KeysIn(keyFolder))
        {
            await using var content = File.OpenRead(file);
            var path = Path.GetRelativePath(keyFolder, file).Replace('\\', '/');
            await Add(archive, hashes, Keys + path, content, ct);
            files++;
        }
        return files;
    }

    /// <summary>
    /// Puts them back, contents to wherever they are kept now, and answers how many. Throws <see
    /// cref="BackupUnreadable"/>.
    /// </summary>
    public static async Task<int> Restore(ZipArchive archive, IKeptFiles kept, string keyFolder, CancellationToken ct)
    {
        var files = 0;
        foreach (var entry in archive.Entries)
            if (entry.FullName.StartsWith(Contents, StringComparison.Ordinal))
                files += await RestoreContent(entry, kept, ct);
            else if (entry.FullName.StartsWith(Keys, StringComparison.Ordinal))
            {
                RestoreKey(entry, keyFolder);
                files++;
            }
        return files;
    }

    private static async Task<int> RestoreContent(ZipArchiveEntry entry, IKeptFiles kept, CancellationToken ct)
    {
        // Parts that a killed writer left stand in backups of earlier versions. They are longer than any name.
        if (entry.Name.Length > KeptFile.LengthOfName)
            return 0;
        var file = KeptFile.At(entry.FullName[Contents.Length..]) ?? throw NoPath(entry);
        await using var content = await entry.OpenAsync(ct);
        // One that was damaged before it was backed up is another content now, so that its own is told as gone.
        await kept.Put(file.OrganizationId, content, ct);
        return 1;
    }

    private static void RestoreKey(ZipArchiveEntry entry, string folder)
    {
        var file = Path.GetFullPath(Path.Combine(folder, entry.FullName[Keys.Length..]));
        if (!file.StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw NoPath(entry);
        OwnerOnly.Folder(Path.GetDirectoryName(file)!);
        entry.ExtractToFile(file, overwrite: true);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private static async Task Add(
        ZipArchive archive,
        JsonObject hashes,
        string path,
        Stream content,
        CancellationToken ct
    )
    {
        await using var entry = await archive.CreateEntry(path, CompressionLevel.Fastest).OpenAsync(ct);
        hashes[path] = await HashedCopy.Of(content, entry, ct);
    }

    private static IEnumerable<string> KeysIn(string folder) =>
        Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            : [];

    private static BackupUnreadable NoPath(ZipArchiveEntry entry) =>
        new($"{entry.FullName} is not a path of a backup.");
}
