using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;
using Moat.Storage;
using Moat.Storage.Backups;

namespace Moat.Cli.Commands;

/// <summary>A whole installation into one encrypted file and back, also into the other database.</summary>
internal static class BackupCommands
{
    private static readonly Argument<FileInfo> File = new("file") { Description = "The backup" };

    /// <summary>Where the passphrase is.</summary>
    public static Option<string?> PassphraseFile { get; } =
        new("--passphrase-file") { Description = "A file with the passphrase (else MOAT_PASSPHRASE, else asked for)" };

    public static Command Backup()
    {
        var command = new Command(
            "backup",
            "Back the whole installation up while it serves: records, journal, files and keys, encrypted"
        )
        {
            File,
            PassphraseFile,
            Installation.Data,
            Installation.Postgres,
        };
        command.SetAction(
            async (parsed, ct) =>
            {
                var storage = Installation.Storage(parsed);
                var passphrase = await Passphrase(parsed, ct);
                await using var installation = Installation.OpenExisting(storage);
                await using var plain = Temporary();
                var summary = await BackupArchive.Write(installation.Get<IServiceProvider>(), storage, plain, ct);
                plain.Position = 0;
                var target = parsed.GetValue(File)!.FullName;
                await using (
                    var stream = new FileStream(target + ".partial", OwnerOnly.File(FileMode.Create, FileAccess.Write))
                )
                    BackupCipher.Encrypt(plain, stream, passphrase);
                System.IO.File.Move(target + ".partial", target, overwrite: true);
                Console.WriteLine($"{target}: {summary.Rows} rows of {summary.Tables} tables, {summary.Files} files.");
                await TellOfKey(installation, storage, ct);
                return await TellOfDamage(installation, ct);
            }
        );
        return command;
    }

    public static Command Restore()
    {
        var command = new Command(
            "restore",
            "Restore a backup into an empty data folder or PostgreSQL database, and verify it"
        )
        {
            File,
            PassphraseFile,
            Installation.Data,
            Installation.Postgres,
        };
        command.SetAction(
            async (parsed, ct) =>
            {
                var storage = Installation.Storage(parsed);
                Files.MustHaveContent("file", parsed.GetValue(File)!.FullName);
                var passphrase = await Passphrase(parsed, ct);
                await using var plain = Temporary();
                await using (var stream = parsed.GetValue(File)!.OpenRead())
                    BackupCipher.Decrypt(stream, plain, passphrase);
                plain.Position = 0;
                await using (var installation = Installation.OpenToRestore(storage))
                {
                    var summary = await BackupArchive.Restore(installation.Get<IServiceProvider>(), storage, plain, ct);
                    Console.WriteLine(
                        $"Restored {summary.Rows} rows of {summary.Tables} tables and {summary.Files} files."
                    );
                }
                return await Verify(storage, ct);
            }
        );
        return command;
    }

    /// <summary>
    /// Says where the backup alone is not enough to go on: the key is missing, or is held elsewhere and so not in it.
    /// </summary>
    private static async Task TellOfKey(Installation installation, StorageOptions storage, CancellationToken ct)
    {
        await using var scope = installation.Scope();
        if (await scope.ServiceProvider.GetRequiredService<JournalKeyCheck>().Missing(ct) is { } missing)
            await Console.Error.WriteLineAsync(
                $"The backup holds all records, but not the key to go on with. {missing}"
            );
        else if (storage.KeyIsOutside)
            Console.WriteLine(
                $"The journal's key is held in {installation.Get<JournalKeys>().Place} and is not in the backup. Keep a copy of "
                    + "it in another place."
            );
        if (storage.ProtectionIsOutside)
            Console.WriteLine(
                "The key that seals the keys of cookies and secrets is held outside the data folder and is not in the backup. Keep a copy of it in another place."
            );
    }

    /// <summary>
    /// Says what does not verify. The backup is made all the same: one of a damaged installation is better than none,
    /// and whoever thinks that it is whole must know before the earlier ones are gone.
    /// </summary>
    private static async Task<int> TellOfDamage(Installation installation, CancellationToken ct)
    {
        var findings = new List<string>(await installation.StrayAccounts(ct));
        foreach (var organization in await installation.Organizations(ct))
            findings.AddRange(
                (await installation.Verify(organization, ct)).Findings.Select(f => $"{organization.Slug}: {f}")
            );
        if (findings.Count == 0)
            return 0;
        await Console.Error.WriteLineAsync(
            "The backup is made, but what it holds does NOT verify. Keep the earlier backups."
        );
        foreach (var finding in findings)
            await Console.Error.WriteLineAsync($"FAILED: {finding}");
        return 1;
    }

    private static async Task<int> Verify(StorageOptions storage, CancellationToken ct)
    {
        await using var installation = Installation.Open(storage);
        var failed = false;
        foreach (var organization in await installation.Organizations(ct))
        {
            var check = await installation.Verify(organization, ct);
            Console.WriteLine(
                check.Holds
                    ? $"{organization.Slug}: verifies, {check.Entries} entries, {check.Records} records."
                    : $"{organization.Slug} does NOT verify: {string.Join(" ", check.Findings)}"
            );
            failed |= !check.Holds;
        }
        return failed ? 1 : 0;
    }

    /// <summary>A file that is gone when it is closed.</summary>
    public static FileStream Temporary() =>
        new(
            Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()),
            OwnerOnly.File(FileMode.CreateNew, FileAccess.ReadWrite, FileOptions.DeleteOnClose)
        );

    /// <summary>The passphrase as the operator gives it. Throws <see cref="InputInvalid"/>.</summary>
    public static async Task<string> Passphrase(ParseResult parsed, CancellationToken ct)
    {
        var given = parsed.GetValue(PassphraseFile) is { } file
            ? (await System.IO.File.ReadAllTextAsync(file, ct)).Trim()
            : Environment.GetEnvironmentVariable("MOAT_PASSPHRASE");
        if (given is null && !Console.IsInputRedirected)
        {
            Console.Error.Write("Passphrase: ");
            given = Console.ReadLine();
        }
        return given is { Length: >= BackupCipher.ShortestPassphrase }
            ? given
            : throw new InputInvalid(
                "--passphrase-file",
                $"A passphrase of at least {BackupCipher.ShortestPassphrase} characters is needed: in a file, in MOAT_PASSPHRASE, or typed."
            );
    }
}
