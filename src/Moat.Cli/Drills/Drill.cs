using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Moat.Cli.Commands;
using Moat.Isms.Kernel.Journal;
using Moat.Storage;
using Moat.Storage.Backups;

namespace Moat.Cli.Drills;

/// <summary>What a drill found.</summary>
internal sealed class DrillResult(DateTime beganAt)
{
    public DateTime BeganAt { get; } = beganAt;

    public double Seconds { get; set; }

    public DateTime? MadeAt { get; set; }

    public long Rows { get; set; }

    public int Files { get; set; }

    public IReadOnlyList<TableComparison> Tables { get; set; } = [];

    /// <summary>
    /// The organisations in the backup with what verifying each found; null where it could not be restored.
    /// </summary>
    public Dictionary<Guid, JournalCheck>? Organizations { get; set; }

    public List<string> Findings { get; } = [];
}

/// <summary>
/// Restores, counts and verifies. Whatever goes wrong with the backup is what the drill was for: a finding, and no
/// fault.
/// </summary>
internal static class Drill
{
    public static async Task<DrillResult> Run(
        DrillPlace place,
        FileInfo backup,
        string passphrase,
        CancellationToken ct
    )
    {
        var (result, watch) = (new DrillResult(TimeProvider.System.GetUtcNow().UtcDateTime), Stopwatch.StartNew());
        try
        {
            await using var plain = BackupCommands.Temporary();
            await using (var stream = backup.OpenRead())
                BackupCipher.Decrypt(stream, plain, passphrase);
            await using var installation = Installation.OpenToRestore(place.Storage);
            await Restore(installation, place.Storage, plain, result, ct);
            await Verify(installation, result, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException && Refusals.Explain(e) is { } why)
        {
            result.Findings.Add(why);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or DbException)
        {
            result.Findings.Add($"What the backup holds cannot be restored: {e.Message}");
        }
        result.Seconds = Math.Round(watch.Elapsed.TotalSeconds, 1);
        return result;
    }

    private static async Task Restore(
        Installation installation,
        StorageOptions storage,
        Stream plain,
        DrillResult result,
        CancellationToken ct
    )
    {
        plain.Position = 0;
        var summary = await BackupArchive.Restore(installation.Get<IServiceProvider>(), storage, plain, ct);
        (result.Rows, result.Files) = (summary.Rows, summary.Files);
        plain.Position = 0;
        var comparison = await BackupArchive.Compare(installation.Get<IServiceProvider>(), storage, plain, ct);
        result.MadeAt = DateTime.Parse(
            comparison.MadeAt,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AdjustToUniversal
        );
        result.Tables = comparison.Tables;
        foreach (var table in comparison.Tables.Where(t => t.Expected != t.Found))
            result.Findings.Add($"The table {table.Table} has {table.Found} rows; the backup says {table.Expected}.");
    }

    private static async Task Verify(Installation installation, DrillResult result, CancellationToken ct)
    {
        var checks = new Dictionary<Guid, JournalCheck>();
        foreach (var organization in await installation.Organizations(ct))
        {
            var check = await installation.Verify(organization, ct);
            checks[organization.Id] = check;
            result.Findings.AddRange(check.Findings.Select(f => $"{organization.Slug}: {f}"));
        }
        if (checks.Count == 0)
            result.Findings.Add("The backup holds no organisation.");
        result.Organizations = checks;
    }
}
