using Microsoft.EntityFrameworkCore;
using Moat.Isms.Context;
using Moat.Isms.Kernel;

namespace Moat.Isms.Reviews.Inputs;

/// <summary>What became of the decisions of earlier reviews (9.3.2 a).</summary>
public sealed class EarlierDecisions(MoatDb db, DecisionFollowing following) : ReviewInput
{
    /// <inheritdoc />
    public override string Topic => ReviewTopics.Actions;

    /// <inheritdoc />
    public override async Task<InputSection> Read(ReviewWindow window, CancellationToken ct)
    {
        var reviews = await db.Set<ManagementReview>()
            .Where(r => r.Id != window.ReviewId && r.HeldOn != null)
            .ToDictionaryAsync(r => r.Id, ct);
        var decisions = await db.Set<ReviewDecision>()
            .Where(d => reviews.Keys.Contains(d.ReviewId) && d.Kind != DecisionKind.NoChange)
            .ToListAsync(ct);
        var stands = await following.Of(decisions, ct);
        // Of older reviews only what is still open comes back to the table.
        var last = reviews.Values.OrderByDescending(r => r.HeldOn).FirstOrDefault();
        var shown = decisions
            .Where(d => d.ReviewId == last?.Id || !stands[d.Id].Done)
            .OrderByDescending(d => stands[d.Id].Overdue)
            .ThenBy(d => stands[d.Id].Done)
            .ThenBy(d => d.DueOn)
            .ThenBy(d => d.CreatedAt)
            .ToList();
        var (done, overdue) = (shown.Count(d => stands[d.Id].Done), shown.Count(d => stands[d.Id].Overdue));
        var sentence = last is null
            ? "This is the first review; there are no earlier decisions."
            : $"{done} of {shown.Count} decisions are carried out; {(overdue == 0 ? "none is" : overdue == 1 ? "one is" : $"{overdue} are")} overdue.";
        return InputSection.Of(
            Topic,
            sentence,
            [Figure("Decisions", shown.Count), Figure("Carried out", done), Figure("Overdue", overdue)],
            [
                .. shown.Select(d => new InputRow(
                    d.ResultRef ?? reviews[d.ReviewId].Ref,
                    Process(d.ResultRef),
                    d.Text,
                    $"{reviews[d.ReviewId].Ref}: {stands[d.Id].Says}"
                )),
            ]
        );
    }

    private static string Process(string? reference) =>
        reference is not null && RecordKind.Parse(reference) is { } parsed ? parsed.Kind.Process : "reviews";
}

/// <summary>Internal and external issues, the scope and what the company is (9.3.2 b).</summary>
public sealed class ChangedIssues(MoatDb db) : ReviewInput
{
    /// <inheritdoc />
    public override string Topic => ReviewTopics.Issues;

    /// <inheritdoc />
    public override async Task<InputSection> Read(ReviewWindow window, CancellationToken ct)
    {
        var since = window.Since;
        var issues = await db.Set<ContextIssue>()
            .Where(i => i.Standing == Standing.Adopted && i.ChangedAt >= since)
            .OrderByDescending(i => i.ChangedAt)
            .ThenBy(i => i.Number)
            .ToListAsync(ct);
        var scopes = await db.Set<Scope>()
            .Where(s => s.ApprovedAt >= since)
            .OrderByDescending(s => s.Number)
            .ToListAsync(ct);
        var goals = await db.Set<BusinessObjective>()
            .Where(b => b.Standing == Standing.Adopted && b.ChangedAt >= since)
            .OrderBy(b => b.Number)
            .ToListAsync(ct);
        var all = await db.Set<ContextIssue>().CountAsync(i => i.Standing == Standing.Adopted, ct);
        var moved = issues.Count + scopes.Count + goals.Count;
        return InputSection.Of(
            Topic,
            moved == 0
                ? $"Nothing was entered or changed since {window.From:yyyy-MM-dd}. Ask whether that is true of the company as well."
                : $"{Count(issues.Count, "issue", "issues")} entered or changed, {Count(scopes.Count, "new version", "new versions")} of the scope, {Count(goals.Count, "business objective", "business objectives")} entered or changed.",
            [
                Figure("Issues", all),
                Figure("Entered or changed", issues.Count),
                Figure("Versions of the scope approved", scopes.Count),
            ],
            [
                .. scopes.Select(s => Row(s, $"approved by {s.ApprovedBy}")),
                .. goals.Select(b =>
                    Row(b, b.EndedOn is null ? "a business objective that security serves" : $"ended: {b.Outcome}")
                ),
                .. issues.Select(i => Row(i, i.CreatedAt >= since ? $"new: {i.Effect}" : $"changed: {i.Effect}")),
            ]
        );
    }
}

/// <summary>Interested parties and obligations (9.3.2 c).</summary>
public sealed class ChangedParties(MoatDb db) : ReviewInput
{
    /// <inheritdoc />
    public override string Topic => ReviewTopics.Parties;

    /// <inheritdoc />
    public override async Task<InputSection> Read(ReviewWindow window, CancellationToken ct)
    {
        var since = window.Since;
        var parties = await db.Set<InterestedParty>()
            .Where(p => p.Standing == Standing.Adopted && p.ChangedAt >= since)
            .OrderByDescending(p => p.ChangedAt)
            .ThenBy(p => p.Number)
            .ToListAsync(ct);
        var duties = await db.Set<Obligation>()
            .Where(o => o.Standing == Standing.Adopted && o.ChangedAt >= since)
            .OrderByDescending(o => o.ChangedAt)
            .ThenBy(o => o.Number)
            .ToListAsync(ct);
        return InputSection.Of(
            Topic,
            parties.Count + duties.Count == 0
                ? $"No party and no obligation was entered or changed since {window.From:yyyy-MM-dd}."
                : $"{Count(parties.Count, "party", "parties")} and {Count(duties.Count, "obligation", "obligations")} entered or changed.",
            [
                Figure("Parties", await db.Set<InterestedParty>().CountAsync(p => p.Standing == Standing.Adopted, ct)),
                Figure("Obligations", await db.Set<Obligation>().CountAsync(o => o.Standing == Standing.Adopted, ct)),
                Figure("Entered or changed", parties.Count + duties.Count),
            ],
            [.. duties.Select(o => Row(o, o.Asks)), .. parties.Select(p => Row(p, p.Needs))]
        );
    }
}
