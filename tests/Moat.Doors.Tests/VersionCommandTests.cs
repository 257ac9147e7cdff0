using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Moat.Cli.Commands;

namespace Moat.Tests;

/// <summary>
/// What a pipeline does with versions: it pushes what it made, and deploys only what a person released.
/// </summary>
[TakesLong]
public sealed class VersionCommandTests
{
    [Fact]
    public async Task A_pipeline_pushes_what_it_made_and_verifies_that_a_person_released_these_bytes()
    {
        using var folder = new TemporaryFolder();
        var data = folder.Of("data");
        await MoatProgram.Do("init", "--data", data, "--org", "acme", "--name", "Acme", "--admin", "ada@acme.test");
        var token = (await MoatProgram.Do("token", "create", "--data", data, "--role", "agent"))
            .TrimEnd('\n')
            .Split('\n')[^1];
        var set = Ref(
            await MoatProgram.Do("assets", "create", "--data", data, "--name", "Chat logs", "--kind", "dataset")
        );
        var model = Ref(
            await MoatProgram.Do("assets", "create", "--data", data, "--name", "Weights", "--kind", "model")
        );
        await File.WriteAllTextAsync(folder.Of("logs.parquet"), "examples");
        await File.WriteAllTextAsync(folder.Of("weights 1.safetensors"), "weights, first half");
        await File.WriteAllTextAsync(folder.Of("weights 2.safetensors"), "weights, second half");
        using var server = await MoatProgram.Serve("serve", "--data", data);
        string[] to = ["--server", server.Url, "--token", token];
        string[] weights = [folder.Of("weights 1.safetensors"), folder.Of("weights 2.safetensors")];

        Assert.Equal(
            "AVER-1",
            Ref(
                await MoatProgram.Do([
                    "version",
                    "push",
                    folder.Of("logs.parquet"),
                    "--asset",
                    set,
                    "--name",
                    "2026-11",
                    .. to,
                ])
            )
        );
        var (_, digest, _) = await MoatProgram.Run(["versions", "get", "--data", data, "--ref", "AVER-1"]);
        var sha = (string)JsonNode.Parse(digest)!["digests"]![0]!["value"]!;
        string[] push =
        [
            "version",
            "push",
            .. weights,
            "--asset",
            model,
            "--name",
            "v1",
            "--format",
            "safetensors",
            "--made-from",
            sha,
            "--run",
            "https://ci.acme.test/7",
            "--commit",
            "9f86d081",
            .. to,
        ];
        Assert.Equal("AVER-2", Ref(await MoatProgram.Do(push)));
        Assert.Equal("AVER-2", Ref(await MoatProgram.Do(push)));
        var pushed = JsonNode.Parse(await MoatProgram.Do("versions", "get", "--data", data, "--ref", "AVER-2"))!;
        Assert.Equal(
            ("https://ci.acme.test/7", "9f86d081", 39L),
            ((string)pushed["run"]!, (string)pushed["commit"]!, (long)pushed["bytes"]!)
        );
        Assert.Equal(
            ["weights 1.safetensors", "weights 2.safetensors"],
            pushed["digests"]!.AsArray().Select(d => (string)d!["file"]!)
        );
        Assert.Contains(
            "\"AVER-1\"",
            await MoatProgram.Do("versions", "trace", "--data", data, "--ref", "AVER-2"),
            StringComparison.Ordinal
        );

        await Ends(
            1,
            $"FAILED: {weights[0]}: Nobody released these bytes yet: AVER-2 (Weights v1).",
            ["version", "verify", .. weights, .. to]
        );
        await MoatProgram.Do(
            "versions",
            "release",
            "--data",
            data,
            "--as",
            "ada@acme.test",
            "--ref",
            "AVER-2",
            "--checked",
            "The evaluation passed with 0.91."
        );
        await Ends(
            0,
            $"OK: {weights[1]}: These bytes were released with AVER-2 (Weights v1).",
            ["version", "verify", .. weights, .. to]
        );
        await Ends(0, "OK: ", ["version", "verify", .. weights, "--within", "AVER-2", "--data", data]);
        await Ends(1, "not part of AVER-1", ["version", "verify", weights[0], "--within", "AVER-1", .. to]);
        await File.AppendAllTextAsync(weights[1], "!");
        await Ends(1, $"FAILED: {weights[1]}: No version has these bytes.", ["version", "verify", .. weights, .. to]);
        await Ends(1, "is Weights v1 already, with other bytes", push);

        foreach (
            var (arguments, exit, says) in new (string[], int, string)[]
            {
                (["verify", folder.Of("none"), .. to], 2, "no such file"),
                (["verify", folder.Path, .. to], 2, "This is a folder"),
                (["verify", weights[0], "--server", server.Url, "--token", "nonsense"], 2, "no token of Moat"),
                (["verify", weights[0], "--server", "moat", "--token", token], 2, "--server"),
                (["verify", weights[0], "--server", server.Url, "--token", "moat_acme_wrong"], 3, "401"),
                (["verify", weights[0], "--server", "http://127.0.0.1:9", "--token", token], 3, "cannot be reached"),
                (["verify", weights[0], "--within", "AVER-9999", .. to], 2, "--within: There is no "),
                (["verify", weights[0], "--within", "AVER-9999", "--data", data], 2, "--within: There is no "),
                (["verify", weights[0], "--org", "nobody", .. to], 3, "404"),
                (["push", weights[0], "--asset", "AST-99", "--name", "v9", .. to], 2, "AST-99"),
                (
                    [
                        "push",
                        weights[0],
                        "--asset",
                        model,
                        "--name",
                        "v9",
                        "--made-from",
                        $"sha256:{new string('0', 64)}",
                        .. to,
                    ],
                    2,
                    "No version has these bytes"
                ),
            }
        )
            await Ends(exit, says, ["version", .. arguments]);
    }

