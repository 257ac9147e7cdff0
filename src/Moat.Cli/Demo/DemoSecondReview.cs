using Moat.Isms.Reviews;

namespace Moat.Cli.Demo;

/// <summary>The second review of top management: before the certification audit.</summary>
internal sealed partial class DemoStory
{
    private static readonly (string Topic, string Text)[] SecondConclusions =
    [
        (
            ReviewTopics.Actions,
            "Prompts page and weight theft are done. The library of answers brought a day and a half instead of four; a day is still the aim."
        ),
        (ReviewTopics.Issues, "The coding model is a second product for other buyers. The scope follows."),
        (
            ReviewTopics.Parties,
            "The hospital group asks for the certificate and for the evaluation by patient group. Both are ours to give."
        ),
        (
            ReviewTopics.Nonconformities,
            "What was corrected stayed corrected. A cause that comes back goes to this table at once."
        ),
        (
            ReviewTopics.Measurements,
            "Evidence arrives by itself for code, data and endpoints. Policies are read by everybody; the clinical team reads them first."
        ),
        (
            ReviewTopics.Audits,
            "The findings of the internal audit have owners and dates; nothing keeps the stage 1 audit from happening."
        ),
        (
            ReviewTopics.Feedback,
            "One nurse saw what our evaluation did not: nights. Emil compares each release by hour and ward, for every hospital."
        ),
        (
            ReviewTopics.Risks,
            "Poisoning was assessed again with the new labels and is higher than we thought; two approvals for each outside batch is the right treatment."
        ),
        (ReviewTopics.Opportunities, "Evaluation by hour for every hospital first, then by ward."),
    ];

    private async Task SecondReview(CancellationToken ct)
    {
        await FinishLibrary(ct);
        var review = await Schedule("Second review: before the certification audit", 395, ct);
        await cast.Do(
            "jonas",
            "reviews.bring",
            new
            {
                @ref = review,
                topic = ReviewTopics.Feedback,
                text = "The hospital group's security office read the statement of applicability for an hour and had two questions. One nurse wrote that night admissions get odd advice since the new hospital joined.",
            },
            ct
        );
        await On(394, ct: ct);
        await CountNow(ct);
        await cast.Do("jonas", "reviews.prepare", new { @ref = review }, ct);
        var objectives = await OnObjectives(
            "Access to the training environments was raised to 99 %, because exceptions to its rules end by themselves now.",
            ct
        );
        await On(395, ct: ct);
        await Conclude(review, SecondConclusions.Append((ReviewTopics.Objectives, objectives)), ct);
        await DecideSecond(review, ct);
        await Hold(
            review,
            ["mara", "jonas", "dana", "ivo", "lea", "sofia"],
            "It fits and it suffices for both models once the scope names the coding model. It works: readiness rose with the evidence, and the failover that disappointed us in autumn is exercised each quarter now.",
            395,
            ct
        );
        await On(396, ct: ct);
        await Approve(review, ct);
        await Schedule("Third review: after the stage 1 audit", Days + NextReviewAfter, ct);
    }

    /// <summary>The library of answers that the first review asked for is done and looked at.</summary>
    private async Task FinishLibrary(CancellationToken ct)
    {
        var library = ((ManagementReviewView)await cast.Do("jonas", "reviews.get", new { @ref = FirstReviewRef }, ct))
            .Decisions.First(d => d.Kind == DecisionKind.Improvement)
            .ResultRef;
        await cast.Do(
            "carla",
            "improvements.complete",
            new
            {
                @ref = library,
                outcome = "212 answers in one place, each with the record that proves it and the day it was read last.",
            },
            ct
        );
        await cast.Do(
            "jonas",
            "improvements.evaluate",
            new
            {
                @ref = library,
                observedEffect = "The last six questionnaires took a day and a half; two customers got the same answer to the same question.",
                asExpected = true,
            },
            ct
        );
    }

    private async Task DecideSecond(string review, CancellationToken ct)
    {
        await Decide(
            review,
            "task",
            "Extend the scope to the coding model before the stage 1 audit",
            "The coding model is sold from summer on; a certificate without it would be read as a gap.",
            "jonas",
            405,
            ct
        );
        await Decide(
            review,
            "improvement",
            "Compare the evaluation of each release by hour and ward, for every hospital",
            "Night admissions of the new hospital get advice as good as those of the others; the difference stands in the release gate.",
            "emil",
            Days + 40,
            ct
        );
        await Decide(
            review,
            "task",
            "Book the stage 1 audit and send the auditor the frozen records",
            "The framework contract begins in summer.",
            "mara",
            Days + 20,
            ct
        );
    }
}
