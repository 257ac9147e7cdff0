using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Moat.Isms.Kernel;
using Moat.Storage.Backups;

namespace Moat.Tests;

/// <summary>Accounts from before accounts had seals get them in the step that brings seals, and never again.</summary>
public sealed class FirstSealTests
{
    private const string Migration = "0042_account_seals.sql";

    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task An_upgrade_seals_the_accounts_that_are_there_once(string database)
    {
        await using var company = await SealedCompany.Found(database);
        await company.NewOwner("other", "Olga Other");
        await Before(company);
        await using var upgraded = company.Reopen();
        Assert.Empty(await WriteTests.Findings(upgraded, company.Owner));
        Assert.Empty(await SealedCompany.Seals(upgraded, s => s.Broken(default)));
        await SealedCompany.With(
            upgraded,
            async (accounts, ada) => Assert.True((await accounts.UpdateSecurityStampAsync(ada)).Succeeded)
        );
        Assert.Empty(await WriteTests.Findings(upgraded, company.Owner));

        await WriteTests.Sql(upgraded, "UPDATE account SET seal = NULL WHERE email = 'owner@acme.test'");
        await using var started = company.Reopen();
        Assert.Contains(
            "has no seal",
            Assert.Single(await WriteTests.Findings(started, company.Owner)),
            StringComparison.Ordinal
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Without_the_journals_key_nothing_is_upgraded(string database)
    {
        await using var company = await SealedCompany.Found(database);
        await Before(company);
        var file = Path.Combine(company.Storage.KeyFolder, "journal.key");
        var key = await File.ReadAllTextAsync(file);
        foreach (var other in new[] { null, Storage.Keys.KeyText.New("moat/other") })
        {
            if (other is null)
                File.Delete(file);
            else
                await File.WriteAllTextAsync(file, other);
            Assert.Contains(
                "journal.key",
                Assert.Throws<Unavailable>(() => company.Reopen()).Message,
                StringComparison.Ordinal
            );
        }
        await File.WriteAllTextAsync(file, key);
        await using var upgraded = company.Reopen();
        Assert.Empty(await WriteTests.Findings(upgraded, company.Owner));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_backup_keeps_seals_and_one_from_before_gets_them_while_it_is_restored(string database)
    {
        await using var company = await SealedCompany.Found(database);
        using var backup = new MemoryStream();
        await BackupArchive.Write(company.Services, company.Storage, backup, CancellationToken.None);
        await Restores(database, company, backup, []);
        Change(backup, unseals: true);
        await Restores(database, company, backup, ["ACC-1: its account has no seal, so it was not stored by Moat."]);
        Change(backup, unseals: false);
        await Restores(database, company, backup, []);
    }

    private static async Task Restores(string database, Company from, MemoryStream backup, string[] findings)
    {
        backup.Position = 0;
        await using var target = await Company.Empty(database);
        await BackupArchive.Restore(target.Services, target.Storage, backup, CancellationToken.None);
        await using var reopened = target.Reopen();
        Assert.Equal(findings, await WriteTests.Findings(reopened, from.Owner));
    }

    /// <summary>Takes the seals out of a backup, or says that it comes from a version without them.</summary>
    private static void Change(MemoryStream backup, bool unseals)
    {
        using var archive = new ZipArchive(backup, ZipArchiveMode.Update, leaveOpen: true);
        var manifest = JsonNode.Parse(Read(archive, "manifest.json"))!;
        const string table = "tables/account.jsonl";
        if (unseals)
        {
            var row = JsonNode.Parse(Read(archive, table))!.AsObject();
            row.Remove("Seal");
            Write(archive, table, row.ToJsonString() + "\n");
            manifest["files"]![table] = Convert.ToHexStringLower(
                SHA256.HashData(Encoding.UTF8.GetBytes(row.ToJsonString() + "\n"))
            );
        }
        else
            manifest["migrations"] = new JsonArray([
                .. manifest["migrations"]!
                    .AsArray()
                    .Select(m => (string)m!)
                    .Where(m => m != Migration)
                    .Select(m => (JsonNode)m),
            ]);
        Write(archive, "manifest.json", manifest.ToJsonString());
    }

    private static string Read(ZipArchive archive, string name)
    {
        using var reader = new StreamReader(archive.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }

    private static void Write(ZipArchive archive, string name, string text)
    {
        archive.GetEntry(name)!.Delete();
        using var writer = new StreamWriter(archive.CreateEntry(name).Open());
        writer.Write(text);
    }

    /// <summary>The database as the version before left it.</summary>
    private static async Task Before(Company company)
    {
        await WriteTests.Sql(company, "ALTER TABLE account DROP COLUMN seal", changesRows: false);
        await WriteTests.Sql(
            company,
            company.Storage.Postgres is null
                ? $"DELETE FROM SchemaVersions WHERE ScriptName = '{Migration}'"
                : $"DELETE FROM schemaversions WHERE scriptname = '{Migration}'"
        );
    }
}
