using Moat.Isms.Kernel;
using Moat.Isms.Versions;
using static Moat.Tests.VersionCase;

namespace Moat.Tests;

/// <summary>Known bytes that are pushed again: what was empty is filled, and what differs does not get lost.</summary>
public sealed class PushedAgainTests
{
    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task A_push_of_known_bytes_fills_what_was_empty_and_what_differs_stands(string database)
    {
        await using var company = await Company.Found(database);
        var (set, model) = (await Asset(company, "notes", "dataset"), await Asset(company, "triage", "model"));
        var (one, two) = (await Enter(company, set, "1"), await Enter(company, set, "2"));
        Assert.Empty((await Push(company, model)).Remarks);
        Assert.Empty((await Push(company, model, "runs/7", "9f86", one)).Remarks);
        var view = await Get(company, "AVER-3");
        Assert.Equal(("runs/7", "9f86"), (view.Run, view.Commit));
        Assert.Equal(one, Assert.Single((await Trace(company, "AVER-3")).MadeFrom).Row.Ref);
        Assert.Empty(view.Otherwise);

        var size = await company.Read(db => Task.FromResult(db.Journal.Count()));
        Assert.Empty((await Push(company, model, "runs/7", "9f86", one)).Remarks);
        Assert.Empty((await Push(company, model)).Remarks);
        Assert.Equal(size, await company.Read(db => Task.FromResult(db.Journal.Count())));

        Assert.Equal(2, (await Push(company, model, "runs/7", "c0ffee", two)).Remarks.Count);
        Assert.Equal(2, (await Push(company, model, "runs/7", "c0ffee", two)).Remarks.Count);
        view = await Get(company, "AVER-3");
        Assert.Equal(("runs/7", "9f86"), (view.Run, view.Commit));
        Assert.Equal(
            ["made from AVER-2 notes 2", "made from commit c0ffee, not 9f86"],
            view.Otherwise.Select(o => o.Told).Order(StringComparer.Ordinal)
        );
        Assert.All(view.Otherwise, o => Assert.Equal(("Ada Acme", (DateTime?)null), (o.ToldBy, o.Until)));
        Assert.Equal(one, Assert.Single((await Trace(company, "AVER-3")).MadeFrom).Row.Ref);

        // What is known again ends the word about that, and about nothing else.
        await Push(company, model, madeFrom: one);
        Assert.Equal(1, (await Get(company, "AVER-3")).Otherwise.Count(o => o.Until is null));
        await Push(company, model, "runs/7", "9f86", one);
        Assert.All((await Get(company, "AVER-3")).Otherwise, o => Assert.NotNull(o.Until));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_run_that_makes_the_same_bytes_again_is_kept_and_is_no_contradiction(string database)
    {
        await using var company = await Company.Found(database);
        var (set, model) = (await Asset(company, "notes", "dataset"), await Asset(company, "triage", "model"));
        var (one, two) = (await Enter(company, set, "1"), await Enter(company, set, "2"));
        await Push(company, model, "runs/7", "9f86", one);
        var again = await Push(company, model, "runs/8", "c0ffee", one);
        Assert.Equal("AVER-3 was made by run runs/7; runs/8 made the same bytes again.", Assert.Single(again.Remarks));
        var size = await company.Read(db => Task.FromResult(db.Journal.Count()));
        Assert.Empty((await Push(company, model, "runs/8", "c0ffee", one)).Remarks);
        Assert.Equal(size, await company.Read(db => Task.FromResult(db.Journal.Count())));
        var view = await Get(company, "AVER-3");
        Assert.Equal(("runs/7", "9f86"), (view.Run, view.Commit));
        Assert.Equal(
            ("runs/8", "c0ffee", "Ada Acme"),
            (view.MadeAgain[0].Run, view.MadeAgain[0].Commit, view.MadeAgain[0].ToldBy)
        );
        Assert.Empty(view.Otherwise);
        await BreakTests.Whole(company, "version-told-otherwise");

        // One run has one commit, and other inputs for the same bytes are a contradiction whoever made them.
        await Push(company, model, "runs/8", "beef");
        company.Clock.Advance(TimeSpan.FromMinutes(1));
        await Push(company, model, "runs/9", madeFrom: two);
        Assert.Equal(
            ["made from AVER-2 notes 2", "made from commit beef, not c0ffee"],
            (await Get(company, "AVER-3")).Otherwise.Select(o => o.Told).Order(StringComparer.Ordinal)
        );
        Assert.Equal(["runs/9", "runs/8"], (await Get(company, "AVER-3")).MadeAgain.Select(a => a.Run));
        await BreakTests.Missing(company, "version-told-otherwise", "AVER-3");
    }

    [Fact]
    public async Task An_attestation_of_the_same_bytes_by_another_run_is_kept_beside_the_first()
    {
        await using var company = await Company.Found("sqlite");
        var model = await Asset(company, "triage", "model");
        await Push(company, model, "runs/7", "9f86");
        var provenance = FedVersionTests.Provenance("w", Sha("weights"), Sha("x"));
        var kept = await FedVersionTests.Report(company, provenance);
        await FedVersionTests.Report(company, provenance);
        var view = await Get(company, "AVER-1");
        Assert.Equal("runs/7", view.Run);
        Assert.Equal(
            ("https://ci.acme.test/runs/7", "8f70009f", kept.Ref),
            (Assert.Single(view.MadeAgain).Run, view.MadeAgain[0].Commit, view.MadeAgain[0].ToldBy)
        );
        Assert.Empty(view.Otherwise);
    }

    [Fact]
    public async Task An_origin_that_is_none_is_refused_in_its_place_also_where_the_bytes_are_known()
    {
        await using var company = await Company.Found("sqlite");
        var model = await Asset(company, "triage", "model");
        foreach (var _ in new[] { "new", "known" })
        {
            await Refused("There is no AVER-9999", "AVER-9999");
            await Refused("AST-1 names an asset, not a version.", "AST-1");
            await Refused("No version has these bytes", Sha("nothing"));
            await Push(company, model);
        }
        await Refused("not made from itself", "AVER-1");
        var missing = await Assert.ThrowsAsync<NotFound>(() => Get(company, "AST-1"));
        Assert.Equal("AST-1 names an asset, not a version.", missing.Message);

        async Task Refused(string says, string origin)
        {
            var refused = await Assert.ThrowsAsync<InputInvalid>(() => Push(company, model, madeFrom: origin));
            Assert.StartsWith("madeFrom", Assert.Single(refused.Errors).Field, StringComparison.Ordinal);
            Assert.Contains(says, refused.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(" ", "Call the version something")]
    [InlineData("v\n3", "a line break (U+000A)")]
    [InlineData("v\u20283", "a line break (U+2028)")]
    [InlineData("v\t3", "a control character (U+0009)")]
    [InlineData("v3\u202Egpj", "a character that nobody sees (U+202E)")]
    [InlineData("v\u200b3", "a character that nobody sees (U+200B)")]
    [InlineData("AVER-1", "how a record is named")]
    [InlineData("ast-7", "how a record is named")]
    [InlineData("sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "a digest and no name")]
    public async Task A_name_that_does_not_read_as_what_it_is_is_refused(string name, string says)
    {
        await using var company = await Company.Found("sqlite");
        var model = await Asset(company, "triage", "model");
        var refused = await Assert.ThrowsAsync<InputInvalid>(() => Push(company, model, name: name));
        Assert.Equal("name", Assert.Single(refused.Errors).Field);
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Blanks_around_a_name_are_no_other_name_and_other_scripts_are_fine()
    {
        await using var company = await Company.Found("sqlite");
        var model = await Asset(company, "triage", "model");
        await Push(company, model, name: "v3");
        Assert.Equal("AVER-1", (await Push(company, model, name: " v3 ")).Ref);
        await Push(company, model, name: "ночная 版本 ✓");
        Assert.Equal("ночная 版本 ✓", (await Get(company, "AVER-2")).Row.Name);
    }

    [Fact]
    public async Task An_endpoint_does_not_serve_one_version_twice_at_a_time()
    {
        await using var company = await Company.Found("sqlite");
        var (model, chat) = (await Asset(company, "triage", "model"), await Asset(company, "Chat", "endpoint"));
        var version = await Enter(company, model, "v1");
        await Serve(company, version, chat);
        company.Clock.Advance(TimeSpan.FromDays(3));
        await company.Do("versions.stop-serving", new { @ref = version, endpoint = chat });
        var stopped = company.Clock.GetUtcNow();
        company.Clock.Advance(TimeSpan.FromDays(1));
        var refused = await Assert.ThrowsAsync<InputInvalid>(() => Again(stopped.AddHours(-1)));
        Assert.Equal("since", Assert.Single(refused.Errors).Field);
        await Again(stopped);
        Assert.Equal(2, (await Get(company, version)).Served.Count);

        Task<object> Again(DateTimeOffset since) =>
            company.Do(
                "versions.serve",
                new
                {
                    @ref = version,
                    endpoint = chat,
                    since = since.UtcDateTime,
                }
            );
    }

    private static async Task<VersionDone> Push(
        Company company,
        string asset,
        string? run = null,
        string? commit = null,
        string? madeFrom = null,
        string name = "v1"
    ) =>
        (VersionDone)
            await company.Do(
                "versions.create",
                new
                {
                    asset,
                    name,
                    digests = new[] { Sha("weights") },
                    run,
                    commit,
                    madeFrom = madeFrom is null ? Array.Empty<string>() : [madeFrom],
                }
            );
}
