using static Moat.Tests.BreakTests;

namespace Moat.Tests;

/// <summary>Breaks about what endpoints serve.</summary>
public sealed class VersionBreakTests
{
    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task What_serves_is_known_released_and_not_made_from_what_was_withdrawn(string database)
    {
        await using var company = await Company.Found(database);
        var data = await VersionCase.Asset(company, "Chat logs", "dataset");
        var model = await VersionCase.Asset(company, "Weights", "model");
        var chat = await VersionCase.Asset(company, "Chat", "endpoint", jewel: true);
        var logs = await VersionCase.Enter(company, data, "2026-03");
        var tuned = await VersionCase.Enter(company, model, "v1", logs);
        var small = await VersionCase.Enter(company, model, "v1-small", tuned);
        Pass(company, 14);
        await Whole(company, "endpoint-of-unknown-bytes");
        Pass(company, 1);
        await Missing(company, "endpoint-of-unknown-bytes", chat);

        await VersionCase.Serve(company, small, chat);
        await Whole(company, "endpoint-of-unknown-bytes", "served-from-withdrawn");
        await Missing(company, "served-unreleased", small);
        await VersionCase.Release(company, small);
        await Whole(company, "served-unreleased");

        Pass(company, 1);
        await VersionCase.Withdraw(company, logs);
        await Missing(company, "served-from-withdrawn", small);
        Assert.Equal(Today(company), (await Found(company, "served-from-withdrawn"))!.Since);
        Assert.Equal(small, Assert.Single((await Found(company, "served-from-withdrawn"))!.Records).Ref);
        await Whole(company, "served-unreleased");
        Pass(company, 1);
        var clean = await VersionCase.Enter(company, model, "v2");
        await VersionCase.Release(company, clean);
        await VersionCase.Serve(company, clean, chat);
        await Whole(company, "served-from-withdrawn", "served-unreleased", "endpoint-of-unknown-bytes");
        await VersionCase.Withdraw(company, clean);
        await Missing(company, "served-from-withdrawn", clean);
        await company.Do("versions.stop-serving", new { @ref = clean, endpoint = chat });
        await Whole(company, "served-from-withdrawn");
        await Missing(company, "endpoint-of-unknown-bytes", chat);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Only_an_endpoint_that_matters_has_to_say_what_it_serves(string database)
    {
        await using var company = await Company.Found(database);
        await VersionCase.Asset(company, "Playground", "endpoint");
        Pass(company, 40);
        await Whole(company, "endpoint-of-unknown-bytes");
        var trusted = Ref(
            await company.Do(
                "assets.create",
                new
                {
                    name = "Triage",
                    kind = "endpoint",
                    integrity = 3,
                }
            )
        );
        Pass(company, 15);
        await Missing(company, "endpoint-of-unknown-bytes", trusted);
        Assert.Equal(1, (await Found(company, "endpoint-of-unknown-bytes"))!.Total);
    }
}