    [Fact]
    public async Task A_pipeline_pushes_pointers_in_the_place_of_files_and_names_the_version_of_the_object()
    {
        using var folder = new TemporaryFolder();
        var data = folder.Of("data");
        await MoatProgram.Do("init", "--data", data, "--org", "acme", "--name", "Acme", "--admin", "ada@acme.test");
        var token = (await MoatProgram.Do("token", "create", "--data", data, "--role", "agent"))
            .TrimEnd('\n')
            .Split('\n')[^1];
        var set = Ref(
            await MoatProgram.Do("assets", "create", "--data", data, "--name", "Chat logs", "--kind", "dataset")
        );
        var digest = new string('a', 64);
        await File.WriteAllTextAsync(
            folder.Of("logs.parquet"),
            $"version https://git-lfs.github.com/spec/v1\noid sha256:{digest}\nsize 12\n"
        );
        await File.WriteAllTextAsync(
            folder.Of("logs.csv.dvc"),
            $"outs:\n- md5: {new string('b', 32)}\n  size: 3\n  path: logs.csv\n"
        );
        await File.WriteAllTextAsync(folder.Of("card.md"), "Of chats.");
        using var server = await MoatProgram.Serve("serve", "--data", data);
        string[] push =
        [
            "version",
            "push",
            "--asset",
            set,
            "--name",
            "v1",
            "--pointer",
            folder.Of("logs.parquet"),
            "--pointer",
            folder.Of("logs.csv.dvc"),
        ];
        string[] to = ["--server", server.Url, "--token", token];
        Assert.Equal(
            "AVER-1",
            Ref(
                await MoatProgram.Do([
                    .. push,
                    folder.Of("card.md"),
                    "--location",
                    "s3://logs/v1",
                    "--object-version",
                    "3HL4+x",
                    .. to,
                ])
            )
        );
        Assert.Equal("AVER-1", Ref(await MoatProgram.Do([.. push, "--data", data])));
        var pushed = JsonNode.Parse(await MoatProgram.Do("versions", "get", "--data", data, "--ref", "AVER-1"))!;
        Assert.Equal(("s3://logs/v1?versionId=3HL4%2Bx", 15L), ((string)pushed["location"]!, (long)pushed["bytes"]!));
        Assert.Contains(
            $"sha256:{digest}",
            pushed["digests"]!.AsArray().Select(d => (string)d!["value"]!),
            StringComparer.Ordinal
        );
        await Ends(2, "Name the files", ["version", "push", "--asset", set, "--name", "v2", .. to]);
        await Ends(2, "--location", [.. push, "--object-version", "1", .. to]);
        await Ends(2, "neither a pointer", [.. push, "--pointer", folder.Of("card.md"), .. to]);
        await Ends(2, "no such file", [.. push, "--pointer", folder.Of("none"), .. to]);
    }

    [Fact]
    public void Every_command_that_the_documentation_shows_can_be_given()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Moat.slnx")))
            folder = folder.Parent;
        var text = File.ReadAllText(Path.Combine(folder.FullName, "docs", "versions.md"));
        var shown = Regex.Matches(text, "moat version ([^`\n|]+)").Select(m => m.Groups[1].Value).ToList();
        Assert.True(shown.Count >= 6);
        Assert.All(
            shown,
            command => Assert.Empty(VersionCommands.Make().Parse(command).Errors.Select(e => $"{command}: {e.Message}"))
        );
    }

    private static string Ref(string answer) => (string)JsonNode.Parse(answer)!["ref"]!;

    private static async Task Ends(int with, string says, string[] command)
    {
        var (code, output, error) = await MoatProgram.Run(command);
        Assert.True(
            code == with && (output + error).Contains(says, StringComparison.Ordinal),
            $"moat {string.Join(' ', command)} ended with {code}: {output}{error}"
        );
    }
}
