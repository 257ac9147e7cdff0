using Moat.Isms.Reviews;

namespace Moat.Cli.Demo;

/// <summary>The first review of top management: half a year of records.</summary>
internal sealed partial class DemoStory
{
    private const string FirstReviewRef = "MREV-1";

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

    private async Task FirstReview(CancellationToken ct)
    {
        var review = await Schedule("First review: half a year of records", 200, ct);
        await BringFirst(review, ct);
        await cast.Do("jonas", "reviews.prepare", new { @ref = review }, ct);
        var objectives = await OnObjectives(
            "Availability is what we promise and has little to spare; the second region comes first.",
            ct
        );
        await On(200, ct: ct);
        await Conclude(review, FirstConclusions.Append((ReviewTopics.Objectives, objectives)), ct);
        await DecideFirst(review, ct);
        await Hold(
            review,
            ["mara", "jonas", "dana", "lea", "carla"],
            "It fits the triage model as it is sold today and it works: what failed was seen by checks before a hospital saw it. It does not suffice for delivery into hospitals' own data centres, where weights would lie on machines of others.",
            200,
            ct
        );
        await On(203, ct: ct);
        await Approve(review, ct);
    }

    private async Task BringFirst(string review, CancellationToken ct)
    {
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
    }

    private async Task DecideFirst(string review, CancellationToken ct)
    {
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
}
