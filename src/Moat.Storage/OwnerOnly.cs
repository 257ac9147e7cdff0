namespace Moat.Storage;

/// <summary>
/// Folders and files that only the user of the installation may look into: the data folder with the database, the keys
/// and every file, and backups of it.
/// </summary>
public static class OwnerOnly
{
    private const UnixFileMode ReadWrite = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>
    /// Makes the folder, and those above it, where there is none. One that somebody made keeps the rights that they
    /// gave it.
    /// </summary>
    public static void Folder(string folder)
    {
        if (Directory.Exists(folder))
            return;
        MustBeNoFile(folder);
        // Rights are given to the last folder of a path only.
        if (Path.GetDirectoryName(Path.GetFullPath(folder)) is { } above)
            Folder(above);
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, ReadWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Throws <see cref="IOException"/> where a file is in the place of a folder.</summary>
    public static void MustBeNoFile(string folder)
    {
        if (System.IO.File.Exists(folder))
            throw new IOException($"{folder} is a file, and a folder is needed. Name another place.");
    }

    /// <summary>
    /// Makes an empty file where there is none, for a library that would make it readable for everybody.
    /// </summary>
    public static void Empty(string file)
    {
        if (!System.IO.File.Exists(file))
            new FileStream(file, File(FileMode.OpenOrCreate, FileAccess.ReadWrite)).Dispose();
    }

    /// <summary>How to open a file that is made.</summary>
    public static FileStreamOptions File(FileMode mode, FileAccess access, FileOptions options = FileOptions.None)
    {
        var made = new FileStreamOptions
        {
            Mode = mode,
            Access = access,
            Share = FileShare.None,
            BufferSize = 81920,
            Options = options,
        };
        if (!OperatingSystem.IsWindows())
            made.UnixCreateMode = ReadWrite;
        return made;
    }
}
