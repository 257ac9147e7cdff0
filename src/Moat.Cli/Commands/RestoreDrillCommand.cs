using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Moat.Cli.Drills;
using Moat.Isms.Evidence.Drills;
using Moat.Isms.Kernel;
using Moat.Storage;

namespace Moat.Cli.Commands;

/// <summary>
/// <c>moat restore-drill</c>: restores a backup into a place that is removed again, and keeps what that showed as
/// evidence for A.8.13.
/// </summary>
internal static class RestoreDrillCommand
{
    private static readonly Argument<FileInfo> File = new("file") { Description = "The backup" };

    private static readonly Option<string?> Into = new("--into-postgres")
    {
        Description =
            "Drill on this PostgreSQL server: a database is made on it and dropped again (default: SQLite in a temporary folder)",
    };

    public static Command Make()
    {
        var command = new Command(
            "restore-drill",
            "Restore a backup into a temporary place, verify it, and keep the result as evidence for A.8.13"
        )
        {
            File,
            BackupCommands.PassphraseFile,
            Into,
            Installation.Data,
            Installation.Postgres,
        };
        command.SetAction(
            async (parsed, ct) =>
            {
                var file = parsed.GetValue(File)!;
                Files.MustHaveContent("file", file.FullName);
                var storage = Installation.Storage(parsed);
                var passphrase = await BackupCommands.Passphrase(parsed, ct);
                var sha256 = await Sha256(file, ct);
                await using var place = await DrillPlace.Make(storage, parsed.GetValue(Into), ct);
                var found = await Drill.Run(place, file, passphrase, ct);
                Tell(found);
                await Record(storage, file.Name, sha256, place, found, ct);
                return found.Findings.Count == 0 ? 0 : 1;
            }
        );
        return command;
    }

    private static async Task<string> Sha256(FileInfo file, CancellationToken ct)
    {
        await using var stream = file.OpenRead();
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, ct));
    }

    private static void Tell(DrillResult found)
    {
        foreach (var table in found.Tables)
            Console.WriteLine($"{table.Table}: {table.Found} of {table.Expected} rows");
        foreach (var finding in found.Findings)
            Console.WriteLine($"FAILED: {finding}");
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{(found.Findings.Count == 0 ? "OK" : "The drill FAILED")}: {found.Rows} rows of {found.Tables.Count} tables and {found.Files} "
                    + $"files, {found.Seconds:0.0} s."
            )
        );
    }

    /// <summary>
    /// Keeps the result with each organisation that this installation and the backup have in common; where the backup
    /// could not be read, with all.
    /// </summary>
    private static async Task Record(
        StorageOptions storage,
        string backup,
        string sha256,
        DrillPlace place,
        DrillResult found,
        CancellationToken ct
    )
    {
        if (storage.Postgres is null && !System.IO.File.Exists(storage.SqliteFile))
        {
            Console.WriteLine(
                $"Nothing was recorded: there is no installation in {storage.DataFolder}. Name it with --data."
            );
            return;
        }
        await using var installation = Installation.Open(storage);
        foreach (var organization in await installation.Organizations(ct))
        {
            if (found.Organizations is { } restored && !restored.ContainsKey(organization.Id))
                continue;
            var recorded = (DrillRecorded)
                await installation.RunAsMachine(
                    organization,
                    "evidence.record-restore-drill",
                    JsonSerializer
                        .SerializeToNode(Input(organization, backup, sha256, place, found), InputBinder.Json)!
                        .AsObject(),
                    ct
                );
            var shows = recorded.Control is { } control ? $" for {control}" : "";
            Console.WriteLine(
                $"{organization.Slug}: recorded as {recorded.Ref}{shows}{(recorded.Passed ? "" : ", which counts for nothing")}."
            );
        }
    }

    private static RestoreDrill Input(
        Organization organization,
        string backup,
        string sha256,
        DrillPlace place,
        DrillResult found
    )
    {
        var check = found.Organizations?.GetValueOrDefault(organization.Id);
        return new RestoreDrill
        {
            Backup = backup.Cut(255),
            Sha256 = sha256,
            BackupMadeAt = found.MadeAt,
            BeganAt = found.BeganAt,
            Seconds = found.Seconds,
            Database = place.Kind,
            Rows = found.Rows,
            Tables = found.Tables.Count,
            Files = found.Files,
            Entries = check?.Entries ?? 0,
            Records = check?.Records ?? 0,
            Findings = [.. found.Findings.Take(100)],
            By = $"operator {Environment.UserName}".Cut(200),
        };
    }
}
