namespace Moat.Reports.Pack;

/// <summary>
/// Reads the files of a pack that was unpacked into a folder. Links are not followed: they could lead anywhere.
/// </summary>
internal static class UnpackedFolder
{
    private const int Deepest = 16;
    private static readonly EnumerationOptions Everything = new()
    {
        AttributesToSkip = FileAttributes.None,
        RecurseSubdirectories = false,
        IgnoreInaccessible = false,
    };

    /// <summary>Whether a pack lies in the folder, or in the one folder that it holds.</summary>
    public static bool HasPack(string folder) =>
        File.Exists(Path.Combine(folder, PackFormat.Manifest))
        || Directory.EnumerateDirectories(folder).Take(3).Where(f => Path.GetFileName(f) != "__MACOSX").ToList()
            is [var only]
            && File.Exists(Path.Combine(only, PackFormat.Manifest));

    public static PackedFiles Read(string folder)
    {
        var files = new PackedFiles();
        Walk(new DirectoryInfo(folder), "", 0, files);
        return files.Sorted();
    }

    private static void Walk(DirectoryInfo folder, string path, int depth, PackedFiles files)
    {
        if (depth > Deepest)
            throw new BrokenPack($"{path} lies deeper than any file of a pack.");
        foreach (var entry in folder.EnumerateFileSystemInfos("*", Everything))
        {
            var below = path + entry.Name;
            if (entry.LinkTarget is not null || entry.Attributes.HasFlag(FileAttributes.ReparsePoint))
                files.See(below, new PackedFile(0, () => Stream.Null), "it is a link; a pack has none.");
            else if (entry is DirectoryInfo further)
            {
                files.SeeFolder($"{below}/");
                Walk(further, $"{below}/", depth + 1, files);
            }
            else
                files.See(below, Opened((FileInfo)entry));
        }
    }

    // Pipes and devices have no length; opening one would wait for ever.
    private static PackedFile Opened(FileInfo file) =>
        new(
            file.Length,
            () =>
                file.Length == 0
                    ? Stream.Null
                    : new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.Read)
        );
}
