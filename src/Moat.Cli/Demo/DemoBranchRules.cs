using System.Text.Json.Nodes;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Kernel;

namespace Moat.Cli.Demo;

/// <summary>Merges without a review, traced to an exception that had no end.</summary>
internal sealed partial class DemoStory
{
    private static readonly string[] AdminWhys =
    [
        "Two merges into the training repository had no review.",
        "Administrators could push past the rules.",
        "The rule for administrators was switched off to rescue a release.",
        "Nobody switched it on again, because the exception had no end.",
    ];

    private static readonly string[] SourceControl = ["A.8.4", "A.8.32"];

    private async Task RaiseBranchRules(CancellationToken ct)
    {
        await On(252, ct: ct);
        var training = (
            (Page<ResourceRow>)await cast.Do("jonas", "resources.list", new { q = "corvid/training", limit = 10 }, ct)
        ).Items[0];
        _branchRules = await Made(
            "jonas",
            "nonconformities.create",
            new
            {
                title = "Merges into the training repository without review",
                description = "For two weeks no review was needed and administrators were exempt. Two merges went in without a second pair of eyes, one of them into the pipeline that builds the weights.",
                origin = "check",
                grade = "minor",
                requirement = "A.8.4, A.8.32; our own release criterion of two approvers",
                source = training.Ref,
                owner = cast.People["jonas"],
            },
            ct
        );
        await cast.Do(
            "ivo",
            "nonconformities.correct",
            new
            {
                @ref = _branchRules,
                correction = "The rule is on again. Both merges were reviewed afterwards by Dana and Emil; one default was changed back before the next training run.",
            },
            ct
        );
        await On(257, ct: ct);
        await cast.Do(
            "jonas",
            "nonconformities.analyse",
            new
            {
                @ref = _branchRules,
                whys = AdminWhys,
                cause = "An exception to a branch rule has neither an end nor an owner: the person who needs it switches it off and is expected to remember.",
                lookedElsewhere = "The gateway, the prompt library, and the exceptions of the registry and of the data bucket",
                foundElsewhere = "The prompt library had no review at all until spring. One exception on the data bucket was four months old; it was ended the same day.",
            },
            ct
        );
        await cast.Do(
            "jonas",
            "nonconformities.plan-action",
            new
            {
                @ref = _branchRules,
                title = "Exceptions to branch and bucket rules are requests that end after 48 hours",
                effectSeenBy = "No rule is off for longer than 48 hours in the history of the checks, over two months",
                owner = cast.People["ivo"],
                dueOn = Date(290),
                verifyFrom = Date(352),
            },
            ct
        );
    }

    private async Task DoBranchRules(CancellationToken ct)
    {
        await On(289, ct: ct);
        var action = await ActionOf(_branchRules, ct);
        await Changed(
            "A.8.4",
            "Three repositories, two groups with write access, reviewed each quarter. Branch rules belong to a job: nobody switches them off by hand, and what is switched off on request is on again after 48 hours.",
            action,
            ct
        );
        await Changed(
            "A.8.32",
            "Every change goes through a reviewed merge. An exception is a request with a reason that ends after 48 hours; the history of the rules is looked at in each release meeting.",
            action,
            ct
        );
        await cast.Do(
            "ivo",
            "actions.complete",
            new
            {
                @ref = action,
                outcome = "A small job owns the rules: it takes a request with a reason, switches the rule off, and on again after 48 hours. People lost the right to do it by hand.",
                updates = SourceControl,
            },
            ct
        );
        await cast.Do(
            "jonas",
            "improvements.evaluate",
            new
            {
                @ref = _expiringRights,
                observedEffect = "The last review of bucket rights took 25 minutes; seven people hold a standing right. Two evaluation jobs broke because they had lived on a person's rights, and were mended.",
                asExpected = true,
            },
            ct
        );
    }

    private async Task VerifyBranchRules(CancellationToken ct)
    {
        await cast.Do(
            "jonas",
            "actions.verify",
            new JsonObject
            {
                ["ref"] = await ActionOf(_branchRules, ct),
                ["effective"] = true,
                ["seen"] =
                    "Three requests in 90 days, each ended by itself within 48 hours. The checks over all three repositories passed on every other day.",
                ["file"] = new JsonObject
                {
                    ["name"] = "rule-exceptions.csv",
                    ["content"] = Convert.ToBase64String(
                        "day,rule,repository,hours\n301,reviews,corvid/training,6\n333,administrators,corvid/inference-gateway,2\n361,reviews,corvid/prompt-library,47\n"u8.ToArray()
                    ),
                },
            },
            ct
        );
    }
}
