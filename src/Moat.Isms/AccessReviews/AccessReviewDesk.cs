using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.Work;

namespace Moat.Isms.AccessReviews;

/// <summary>
/// What follows when accesses of a review find a reviewer, an owner or a decision: tasks, evidence and its state. Runs
/// inside operations.
/// </summary>
public sealed class AccessReviewDesk(MoatDb db, WorkList work, AccessReviewEvidence evidence)
{
    internal const string Escalated = "escalated";
    private const string Asked = "access:";
    private const string Revoke = "revoke";
    private const int MostNamed = 10;
    private const int DaysToCarryOut = 7;

    /// <summary>Gives each of these people the task to decide.</summary>
    public async Task Ask(AccessReview review, IReadOnlyCollection<Guid> reviewers, CancellationToken ct)
    {
        foreach (var person in await db.Set<Person>().Where(p => reviewers.Contains(p.Id)).ToListAsync(ct))
            await work.Ensure(
                review,
                Purpose(person),
                $"Decide who keeps access: {review.Title}",
                "Access that nobody looks at only ever grows (A.5.18).",
                person.Id,
                review.DueOn,
                ct
            );
    }

    /// <summary>
    /// Finds out whose the undecided accounts are that nobody knew, and takes them from whoever would decide about
    /// themselves.
    /// </summary>
    public async Task Recognise(AccessReview review, CancellationToken ct)
    {
        var known = await KnownAccounts.Read(db, ct);
        var items = await db.Set<AccessReviewItem>()
            .Where(i => i.ReviewId == review.Id && i.Decision == AccessDecision.Pending && i.PersonId == null)
            .ToListAsync(ct);
        foreach (var item in items)
            item.PersonId = known.Behind(item.Principal);
        var own = items.Where(i => i.PersonId == i.ReviewerId).ToList();
        if (own.Count == 0)
            return;
        var owners = await OwnersOf(own, ct);
        foreach (var item in own)
            item.ReviewerId =
                review.Decides(item.ResourceId is { } id ? owners.GetValueOrDefault(id) : null, item.PersonId)
                ?? item.ReviewerId;
        await Ask(review, [.. own.Where(i => i.PersonId != i.ReviewerId).Select(i => i.ReviewerId).Distinct()], ct);
    }

    /// <summary>
    /// Closes the tasks of those who decided; when everything is decided, keeps the evidence and asks for what has to
    /// be carried out.
    /// </summary>
    public async Task Settle(AccessReview review, CancellationToken ct)
    {
        var items = await db.Set<AccessReviewItem>()
            .Where(i => i.ReviewId == review.Id)
            .OrderBy(i => i.Position)
            .ToListAsync(ct);
        var undecided = items.Where(i => i.Decision == AccessDecision.Pending).Select(i => i.ReviewerId).ToHashSet();
        await SettleAsked(review, undecided, ct);
        if (undecided.Count > 0)
            return;
        await work.Settle(review, Escalated, "Everything is decided.", ct);
        var kept = await evidence.Keep(review, items, ct);
        review.EvidenceRef = kept.Ref;
        await db.Connect(kept, LinkTypes.CausedBy, review, ct);
        var waiting = items.Where(i => i.Waits).ToList();
        review.State = waiting.Count == 0 ? AccessReviewState.Closed : AccessReviewState.Decided;
        if (waiting.Count > 0)
            await work.Ensure(
                review,
                Revoke,
                $"Carry out {waiting.Count} decisions of {review.Ref}",
                string.Join("; ", waiting.Take(MostNamed).Select(Said)).Cut(1000),
                review.ReviewerId,
                db.Today.AddDays(DaysToCarryOut),
                ct
            );
    }

    /// <summary>Closes a decided review: nothing waits to be carried out any more.</summary>
    public async Task Close(AccessReview review, string outcome, CancellationToken ct)
    {
        review.State = AccessReviewState.Closed;
        await work.Settle(review, Revoke, outcome, ct);
    }

    /// <summary>
    /// Closes the tasks of all but those who are waited for: of who decided, and of whose accesses another reviewer
    /// took over.
    /// </summary>
    private async Task SettleAsked(AccessReview review, HashSet<Guid> waitedFor, CancellationToken ct)
    {
        var asked = await db.Set<WorkItem>()
            .Where(t => t.SubjectId == review.Id && t.State == WorkState.Open && t.Purpose.StartsWith(Asked))
            .Select(t => t.Purpose)
            .ToListAsync(ct);
        var waiting = (await db.Set<Person>().Where(p => waitedFor.Contains(p.Id)).ToListAsync(ct)).Select(Purpose);
        foreach (var purpose in asked.Except(waiting))
            await work.Settle(review, purpose, "Everything is decided.", ct);
    }

    private async Task<Dictionary<Guid, Guid?>> OwnersOf(IReadOnlyList<AccessReviewItem> items, CancellationToken ct)
    {
        var ids = items.Select(i => i.ResourceId).OfType<Guid>().ToList();
        return await (
            from resource in db.Set<Resource>()
            where ids.Contains(resource.Id)
            join asset in db.Set<Asset>() on resource.AssetId equals asset.Id
            select new { resource.Id, asset.OwnerId }
        ).ToDictionaryAsync(r => r.Id, r => r.OwnerId, ct);
    }

    private static string Said(AccessReviewItem item) =>
        $"{item.Decision} {item.Principal} on {item.ResourceName}{(item.WantedPermission is { } wanted ? $" to {wanted}" : "")}: {item.Reason}";

    private static string Purpose(Person person) => Asked + person.Ref;
}
