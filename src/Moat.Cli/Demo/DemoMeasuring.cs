using System.Globalization;
using System.Text.Json.Nodes;
using Moat.Isms.AccessReviews;
using Moat.Isms.Objectives;

namespace Moat.Cli.Demo;

/// <summary>
/// What the company measures and whom it lets in. Prometheus answers for availability, checks and records for what they
/// can show; the rest is read off by a person once a month. A conclusion follows where a number asks for one.
/// </summary>
internal sealed partial class DemoStory
{
    private const string CriticalHoles = "OBJ-2",
        Provenance = "OBJ-3",
        Deletion = "OBJ-4",
        Availability = "OBJ-5",
        Injection = "OBJ-6",
        Leavers = "OBJ-7",
        Containment = "OBJ-8",
        TrainingAccess = "OBJ-9";
    private const string WaysIntoTraining =
        "github-org-two-factor,github-review-required,s3-no-public-grants,s3-public-access-blocked";
    private const int FirstNumbers = 3;

    private static readonly string[] CodeAndData = ["github.repository", "s3.bucket"];

    /// <summary>What a person read off, from month 3 on.</summary>
    private static readonly Dictionary<string, decimal[]> ReadOff = new()
    {
        [CriticalHoles] = [91, 93, 94, 92, 96, 96, 97, 98, 93, 97, 98, 99],
        [Provenance] = [72, 78, 85, 90, 94, 97, 100, 100, 100, 100, 100, 96],
        [Deletion] = [100, 100, 100, 100, 90, 100, 100, 100, 100, 100, 100, 100],
        [Injection] = [3.4m, 2.9m, 2.4m, 1.9m, 1.8m, 1.6m, 1.7m, 1.5m, 5, 1.6m, 1.5m, 1.4m],
    };

    /// <summary>What Prometheus answered, from month 3 on; in month 8 a node failed.</summary>
    private static readonly decimal[] Answered =
    [
        99.94m,
        99.95m,
        99.93m,
        99.96m,
        99.94m,
        99.71m,
        99.93m,
        99.95m,
        99.97m,
        99.94m,
        99.95m,
        99.96m,
    ];

    private static readonly Dictionary<(string Goal, int Month), string> Notes = new()
    {
        [(CriticalHoles, 11)] =
            "One decoder of images waited for a framework version; 21 days, with an exception by Dana.",
        [(Deletion, 7)] = "One of ten requests took 41 days: the backups.",
        [(Injection, 11)] = "The prompt that went live without its evaluation. The released weights stand at 1.6.",
        [(Provenance, 14)] = "Night records of the new hospital are in, its signature is not.",
    };

    /// <summary>Who measures what is set once there is somebody to ask: a source, checks, records.</summary>
    private async Task SayWhoMeasures(CancellationToken ct)
    {
        await cast.Do(
            "jonas",
            "objectives.edit",
            new
            {
                @ref = "OBJ-1",
                takenFrom = "records",
                query = "access-reviews-on-time",
                metric = "Share of access reviews due within the last year that were finished by their date",
            },
            ct
        );
        await cast.Do(
            "jonas",
            "objectives.edit",
            new
            {
                @ref = Availability,
                takenFrom = "prometheus",
                askedAt = Prometheus,
                query = "100 * (1 - sum(increase(gateway_requests_total{code=~\"5..\"}[30d])) / sum(increase(gateway_requests_total[30d])))",
            },
            ct
        );
        await cast.Do(
            "jonas",
            "objectives.edit",
            new
            {
                @ref = Leavers,
                title = "Nobody who left can still sign in",
                metric = "People who left and still have an account here, on the day of the count",
                unit = "people",
                target = 0,
                takenFrom = "records",
                query = "leavers-with-access",
                measuredBy = "Leaver list against the accounts of the ISMS; tools without single sign-on are the leaver task's",
            },
            ct
        );
        await cast.Do(
            "jonas",
            "objectives.edit",
            new
            {
                @ref = Containment,
                metric = "Median hours from detecting an incident to containing it, over the incidents of the last year",
                takenFrom = "records",
                query = "incident-hours-to-contain",
                measuredBy = "Timelines of the incident register, as its own measures tell it",
            },
            ct
        );
    }

    private async Task<object> AdoptTrainingAccess(CancellationToken ct) =>
        await cast.Do(
            "jonas",
            "objectives.create",
            new
            {
                title = "Nobody enters the training environments without a valid grant",
                metric = "Share of the time in which every way in was shut: second factor for all, reviewed merges into what runs there, no bucket open to the public",
                unit = "%",
                target = 98,
                comparator = "at-least",
                period = "month",
                measuredBy = "Checks over the code host and the buckets, weighted by time; unknown is not shut",
                plan = "Single sign-on for cluster and notebooks, job identities in place of shared keys; ten days of one engineer.",
                takenFrom = "check",
                query = WaysIntoTraining,
                owner = cast.People["ivo"],
                dueOn = Date(Days + 120),
                risk = await RiskOf("gpu-cluster-compromise", ct),
            },
            ct
        );

