using Moat.Isms.Kernel;
using Moat.Isms.Versions;
using static Moat.Tests.VersionCase;

namespace Moat.Tests;

/// <summary>A person withdraws and takes that back; what is merged takes its versions along.</summary>
public sealed class WithdrawalTests
{
    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task Only_a_person_withdraws_a_version_or_takes_that_back_and_both_are_in_the_journal(string database)
    {
        await using var company = await Company.Found(database);
        var model = await Asset(company, "Weights", "model");
        var version = await Enter(company, model, "v1");
        await Release(company, version);
        var agent = company.Owner with { PersonId = null, Name = "Pipeline" };
        var back = new { @ref = version, reason = "The phrase is a quote; nobody planted it." };
        var withdraw = new { @ref = version, reason = "1,200 examples carry a trigger." };
        await Breaks("versions.withdraw.person", () => company.Do("versions.withdraw", withdraw, agent));
        await Breaks("versions.reinstate.withdrawn", () => company.Do("versions.reinstate", back));
        await company.Do("versions.withdraw", withdraw);
        await Breaks("versions.reinstate.person", () => company.Do("versions.reinstate", back, agent));
        Assert.Equal(BytesAre.Withdrawn, (await Find(company, Sha($"{model} v1"))).Are);
        await company.Do("versions.reinstate", back);
        var view = await Get(company, version);
        Assert.Equal(
            (AssetVersionState.Released, (string?)null, back.reason),
            (view.Row.State, view.WithdrawnBecause, view.ReinstatedBecause)
        );
        Assert.Equal(BytesAre.Released, (await Find(company, Sha($"{model} v1"))).Are);
        var journal = await company.Read(db => Task.FromResult(db.Journal.Select(e => e.Changes).ToList()));
        Assert.Contains(journal, c => c.Contains("1,200 examples carry a trigger.", StringComparison.Ordinal));

        var entered = await Enter(company, model, "v2");
        await Withdraw(company, entered);
        await company.Do("versions.reinstate", new { @ref = entered, back.reason });
        Assert.Equal(AssetVersionState.Entered, (await Get(company, entered)).Row.State);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Versions_and_what_was_served_go_with_a_merged_asset(string database)
    {
        await using var company = await Company.Found(database);
        var (gone, kept) = (await Asset(company, "weights", "model"), await Asset(company, "Weights", "model"));
        var (chat, talk) = (await Asset(company, "Chat", "endpoint"), await Asset(company, "Talk", "endpoint"));
        var (only, same, own) = (
            await Enter(company, gone, "v1"),
            await Enter(company, gone, "v2"),
            await Enter(company, kept, "v2")
        );
        await Serve(company, only, chat);
        foreach (var (from, into) in new[] { (gone, kept), (chat, talk) })
            await company.Do(
                "assets.merge",
                new
                {
                    @ref = from,
                    into,
                    reason = "Two collectors told of the same thing.",
                }
            );
        Assert.Equal((kept, "v1"), ((await Get(company, only)).Row.AssetRef, (await Get(company, only)).Row.Name));
        Assert.Equal(
            (kept, $"v2 ({gone})"),
            ((await Get(company, same)).Row.AssetRef, (await Get(company, same)).Row.Name)
        );
        Assert.Equal("v2", (await Get(company, own)).Row.Name);
        Assert.Equal(talk, Assert.Single((await Get(company, only)).Served).EndpointRef);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Versions_that_a_merge_once_left_behind_follow_it_to_the_asset_that_stays(string database)
    {
        await using var company = await Company.Found(database);
        var (gone, between, kept) = (
            await Asset(company, "weights", "model"),
            await Asset(company, "Weights", "model"),
            await Asset(company, "WEIGHTS", "model")
        );
        var version = await Enter(company, kept, "v1");
        var (chat, talk) = (await Asset(company, "Chat", "endpoint"), await Asset(company, "Talk", "endpoint"));
        await Serve(company, version, talk);
        foreach (var (from, into) in new[] { (gone, between), (between, kept), (chat, talk) })
            await company.Do(
                "assets.merge",
                new
                {
                    @ref = from,
                    into,
                    reason = "Two collectors told of the same thing.",
                }
            );
        await WriteTests.Sql(company, "UPDATE asset_version SET asset_id = (SELECT id FROM asset WHERE number = 1)");
        await WriteTests.Sql(
            company,
            "UPDATE served_version SET endpoint_id = (SELECT id FROM asset WHERE number = 4)"
        );
        Assert.Equal((gone, chat), await Place());
        Assert.Equal(2, ((Tally)await company.Do("versions.keep-current", new { })).Count);
        Assert.Equal((kept, talk), await Place());
        Assert.Equal(0, ((Tally)await company.Do("versions.keep-current", new { })).Count);

        async Task<(string, string)> Place()
        {
            var view = await Get(company, version);
            return (view.Row.AssetRef, Assert.Single(view.Served).EndpointRef);
        }
    }

    private static async Task Breaks(string rule, Func<Task> act) =>
        Assert.Equal(rule, (await Assert.ThrowsAsync<RuleBroken>(act)).RuleId);
}
