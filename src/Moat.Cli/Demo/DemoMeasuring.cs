using System.Globalization;
using System.Text.Json.Nodes;
using Moat.Isms.Objectives;
using Moat.Isms.People.AccessReviews;

namespace Moat.Cli.Demo;

/// <summary>What the company measures and whom it lets in: numbers every month, a conclusion each quarter, one access review.</summary>
internal sealed partial class DemoStory
{
    private static readonly string[] CodeAndData = ["github.repository", "s3.bucket"];

    /// <summary>Numbers of the month by the beginning of the objective's title; availability falls once, when a node failed.</summary>
    private static decimal? NumberOf(string title, int month) => title switch
    {
        _ when title.StartsWith("The inference API", StringComparison.Ordinal) => month == 8 ? 99.71m : 99.92m + month % 4 * 0.02m,
        _ when title.StartsWith("Nobody enters the training", StringComparison.Ordinal) => month == 5 ? 1 : 0,
        _ when title.StartsWith("Critical vulnerabilities", StringComparison.Ordinal) => 88 + month,
        _ when title.StartsWith("At most 2 %", StringComparison.Ordinal) => Math.Max(1.1m, 4.4m - month * 0.3m),
        _ when title.StartsWith("Leavers lose", StringComparison.Ordinal) => 20 - month,
        _ when title.StartsWith("The last good model", StringComparison.Ordinal) => Math.Max(0.6m, 5 - month * 0.4m),
        _ when title.StartsWith("At most five people", StringComparison.Ordinal) => month < 6 ? 7 : 5,
        _ when title.StartsWith("No customer's data", StringComparison.Ordinal) => 0,
        _ when title.EndsWith("in formats that run code when loaded", StringComparison.Ordinal) => month < 7 ? 3 : 0,
        _ when title.StartsWith("Every", StringComparison.Ordinal) || title.StartsWith("Access reviews", StringComparison.Ordinal) => Math.Min(100, 80 + month * 2),
        _ => Math.Min(100, 70 + month * 2),
    };

    private async Task MonthlyNumbers(int month, CancellationToken ct)
    {
        var goals = (IReadOnlyList<ObjectiveView>)await cast.Do("jonas", "objectives.list", new JsonObject(), ct);
        foreach (var goal in goals.Where(g => g.Standing == Moat.Isms.Kernel.Standing.Adopted))
        {
            await cast.Do("ivo", "objectives.measure", new { @ref = goal.Ref, value = NumberOf(goal.Title, month), from = Date(_day - 30), to = Date(_day - 1), note = month == 8 && goal.Title.StartsWith("The inference API", StringComparison.Ordinal) ? "A node failed on a Sunday; two hours until the second region took over." : null }, ct);
            if (month is 6 or 12 && goal.Title.StartsWith("The inference API", StringComparison.Ordinal))
                await cast.Do("jonas", "objectives.evaluate", new { @ref = goal.Ref, conclusion = "keep", text = string.Create(CultureInfo.InvariantCulture, $"Month {month}: what we promise hospitals is what we reach, with little to spare. The failover was the weak point, so the second region is exercised each quarter.") }, ct);
            if (month == 12 && goal.Title.StartsWith("At most five people", StringComparison.Ordinal))
                await cast.Do("jonas", "objectives.evaluate", new { @ref = goal.Ref, conclusion = "lower", target = 6, text = "Five was reached by taking the on-call engineer out, who then had to wake somebody at night. Six, with a second person's approval for each session." }, ct);
        }
    }

    /// <summary>The yearly review of who can reach code and data: one right is reduced, and the next collection shows it.</summary>
    private async Task ReviewAccess(CancellationToken ct)
    {
        await cast.Do("jonas", "access-reviews.create", new { title = "Who can reach training code, weights and notes", kinds = CodeAndData, reviewer = cast.People["ivo"], deputy = cast.People["dana"], dueOn = Date(_day + 14) }, ct);
        clock.Pass(TimeSpan.FromHours(3));
        var review = (AccessReviewView)await cast.Do("jonas", "access-reviews.get", new { @ref = "ARV-1" }, ct);
        foreach (var decided in review.Items.GroupBy(i => (i.Reviewer, Reduce: i is { Principal: "emil", ResourceName: "corvid/training" })))
            await cast.Do(DemoCast.KeyOf(decided.Key.Reviewer), "access-reviews.decide", new
            {
                @ref = "ARV-1",
                positions = decided.Select(i => i.Position).ToList(),
                decision = decided.Key.Reduce ? "change" : "keep",
                wantedPermission = decided.Key.Reduce ? "read" : null,
                reason = decided.Key.Reduce ? "Emil moved to evaluation in spring; reading is enough." : null,
            }, ct);
    }
}
