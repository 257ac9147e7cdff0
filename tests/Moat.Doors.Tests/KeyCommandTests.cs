using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;

namespace Moat.Tests;

/// <summary>
/// The journal's key at the command line: changed while a server serves, held outside, and never made where journals
/// are.
/// </summary>
[TakesLong]
public sealed class KeyCommandTests
{
    [Fact]
    public async Task A_key_is_changed_while_a_server_serves_and_everything_verifies()
    {
        using var folder = new TemporaryFolder();
        var data = await Founded(folder);
        var token = (await MoatProgram.Do("token", "create", "--data", data, "--role", "owner"))
            .TrimEnd('\n')
            .Split('\n')[^1];
        using var server = await MoatProgram.Serve("serve", "--data", data);
        await Create(server, token, "Before");
        var before = Fingerprint(await MoatProgram.Do("key", "show", "--data", data));
        var rotated = await MoatProgram.Do("key", "rotate", "--data", data, "--reason", "Yearly change of the key.");
        Assert.Contains(before, rotated, StringComparison.Ordinal);
        await Create(server, token, "After");

        var after = Fingerprint(await MoatProgram.Do("key", "show", "--data", data));
        Assert.NotEqual(before, after);
        Assert.Equal(2, File.ReadAllLines(Path.Combine(data, "keys/journal.key")).Length);
        await MoatProgram.Do("pack", "--data", data, "--out", folder.Of("pack.zip"));
        foreach (var command in new string[][] { ["verify", "--data", data], ["verify", folder.Of("pack.zip")] })
        {
            var output = await MoatProgram.Do(command);
            Assert.Matches($"NOTE: The key changed at entry \\d+, on [0-9-]+: from {before} to {after}", output);
            Assert.Contains($"Key fingerprint: {after}", output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Where_the_key_is_gone_every_command_says_so_and_none_makes_one()
    {
        using var folder = new TemporaryFolder();
        var data = await Founded(folder);
        var key = Path.Combine(data, "keys/journal.key");
        var content = await File.ReadAllTextAsync(key);
        File.Delete(key);
        foreach (
            var (code, command) in new (int, string[])[]
            {
                (0, ["assets", "list"]),
                (1, ["verify"]),
                (1, ["pack", "--out", folder.Of("pack.zip")]),
                (3, ["serve", "--url", "http://127.0.0.1:0"]),
                (3, ["key", "rotate"]),
                (3, ["assets", "create", "--name", "Weights", "--kind", "model"]),
                (3, ["init", "--org", "second", "--name", "Second", "--admin", "sid@second.test"]),
            }
        )
        {
            var (ended, output, error) = await MoatProgram.Run([.. command, "--data", data]);
            Assert.True(code == ended, $"{command[0]} ended with {ended}: {output}{error}");
            Assert.False(File.Exists(key), command[0]);
            if (code == 3)
                Assert.Single(error.TrimEnd('\n').Split('\n'));
            if (code != 0)
                Assert.Contains("journal.key", output + error, StringComparison.Ordinal);
        }
        await File.WriteAllTextAsync(folder.Of("secret"), "correct horse battery");
        var (_, _, warning) = await MoatProgram.Run(
            "backup",
            folder.Of("a.backup"),
            "--data",
            data,
            "--passphrase-file",
            folder.Of("secret")
        );
        Assert.Contains("not the key to go on with", warning, StringComparison.Ordinal);
        Assert.Equal(
            1,
            (
                await MoatProgram.Run(
                    "restore",
                    folder.Of("a.backup"),
                    "--data",
                    folder.Of("restored"),
                    "--passphrase-file",
                    folder.Of("secret")
                )
            ).Code
        );
        Assert.Empty(Directory.GetFiles(folder.Path, "journal.key", SearchOption.AllDirectories));

        await File.WriteAllTextAsync(key, content);
        await MoatProgram.Do("assets", "create", "--name", "Weights", "--kind", "model", "--data", data);
        Assert.Contains("OK:", await MoatProgram.Do("verify", "--data", data), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_server_on_one_database_needs_the_key_of_the_first()
    {
        using var folder = new TemporaryFolder();
        var postgres = await PostgresCluster.NewServedDatabase();
        string[] first = ["--data", folder.Of("first"), "--postgres", postgres],
            second = ["--data", folder.Of("second"), "--postgres", postgres];
        await MoatProgram.Do(["init", "--org", "acme", "--name", "Acme", "--admin", "ada@acme.test", .. first]);
        var (code, _, error) = await MoatProgram.Run(["serve", "--url", "http://127.0.0.1:0", .. second]);
        Assert.Equal(
            (3, true),
            (code, error.Contains("Servers on one database use the same key", StringComparison.Ordinal))
        );
        using (await MoatProgram.Serve(["serve", .. second, "--journal-key", folder.Of("first/keys/journal.key")]))
            Assert.False(File.Exists(folder.Of("second/keys/journal.key")));
        await MoatProgram.Do([
            "assets",
            "create",
            "--name",
            "Weights",
            "--kind",
            "model",
            .. second,
            "--journal-key",
            folder.Of("first/keys/journal.key"),
        ]);
        Assert.Contains("OK:", await MoatProgram.Do(["verify", .. first]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_in_the_environment_is_changed_by_its_operator_step_by_step()
    {
        using var folder = new TemporaryFolder();
        var old = await MoatProgram.Do("key", "new", "--name", "moat/acme");
        var next = await MoatProgram.Do("key", "new", "--name", "moat/acme");
        Task<(int Code, string Out, string Error)> Run(string key, params string[] command) =>
            MoatProgram.RunIn(new() { ["MOAT_JOURNAL_KEY"] = key }, [.. command, "--data", folder.Of("data")]);
        Assert.Equal(0, (await Run(old, "init", "--org", "acme", "--name", "Acme", "--admin", "ada@acme.test")).Code);
        Assert.False(File.Exists(folder.Of("data/keys/journal.key")));
        Assert.Contains("moat key new", (await Run(old, "key", "rotate")).Error, StringComparison.Ordinal);
        var (code, output, _) = await Run(old + next, "key", "rotate");
        Assert.Equal(
            (0, true),
            (code, output.Contains("Take the older ones out of MOAT_JOURNAL_KEY", StringComparison.Ordinal))
        );
        Assert.Contains("OK:", (await Run(next, "verify")).Out, StringComparison.Ordinal);
        Assert.Equal(1, (await Run(old, "verify")).Code);
    }

    private static async Task<string> Founded(TemporaryFolder folder)
    {
        await MoatProgram.Do(
            "init",
            "--data",
            folder.Of("data"),
            "--org",
            "acme",
            "--name",
            "Acme",
            "--admin",
            "ada@acme.test"
        );
        return folder.Of("data");
    }

    private static string Fingerprint(string shown) =>
        Regex.Match(shown, "acme: (([0-9a-f]{4} ){15}[0-9a-f]{4})").Groups[1].Value;

    private static async Task Create(ServedMoat server, string token, string name)
    {
        using var client = new HttpClient { BaseAddress = new Uri(server.Url) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var asset = new StringContent(
            $$"""{"name":"{{name}}","kind":"model"}""",
            Encoding.UTF8,
            "application/json"
        );
        using var answer = await client.PostAsync("/api/v1/acme/assets", asset);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }
}
