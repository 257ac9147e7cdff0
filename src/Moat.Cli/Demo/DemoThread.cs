using System.Text.Json.Nodes;
using Moat.Isms.Documents;
using Moat.Isms.Kernel;

namespace Moat.Cli.Demo;

/// <summary>
/// What came of the poisoned records: a cause that was removed in code, a policy that says so, people who learned it, a
/// risk that was assessed again, and somebody who looked whether it works. From the alert to the evidence it is one
/// thread.
/// </summary>
internal sealed partial class DemoStory
{
    private static readonly string[] ThoseWhoMerge = ["ivo", "emil", "dana", "nadia"];
    private static readonly string[] CodingControls = ["A.8.28", "A.8.4"];
    private static readonly string[] WhyOneCouldWaive =
    [
        "Month 8 was merged although its validation had failed",
        "The failure was waived with a line in the pull request",
        "The pipeline takes a waiver from whoever may merge",
        "The coding policy treats gates of data as settings, not as code that needs a second person",
    ];

    private static readonly string[] WaivableByOne = ["/waivableByOne"];

    private string _gateAction = "",
        _gateCheck = "";

    private async Task FollowThrough(int month, CancellationToken ct)
    {
        if (Poisoning is not { Nonconformity: { } fault } told)
            return;
        if (month == 10)
            await RemoveTheCause(told, fault, ct);
        if (month == 12)
            await LookWhetherItWorks(ct);
    }

    private async Task RemoveTheCause(ToldIncident told, string fault, CancellationToken ct)
    {
        await On(319, hour: 10, ct: ct);
        await FindTheCause(fault, ct);
        await NameWhatFollows(told, ct);
        await WatchTheGates(ct);
        await On(321, hour: 14, ct: ct);
        await cast.Do("jonas", "actions.name-check", new { @ref = _gateAction, check = _gateCheck }, ct);
        await Assess(await RiskOf("training-data-poisoning", ct), "dana", ct, because: told.Incident, less: 0);
        await On(326, hour: 9, ct: ct);
        var policy = await NewCodingPolicy(ct);
        await ChangeTheGates(policy, ct);
    }

    private async Task FindTheCause(string fault, CancellationToken ct)
    {
        await cast.Do(
            "dana",
            "nonconformities.correct",
            new
            {
                @ref = fault,
                correction = "Month 8 was taken out of training and built again without the delivery; champion 10 is retired. The hospitals have the list of affected cases.",
                on = Date(298),
            },
            ct
        );
        await cast.Do(
            "jonas",
            "nonconformities.analyse",
            new
            {
                @ref = fault,
                whys = WhyOneCouldWaive,
                cause = "Gates of the data can be overruled by one person, because the pipeline and the coding policy treat them as settings.",
                lookedElsewhere = "All 23 gates of the training, evaluation and release pipelines",
                foundElsewhere = "Two more could be waived alone: the membership probe and the licence check. Neither ever was.",
            },
            ct
        );
        _gateAction = (
            (Done)
                await cast.Do(
                    "jonas",
                    "nonconformities.plan-action",
                    new
                    {
                        @ref = fault,
                        title = "A failed gate is overruled by two people, in code, with a reason that stays",
                        effectSeenBy = "Planted failures are refused by every gate for a month, and no waiver has fewer than two names",
                        owner = cast.People["ivo"],
                        dueOn = Date(340),
                        verifyFrom = Date(360),
                    },
                    ct
                )
        ).Ref;
    }

    private async Task NameWhatFollows(ToldIncident told, CancellationToken ct)
    {
        await cast.Do("jonas", "lessons.name-outcome", new { @ref = told.Lessons[0], became = _gateAction }, ct);
        _nightSlices = await Made(
            "dana",
            "lessons.propose-improvement",
            new
            {
                @ref = told.Lessons[1],
                title = "The night slice and the ten pairs stand in the release gate",
                expectedEffect = "A fall of one slice by more than a point stops a release, even when the mean rises",
                owner = cast.People["dana"],
                dueOn = Date(350),
            },
            ct
        );
    }

