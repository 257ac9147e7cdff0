using System.Globalization;
using System.Text;

namespace Moat.Isms.Evidence.Drills;

/// <summary>The report of a restore drill, for people.</summary>
internal static class DrillReport
{
    public static string Write(RestoreDrill drill)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# Restore drill of {drill.BeganAt:yyyy-MM-dd}\n\n");
        text.Append(
            drill.Findings.Count == 0
                ? "**Passed.** The backup was restored into an empty place, everything that it must hold is there, and the journal verifies.\n\n"
                : "**Failed.** From this backup the records could not be brought back whole.\n\n"
        );
        text.Append("| | |\n|---|---|\n");
        foreach (var (what, value) in Facts(drill))
            text.Append(CultureInfo.InvariantCulture, $"| {what} | {value} |\n");
        if (drill.Findings.Count > 0)
            text.Append("\n## What did not fit\n\n");
        foreach (var finding in drill.Findings)
            text.Append(CultureInfo.InvariantCulture, $"- {finding}\n");
        text.Append(
            "\nThe place was removed afterwards. The drill shows the records of the management system only: models, datasets and other "
                + "systems have backups and restore tests of their own.\n"
        );
        return text.ToString();
    }

    private static IEnumerable<(string What, string Value)> Facts(RestoreDrill drill)
    {
        yield return ("Backup", drill.Backup);
        yield return ("SHA-256", drill.Sha256);
        yield return (
            "Made at",
            drill.BackupMadeAt is { } made
                ? string.Create(CultureInfo.InvariantCulture, $"{made:yyyy-MM-dd HH:mm:ss} UTC")
                : "unknown"
        );
        yield return (
            "Restored at",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{drill.BeganAt:yyyy-MM-dd HH:mm:ss} UTC, into an empty {drill.Database}"
            )
        );
        yield return (
            "Took",
            string.Create(CultureInfo.InvariantCulture, $"{drill.Seconds:0.0} seconds, verification included")
        );
        yield return (
            "Rows",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{drill.Rows} in {drill.Tables} tables, each counted against the backup's own list"
            )
        );
        yield return (
            "Files",
            string.Create(CultureInfo.InvariantCulture, $"{drill.Files}, evidence files compared with their SHA-256")
        );
        yield return (
            "Journal",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{drill.Entries} entries verified, {drill.Records} records compared with them"
            )
        );
        yield return ("Run by", drill.By);
    }
}
