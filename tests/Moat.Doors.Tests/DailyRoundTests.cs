using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Moat.Hosting;
using Moat.Isms.Kernel;
using Moat.Isms.Training;

namespace Moat.Tests;

/// <summary>What the server does by itself each day, as operations that the journal tells of.</summary>
public sealed class DailyRoundTests
{
    [Fact]
    public async Task Training_once_begun_is_kept_up_and_the_day_s_readiness_is_kept_once()
    {
        await using var acme = await Acme.Found();
        var round = acme.Services.GetRequiredService<DailyRound>();
        await round.RunOnce(CancellationToken.None);
        Assert.Empty(await Assignments(acme));

        await acme.Do(
            "training.assign",
            new JsonObject
            {
                ["course"] = "everyone",
                ["people"] = new JsonArray("PER-1"),
                ["reason"] = "We begin.",
                ["days"] = 30,
            }
        );
        await acme.Do("people.create", new JsonObject { ["name"] = "Nia New", ["email"] = "nia@acme.test" });
        await round.RunOnce(CancellationToken.None);
        Assert.Contains(await Assignments(acme), a => a is { Person: "Nia New", CourseId: "everyone" });

        var before = await acme.Entries();
        await round.RunOnce(CancellationToken.None);
        Assert.Equal(before, await acme.Entries());
    }

    private static async Task<IReadOnlyList<AssignmentView>> Assignments(Acme acme) =>
        (await acme.Do<Page<AssignmentView>>("training.list", new JsonObject { ["limit"] = 100 })).Items;
}
