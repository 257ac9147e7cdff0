using Moat.Hosting.Anchors;
using Moat.Isms.Anchors;

namespace Moat.Tests;

/// <summary>
/// Checkpoints are pushed to a branch that is only appended to, over the file system and over http, with the git
/// program on both sides.
/// </summary>
[TakesLong]
public sealed class GitAnchorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Checkpoints_are_pushed_day_by_day(bool overHttp)
    {
        await using var host = new GitHost(_folder);
        var path = await host.Make("checkpoints.git");
        if (overHttp)
            await host.Serve();
        await using var acme = await AnchoredCompany.Of(
            "sqlite",
            Options(overHttp ? $"{host.Url}/checkpoints.git" : path)
        );
        await acme.Send();
        Assert.Equal(AnchorStanding.Held, (await acme.Status()) is var first ? first.Standing : default);
        await acme.NextDay("Weights");
        var files = (await GitHost.Run(path, "ls-tree", "-r", "--name-only", "proof")).Split('\n');
        Assert.Equal(2, files.Length);
        Assert.All(files, f => Assert.Matches(@"^acme/2026-03-0[23]-\d+\.checkpoint$", f));
        var kept = await GitHost.Run(path, "show", $"proof:{files[0]}");
        Assert.True((await acme.Since(kept + "\n")).Holds);
        Assert.Equal("2", await GitHost.Run(path, "rev-list", "--count", "proof"));
        var anchor = (await acme.Anchors())[0];
        Assert.Equal($"Pushed as commit {(await GitHost.Run(path, "rev-parse", "proof"))[..12]}.", anchor.Says);
    }

    [Fact]
    public async Task Others_may_push_to_the_branch_and_a_server_without_its_clone_goes_on()
    {
        await using var host = new GitHost(_folder);
        var path = await host.Make("checkpoints.git");
        await using var acme = await AnchoredCompany.Of("sqlite", Options(path));
        await acme.Send();
        await Push(path, "README.md");
        Directory.Delete(Path.Combine(acme.Company.Storage.DataFolder, "anchors"), recursive: true);
        await acme.NextDay("Weights");
        Assert.Equal(AnchorStanding.Held, (await acme.Status()).Standing);
        Assert.Equal(3, (await GitHost.Run(path, "ls-tree", "-r", "--name-only", "proof")).Split('\n').Length);
    }

    [Fact]
    public async Task A_branch_that_was_written_anew_or_removed_is_a_contradiction()
    {
        await using var host = new GitHost(_folder);
        var path = await host.Make("checkpoints.git");
        await using var acme = await AnchoredCompany.Of("sqlite", Options(path));
        await acme.Send();
        var work = _folder.Of("work");
        await GitHost.Run(_folder.Path, "clone", "--quiet", "--branch", "proof", path, work);
        await GitHost.Run(work, "commit", "--quiet", "--amend", "-m", "Another past");
        await GitHost.Run(work, "push", "--quiet", "--force", "origin", "HEAD:proof");
        await acme.NextDay("Weights");
        Assert.Contains("The branch was written anew", Contradiction(await acme.Status()), StringComparison.Ordinal);
        await GitHost.Run(path, "update-ref", "-d", "refs/heads/proof");
        await acme.NextDay("Prompts");
        Assert.Contains("The branch is gone", Contradiction(await acme.Status()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restored_older_state_is_contradicted_by_what_was_pushed()
    {
        await using var host = new GitHost(_folder);
        var path = await host.Make("checkpoints.git");
        await using var acme = await AnchoredCompany.Of("sqlite", Options(path));
        await using var restored = await AnchoredCompany.Of("sqlite", Options(path));
        await acme.Enter("Weights");
        await acme.Send();
        await restored.Send();
        Assert.Contains("it was rolled back", Contradiction(await restored.Status()), StringComparison.Ordinal);
        await restored.MustVerify();
    }

    [Fact]
    public async Task A_repository_that_is_away_is_tried_again_and_no_password_is_told()
    {
        await using var host = new GitHost(_folder);
        await using var acme = await AnchoredCompany.Of(
            "sqlite",
            Options("http://moat:hunter2@127.0.0.1:9/checkpoints.git")
        );
        await acme.Send();
        var place = Assert.Single((await acme.Status()).Places);
        Assert.Equal(1, place.Attempts);
        Assert.Contains("git ls-remote:", place.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", place.Problem + place.Place, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("--upload-pack=evil")]
    [InlineData("ext::sh -c evil")]
    [InlineData("https://git.example/x.git#-evil")]
    [InlineData("https://git.example/x.git#a..b")]
    public void An_address_that_is_none_is_refused(string text) =>
        Assert.Throws<FormatException>(() => GitAddress.Read(text));

    private static AnchorOptions Options(string url) => new() { Repositories = [GitAddress.Read($"{url}#proof")] };

    private static string Contradiction(AnchorStatus status) =>
        Assert.Single(status.Places).Contradiction ?? $"none: {status.Places[0].Problem}";

    private async Task Push(string path, string file)
    {
        var work = _folder.Of("others");
        await GitHost.Run(_folder.Path, "clone", "--quiet", "--branch", "proof", path, work);
        await File.WriteAllTextAsync(Path.Combine(work, file), "Kept by Acme's customer.\n");
        await GitHost.Run(work, "add", file);
        await GitHost.Run(work, "commit", "--quiet", "-m", "Say what this is");
        await GitHost.Run(work, "push", "--quiet", "origin", "HEAD:proof");
    }
}
