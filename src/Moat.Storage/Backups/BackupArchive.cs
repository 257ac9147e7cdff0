using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;
using Moat.Storage.Accounts;
using Moat.Storage.Blobs;

namespace Moat.Storage.Backups;

/// <summary>What a backup holds.</summary>
public sealed record BackupSummary(long Rows, int Tables, int Files);

/// <summary>How many rows a table has, and how many its backup says it must have.</summary>
public sealed record TableComparison(string Table, long Expected, long Found);

/// <summary>A restored installation beside its backup.</summary>
/// <param name="MadeAt">When the backup was made.</param>
/// <param name="Tables">Each table of the backup.</param>
public sealed record BackupComparison(string MadeAt, IReadOnlyList<TableComparison> Tables);

/// <summary>
/// A whole installation in one file: every table of one moment, the file contents and the keys. Rows carry the model's
/// values, so a backup of SQLite restores into PostgreSQL and the other way round.
/// </summary>
public static class BackupArchive
{
    private const string Manifest = "manifest.json";

    /// <summary>Writes the archive, unencrypted, while others go on working.</summary>
    public static async Task<BackupSummary> Write(
        IServiceProvider services,
        StorageOptions options,
        Stream stream,
        CancellationToken ct
    )
    {
        var (hashes, counts) = (new JsonObject(), new JsonObject());
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        await using var scope = services.CreateAsyncScope();
        var moat = scope.ServiceProvider.GetRequiredService<MoatDb>();
        await using var moment = await Moment(moat, options, writing: false, ct);
        await using var accounts = Sharing(moat, options, moment);
        long rows = 0;
        var tables = 0;
        foreach (var db in new DbContext[] { accounts, moat })
        foreach (var table in BackupRows.Tables(db))
        {
            tables++;
            var count = Add(archive, hashes, TableFile(table), Lines(BackupRows.Read(db, table)));
            counts[TableFile(table)] = count;
            rows += count;
        }
        var files = await BackupFiles.Add(
            archive,
            hashes,
            services.GetRequiredService<IKeptFiles>(),
            options.KeyFolder,
            ct
        );
        var manifest = new JsonObject
        {
            ["format"] = "moat backup 1",
            ["madeAt"] = services
                .GetRequiredService<TimeProvider>()
                .GetUtcNow()
                .ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
            ["migrations"] = new JsonArray([
                .. MigrationFiles.Of(options.Postgres is null ? "Sqlite" : "Postgres").Select(s => (JsonNode)s.Name),
            ]),
            ["files"] = hashes,
            ["rows"] = counts,
        };
        using var last = archive.CreateEntry(Manifest).Open();
        last.Write(Encoding.UTF8.GetBytes(manifest.ToJsonString()));
        return new BackupSummary(rows, tables, files);
    }

