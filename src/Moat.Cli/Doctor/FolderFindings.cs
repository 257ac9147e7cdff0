using System.Globalization;
using Moat.Storage;
using Moat.Storage.Blobs;

namespace Moat.Cli.Doctor;

/// <summary>The data folder: whether files can be kept there, who may look into it, and how much room it has.</summary>
internal static class FolderFindings
{
    private const string Folder = "data folder";

    /// <summary>What is said to be looked at where files are kept.</summary>
    public const string Files = "files of evidence";

    private const string Rights = "file rights";
    private const string Room = "free disk";
    private const long GoodRoom = 1024 * 1024 * 1024;
    private const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
    private const UnixFileMode Group = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute;
    private static readonly string[] SharedDrives = ["nfs", "nfs4", "cifs", "smb2", "smbfs", "fuse.sshfs", "9p"];

    public static async Task<IEnumerable<Finding>> Of(
        StorageOptions storage,
        TimeProvider clock,
        CancellationToken ct
    ) =>
        [
            .. storage.Bucket is null ? [await Kept(storage, ct)] : await BucketFindings.Of(storage, clock, ct),
            .. OperatingSystem.IsWindows() ? [] : RightsOf(storage),
            RoomOf(storage.DataFolder),
            .. storage.Postgres is null ? Drive(storage.DataFolder) : [],
        ];

    // Files are kept in the folder on PostgreSQL, too.
    private static async Task<Finding> Kept(StorageOptions storage, CancellationToken ct) =>
        await new FolderBlobs(storage.BlobFolder).Tried(ct) is { } trouble
            ? Finding.Broken(
                Files,
                $"{storage.BlobFolder}: {trouble}.",
                "Make room there, and give the user who runs the server the right to write to it."
            )
            : Finding.Fine(Files, $"A file was written to {storage.DataFolder} and removed again.");

    private static IEnumerable<Finding> RightsOf(StorageOptions storage)
    {
        var secret = Directory.Exists(storage.KeyFolder) ? Directory.GetFiles(storage.KeyFolder) : [];
        var outside = new[] { storage.JournalKeyFile, storage.ProtectionKeyFile };
        secret = [.. secret, .. outside.OfType<string>().Where(File.Exists)];
        var open = secret.Select(OfKey).OfType<Finding>().Concat(OfFolder(storage.DataFolder)).ToList();
        return open.Count > 0
            ? open
            : [Finding.Fine(Rights, "Nobody else may look into the data folder and its keys.")];
    }

    private static Finding? OfKey(string file)
    {
        if (OperatingSystem.IsWindows())
            return null;
        var mode = File.GetUnixFileMode(file);
        var mend = $"Take their rights away: chmod 600 {file}";
        if ((mode & Others) != 0)
            return Finding.Broken(Rights, $"Every user of this machine may use {file} ({Octal(mode)}).", mend);
        // A container gets keys that are mounted for its group.
        return (mode & Group) != 0
            ? Finding.Warning(Rights, $"The group of {file} may use it ({Octal(mode)}).", mend)
            : null;
    }

    private static IEnumerable<Finding> OfFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            yield break;
        var mode = File.GetUnixFileMode(folder);
        if ((mode & Others) != 0)
            yield return Finding.Warning(
                Rights,
                $"Every user of this machine may look into {folder} ({Octal(mode)}).",
                $"Keep it to the server's user: chmod 700 {folder}"
            );
    }

    private static Finding RoomOf(string folder)
    {
        var free = new DriveInfo(folder).AvailableFreeSpace;
        var left = string.Create(
            CultureInfo.InvariantCulture,
            $"{free / (double)GoodRoom:0.0} GB are free for {folder}."
        );
        return free < GoodRoom
            ? Finding.Warning(Room, left, "Make room on this disk, or move the data folder to a larger one.")
            : Finding.Fine(Room, left);
    }

    private static IEnumerable<Finding> Drive(string folder)
    {
        var kind = new DriveInfo(folder).DriveFormat;
        if (SharedDrives.Contains(kind))
            yield return Finding.Warning(
                Folder,
                $"{folder} lies on a network drive ({kind}), where SQLite's locks do not always hold.",
                "Put the data folder on a disk of this machine, or serve from PostgreSQL (--postgres)."
            );
    }

    private static string Octal(UnixFileMode mode) => Convert.ToString((int)mode, 8);
}
