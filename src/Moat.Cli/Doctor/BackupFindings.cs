using System.Globalization;
using Moat.Storage;

namespace Moat.Cli.Doctor;

/// <summary>Backups: how old the newest is, and when one was last shown to restore.</summary>
internal static class BackupFindings
{
    private const string About = "backup";
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(48);
    private static readonly TimeSpan Drilled = TimeSpan.FromDays(183);

    /// <summary>About the folder that backups go to.</summary>
    public static Finding Of(string folder, DateTime now)
    {
        const string Mend = "Let 'moat backup' run each day, and see what it says.";
        if (!Directory.Exists(folder))
            return Finding.Broken(
                About,
                $"There is no folder {folder}.",
                "Name with --backups the folder that backups go to."
            );
        var newest = new DirectoryInfo(folder).EnumerateFiles().MaxBy(f => f.LastWriteTimeUtc);
        if (newest is null)
            return Finding.Broken(About, $"There is none in {folder}.", Mend);
        var age = now - newest.LastWriteTimeUtc;
        var says = string.Create(
            CultureInfo.InvariantCulture,
            $"The newest, {newest.Name}, is {age.TotalHours:0} hours old."
        );
        return age > Fresh ? Finding.Warning(About, says, Mend) : Finding.Fine(About, says);
    }

    /// <summary>About the drills that the installation keeps.</summary>
    public static async Task<Finding> OfDrills(StorageOptions storage, DateTime now, CancellationToken ct)
    {
        const string Mend = "Show that a backup restores: moat restore-drill FILE";
        if (await new DatabaseLook(storage).LastDrill(ct) is not { } last)
            return Finding.Warning(About, "No restore drill was ever kept.", Mend);
        var says = string.Create(CultureInfo.InvariantCulture, $"The last restore drill was on {last:yyyy-MM-dd}.");
        return now - last > Drilled ? Finding.Warning(About, says, Mend) : Finding.Fine(About, says);
    }
}
