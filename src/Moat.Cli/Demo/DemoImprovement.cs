using Moat.Isms.Improvement;
using Moat.Isms.Kernel;

namespace Moat.Cli.Demo;

/// <summary>What becomes better, month by month.</summary>
internal sealed partial class DemoStory
{
    private string _branchRules = "",
        _expiringRights = "",
        _secondCloud = "",
        _oddAdvice = "";

    private async Task MonthlyImprovement(int month, CancellationToken ct)
    {
        switch (month)
        {
            case 4:
                await NameOutsourced(ct);
                break;
            case 5:
                await Suggest(ct);
                break;
            case 6:
                await ImportAtlas(AtlasBefore, ct);
                await cast.Do(
                    "jonas",
                    "improvements.plan",
                    new
                    {
                        @ref = _oddAdvice,
                        owner = cast.People["lea"],
                        dueOn = Date(385),
                    },
                    ct
                );
                break;
            case 7:
                await PlanSecondCloud(ct);
                break;
            case 8:
                await RaiseBranchRules(ct);
                break;
            case 9:
                await DoBranchRules(ct);
                break;
            case 10:
                await MoveToSecondCloud(ct);
                break;
            case 11:
                await PromptWithoutGate(ct);
                break;
            case 12:
                await LookBack(ct);
                break;
        }
    }

    private async Task Suggest(CancellationToken ct)
    {
        _expiringRights = await Made(
            "emil",
            "improvements.suggest",
            new
            {
                title = "Rights on buckets end after 30 days unless a job renews them",
                expectedEffect = "The review of bucket rights takes less than one hour instead of two days; fewer than ten people hold a standing right to read.",
            },
            ct
        );
        await cast.Do(
            "jonas",
            "improvements.plan",
            new
            {
                @ref = _expiringRights,
                owner = cast.People["ivo"],
                dueOn = Date(235),
            },
            ct
        );
        _oddAdvice = await Made(
            "lea",
            "improvements.suggest",
            new
            {
                title = "Ask clinicians monthly which advice surprised them",
                expectedEffect = "Odd advice is known in weeks, not when a hospital writes.",
            },
            ct
        );
    }

    private async Task LookBack(CancellationToken ct)
    {
        await On(379, ct: ct);
        await VerifyBranchRules(ct);
        await ReviewSecondCloud(ct);
        await ImportAtlas(AtlasAfter, ct);
        await On(381, ct: ct);
        await cast.Do(
            "lea",
            "improvements.complete",
            new
            {
                @ref = _oddAdvice,
                outcome = "Four questions to the duty doctors of three hospitals, on the first Monday; the answers go to the data team.",
            },
            ct
        );
        await AfterTheAudit(ct);
        await DecideAboutNews(ct);
    }

    /// <summary>What the internal audit proposed gets an owner and a date.</summary>
    private async Task AfterTheAudit(CancellationToken ct)
    {
        foreach (
            var idea in (
                (Page<ImprovementRow>)await cast.Do("jonas", "improvements.list", new { state = "proposed" }, ct)
            ).Items
        )
            await cast.Do(
                "jonas",
                "improvements.plan",
                new
                {
                    @ref = idea.Ref,
                    owner = idea.OwnerRef ?? cast.People["jonas"],
                    dueOn = Date(Days + 60),
                },
                ct
            );
    }

    private async Task<string> ActionOf(string nonconformity, CancellationToken ct) =>
        ((NonconformityView)await cast.Do("jonas", "nonconformities.get", new { @ref = nonconformity }, ct))
            .Actions[0]
            .Ref;

    /// <summary>A control is done differently from now on, and names what taught it.</summary>
    private Task<object> Changed(string code, string howDone, string because, CancellationToken ct) =>
        cast.Do(
            "ivo",
            "controls.edit",
            new
            {
                @ref = code,
                howDone,
                because,
            },
            ct
        );

    private async Task<string> Made(string who, string operation, object input, CancellationToken ct) =>
        ((Done)await cast.Do(who, operation, input, ct)).Ref;
}
