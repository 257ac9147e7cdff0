using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Seams;
using Moat.Storage;

namespace Moat.Tests;

/// <summary>
/// Nobody but the user of the installation looks into what it keeps, also where the data folder itself is open to
/// others.
/// </summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class OwnerOnlyTests
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite
        | UnixFileMode.OtherExecute;

    [Fact]
    public async Task Everything_in_an_open_data_folder_is_its_users_alone()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("Windows has no such rights; the folder's list of access counts.");
        using var folder = new TemporaryFolder();
        var data = Directory.CreateDirectory(folder.Of("data")).FullName;
        const UnixFileMode open = (UnixFileMode)0b111_101_101;
        File.SetUnixFileMode(data, open);
        await using var company = await Company.On(new StorageOptions { DataFolder = data });
        await company
            .Services.GetRequiredService<IBlobStore>()
            .Put(company.Owner.OrganizationId, new GivenContent("x"u8.ToArray()), CancellationToken.None);
        company.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Protect("x");

        var all = Directory.EnumerateFileSystemEntries(data, "*", SearchOption.AllDirectories).ToList();
        foreach (
            var expected in new[]
            {
                "moat.db",
                "moat.db-wal",
                "moat.db-shm",
                "keys/journal.key",
                "keys/protection.key",
                "blobs",
            }
        )
            Assert.Contains(Path.Combine(data, expected), all);
        Assert.DoesNotContain(all, e => (File.GetUnixFileMode(e) & Others) != 0);
        Assert.Equal(open, File.GetUnixFileMode(data));
    }
}