    private async Task MonthlyNumbers(int month, CancellationToken ct)
    {
        foreach (var (goal, values) in ReadOff)
            await cast.Do(
                goal == Deletion ? "jonas" : "ivo",
                "objectives.measure",
                new
                {
                    @ref = goal,
                    value = values[month - FirstNumbers],
                    from = Date(_day - 30),
                    to = Date(_day - 1),
                    note = Notes.GetValueOrDefault((goal, month)),
                },
                ct
            );
        await cast.AsServer("objectives.take", new { @ref = Availability, value = Answered[month - FirstNumbers] }, ct);
        await CountNow(ct);
        await Conclude(month, ct);
    }

    /// <summary>What the server does every day: checks and records are counted.</summary>
    private Task<object> CountNow(CancellationToken ct) => cast.AsServer("objectives.keep-current", new { }, ct);

    private async Task Conclude(int month, CancellationToken ct)
    {
        if (month is 6 or 12)
            await Keep(
                Availability,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Month {month}: what we promise hospitals is what we reach, with little to spare."
                ),
                ct
            );
        if (month == 8)
            await Keep(
                Availability,
                "A node failed on a Sunday; two hours until the second region took over. The failover was the weak point, so the second region is exercised each quarter.",
                ct
            );
        if (month == 11)
            await Keep(
                Injection,
                "Five of a hundred attacks got through for two days, because a prompt went live without its gate. The target is right; prompts pass the gate from now on.",
                ct
            );
        if (month == 12)
            await cast.Do(
                "jonas",
                "objectives.evaluate",
                new
                {
                    @ref = TrainingAccess,
                    conclusion = "raise",
                    target = 99,
                    text = "But for the two weeks in which administrators could push past the rules every way in was shut. Exceptions end by themselves now, so we can promise more.",
                },
                ct
            );
    }

    private Task<object> Keep(string goal, string text, CancellationToken ct) =>
        cast.Do(
            "jonas",
            "objectives.evaluate",
            new
            {
                @ref = goal,
                conclusion = "keep",
                text,
            },
            ct
        );

    /// <summary>
    /// What a review says of the objectives: it names those that are off, so that it agrees with the figures before it.
    /// </summary>
    private async Task<string> OnObjectives(string then, CancellationToken ct)
    {
        var goals = (IReadOnlyList<ObjectiveView>)await cast.Do("jonas", "objectives.list", new JsonObject(), ct);
        string Named(params ObjectiveState[] states) =>
            string.Join(", ", goals.Where(g => states.Contains(g.State)).Select(g => g.Ref));
        var (off, silent) = (Named(ObjectiveState.AtRisk, ObjectiveState.Missed), Named(ObjectiveState.NotMeasured));
        var said =
            off.Length == 0
                ? "Every objective that has a number is on track."
                : $"Off the target: {off}. The targets stay; their owners say in the next review what they changed.";
        return $"{said}{(silent.Length == 0 ? "" : $" No number yet: {silent}.")} {then}";
    }

    /// <summary>
    /// The yearly review of who can reach code and data: one right is reduced, and the next collection shows it.
    /// </summary>
    private async Task ReviewAccess(CancellationToken ct)
    {
        await cast.Do(
            "jonas",
            "access-reviews.create",
            new
            {
                title = "Who can reach training code, weights and notes",
                kinds = CodeAndData,
                reviewer = cast.People["ivo"],
                deputy = cast.People["dana"],
                dueOn = Date(_day + 14),
            },
            ct
        );
        clock.Pass(TimeSpan.FromHours(3));
        var review = (AccessReviewView)await cast.Do("jonas", "access-reviews.get", new { @ref = "ARV-1" }, ct);
        foreach (
            var decided in review.Items.GroupBy(i =>
                (i.Reviewer, Reduce: i is { Principal: "emil", ResourceName: "corvid/training" })
            )
        )
            await cast.Do(
                DemoCast.KeyOf(decided.Key.Reviewer),
                "access-reviews.decide",
                new
                {
                    @ref = "ARV-1",
                    positions = decided.Select(i => i.Position).ToList(),
                    decision = decided.Key.Reduce ? "change" : "keep",
                    wantedPermission = decided.Key.Reduce ? "read" : null,
                    reason = decided.Key.Reduce ? "Emil moved to evaluation in spring; reading is enough." : null,
                },
                ct
            );
    }
}
