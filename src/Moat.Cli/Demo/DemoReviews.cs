using Moat.Isms.Kernel;
using Moat.Isms.Reviews;

namespace Moat.Cli.Demo;

/// <summary>How a review of top management goes: scheduled, concluded, decided, held and approved.</summary>
internal sealed partial class DemoStory
{
    private const int NextReviewAfter = 110;
    private static readonly string[] Circle = ["jonas", "dana", "ivo", "lea", "sofia", "carla"];

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

    private async Task Conclude(
        string review,
        IEnumerable<(string Topic, string Text)> conclusions,
        CancellationToken ct
    )
    {
        foreach (var (topic, text) in conclusions)
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
    }

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

    private async Task Approve(string review, CancellationToken ct)
    {
        var read = (ManagementReviewView)await cast.Do("mara", "reviews.get", new { @ref = review }, ct);
        await cast.Do("mara", "reviews.approve", new { @ref = review, sha256 = read.MinutesSha256 }, ct);
    }
}
