using System.Text.Json.Nodes;
using Moat.Isms.Alignment;
using Moat.Isms.Kernel;
using Moat.Isms.Reviews;

namespace Moat.Cli.Demo;

/// <summary>
/// What the company wants to reach, and two reviews in which its top management looks at the ISMS and decides.
/// </summary>
internal sealed partial class DemoStory
{
    private const string FirstReviewRef = "MREV-1";
    private const int NextReviewAfter = 110;
    private static readonly string[] Circle = ["jonas", "dana", "ivo", "lea", "sofia", "carla"];

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

    private async Task FirstReview(string password, CancellationToken ct)
    {
        var review = await Schedule("First review: half a year of records", 200, ct);
        await cast.Do(
            "jonas",
            "reviews.bring",
            new
            {
                @ref = review,
                topic = ReviewTopics.Feedback,
                text = "14 security questionnaires came in. Nine asked whether inputs train models, three for our role under the AI Act. Each took four days; two contracts waited for the answer.",
            },
            ct
        );
        await cast.Do(
            "jonas",
            "reviews.bring",
            new
            {
                @ref = review,
                topic = ReviewTopics.Opportunities,
                text = "Carla keeps answers to questionnaires in her own sheet. Everybody else writes them again.",
            },
            ct
        );
        await cast.Do("jonas", "reviews.prepare", new { @ref = review }, ct);
        var objectives = await OnObjectives(
            "Availability is what we promise and has little to spare; the second region comes first.",
            ct
        );
        await On(200, ct: ct);
        foreach (var (topic, text) in FirstConclusions.Append((ReviewTopics.Objectives, objectives)))
            await cast.Do(
                "jonas",
                "reviews.conclude",
                new
                {
                    @ref = review,
                    topic,
                    text,
                },
                ct
            );
        await Decide(
            review,
            "task",
            "Say on one page what happens with prompts, and put it on the web site",
            "Nine of fourteen questionnaires ask; one page answers all of them.",
            "sofia",
            228,
            ct
        );
        await Decide(
            review,
            "improvement",
            "One library of answers for security questionnaires",
            "A questionnaire takes one day instead of four, and two people give the same answer.",
            "carla",
            393,
            ct
        );
        await Decide(
            review,
            "task",
            "Assess weight theft for delivery into hospitals' own data centres",
            "Two hospitals ask for it; the weights would leave for machines that others run.",
            "dana",
            240,
            ct
        );
        await Decide(
            review,
            "no-change",
            "The appetite stays at 6",
            "What stands above it has a treatment with an owner and a date, or is accepted by top management for a while.",
            null,
            null,
            ct
        );
        await Hold(
            review,
            ["mara", "jonas", "dana", "lea", "carla"],
            "It fits the triage model as it is sold today and it works: what failed was seen by checks before a hospital saw it. It does not suffice for delivery into hospitals' own data centres, where weights would lie on machines of others.",
            200,
            ct
        );
        await On(203, ct: ct);
        await Approve(review, password, ct);
    }

    private async Task FollowFirstReview(CancellationToken ct)
    {
        await CloseAction(
            "Say on one page what happens with prompts",
            "Online since this morning; sales sends the address with every offer.",
            ct
        );
        await CloseAction(
            "Assess weight theft for delivery",
            "Assessed with both hospitals: only with encrypted packages and a key that stays here. Written into the offer.",
            ct
        );
    }

    private async Task SecondReview(string password, CancellationToken ct)
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
        foreach (var (topic, text) in SecondConclusions.Append((ReviewTopics.Objectives, objectives)))
            await cast.Do(
                "jonas",
                "reviews.conclude",
                new
                {
                    @ref = review,
                    topic,
                    text,
                },
                ct
            );
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
        await Hold(
            review,
            ["mara", "jonas", "dana", "ivo", "lea", "sofia"],
            "It fits and it suffices for both models once the scope names the coding model. It works: readiness rose with the evidence, and the failover that disappointed us in autumn is exercised each quarter now.",
            395,
            ct
        );
        await On(396, ct: ct);
        await Approve(review, password, ct);
        await Schedule("Third review: after the stage 1 audit", Days + NextReviewAfter, ct);
    }

    private async Task<string> Schedule(string title, int day, CancellationToken ct) =>
        (
            (Done)
                await cast.Do(
                    "jonas",
                    "reviews.schedule",
                    new
                    {
                        title,
                        scheduledOn = Date(day),
                        chair = cast.People["mara"],
                        invited = Circle.Select(k => cast.People[k]).ToArray(),
                    },
                    ct
                )
        ).Ref;

    private Task<object> Decide(
        string review,
        string kind,
        string text,
        string reason,
        string? owner,
        int? by,
        CancellationToken ct
    ) =>
        cast.Do(
            "mara",
            "reviews.decide",
            new
            {
                @ref = review,
                kind,
                text,
                reason,
                owner = owner is null ? null : cast.People[owner],
                dueOn = by is { } day ? (DateOnly?)Date(day) : null,
            },
            ct
        );

    private Task<object> Hold(string review, string[] attended, string judgement, int day, CancellationToken ct) =>
        cast.Do(
            "jonas",
            "reviews.hold",
            new
            {
                @ref = review,
                heldOn = Date(day),
                attended = attended.Select(k => cast.People[k]).ToArray(),
                judgement,
            },
            ct
        );

    private async Task Approve(string review, string password, CancellationToken ct)
    {
        var read = (ManagementReviewView)await cast.Do("mara", "reviews.get", new { @ref = review }, ct);
        await cast.Do("mara", "reviews.approve", new { @ref = review, sha256 = read.MinutesSha256 }, ct);
    }

    private static readonly (string Topic, string Text)[] FirstConclusions =
    [
        (ReviewTopics.Actions, "There are none yet; the next review begins with those of today."),
        (
            ReviewTopics.Issues,
            "Delivery into hospitals' own data centres is new. It changes where weights lie, so it is assessed before anybody signs."
        ),
        (
            ReviewTopics.Parties,
            "Hospitals ask whether prompts train models. We say no in each contract; from now on we say it before they ask."
        ),
        (
            ReviewTopics.Nonconformities,
            "Nothing was raised. Jonas asks each team once a month what went wrong, until somebody answers."
        ),
        (
            ReviewTopics.Measurements,
            "The bucket of demo models stood open to everybody for two days, and a check said so before anybody outside looked. That is what checks are for."
        ),
        (ReviewTopics.Audits, "The first internal audit is planned; its report comes to the next review."),
        (ReviewTopics.Feedback, "The same question cost us 36 working days. One page and one library of answers."),
        (
            ReviewTopics.Risks,
            "The separate index of each hospital is late; Nadia has it done next month, and nothing else of the plan is. Poisoning through outside labels stays the highest and is looked at again with the next model version."
        ),
        (ReviewTopics.Opportunities, "The library of answers brings most. Carla owns it, because she loses the days."),
    ];

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
}
