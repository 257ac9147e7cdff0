using System.Text.Json.Nodes;

namespace Moat.Tests;

/// <summary>The commands that operators and pipelines use, run as they are.</summary>
public sealed class CommandLineTests
{
    [Fact]
    public async Task An_installation_is_made_filled_packed_and_verified_from_the_command_line()
    {
        using var folder = new TemporaryFolder();
        var data = folder.Of("data");
        await File.WriteAllTextAsync(folder.Of("answers.yaml"), Answers.Yaml);
        Assert.Contains("Password of", await MoatProgram.Do("init", "--data", data, "--org", "acme", "--name", "Acme", "--admin", "ada@acme.test", "--answers", folder.Of("answers.yaml")), StringComparison.Ordinal);
        Assert.Equal("acme", (string)JsonNode.Parse(await MoatProgram.Do("org", "list", "--data", data, "--format", "json"))![0]!["slug"]!);
        Assert.Matches("^moat_acme_[A-Za-z0-9_-]+$", (await MoatProgram.Do("token", "create", "--data", data, "--org", "acme", "--role", "auditor")).TrimEnd('\n').Split('\n')[^1]);
        Assert.NotNull(JsonNode.Parse(await MoatProgram.Do("readiness", "--data", data, "--format", "json"))!["requirements"]);

        await File.WriteAllTextAsync(folder.Of("bom.json"), """{"bomFormat":"CycloneDX","specVersion":"1.6","components":[{"type":"machine-learning-model","name":"reranker"}]}""");
        Assert.Contains("BOM-1", await MoatProgram.Do("import", "cyclonedx", folder.Of("bom.json"), "--data", data, "--org", "acme"), StringComparison.Ordinal);
        await MoatProgram.Do("pack", "--data", data, "--org", "acme", "--out", folder.Of("pack.zip"));
        Assert.Contains("OK:", await MoatProgram.Do("verify", folder.Of("pack.zip")), StringComparison.Ordinal);
        Assert.Contains("OK:", await MoatProgram.Do("verify", "--data", data), StringComparison.Ordinal);

        var pack = await File.ReadAllBytesAsync(folder.Of("pack.zip"));
        pack[pack.Length / 3] ^= 1;
        await File.WriteAllBytesAsync(folder.Of("pack.zip"), pack);
        var (code, output, _) = await MoatProgram.Run("verify", folder.Of("pack.zip"));
        Assert.Equal(1, code);
        Assert.Contains("FAILED:", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mistake_is_told_in_one_line_without_a_stack()
    {
        using var folder = new TemporaryFolder();
        var (code, output, error) = await MoatProgram.Run("risks", "list", "--data", folder.Of("data"), "--org", "nobody");
        Assert.Equal(2, code);
        Assert.DoesNotContain("   at ", output + error, StringComparison.Ordinal);
        Assert.Contains("moat init", error, StringComparison.Ordinal);
    }
}
