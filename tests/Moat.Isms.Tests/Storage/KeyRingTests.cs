using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Moat.Hosting;
using Moat.Storage;
using Moat.Storage.Accounts;
using Moat.Storage.Backups;
using Moat.Storage.Keys;

namespace Moat.Tests;

/// <summary>Keys of cookies, forms and stored secrets: one ring for all servers of a database.</summary>
public sealed class KeyRingTests
{
    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task Two_servers_of_one_database_read_what_the_other_protected(string database)
    {
        await using var one = await Company.Empty(database);
        using var folder = new TemporaryFolder();
        var other = database == "sqlite" ? one.Storage : one.Storage with { DataFolder = folder.Path };
        if (database == "postgres")
        {
            Directory.CreateDirectory(other.KeyFolder);
            File.Copy(SecretOf(one.Storage), SecretOf(other));
        }
        await using var two = new Company(other);
        Assert.Equal("cookie", Of(two).Unprotect(Of(one).Protect("cookie")));
        Assert.Equal("secret", Of(one).Unprotect(Of(two).Protect("secret")));
        Assert.Single(await Kept(one));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_key_that_is_given_from_outside_is_the_key_of_servers_that_share_no_folder(bool asFile)
    {
        var key = Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32));
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.Of("sealing"), key + "\n");
        StorageOptions Given(StorageOptions storage) =>
            asFile ? storage with { ProtectionKeyFile = folder.Of("sealing") } : storage with { ProtectionKey = key };
        var storage = Given(
            new StorageOptions { DataFolder = folder.Of("one"), Postgres = await PostgresCluster.NewDatabase() }
        );
        await using var one = new Company(storage);
        await using var two = new Company(storage with { DataFolder = folder.Of("two") });
        Assert.Equal("secret", Of(two).Unprotect(Of(one).Protect("secret")));
        Assert.False(File.Exists(SecretOf(one.Storage)));
        var row = Assert.Single(await Kept(one));
        var another = Convert.ToBase64String(new byte[32]);
        Assert.Null(
            new ProtectionSecret(storage with { ProtectionKeyFile = null, ProtectionKey = another }).Open(
                row.Id,
                row.Sealed
            )
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Keys_of_an_older_version_are_taken_over_and_open_what_they_protected(string database)
    {
        using var folder = new TemporaryFolder();
        var storage = new StorageOptions
        {
            DataFolder = folder.Path,
            Postgres = database == "postgres" ? await PostgresCluster.NewDatabase() : null,
        };
        var before = new ServiceCollection();
        before
            .AddDataProtection()
            .SetApplicationName("moat")
            .PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(storage.KeyFolder, "protection")));
        string kept;
        await using (var old = before.BuildServiceProvider())
            kept = old.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Protect("secret");
        await using (var company = new Company(storage))
        {
            Assert.Equal("secret", Of(company).Unprotect(kept));
            Assert.Single(await Kept(company));
        }
        Directory.Delete(Path.Combine(storage.KeyFolder, "protection"), recursive: true);
        await using var later = new Company(storage);
        Assert.Equal("secret", Of(later).Unprotect(kept));
    }

    [Fact]
    public async Task Who_reads_the_database_alone_has_no_key()
    {
        await using var company = await Company.Empty("sqlite");
        var row = Assert.Single(await Kept(company));
        Assert.DoesNotContain("masterKey", row.Sealed, StringComparison.Ordinal);
        var secret = company.Services.GetRequiredService<ProtectionSecret>();
        Assert.Contains("masterKey", secret.Open(row.Id, row.Sealed), StringComparison.Ordinal);
        Assert.Null(secret.Open("key-of-another-name", row.Sealed));
        using var folder = new TemporaryFolder();
        Assert.Null(new ProtectionSecret(new StorageOptions { DataFolder = folder.Path }).Open(row.Id, row.Sealed));
    }

    [Theory]
    [InlineData("sqlite", "postgres")]
    [InlineData("postgres", "sqlite")]
    public async Task A_backup_restores_the_keys_into_either_database(string from, string into)
    {
        await using var company = await Company.Found(from);
        var kept = Of(company).Protect("secret");
        using var backup = new MemoryStream();
        await BackupArchive.Write(company.Services, company.Storage, backup, CancellationToken.None);
        using var folder = new TemporaryFolder();
        var storage = new StorageOptions
        {
            DataFolder = folder.Path,
            Postgres = into == "postgres" ? await PostgresCluster.NewDatabase() : null,
        };
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddMoat(storage, company.Clock);
        await using (var empty = services.BuildServiceProvider())
        {
            empty.GetRequiredService<IMigrations>().Apply();
            await BackupArchive.Restore(empty, storage, backup, CancellationToken.None);
        }
        await using var restored = new Company(storage);
        Assert.Equal("secret", Of(restored).Unprotect(kept));
        Assert.Single(await Kept(restored));
    }

    private static IDataProtector Of(Company company) =>
        company.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test");

    private static string SecretOf(StorageOptions storage) =>
        Path.Combine(storage.KeyFolder, ProtectionSecret.FileName);

    private static async Task<List<ProtectionKey>> Kept(Company company)
    {
        await using var scope = company.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<AccountsDb>().ProtectionKeys.ToListAsync();
    }
}
