using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Moat.Tests;

/// <summary>The command: what it prints, how it ends, and that it changes nothing.</summary>
[TakesLong]
public sealed class DoctorCommandTests
{
    [Fact]
    public async Task It_ends_with_1_only_where_something_is_broken_and_leaves_everything_as_it_was()
    {
        using var folder = new TemporaryFolder();
        var data = folder.Of("data");
        var (code, output, _) = await MoatProgram.Run("doctor", "--data", data);
        Assert.Equal(0, code);
        Assert.Contains("There is no installation", output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(data));
        await MoatProgram.Do("init", "--data", data, "--org", "acme", "--name", "Acme", "--admin", "ada@acme.test");
        var before = Everything(data);
        (code, output, _) = await MoatProgram.Run("doctor", "--data", data, "--json");
        Assert.Equal(0, code);
        Assert.Equal("warning", (string?)JsonNode.Parse(output)!["condition"]);
        Assert.Equal(before, Everything(data));
        File.Delete(Path.Combine(data, "keys", "journal.key"));
        (code, output, _) = await MoatProgram.Run("doctor", "--data", data);
        Assert.Equal(1, code);
        Assert.Contains("BROKEN   journal's key: acme: ", output, StringComparison.Ordinal);
        Assert.Contains("         Put that key into", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_that_are_wrong_are_told_and_nothing_else_is_looked_at()
    {
        using var folder = new TemporaryFolder();
        var (code, output, _) = await MoatProgram.Run(
            "doctor",
            "--data",
            folder.Path,
            "--url",
            "somewhere",
            "--smtp",
            "nonsense",
            "--json"
        );
        Assert.Equal(1, code);
        var findings = JsonNode.Parse(output)!["findings"]!.AsArray();
        Assert.All(findings, f => Assert.Equal("settings", (string?)f!["about"]));
        Assert.True(findings.Count >= 2);
        Assert.All(findings, f => Assert.NotNull(f!["mend"]));
    }

    [Fact]
    public async Task A_health_check_asks_the_running_server()
    {
        using var folder = new TemporaryFolder();
        using var server = await MoatProgram.Serve("serve", "--data", folder.Path);
        string[] check = ["doctor", "--data", folder.Path, "--serving", "--url", server.Url];
        Assert.Contains("/health/ready answers: ok", await MoatProgram.Do(check), StringComparison.Ordinal);
        server.Process.Kill();
        await server.Process.WaitForExitAsync();
        var (code, output, _) = await MoatProgram.Run(check);
        Assert.Equal(1, code);
        Assert.Contains("Nothing answers", output, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Everything(string folder) =>
        Directory
            .EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories)
            .ToDictionary(
                f => f,
                f => File.Exists(f) ? Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f))) : ""
            );
}
