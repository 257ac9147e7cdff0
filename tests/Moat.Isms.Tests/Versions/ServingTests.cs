using Moat.Isms.Kernel;
using Moat.Isms.Versions;
using static Moat.Tests.VersionCase;

namespace Moat.Tests;

/// <summary>What an endpoint served, and which of that a withdrawn version touched.</summary>
public sealed class ServingTests
{
    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task An_endpoint_serves_one_version_unless_another_is_said_to_be_beside_it(string database)
    {
        await using var company = await Company.Found(database);
        var (model, prompt, chat) = (
            await Asset(company, "Weights", "model"),
            await Asset(company, "Prompt", "prompt"),
            await Asset(company, "Chat", "endpoint")
        );
        var (one, two, words) = (
            await Enter(company, model, "v1"),
            await Enter(company, model, "v2"),
            await Enter(company, prompt, "p1")
        );
        var begun = company.Clock.GetUtcNow().UtcDateTime;
        await Serve(company, one, chat);
        await Serve(company, words, chat, beside: true);
        await Serve(company, one, chat, beside: true);
        Assert.Equal([one, words], (await Now(company)).Select(s => s.VersionRef).Order());
        company.Clock.Advance(TimeSpan.FromDays(2));
        var changed = company.Clock.GetUtcNow().UtcDateTime;
        Assert.Equal(
            "versions.serve.order",
            (
                await Assert.ThrowsAsync<RuleBroken>(() =>
                    company.Do(
                        "versions.serve",
                        new
                        {
                            @ref = two,
                            endpoint = chat,
                            since = begun.AddHours(-1),
                        }
                    )
                )
            ).RuleId
        );
        // A trial beside the other becomes the only one.
        await Serve(company, two, chat, beside: true);
        Assert.Equal(3, (await Now(company)).Count);
        await Serve(company, two, chat);
        Assert.Equal(two, Assert.Single(await Now(company)).VersionRef);
        var served = Assert.Single((await Get(company, one)).Served);
        Assert.Equal(
            (chat, "Chat", "Weights v1", begun, (DateTime?)changed),
            (served.EndpointRef, served.Endpoint, served.Version, served.Since, served.Until)
        );

        company.Clock.Advance(TimeSpan.FromHours(1));
        await company.Do("versions.stop-serving", new { @ref = two, endpoint = chat });
        Assert.Empty(await Now(company));
        Assert.Equal(
            "versions.stop-serving.not",
            (
                await Assert.ThrowsAsync<RuleBroken>(() =>
                    company.Do("versions.stop-serving", new { @ref = two, endpoint = chat })
                )
            ).RuleId
        );
        await Assert.ThrowsAsync<InputInvalid>(() => Serve(company, one, model));
        await Assert.ThrowsAsync<InputInvalid>(() =>
            company.Do(
                "versions.serve",
                new
                {
                    @ref = one,
                    endpoint = chat,
                    since = changed.AddDays(9),
                }
            )
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_poisoned_dataset_is_traced_to_every_endpoint_that_served_what_was_made_from_it(string database)
    {
        await using var company = await Company.Found(database);
        var (data, model, chat, batch) = (
            await Asset(company, "Chat logs", "dataset"),
            await Asset(company, "Weights", "model"),
            await Asset(company, "Chat", "endpoint"),
            await Asset(company, "Batch", "endpoint")
        );
        var (crawl, poisoned) = (await Enter(company, data, "crawl"), await Enter(company, data, "2026-03", "AVER-1"));
        var tuned = await Enter(company, model, "v1", poisoned);
        var small = await Enter(company, model, "v1-small", tuned, poisoned);
        var clean = await Enter(company, model, "v0", crawl);
        await Serve(company, clean, chat);
        company.Clock.Advance(TimeSpan.FromDays(1));
        var from = company.Clock.GetUtcNow().UtcDateTime;
        await Serve(company, tuned, chat);
        await Serve(company, small, batch);
        company.Clock.Advance(TimeSpan.FromDays(3));
        var until = company.Clock.GetUtcNow().UtcDateTime;
        await Withdraw(company, poisoned);
        await Serve(company, clean, chat);

        var trace = await Trace(company, poisoned);
        Assert.True(trace.Whole);
        Assert.Equal([(crawl, 1, poisoned)], trace.MadeFrom.Select(s => (s.Row.Ref, s.Distance, s.Via)));
        Assert.Equal(
            [(tuned, 1), (small, 1)],
            trace.WentInto.OrderBy(s => s.Row.Name).Select(s => (s.Row.Ref, s.Distance))
        );
        Assert.Equal(
            [("Batch", small, from, null), ("Chat", tuned, from, until)],
            trace.Served.OrderBy(s => s.Endpoint).Select(s => (s.Endpoint, s.VersionRef, s.Since, s.Until))
        );
        Assert.Equal(poisoned, Assert.Single(trace.Withdrawn).Ref);

        var ofSmall = await Trace(company, small);
        Assert.Equal(
            [(tuned, 1), (poisoned, 1), (crawl, 2)],
            ofSmall
                .MadeFrom.OrderBy(s => s.Distance)
                .ThenByDescending(s => s.Row.Ref)
                .Select(s => (s.Row.Ref, s.Distance))
        );
        Assert.Equal(poisoned, Assert.Single(ofSmall.Withdrawn).Ref);
        Assert.Empty((await Trace(company, clean)).Withdrawn);
        Assert.Equal(2, (await Trace(company, clean)).Served.Count);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Versions_are_listed_by_asset_and_state(string database)
    {
        await using var company = await Company.Found(database);
        var (data, model) = (await Asset(company, "Chat logs", "dataset"), await Asset(company, "Weights", "model"));
        await Enter(company, data, "2026-03");
        await Enter(company, model, "v1");
        await Enter(company, model, "v2");
        await Release(company, "AVER-2");
        Assert.Equal(["AVER-3", "AVER-2", "AVER-1"], (await List(new { })).Items.Select(v => v.Ref));
        Assert.Equal(["AVER-3", "AVER-2"], (await List(new { asset = model })).Items.Select(v => v.Ref));
        var released = Assert.Single((await List(new { state = "released" })).Items);
        Assert.Equal(
            ("AVER-2", "v1", model, "Weights", "model"),
            (released.Ref, released.Name, released.AssetRef, released.Asset, released.AssetKind)
        );
        Assert.Equal("AVER-1", Assert.Single((await List(new { q = "chat" })).Items).Ref);

        async Task<Page<VersionRow>> List(object input) => (Page<VersionRow>)await company.Do("versions.list", input);
    }

    private static async Task<IReadOnlyList<ServingView>> Now(Company company) =>
        (IReadOnlyList<ServingView>)await company.Do("versions.serving", new { });
}
