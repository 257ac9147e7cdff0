using Moat.Isms.Kernel;

namespace Moat.Cli.Demo;

/// <summary>An hour around a table: who would notice that the weights are gone, and who may cut what.</summary>
internal sealed partial class DemoStory
{
    private static readonly Dictionary<string, (string? Choice, string Text)> AroundTheTable = new()
    {
        ["what"] = (
            null,
            "Ivo names the bucket and the version in four minutes. Nobody can say who read it on Sunday: the log of reads is off for that prefix."
        ),
        ["going-on"] = (
            "outsider",
            "Egress of the training network is a number on a board that nobody watches at night."
        ),
        ["cut"] = (
            null,
            "Ivo could cut the identity. Ben, who leads, has no right to; he would call, and the call goes to voice mail."
        ),
        ["lock"] = (
            "reads",
            "Agreed after nine minutes. Lea asks what hospitals get meanwhile: nothing changes for them."
        ),
        ["evidence"] = (null, "Ninety days of logs are kept; the theft in the story is a hundred days old."),
        ["inside"] = (
            null,
            "Sofia has the list of what the weights were trained on within twenty minutes, from the statement of the last release."
        ),
        ["duties"] = (
            null,
            "Sofia would tell the authority and five hospitals. Nobody knew that the insurer wants a call before the first invoice."
        ),
        ["strategy"] = (
            "rotate",
            "Mara would bring the next version forward; Dana puts the price at six weeks of the cluster."
        ),
        ["review"] = (null, "What was slow: who may cut, and who may say so at night. Three lessons, all with Ivo."),
    };

    private async Task Exercise(CancellationToken ct)
    {
        await On(236, hour: 13, ct: ct);
        var run = (
            (Done)
                await cast.Do(
                    "jonas",
                    "playbook-runs.start",
                    new { playbook = "weight-theft", lead = cast.People["ben"] },
                    ct
                )
        ).Ref;
        await Walk("jonas", run, AroundTheTable, ct);
        await cast.Do(
            "jonas",
            "playbook-runs.finish",
            new
            {
                @ref = run,
                result = "The path was cut after 31 minutes in the story; the goal is 15. What worked: the list of what is inside the weights. What did not: reads of the weights bucket are not logged, and whoever leads may not cut anything. Nobody had thought of the hospitals' duty desk before the endpoint goes down.",
                leftOutBecause = "The hour was over. Search, way out, keys, access and marks are technical; the platform team walks through them in spring.",
                lessons = Words(
                    "Reads of weights are logged for a year",
                    "Whoever leads at night may disable any identity of the platform",
                    "Whoever takes the endpoint down tells the hospitals' duty desk first"
                ),
                owner = cast.People["ivo"],
            },
            ct
        );
    }
}
