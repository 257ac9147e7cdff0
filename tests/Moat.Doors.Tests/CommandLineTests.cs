using System.Text.Json.Nodes;

namespace Moat.Tests;

/// <summary>The commands that operators and pipelines use, run as they are.</summary>
[TakesLong]
public sealed class CommandLineTests
{
    [Fact]
    public async Task An_installation_is_made_filled_packed_and_verified_from_the_command_line()
    {
        using var folder = new TemporaryFolder();
        var data = folder.Of("data");
        await File.WriteAllTextAsync(folder.Of("answers.yaml"), Answers.Yaml);
        Assert.Contains(
            "Password of",
            await MoatProgram.Do(
                "init",
                "--data",
                data,
                "--org",
                "acme",
                "--name",
                "Acme",
                "--admin",
                "ada@acme.test",
                "--answers",
                folder.Of("answers.yaml")
            ),
            StringComparison.Ordinal
        );
        Assert.Equal(
            "acme",
            (string)
                JsonNode.Parse(await MoatProgram.Do("org", "list", "--data", data, "--format", "json"))![0]!["slug"]!
        );
        Assert.Matches(
            "^moat_acme_[A-Za-z0-9_-]+$",
            (await MoatProgram.Do("token", "create", "--data", data, "--org", "acme", "--role", "auditor"))
                .TrimEnd('\n')
                .Split('\n')[^1]
        );
        Assert.NotNull(
            JsonNode.Parse(await MoatProgram.Do("readiness", "--data", data, "--format", "json"))!["requirements"]
        );

        await File.WriteAllTextAsync(
            folder.Of("bom.json"),
            """{"bomFormat":"CycloneDX","specVersion":"1.6","components":[{"type":"machine-learning-model","name":"reranker"}]}"""
        );
        Assert.Contains(
            "BOM-1",
            await MoatProgram.Do("import", "cyclonedx", folder.Of("bom.json"), "--data", data, "--org", "acme"),
            StringComparison.Ordinal
        );
        await MoatProgram.Do("pack", "--data", data, "--org", "acme", "--out", folder.Of("pack.zip"));
        Assert.Contains("OK:", await MoatProgram.Do("verify", folder.Of("pack.zip")), StringComparison.Ordinal);
        Assert.Contains("OK:", await MoatProgram.Do("verify", "--data", data), StringComparison.Ordinal);

        var pack = await File.ReadAllBytesAsync(folder.Of("pack.zip"));
        // Inside the first file: what a ZIP repeats in its own headers proves nothing and may be written anew.
        var content = 30 + BitConverter.ToUInt16(pack, 26) + BitConverter.ToUInt16(pack, 28);
        pack[content + 20] ^= 1;
        await File.WriteAllBytesAsync(folder.Of("pack.zip"), pack);
        var (code, output, _) = await MoatProgram.Run("verify", folder.Of("pack.zip"));
        Assert.Equal(1, code);
        Assert.Contains("FAILED:", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_line_acts_as_a_named_operator_or_a_member_and_signs_nothing()
    {
        using var folder = new TemporaryFolder();
        var data = folder.Of("data");
        await MoatProgram.Do("init", "--data", data, "--org", "acme", "--name", "Acme", "--admin", "ada@acme.test");
        await MoatProgram.Do("assets", "create", "--data", data, "--name", "Reranker weights", "--kind", "model");
        await MoatProgram.Do(
            "assets",
            "create",
            "--data",
            data,
            "--name",
            "Triage model",
            "--kind",
            "model",
            "--as",
            "Ada@acme.test"
        );
        var by = new[] { "AST-1", "AST-2" }.Select(async asset =>
            (string)JsonNode.Parse(await MoatProgram.Do("assets", "get", "--data", data, "--ref", asset))!["changedBy"]!
        );
        Assert.Equal([$"operator {Environment.UserName}", "ada"], await Task.WhenAll(by));

        var (code, _, error) = await MoatProgram.Run(
            "assets",
            "create",
            "--data",
            data,
            "--name",
            "Nobody's",
            "--kind",
            "model",
            "--as",
            "nobody@acme.test"
        );
        Assert.Equal((2, true), (code, error.Contains("no member", StringComparison.Ordinal)));
        foreach (var who in new string[][] { [], ["--as", "ada@acme.test"] })
        {
            (code, _, error) = await MoatProgram.Run(["scope", "approve", "--data", data, "--ref", "SCP-1", .. who]);
            Assert.Equal((1, true), (code, error.Contains("in the browser", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task A_pipeline_pushes_its_reports_and_files_and_may_repeat_itself()
    {
        using var folder = new TemporaryFolder();
        var data = folder.Of("data");
        await File.WriteAllTextAsync(folder.Of("answers.yaml"), Answers.Yaml);
        await MoatProgram.Do(
            "init",
            "--data",
            data,
            "--org",
            "acme",
            "--name",
            "Acme",
            "--admin",
            "ada@acme.test",
            "--answers",
            folder.Of("answers.yaml")
        );
        var token = (await MoatProgram.Do("token", "create", "--data", data, "--role", "agent"))
            .TrimEnd('\n')
            .Split('\n')[^1];
        await File.WriteAllTextAsync(
            folder.Of("junit.xml"),
            "<testsuite name=\"triage\"><testcase name=\"one\"/></testsuite>"
        );
        await File.WriteAllTextAsync(folder.Of("notes.txt"), "Gate passed.");
        using var server = await MoatProgram.Serve("serve", "--data", data);
        string[] to = ["--server", server.Url, "--token", token];

        var report = JsonNode.Parse(
            await MoatProgram.Do(["evidence", "push", folder.Of("junit.xml"), "--subject", "triage/main", .. to])
        )!;
        Assert.Equal(
            ("EVD-1", "JUnit XML", 1),
            ((string)report["ref"]!, (string)report["format"]!, (int)report["changed"]!)
        );
        Assert.Equal(
            "EVD-1",
            (string)
                JsonNode.Parse(
                    await MoatProgram.Do([
                        "evidence",
                        "push",
                        folder.Of("junit.xml"),
                        "--subject",
                        "triage/main",
                        .. to,
                    ])
                )!["ref"]!
        );
        Assert.Contains(
            "EVD-2",
            await MoatProgram.Do([
                "evidence",
                "push",
                folder.Of("notes.txt"),
                "--control",
                "A.8.28",
                "--period",
                "2026-01",
                .. to,
            ]),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "EVD-3",
            await MoatProgram.Do(
                "evidence",
                "push",
                folder.Of("junit.xml"),
                "--as-file",
                "--control",
                "A.8.29",
                "--period",
                "2026-01-05..2026-01-09",
                "--data",
                data
            ),
            StringComparison.Ordinal
        );

        await File.WriteAllTextAsync(folder.Of("cut.sarif"), """{"version":"2.1.0","runs":[{"tool":""");
        await File.WriteAllTextAsync(folder.Of("cut.xml"), "<testsuite name=\"triage\"><testcase name=\"one\"><fail");
        foreach (
            var (arguments, exit, says) in new (string[], int, string)[]
            {
                ([folder.Of("cut.sarif"), "--control", "A.8.28", .. to], 2, "This is not JSON: line 1"),
                ([folder.Of("cut.xml"), "--control", "A.8.29", .. to], 2, "line 1, position"),
                ([folder.Of("cut.sarif"), .. to], 2, "--as-file"),
                ([folder.Of("notes.txt"), .. to], 2, "--control"),
                ([folder.Of("notes.txt"), "--control", "A.9.9", .. to], 2, "controls: There is no control A.9.9"),
                ([folder.Of("notes.txt"), "--control", "A.8.28", "--period", "soon", .. to], 2, "--period"),
                ([folder.Of("none.txt"), .. to], 2, "no such file"),
                ([folder.Of("junit.xml"), "--server", server.Url, "--token", "moat_acme_wrong"], 3, "401"),
                ([folder.Of("junit.xml"), "--server", "http://127.0.0.1:9", "--token", token], 3, "cannot be reached"),
            }
        )
        {
            var (code, output, error) = await MoatProgram.Run(["evidence", "push", .. arguments]);
            Assert.True(
                code == exit && error.Contains(says, StringComparison.Ordinal),
                $"{string.Join(' ', arguments)}: {code} {output} {error}"
            );
        }
        Assert.Contains(
            "EVD-4",
            await MoatProgram.Do([
                "evidence",
                "push",
                folder.Of("cut.sarif"),
                "--as-file",
                "--control",
                "A.8.28",
                .. to,
            ]),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_mistake_is_told_in_one_line_without_a_stack()
    {
        using var folder = new TemporaryFolder();
        var (code, output, error) = await MoatProgram.Run(
            "risks",
            "list",
            "--data",
            folder.Of("data"),
            "--org",
            "nobody"
        );
        Assert.Equal(3, code);
        Assert.DoesNotContain("   at ", output + error, StringComparison.Ordinal);
        Assert.Contains("moat init", error, StringComparison.Ordinal);
    }
}
