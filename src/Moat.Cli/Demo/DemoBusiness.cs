using System.Text.Json.Nodes;
using Moat.Isms.Alignment;

namespace Moat.Cli.Demo;

/// <summary>What the company wants to reach, and which records serve it.</summary>
internal sealed partial class DemoStory
{
    /// <summary>
    /// Three business objectives, each with somebody in the business; one objective and one crown jewel are left
    /// without a tie.
    /// </summary>
    private async Task Business(CancellationToken ct)
    {
        await On(100, ct: ct);
        var goals =
            (IReadOnlyList<BusinessObjectiveView>)
                await cast.Do("jonas", "business-objectives.list", new JsonObject(), ct);
        string Of(string begins) => goals.First(g => g.Title.StartsWith(begins, StringComparison.Ordinal)).Ref;
        var (contract, product, model) = (Of("Win what"), Of("Keep customers"), Of("Bring the next"));
        await cast.Do(
            "mara",
            "business-objectives.edit",
            new
            {
                @ref = contract,
                title = "Win the framework contract with the hospital group",
                owner = cast.People["mara"],
            },
            ct
        );
        await cast.Do("mara", "business-objectives.edit", new { @ref = product, owner = cast.People["carla"] }, ct);
        await cast.Do(
            "mara",
            "business-objectives.edit",
            new
            {
                @ref = model,
                title = "Launch the coding model for hospitals' billing",
                owner = cast.People["lea"],
                horizon = Date(Days + 90),
            },
            ct
        );
        foreach (var merged in goals.Select(g => g.Ref).Where(r => r != contract && r != product && r != model))
            await cast.Do(
                "mara",
                "business-objectives.end",
                new { @ref = merged, outcome = "Part of the framework contract; its tender asks for both." },
                ct
            );
        var alignment = (AlignmentView)await cast.Do("jonas", "alignment.show", new JsonObject(), ct);
        var (objectives, jewels) = (alignment.Groups[0].Records, alignment.Groups[1].Records);
        var spread = new[] { contract, product, model };
        foreach (
            var group in objectives
                .SkipLast(1)
                .Concat(jewels.SkipLast(1))
                .Select((r, i) => (r.Ref, Goal: spread[i % spread.Length]))
                .GroupBy(t => t.Goal, t => t.Ref)
        )
            await cast.Do("jonas", "business-objectives.tie", new { @ref = group.Key, records = group.ToArray() }, ct);
    }
}
