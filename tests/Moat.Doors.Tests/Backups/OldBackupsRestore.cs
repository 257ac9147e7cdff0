namespace Moat.Tests;

/// <summary>
/// Backups that earlier releases made, each beside this test, restore and verify. Their passphrase is no secret.
/// </summary>
[TakesLong]
public sealed class OldBackupsRestore
{
    private const string Passphrase = "a passphrase that everybody may know";

    public static TheoryData<string> Backups =>
        [
            .. Directory
                .GetFiles(Repository.Of("tests/Moat.Doors.Tests/Backups"), "*.backup")
                .Select(f => Path.GetFileName(f)),
        ];

    [Theory, MemberData(nameof(Backups))]
    public async Task A_backup_of_an_earlier_release_restores_and_its_journal_verifies(string backup)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.Of("secret"), Passphrase);
        await MoatProgram.Do(
            "restore",
            Repository.Of($"tests/Moat.Doors.Tests/Backups/{backup}"),
            "--data",
            folder.Of("data"),
            "--passphrase-file",
            folder.Of("secret")
        );
        Assert.Contains("OK:", await MoatProgram.Do("verify", "--data", folder.Of("data")), StringComparison.Ordinal);
        Assert.Contains(
            "Reranker weights",
            await MoatProgram.Do("assets", "get", "--data", folder.Of("data"), "--ref", "AST-1"),
            StringComparison.Ordinal
        );
    }
}
