using System.Security.Cryptography;
using Moat.Isms.Assets;
using Moat.Isms.Evidence;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;
using Moat.Storage.Backups;

namespace Moat.Tests;

public sealed class BackupTests
{
    private const string Passphrase = "correct horse battery";

    [Theory]
    [InlineData("sqlite", "postgres")]
    [InlineData("postgres", "sqlite")]
    [InlineData("sqlite", "sqlite")]
    public async Task A_backup_restores_into_either_database_and_verifies(string from, string to)
    {
        await using var company = await RuleTests.Completed(from);
        await company.Run<EvidenceProcess, AddEvidence, Done>(
            p => p.Add,
            new AddEvidence
            {
                Title = "Access review",
                Controls = ["A.8.4"],
                PeriodFrom = new DateOnly(2026, 1, 1),
                PeriodTo = new DateOnly(2026, 2, 28),
                File = new GivenFile { Name = "review.csv", Content = "a,b\n"u8.ToArray() },
            }
        );
        var backup = await Backup(
            company,
            async () =>
            {
                // The installation goes on working while it is backed up.
                await company.Run<AssetRegister, CreateAsset, Done>(
                    p => p.Create,
                    new CreateAsset { Name = "Meanwhile", Kind = "model" }
                );
            }
        );
        await using var target = await Company.Empty(to);
        var summary = await Restore(target, backup);
        Assert.True(summary.Rows > 500);
        await using var reopened = target.Reopen();
        var check = await reopened.Run<JournalProcess, Nothing, JournalCheck>(
            p => p.Verify,
            new Nothing(),
            company.Owner
        );
        Assert.True(check.Holds, string.Join('\n', check.Findings));
        var file = await reopened.Run<EvidenceProcess, OneRecord, MadeFile>(
            p => p.Download,
            new OneRecord { Ref = "EVD-1" },
            company.Owner
        );
        Assert.Equal("a,b\n"u8.ToArray(), file.Content);
        await reopened.Run<AssetRegister, CreateAsset, Done>(
            p => p.Create,
            new CreateAsset { Name = "Afterwards", Kind = "model" },
            company.Owner
        );
        await Assert.ThrowsAsync<BackupUnreadable>(() => Restore(reopened, backup));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task What_was_restored_is_counted_against_what_the_backup_says(string to)
    {
        await using var company = await Company.Found("sqlite");
        await company.Run<AssetRegister, CreateAsset, Done>(
            p => p.Create,
            new CreateAsset { Name = "Weights", Kind = "model" }
        );
        var backup = await Backup(company);
        await using var target = await Company.Empty(to);
        await Restore(target, backup);
        Task<BackupComparison> Compare() =>
            BackupArchive.Compare(
                target.Services,
                target.Storage,
                new MemoryStream(Open(backup, Passphrase)),
                CancellationToken.None
            );
        var comparison = await Compare();
        Assert.True(comparison.Tables.Count > 80);
        Assert.All(comparison.Tables, t => Assert.Equal(t.Expected, t.Found));
        await WriteTests.Sql(target, "DELETE FROM asset");
        Assert.Equal(
            new TableComparison("asset", 1, 0),
            Assert.Single((await Compare()).Tables, t => t.Expected != t.Found)
        );
    }

    [Fact]
    public async Task A_backup_opens_with_its_passphrase_only_and_not_when_it_was_changed_or_cut()
    {
        await using var company = await Company.Found("sqlite");
        var backup = await Backup(company);
        Assert.Throws<BackupUnreadable>(() => Open(backup, "another passphrase"));
        Assert.Throws<BackupUnreadable>(() => Open(backup[..^40], Passphrase));
        Assert.Throws<BackupUnreadable>(() =>
            Open("not a backup at all, whatever it is called"u8.ToArray(), Passphrase)
        );
        for (var at = 20; at < backup.Length; at += backup.Length / 9)
        {
            var changed = backup.ToArray();
            changed[at] ^= 1;
            Assert.Throws<BackupUnreadable>(() => Open(changed, Passphrase));
        }
    }

    [Fact]
    public void A_large_backup_is_sealed_piece_by_piece_and_no_piece_can_be_left_out()
    {
        var content = RandomNumberGenerator.GetBytes(3 * 1024 * 1024);
        using var made = new MemoryStream();
        BackupCipher.Encrypt(new MemoryStream(content), made, Passphrase);
        Assert.Equal(content, Open(made.ToArray(), Passphrase));
        var pieces = made.ToArray();
        const int piece = 1024 * 1024 + 16;
        Assert.Throws<BackupUnreadable>(() =>
            Open([.. pieces[..(30 + piece)], .. pieces[(30 + 2 * piece)..]], Passphrase)
        );
        Assert.Throws<BackupUnreadable>(() => Open(pieces[..(30 + 2 * piece)], Passphrase));
    }

    private static async Task<byte[]> Backup(Company company, Func<Task>? meanwhile = null)
    {
        using var plain = new MemoryStream();
        await BackupArchive.Write(company.Services, company.Storage, plain, CancellationToken.None);
        if (meanwhile is not null)
            await meanwhile();
        plain.Position = 0;
        using var made = new MemoryStream();
        BackupCipher.Encrypt(plain, made, Passphrase);
        return made.ToArray();
    }

    private static Task<BackupSummary> Restore(Company company, byte[] backup) =>
        BackupArchive.Restore(
            company.Services,
            company.Storage,
            new MemoryStream(Open(backup, Passphrase)),
            CancellationToken.None
        );

    private static byte[] Open(byte[] backup, string passphrase)
    {
        using var plain = new MemoryStream();
        BackupCipher.Decrypt(new MemoryStream(backup), plain, passphrase);
        return plain.ToArray();
    }
}
