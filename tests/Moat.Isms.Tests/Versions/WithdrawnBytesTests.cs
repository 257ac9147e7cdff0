using Moat.Isms.Kernel;
using Moat.Isms.Versions;
using static Moat.Tests.VersionCase;

namespace Moat.Tests;

/// <summary>Bytes count and not records: a copy of withdrawn bytes is withdrawn, whatever it is called.</summary>
public sealed class WithdrawnBytesTests
{
    private const int Most = 1000;

    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task A_copy_of_withdrawn_bytes_and_what_was_made_from_it_are_found_and_not_released(string database)
    {
        await using var company = await Company.Found(database);
        var (logs, copies, model, chat) = (
            await Asset(company, "Logs", "dataset"),
            await Asset(company, "Copies", "dataset"),
            await Asset(company, "Weights", "model"),
            await Asset(company, "Chat", "endpoint")
        );
        var poisoned = await Files(company, logs, "1", [], "poison  d.parquet", "readme  README");
        var copy = await Files(company, copies, "a", [], "poison  other.parquet", "readme  LIESMICH");
        var bare = await Files(company, copies, "bare", [], "poison");
        var more = await Files(company, copies, "more", [], "poison", "readme", "further");
        var clean = await Files(company, copies, "clean", [], "sound", "readme");
        var tuned = await Files(company, model, "v1", [copy], "tuned", "licence");
        var renamed = await Files(company, model, "v1-eu", [], "tuned", "licence");
        var fresh = await Files(company, model, "v2", [clean], "fresh");
        await Release(company, copy);
        await Release(company, tuned);
        await Serve(company, tuned, chat);
        await Serve(company, copy, chat, beside: true);
        await BreakTests.Whole(company, "served-from-withdrawn", "released-from-withdrawn");
        await Withdraw(company, poisoned);

        await BreakTests.Missing(company, "served-from-withdrawn", copy);
        await BreakTests.Missing(company, "released-from-withdrawn", copy);
        Assert.Equal(
            [copy, tuned],
            (await BreakTests.Found(company, "served-from-withdrawn"))!.Records.Select(r => r.Ref)
        );
        var forward = await Trace(company, poisoned);
        Assert.Equal(
            [(copy, true), (bare, true), (more, true), (tuned, false), (renamed, true)],
            forward.WentInto.OrderBy(s => Number(s.Row.Ref)).Select(s => (s.Row.Ref, s.SameBytes))
        );
        Assert.Equal([copy, tuned], forward.Served.Select(s => s.VersionRef).Order());
        foreach (var touched in new[] { copy, bare, more, tuned, renamed })
            Assert.Equal(poisoned, Assert.Single((await Trace(company, touched)).Withdrawn).Ref);
        Assert.Empty((await Trace(company, fresh)).Withdrawn);
        Assert.Equal(BytesAre.Withdrawn, (await Find(company, Sha("poison"), copy)).Are);
        Assert.Equal(BytesAre.Entered, (await Find(company, Sha("readme"), clean)).Are);
        var found = await Find(company, Sha("tuned"));
        Assert.Equal(BytesAre.Withdrawn, found.Are);
        Assert.Contains($"{tuned} from {poisoned}", found.Says, StringComparison.Ordinal);
        foreach (var same in new[] { bare, more })
            await Breaks("versions.release.withdrawn-bytes", () => Release(company, same));
        await Breaks("versions.release.made-from-withdrawn", () => Release(company, renamed));

        await company.Do(
            "versions.reinstate",
            new { @ref = poisoned, reason = "The phrase is a quote; nobody planted it." }
        );
        await BreakTests.Whole(company, "served-from-withdrawn", "released-from-withdrawn");
        await Release(company, renamed);
        Assert.Equal(BytesAre.Released, (await Find(company, Sha("tuned"))).Are);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_shares_some_files_with_a_withdrawn_version_is_released_by_who_says_why(string database)
    {
        await using var company = await Company.Found(database);
        var (data, model, words) = (
            await Asset(company, "Logs", "dataset"),
            await Asset(company, "Weights", "model"),
            await Asset(company, "Tokenizer", "other")
        );
        var tokens = await Files(company, words, "1", [], "tokens");
        var poisoned = await Files(company, model, "v1", [tokens], "bad", "tokens", "licence");
        var clean = await Files(company, model, "v2", [tokens], "good", "tokens");
        var small = await Files(company, model, "v2-small", [clean], "small");
        var apart = await Files(company, data, "1", [], "apart");
        await Withdraw(company, poisoned);
        await Release(company, apart);

        var refused = await Breaks("versions.release.shares-withdrawn", () => Release(company, clean));
        Assert.Contains($"{clean} shares 1 of 3 files with {poisoned}", refused.Message, StringComparison.Ordinal);
        await Breaks("versions.release.shares-withdrawn", () => Release(company, small));
        var trace = await Trace(company, clean);
        Assert.Empty(trace.Withdrawn);
        Assert.Equal(
            [(tokens, 1, 3, false), (clean, 1, 3, false)],
            trace.Shared.Select(s => (s.Row.Ref, s.Files, s.Of, s.Answered))
        );
        Assert.Equal([tokens, clean], (await Trace(company, poisoned)).Shared.Select(s => s.Row.Ref));

        await Answer(company, tokens, poisoned);
        await Answer(company, clean, $"{poisoned}0");
        Assert.Equal(AssetVersionState.Entered, (await Get(company, clean)).Row.State);
        await Answer(company, clean, poisoned);
        Assert.All((await Trace(company, clean)).Shared, s => Assert.True(s.Answered));
        await Release(company, small);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_long_line_is_traced_to_its_withdrawn_beginning(string database)
    {
        await using var company = await Company.Found(database);
        var model = await Asset(company, "Weights", "model");
        var first = await Enter(company, model, "0");
        var last = first;
        for (var step = 1; step <= Most + 1; step++)
            last = await Enter(company, model, $"{step}", last);
        await Withdraw(company, first);
        var trace = await Trace(company, last);
        Assert.Equal((Most, false, first), (trace.MadeFrom.Count, trace.Whole, Assert.Single(trace.Withdrawn).Ref));
        await Breaks("versions.release.made-from-withdrawn", () => Release(company, last));
    }

    private static async Task Answer(Company company, string version, string names)
    {
        try
        {
            await company.Do(
                "versions.release",
                new { @ref = version, @checked = $"The tokenizer is the publisher's, so not what {names} was about." }
            );
        }
        catch (RuleBroken refused) when (refused.RuleId == "versions.release.shares-withdrawn") { }
    }

    internal static int Number(string reference) =>
        int.Parse(reference.Split('-')[1], System.Globalization.CultureInfo.InvariantCulture);

    internal static async Task<string> Files(
        Company company,
        string asset,
        string name,
        string[] madeFrom,
        params string[] files
    ) =>
        BreakTests.Ref(
            await company.Do(
                "versions.create",
                new
                {
                    asset,
                    name,
                    madeFrom,
                    digests = files.Select(f => $"{Sha(f.Split(' ')[0])}{f[f.Split(' ')[0].Length..]}"),
                }
            )
        );

    private static async Task<RuleBroken> Breaks(string rule, Func<Task> act)
    {
        var refused = await Assert.ThrowsAsync<RuleBroken>(act);
        Assert.Equal(rule, refused.RuleId);
        return refused;
    }
}
