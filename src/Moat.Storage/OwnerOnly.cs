namespace Moat.Storage;

/// <summary>
/// Folders and files that only the user of the installation may look into: the data folder with the database, the keys and every file, and
/// backups of it.
/// </summary>
public static class OwnerOnly
{
    private const UnixFileMode ReadWrite = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes the folder where there is none. One that somebody made keeps the rights that they gave it.</summary>
    public static void Folder(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, ReadWrite | UnixFileMode.UserExecute);
    }

    /// <summary>How to open a file that is made.</summary>
    public static FileStreamOptions File(FileMode mode, FileAccess access, FileOptions options = FileOptions.None)
    {
        var made = new FileStreamOptions { Mode = mode, Access = access, Share = FileShare.None, BufferSize = 81920, Options = options };
        if (!OperatingSystem.IsWindows()) made.UnixCreateMode = ReadWrite;
        return made;
    }
}
