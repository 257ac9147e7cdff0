using Moat.Hosting.Anchors;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;

namespace Moat.Tests;

/// <summary>
/// A checkpoint that somebody kept finds what signatures inside an installation cannot: roll-back, a second history, a
/// rewritten one.
/// </summary>
[TakesLong]
public sealed class SinceTests
{
    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task A_journal_that_only_grew_holds(string database)
    {
        await using var acme = await AnchoredCompany.Of(database, AnchorOptions.None);
        var kept = await acme.Checkpoint();
        var now = await acme.Since(kept.Checkpoint);
        Assert.True(now is { Holds: true, Findings.Count: 0 } && now.Size == now.Entries);
        await acme.Enter("Weights");
        var later = await acme.Since(kept.Checkpoint, kept.VerifierKey);
        Assert.Equal((true, kept.Size, kept.Size + 1), (later.Holds, later.Size, later.Entries));
        Assert.Equal(new DateTime(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc), later.Through);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_restored_older_state_verifies_and_is_found_by_what_was_kept(string database)
    {
        await using var acme = await AnchoredCompany.Of(database, AnchorOptions.None);
        await using var restored = await AnchoredCompany.Of(database, AnchorOptions.None);
        await acme.Enter("Weights");
        await restored.MustVerify();
        var compared = await restored.Since((await acme.Checkpoint()).Checkpoint);
        Assert.False(compared.Holds);
        Assert.StartsWith(
            "The journal was rolled back: it has ",
            Assert.Single(compared.Findings),
            StringComparison.Ordinal
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Two_histories_from_one_backup_verify_each_and_do_not_pass_for_one_another(string database)
    {
        await using var acme = await AnchoredCompany.Of(database, AnchorOptions.None);
        await using var fork = await AnchoredCompany.Of(database, AnchorOptions.None);
        await acme.Enter("Weights");
        await fork.Enter("Something else");
        await fork.Enter("And more");
        await fork.MustVerify();
        var compared = await fork.Since((await acme.Checkpoint()).Checkpoint);
        Assert.StartsWith(
            "The journal was rewritten, or it went on from an older state",
            Assert.Single(compared.Findings),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Another_key_another_journal_and_an_edited_checkpoint_are_told_apart()
    {
        await using var acme = await AnchoredCompany.Of("sqlite", AnchorOptions.None);
        var own = await acme.Checkpoint();
        var other = new NoteSigner(new SeedKey(NoteVerifier.Parse(own.VerifierKey).Name, SeedKey.NewSeed()));
        var signedAgain = other.Sign(SignedNote.TextOf(own.Checkpoint));
        Assert.Contains(
            "signed with the key",
            Assert.Single((await acme.Since(signedAgain, other.Verifier.ToString())).Findings),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "not signed with the journal's key",
            Assert.Single((await acme.Since(signedAgain)).Findings),
            StringComparison.Ordinal
        );

        var rival = await acme.Company.NewOwner("rival", "Riva Rival");
        var theirs = await acme.Company.Run<JournalProcess, Nothing, CheckpointView>(
            p => p.Checkpoint,
            new Nothing(),
            rival
        );
        Assert.Contains(
            "of another journal",
            Assert.Single((await acme.Since(theirs.Checkpoint)).Findings),
            StringComparison.Ordinal
        );

        var edited = own.Checkpoint.Replace($"\n{own.Size}\n", $"\n{own.Size - 1}\n", StringComparison.Ordinal);
        Assert.Contains((await acme.Since(edited)).Findings, f => f.Contains("not signed", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("good morning")]
    [InlineData("moat/x\n-1\nAAAA\n\n— moat/x AAAAAAAA\n")]
    [InlineData("moat/x\n5\nAAAA\n\n— moat/x AAAAAAAA\n")]
    public async Task What_is_no_checkpoint_is_refused(string note)
    {
        await using var acme = await AnchoredCompany.Of("sqlite", AnchorOptions.None);
        Assert.Equal("checkpoint", (await Assert.ThrowsAsync<InputInvalid>(() => acme.Since(note))).Errors[0].Field);
        Assert.Equal(
            "verifierKey",
            (
                await Assert.ThrowsAsync<InputInvalid>(async () =>
                    await acme.Since((await acme.Checkpoint()).Checkpoint, "a+b")
                )
            )
                .Errors[0]
                .Field
        );
    }

    [Fact]
    public async Task The_command_line_holds_an_installation_and_a_pack_against_packs_and_checkpoints()
    {
        using var folder = new TemporaryFolder();
        var (data, backup) = (folder.Of("data"), folder.Of("backup"));
        await MoatProgram.Do("init", "--data", data, "--org", "acme", "--name", "Acme", "--admin", "ada@acme.test");
        CopyFolder(data, backup);
        await MoatProgram.Do("assets", "create", "--data", data, "--name", "Weights", "--kind", "model");
        await MoatProgram.Do("pack", "--data", data, "--out", folder.Of("kept.zip"));
        await MoatProgram.Do("assets", "create", "--data", data, "--name", "Notebook", "--kind", "model");
        await MoatProgram.Do("pack", "--data", data, "--out", folder.Of("later.zip"));
        Assert.Contains(
            "OK: the ",
            await MoatProgram.Do("verify", "--data", data, "--since", folder.Of("kept.zip")),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "OK: the ",
            await MoatProgram.Do("verify", folder.Of("later.zip"), "--since", folder.Of("kept.zip")),
            StringComparison.Ordinal
        );

        // A key that followed the one before by an entry that both signed is no other journal.
        await MoatProgram.Do("key", "rotate", "--data", data);
        await MoatProgram.Do("pack", "--data", data, "--out", folder.Of("rotated.zip"));
        Assert.Contains(
            "OK: the ",
            await MoatProgram.Do("verify", "--data", data, "--since", folder.Of("kept.zip")),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "OK: the ",
            await MoatProgram.Do("verify", folder.Of("rotated.zip"), "--since", folder.Of("kept.zip")),
            StringComparison.Ordinal
        );
        await Fails("rolled back", "verify", folder.Of("kept.zip"), "--since", folder.Of("later.zip"));
        await Fails("rolled back", "verify", "--data", backup, "--since", folder.Of("kept.zip"));

        // The backup goes on, and its history is another one.
        foreach (var name in new[] { "One", "Two", "Three" })
            await MoatProgram.Do("assets", "create", "--data", backup, "--name", name, "--kind", "model");
        await Fails("rewritten", "verify", "--data", backup, "--since", folder.Of("kept.zip"));

        foreach (var content in new[] { "nonsense", "PK nonsense", "{\"size\":3}", "{" })
        {
            await File.WriteAllTextAsync(folder.Of("wrong"), content);
            var (code, _, error) = await MoatProgram.Run("verify", "--data", data, "--since", folder.Of("wrong"));
            Assert.True(code == 2, $"{content}: {code} {error}");
        }
    }

    private static async Task Fails(string why, params string[] arguments)
    {
        var (code, output, error) = await MoatProgram.Run(arguments);
        Assert.True(
            code == 1
                && output.Contains("FAILED: ", StringComparison.Ordinal)
                && output.Contains(why, StringComparison.Ordinal),
            output + error
        );
    }

    private static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