    /// <summary>
    /// From now on the pipeline tells how many gates one person can overrule, and a check of the company's own looks at
    /// it: it fails until they are mended.
    /// </summary>
    private async Task WatchTheGates(CancellationToken ct) =>
        _gateCheck = await Made(
            "jonas",
            "checks.create",
            new
            {
                title = "No gate can be overruled by one person",
                resource = "pipeline.gates",
                severity = "high",
                controls = CodingControls,
                reads = WaivableByOne,
                schema = """{"properties": {"waivableByOne": {"maximum": 0}}}""",
                why = "A waiver by one person let poisoned records into training.",
                fix = "Let the gate ask for a second reviewer, in code.",
            },
            ct
        );

    /// <summary>
    /// The policy that the cause had a hole in gets a second version, everybody confirms it, and those who merge take
    /// the course again.
    /// </summary>
    private async Task<string> NewCodingPolicy(CancellationToken ct)
    {
        var document = (await Documents(ct)).Single(d => d.Key == "secure-development");
        await cast.Do(
            "jonas",
            "documents.revise",
            new
            {
                @ref = document.Ref,
                reason = "A gate of the data counts as code: whoever overrules it needs a second person.",
                major = true,
                because = _gateAction,
            },
            ct
        );
        var draft = (DocumentView)await cast.Do("jonas", "documents.get", new { @ref = document.Ref }, ct);
        await cast.Do(
            "jonas",
            "documents.edit",
            new
            {
                @ref = document.Ref,
                source = $"{draft.Source}\n\n## Gates of data and models\n\nA failed gate is overruled by two people, in a reviewed change that names the reason and the dataset version. A waiver ends with the release it was given for.\n",
            },
            ct
        );
        await Release(document.Ref, ct);
        await On(329, hour: 9, ct: ct);
        foreach (var who in DemoCast.Staff)
            await Acknowledge(who, ct);
        await cast.Do(
            "jonas",
            "training.assign",
            new
            {
                course = "engineers",
                people = ThoseWhoMerge.Select(w => cast.People[w]).ToList(),
                reason = "The policy for secure development has a second version: gates of data are code.",
                days = 14,
                because = document.Ref,
            },
            ct
        );
        foreach (var who in ThoseWhoMerge)
            await Learn(who, failsFirst: false, ct);
        return document.Ref;
    }

    private async Task ChangeTheGates(string policy, CancellationToken ct)
    {
        await On(336, hour: 16, ct: ct);
        await Changed(
            "A.8.28",
            "Two approvals for every change of training code; unsigned commits and unscanned images are refused. A failed gate is overruled by two people in code, never by a comment.",
            _gateAction,
            ct
        );
        await Changed(
            "A.8.4",
            "Three repositories, two groups with write access. A job owns the branch rules and ends exceptions after 48 hours; gates live beside the code that they hold up, and whoever overrules one is named with a second person.",
            _gateAction,
            ct
        );
        await cast.Do(
            "ivo",
            "actions.complete",
            new
            {
                @ref = _gateAction,
                outcome = "All 23 gates ask for a second reviewer and write the reason to the journal of the pipeline; the waiver by comment is gone.",
                updates = CodingControls.Append(policy).ToList(),
            },
            ct
        );
    }

    private async Task LookWhetherItWorks(CancellationToken ct)
    {
        await On(379, hour: 11, ct: ct);
        await cast.Do(
            "jonas",
            "actions.verify",
            new JsonObject
            {
                ["ref"] = _gateAction,
                ["effective"] = true,
                ["seen"] =
                    "Six weeks: 23 planted failures, 23 refused. One waiver in that time, with two names and a reason that a third person found convincing.",
                ["file"] = File(
                    "planted-failures.csv",
                    "gate,planted,refused\nvalidation,9,9\nmembership-probe,5,5\nlicence,5,5\nslices,4,4\n"
                ),
            },
            ct
        );
    }
}
