namespace Moat.Tests;

/// <summary>
/// What the operator says to <c>moat serve</c> is done, and what is no place is refused with the option's name.
/// </summary>
[TakesLong]
public sealed class AnchorServeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_served_installation_writes_its_checkpoint_to_the_folder_and_verify_holds_the_installation_to_it()
    {
        using var folder = new TemporaryFolder();
        var (data, drive) = (folder.Of("data"), folder.Of("drive"));
        await MoatProgram.Do("init", "--data", data, "--org", "acme", "--name", "Acme", "--admin", "ada@acme.test");
        Directory.CreateDirectory(Path.Combine(drive, "acme"));
        using var written = new FileSystemWatcher(Path.Combine(drive, "acme"), "*.checkpoint")
        {
            EnableRaisingEvents = true,
        };
        var first = new TaskCompletionSource<string>();
        written.Created += (_, file) => first.TrySetResult(file.FullPath);
        written.Renamed += (_, file) => first.TrySetResult(file.FullPath);
        string kept;
        using (await MoatProgram.Serve("serve", "--data", data, "--anchor-folder", drive))
            kept = await first.Task.WaitAsync(Patience);
        await MoatProgram.Do("assets", "create", "--data", data, "--name", "Weights", "--kind", "model");
        Assert.Contains(
            "OK: the ",
            await MoatProgram.Do("verify", "--data", data, "--since", kept),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "\"standing\"",
            await MoatProgram.Do("anchors", "status", "--data", data),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("--anchor-git", "--upload-pack=evil")]
    [InlineData("--anchor-s3", "ftp://storage/proof")]
    [InlineData("--witness", "https://witness.example")]
    public async Task What_is_no_place_is_refused_with_the_options_name(string option, string value)
    {
        using var folder = new TemporaryFolder();
        var (code, _, error) = await MoatProgram.Run("serve", "--data", folder.Path, $"{option}={value}");
        Assert.True(code == 2 && error.Contains(option, StringComparison.Ordinal), $"{code}: {error}");
    }

    [Fact]
    public async Task A_witness_needs_to_know_whose_journals_it_watches()
    {
        using var folder = new TemporaryFolder();
        foreach (var trust in new string[][] { [], ["--trust", "nonsense"] })
        {
            var (code, _, error) = await MoatProgram.Run(["witness", "--data", folder.Path, .. trust]);
            Assert.True(code == 2 && error.Contains("--trust", StringComparison.Ordinal), $"{code}: {error}");
        }
    }
}
