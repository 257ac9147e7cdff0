using Moat.Isms.Kernel;
using Moat.Isms.Risks;

namespace Moat.Cli.Demo;

/// <summary>Risks that are kept, accepted by whoever may, and the plan for all others.</summary>
internal sealed partial class DemoStory
{
    private const int Appetite = 6;
    private const int FirstRenewal = 398;
    private const string LetSlip = "RISK-20";

    private static readonly string[] WhyKept =
    [
        "Within the appetite, and the next step down costs more than what it would save. A second event in a year or a new model version ends it.",
        "Small enough to carry: we would see it within a day and undo it within two. I look again when the model or its data change.",
        "What we run holds it low, and the evidence of that arrives each month. It ends when one of these controls fails.",
    ];

    /// <summary>Why top management carries more than the appetite for a while, by threat.</summary>
    private static readonly Dictionary<string, string> WhyAbove = new()
    {
        ["prompt-injection-indirect"] =
            "Nobody can rule it out today. Tools of the agent can neither send nor delete, so planted text reaches a clinician's screen and no further.",
        ["retention-failure"] =
            "Deletion is proved for the store and not yet for backups. The hospitals know it, and it stands in the contracts.",
        ["insecure-output-handling"] =
            "Two hospital systems still show answers as HTML; both have a date by which they stop.",
        ["pii-contamination"] =
            "The scrubber finds 99 names of 100; until it is better, a person reads a sample of each batch.",
        ["supply-chain-software"] =
            "Images are pinned and scanned. What a maintainer hides on purpose we would see late, as everybody would.",
        ["training-data-poisoning"] =
            "Two approvals for outside batches are on the way; until then Dana reads a sample of each herself.",
        ["user-data-leakage"] =
            "Hospitals are kept apart in code and in the index, and each release is tested for crossings. A mistake would be grave, so it stays above.",
        ["provider-outage"] =
            "One model API words all advice. The second is tried once a year and takes two days; a third costs more than the days.",
        ["supplier-breach"] =
            "We cannot audit a code host. What lies there is code and prompts; keys and notes do not.",
    };

    /// <summary>
    /// Owners accept what they keep within the appetite. The one that waits for a signature keeps its own date.
    /// </summary>
    private async Task AcceptKept(Func<string, int> untilDay, CancellationToken ct)
    {
        foreach (var (risk, index) in (await AllRisks(ct)).Select((r, i) => (r, i)))
            if (
                risk is { Treatment: TreatmentOption.Retain, ResidualScore: > 0 and <= Appetite }
                && !(risk.Ref == LetSlip && risk.AcceptedUntil is not null)
            )
                await cast.Do(
                    DemoCast.KeyOf(risk.Owner!),
                    "risks.accept",
                    new
                    {
                        @ref = risk.Ref,
                        reason = WhyKept[index % WhyKept.Length],
                        until = Date(untilDay(risk.Ref)),
                    },
                    ct
                );
    }

    /// <summary>
    /// What stays above the appetite is accepted by its owner for less time, and stands because top management agrees.
    /// </summary>
    private async Task AcceptAbove(int until, CancellationToken ct)
    {
        foreach (var risk in (await AllRisks(ct)).Where(r => r.ResidualScore > Appetite))
        {
            await cast.Do(
                DemoCast.KeyOf(risk.Owner!),
                "risks.accept",
                new
                {
                    @ref = risk.Ref,
                    reason = $"{WhyAbove.GetValueOrDefault(risk.ThreatId ?? "", "The treatment needs longer than we hoped.")} Above our appetite, so Mara looks at it in each review.",
                    until = Date(until),
                },
                ct
            );
            await cast.Do("mara", "risks.agree", new { @ref = risk.Ref }, ct);
        }
    }

    /// <summary>The plan is frozen, and each owner of a risk in it approves their part.</summary>
    private async Task FreezePlan(string changeNote, CancellationToken ct)
    {
        var plan = ((Done)await cast.Do("jonas", "plan.freeze", new { changeNote }, ct)).Ref;
        var frozen = (PlanView)await cast.Do("jonas", "plan.get", new { @ref = plan }, ct);
        foreach (var part in frozen.Parts)
            await cast.Do(DemoCast.KeyOf(part.Owner), "plan.approve", new { @ref = plan }, ct);
    }
}
