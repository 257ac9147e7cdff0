using System.Text.Json.Nodes;
using Moat.Isms.Assets;
using Moat.Isms.Kernel;

namespace Moat.Cli.Demo;

/// <summary>The first two weeks: a commitment, what the company is and has, and who answers for it.</summary>
internal sealed partial class DemoStory
{
    private async Task Foundations(string password, CancellationToken ct)
    {
        await On(0, hour: 18, ct: ct);
        await cast.Found(password, ct);
        await cast.Do("mara", "interview.answer", new JsonObject { ["answers"] = Answers(), ["complete"] = true }, ct);
        await cast.Do("mara", "draft.generate", new JsonObject(), ct);
        await Commit(ct);
        await AdoptDraft(ct);
        await ApproveGround(ct);
        await On(12, ct: ct);
        await AssignRoles(ct);
        await AdoptAll("jonas", "objectives", ct);
        await OwnObjectives(ct);
    }

    private async Task Commit(CancellationToken ct)
    {
        await On(1, ct: ct);
        var top = (
            (IReadOnlyList<Moat.Isms.People.Responsibilities.RoleView>)
                await cast.Do("mara", "roles.list", new JsonObject(), ct)
        ).Single(r => r.Key == "top-management");
        await cast.Do("mara", "roles.assign", new { @ref = top.Ref, person = cast.People["mara"] }, ct);
        await cast.Do(
            "mara",
            "leadership.commit",
            new
            {
                statement = "We protect what hospitals entrust to us and what we learn from it. I want a certified ISMS before the framework contract begins, and I will look at it every quarter.",
                path = "toolkit",
                budgetEur = 35000,
                days = 60,
            },
            ct
        );
    }

    /// <summary>What the interview drafted is adopted, with what the first bill of materials told.</summary>
    private async Task AdoptDraft(CancellationToken ct)
    {
        await On(3, ct: ct);
        await cast.Do("jonas", "assets.import-bom", Bom("triage-1.cdx.json"), ct);
        foreach (
            var process in new[]
            {
                "issues",
                "parties",
                "obligations",
                "business-objectives",
                "assets",
                "roles",
                "scope",
                "suppliers",
                "communication",
            }
        )
            await AdoptAll("jonas", process, ct);
        await Climate(ct);
        await OwnAssets(ct);
    }

    /// <summary>Scope and method are in force before anything is assessed against them.</summary>
    private async Task ApproveGround(CancellationToken ct)
    {
        await On(8, ct: ct);
        await cast.Do("mara", "scope.approve", new { @ref = "SCP-1" }, ct);
        await cast.Do("jonas", "method.change", new { appetite = 6, high = 15 }, ct);
        await cast.Do("mara", "method.approve", new { @ref = "METH-1" }, ct);
        await Pulse(ct);
    }

    private async Task OwnObjectives(CancellationToken ct)
    {
        foreach (
            var (number, owner) in new[]
            {
                (1, "ivo"),
                (2, "ivo"),
                (3, "dana"),
                (4, "sofia"),
                (5, "nadia"),
                (6, "dana"),
                (7, "tomas"),
                (8, "jonas"),
            }
        )
            await cast.Do(
                "jonas",
                "objectives.edit",
                new
                {
                    @ref = $"OBJ-{number}",
                    owner = cast.People[owner],
                    dueOn = Date(Days + 30 * number),
                },
                ct
            );
    }

    private async Task Climate(CancellationToken ct)
    {
        var issues =
            (IReadOnlyList<Moat.Isms.Context.IssueView>)await cast.Do("jonas", "issues.list", new JsonObject(), ct);
        if (issues.FirstOrDefault(i => i.IsClimate) is { } climate)
            await cast.Do(
                "jonas",
                "issues.edit",
                new
                {
                    @ref = climate.Ref,
                    relevant = true,
                    effect = "Heat waves shut down the GPU cloud's region twice in a summer; the second region is part of continuity planning.",
                },
                ct
            );
    }

    private async Task OwnAssets(CancellationToken ct)
    {
        var assets = ((Page<AssetRow>)await cast.Do("jonas", "assets.list", new { limit = 200 }, ct)).Items;
        foreach (var asset in assets)
        {
            var owner = asset.Kind switch
            {
                "dataset" => "dana",
                "model" => "dana",
                "endpoint" => "nadia",
                "office" or "device-fleet" or "team" => "tomas",
                "supplier-api" or "saas" => "tomas",
                _ => "ivo",
            };
            await cast.Do("jonas", "assets.edit", new { @ref = asset.Ref, owner = cast.People[owner] }, ct);
        }
    }

    private async Task AssignRoles(CancellationToken ct)
    {
        var roles =
            (IReadOnlyList<Moat.Isms.People.Responsibilities.RoleView>)
                await cast.Do("jonas", "roles.list", new JsonObject(), ct);
        var holders = new Dictionary<string, string>
        {
            ["top-management"] = "mara",
            ["isms-manager"] = "jonas",
            ["data-steward"] = "dana",
            ["model-owner"] = "lea",
            ["ml-platform-owner"] = "ivo",
            ["privacy-lead"] = "sofia",
            ["people-lead"] = "tomas",
            ["supplier-manager"] = "carla",
            ["security-engineer"] = "nadia",
            ["internal-auditor"] = "emil",
            ["incident-lead"] = "ben",
            ["risk-owner"] = "dana",
            ["control-owner"] = "ivo",
        };
        foreach (var role in roles.Where(r => holders.ContainsKey(r.Key)))
        {
            try
            {
                await cast.Do(
                    "jonas",
                    "roles.assign",
                    new { @ref = role.Ref, person = cast.People[holders[role.Key]] },
                    ct
                );
            }
            catch (RuleBroken)
            {
                // Two roles that check each other: this one stays open, as it would in the company.
            }
        }
    }
}
