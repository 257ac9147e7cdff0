namespace Moat.Storage;

/// <summary>The data folder holds the database, the keys and every file, so that only the user of the installation may look into it.</summary>
internal static class PrivateFolder
{
    /// <summary>Makes it where there is none. One that somebody made keeps the rights that they gave it.</summary>
    public static void Make(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