    /// <summary>
    /// Restores into an empty installation. Throws <see cref="BackupUnreadable"/> and leaves nothing when something
    /// does not fit.
    /// </summary>
    public static async Task<BackupSummary> Restore(
        IServiceProvider services,
        StorageOptions options,
        Stream stream,
        CancellationToken ct
    )
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        var manifest = Check(archive);
        await using var scope = services.CreateAsyncScope();
        var moat = scope.ServiceProvider.GetRequiredService<MoatDb>();
        await using var moment = await Moment(moat, options, writing: true, ct);
        await using var accounts = Sharing(moat, options, moment);
        if (await accounts.Users.AnyAsync(ct) || await moat.Organizations.AnyAsync(ct))
            throw new BackupUnreadable("The installation is not empty. Restore into an empty data folder or database.");
        // A server that ran here before anything was founded made a key, which the backup's own file will not open.
        await accounts.ProtectionKeys.ExecuteDeleteAsync(ct);
        long rows = 0;
        var tables = 0;
        var subjects = new FirstSubjects(moat);
        var lacksSubjects = archive.GetEntry(TableFile(subjects.Table)) is null;
        void Insert(IEntityType table, JsonObject row) =>
            BackupRows.Insert(moat.Database.GetDbConnection(), moment.GetDbTransaction(), table, row);
        foreach (var db in new DbContext[] { accounts, moat })
        foreach (var table in BackupRows.Tables(db))
        {
            if (archive.GetEntry(TableFile(table)) is not { } entry)
                continue;
            tables++;
            using var reader = new StreamReader(entry.Open());
            for (; await reader.ReadLineAsync(ct) is { } line; rows++)
            {
                var row = JsonNode.Parse(line)!.AsObject();
                Insert(table, row);
                if (lacksSubjects)
                    foreach (var subject in FirstSubjects.Of(table, row))
                        Insert(subjects.Table, subject);
            }
        }
        var files = await BackupFiles.Restore(
            archive,
            services.GetRequiredService<IKeptFiles>(),
            options.KeyFolder,
            ct
        );
        if (!manifest["migrations"]!.AsArray().Any(m => (string)m! == FirstSeals.Migration))
            await SealFirst(services, accounts, ct);
        await moment.CommitAsync(ct);
        return new BackupSummary(rows, tables, files);
    }

    /// <summary>
    /// Accounts of a backup from before accounts had seals get them while they are put in, as the migration does it.
    /// </summary>
    private static async Task SealFirst(IServiceProvider services, AccountsDb accounts, CancellationToken ct)
    {
        foreach (var (id, seal) in FirstSeals.Make(accounts, services.GetRequiredService<JournalKeys>()))
            await accounts.Users.Where(a => a.Id == id).ExecuteUpdateAsync(a => a.SetProperty(x => x.Seal, seal), ct);
    }

    /// <summary>
    /// What is in a restored installation and what its backup says must be, table by table; and when the backup was
    /// made.
    /// </summary>
    public static async Task<BackupComparison> Compare(
        IServiceProvider services,
        StorageOptions options,
        Stream stream,
        CancellationToken ct
    )
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        var manifest = Check(archive);
        await using var scope = services.CreateAsyncScope();
        var moat = scope.ServiceProvider.GetRequiredService<MoatDb>();
        await using var moment = await Moment(moat, options, writing: false, ct);
        await using var accounts = Sharing(moat, options, moment);
        var tables = new List<TableComparison>();
        foreach (var db in new DbContext[] { accounts, moat })
        foreach (var table in BackupRows.Tables(db))
            if (archive.GetEntry(TableFile(table)) is { } entry)
            {
                var expected = (long?)manifest["rows"]?[TableFile(table)] ?? CountLines(entry);
                tables.Add(new TableComparison(table.GetTableName()!, expected, BackupRows.Count(db, table)));
            }
        return new BackupComparison((string)manifest["madeAt"]!, tables);
    }

    private static long CountLines(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(entry.Open());
        long lines = 0;
        while (reader.ReadLine() is not null)
            lines++;
        return lines;
    }

    private static string TableFile(IEntityType table) => $"tables/{table.GetTableName()}.jsonl";

    private static JsonNode Check(ZipArchive archive)
    {
        using var reader = new StreamReader(
            archive.GetEntry(Manifest)?.Open() ?? throw new BackupUnreadable("The backup has no manifest.")
        );
        var manifest = JsonNode.Parse(reader.ReadToEnd())!;
        var known = MigrationFiles
            .Of("Sqlite")
            .Select(s => s.Name)
            .Concat(MigrationFiles.Of("Postgres").Select(s => s.Name))
            .ToHashSet();
        if (
            manifest["migrations"]!.AsArray().Select(m => (string)m!).FirstOrDefault(m => !known.Contains(m)) is
            { } later
        )
            throw new DatabaseTooNew(later);
        foreach (var (path, hash) in manifest["files"]!.AsObject())
        {
            using var content = (
                archive.GetEntry(path) ?? throw new BackupUnreadable($"{path} is missing from the backup.")
            ).Open();
            if (Convert.ToHexStringLower(SHA256.HashData(content)) != (string)hash!)
                throw new BackupUnreadable($"{path} in the backup was changed.");
        }
        return manifest;
    }

    /// <summary>One moment of the database, with every organisation in sight.</summary>
    private static async Task<IDbContextTransaction> Moment(
        MoatDb db,
        StorageOptions options,
        bool writing,
        CancellationToken ct
    )
    {
        if (options.Postgres is null)
        {
            await db.Database.OpenConnectionAsync(ct);
            // A deferred transaction sees one moment of the write-ahead log and keeps nobody from writing.
            var deferred = ((SqliteConnection)db.Database.GetDbConnection()).BeginTransaction(deferred: !writing);
            return (await db.Database.UseTransactionAsync(deferred, ct))!;
        }
        var transaction = await db.Database.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
        await db.Database.ExecuteSqlRawAsync("SELECT set_config('moat.organization', '*', true)", ct);
        return transaction;
    }

    private static AccountsDb Sharing(MoatDb moat, StorageOptions options, IDbContextTransaction transaction)
    {
        var connection = moat.Database.GetDbConnection();
        var builder = new DbContextOptionsBuilder<AccountsDb>();
        if (options.Postgres is null)
            builder.UseSqlite(connection);
        else
            builder.UseNpgsql(connection);
        var accounts = new AccountsDb(builder.UseSnakeCaseNamingConvention().Options);
        accounts.Database.UseTransaction(transaction.GetDbTransaction());
        return accounts;
    }

    private static IEnumerable<byte[]> Lines(IEnumerable<JsonObject> rows) =>
        rows.Select(r => Encoding.UTF8.GetBytes(r.ToJsonString() + "\n"));

    private static long Add(ZipArchive archive, JsonObject hashes, string path, IEnumerable<byte[]> pieces)
    {
        long count = 0;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using (var stream = archive.CreateEntry(path, CompressionLevel.Fastest).Open())
            foreach (var piece in pieces)
            {
                stream.Write(piece);
                hash.AppendData(piece);
                count++;
            }
        hashes[path] = Convert.ToHexStringLower(hash.GetHashAndReset());
        return count;
    }
}
