using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.Work;

namespace Moat.Isms.AccessReviews;

/// <summary>
/// Access reviews (A.5.18): who can reach what, decided by somebody else, and followed until it happened.
/// </summary>
[Process(Name, Summary)]
public sealed class AccessReviewProcess(
    MoatDb db,
    CurrentCaller caller,
    AccessPopulation population,
    AccessReviewDesk desk,
    AccessFollowing following,
    AccessReviewReading reading,
    WorkList work
)
{
    internal const string Name = "access-reviews";
    internal const string Summary =
        "Who can reach what, decided by somebody else, and followed until a collection shows it (A.5.18).";
    private const int MostItems = 5000;

    /// <summary>The reviews.</summary>
    [Query("list", Permission.Work, "List access reviews; members see those they decide in")]
    public async Task<IReadOnlyList<AccessReviewRow>> List(Nothing input, CancellationToken ct)
    {
        var me = caller.Value.PersonId;
        var all = caller.Value.May(Permission.ReadIsms);
        var items = db.Set<AccessReviewItem>();
        var rows = await db.Set<AccessReview>()
            .Where(r => all || items.Any(i => i.ReviewId == r.Id && i.ReviewerId == me))
            .OrderByDescending(r => r.Number)
            .Take(200)
            .Select(r => new
            {
                Review = r,
                Pending = items.Count(i => i.ReviewId == r.Id && i.Decision == AccessDecision.Pending),
                Waiting = items.Count(i =>
                    i.ReviewId == r.Id
                    && (i.Decision == AccessDecision.Change || i.Decision == AccessDecision.Revoke)
                    && i.ShownAt == null
                ),
            })
            .ToListAsync(ct);
        return [.. rows.Select(r => Row(r.Review, r.Pending, r.Waiting))];
    }

    /// <summary>The kinds of resources that say who can reach them.</summary>
    [Query(
        "kinds",
        Permission.ReadIsms,
        "List the kinds of resources of which it is collected who can reach them, with how many accesses"
    )]
    public Task<IReadOnlyList<AccessKind>> Kinds(Nothing input, CancellationToken ct) => population.Kinds(ct);

    /// <summary>A review with its population. Members see what they decide about.</summary>
    [Query(
        "get",
        Permission.Work,
        "Read an access review, all of it or what waits for you; members see what they decide about"
    )]
    public async Task<AccessReviewView> Get(ReadAccessReview input, CancellationToken ct)
    {
        var review = await db.One<AccessReview>(input.Ref, ct);
        var me = caller.Value.PersonId;
        var query = db.Set<AccessReviewItem>().Where(i => i.ReviewId == review.Id);
        if (!caller.Value.May(Permission.ReadIsms))
            query = query.Where(i => i.ReviewerId == me);
        var items = await query.OrderBy(i => i.Position).ToListAsync(ct);
        if (items.Count == 0 && !caller.Value.May(Permission.ReadIsms))
            throw new NotFound(input.Ref);
        bool Pending(AccessReviewItem item) => item.Decision == AccessDecision.Pending;
        var asked = items.Where(i => (!input.Mine || i.ReviewerId == me) && (!input.Undecided || Pending(i))).ToList();
        return new AccessReviewView(
            Row(review, items.Count(Pending), items.Count(i => i.Waits)),
            review.Kinds,
            review.PopulationSha256,
            review.CreatedAt,
            await reading.Items(review, asked, ct),
            caller.Value.May(Permission.ReadIsms) ? await reading.Gaps(review, ct) : [],
            items.Count(i => !Pending(i)),
            items.Count,
            items.Count(i => Pending(i) && i.ReviewerId == me)
        );
    }

    /// <summary>Freezes who can reach what now, and gives every access to somebody who does not have it.</summary>
    [Operation(
        "create",
        Permission.EditPeople,
        "Start an access review: freeze who can reach what and give each access a reviewer"
    )]
    public async Task<Done> Create(CreateAccessReview input, CancellationToken ct)
    {
        if (input.DueOn < db.Today)
            throw new InputInvalid("dueOn", "This day is over.");
        var (reviewer, deputy) = (await db.One<Person>(input.Reviewer, ct), await db.One<Person>(input.Deputy, ct));
        if (reviewer.Id == deputy.Id)
            throw new InputInvalid(
                "deputy",
                "The deputy decides about the reviewer's own access, so it is somebody else."
            );
        var found = await population.Read(input.Kinds, ct);
        if (Unfit(found) is { } problem)
            throw new InputInvalid("kinds", problem);
        var review = await db.Enter(
            new AccessReview
            {
                Title = input.Title,
                Kinds = input.Kinds,
                DueOn = input.DueOn,
                ReviewerId = reviewer.Id,
                DeputyId = deputy.Id,
                Population = found.Accesses.Count,
                PopulationSha256 = Convert.ToHexStringLower(
                    SHA256.HashData(
                        JsonSerializer.SerializeToUtf8Bytes(
                            found.Accesses.Select(f => new
                            {
                                f.ResourceName,
                                f.Principal,
                                f.Permission,
                            })
                        )
                    )
                ),
            },
            ct
        );
        await desk.Ask(review, await Freeze(review, found, ct), ct);
        await Examine(review, [.. found.Accesses.Select(a => a.ResourceId).OfType<Guid>().Distinct()], ct);
        return new Done(review);
    }

    // Who may read an asset is looked at with its owner: the review names the assets whose accesses it froze.
    private async Task Examine(AccessReview review, List<Guid> resources, CancellationToken ct)
    {
        var assets = await db.Set<Asset>()
            .Where(a => db.Set<Resource>().Any(r => resources.Contains(r.Id) && r.AssetId == a.Id))
            .ToListAsync(ct);
        foreach (var asset in assets)
            await db.Connect(review, LinkTypes.Examines, asset, ct);
    }

    /// <summary>
    /// Looks whether what was revoked or changed is seen to be so, and escalates what is overdue. Done by the server
    /// itself.
    /// </summary>
    [
        Daily(DailyTurn.Registers),
        Operation(
            "keep-current",
            Permission.EditPeople,
            "See whether revocations happened, and escalate reviews that are overdue"
        )
    ]
    public async Task<Tally> KeepCurrent(Nothing input, CancellationToken ct)
    {
        var shown = 0;
        foreach (
            var review in await db.Set<AccessReview>().Where(r => r.State != AccessReviewState.Closed).ToListAsync(ct)
        )
        {
            if (review.State == AccessReviewState.Open)
                await desk.Recognise(review, ct);
            if (review.State == AccessReviewState.Open && review.DueOn < db.Today)
                await work.Ensure(
                    review,
                    AccessReviewDesk.Escalated,
                    $"{review.Ref} {review.Title} is overdue",
                    "Reviewers did not decide in time. Speak with them, or decide instead of them.",
                    null,
                    db.Today.AddDays(3),
                    ct
                );
            var (seen, done) = await following.Follow(review, ct);
            if (review.State == AccessReviewState.Decided && done)
                await desk.Close(review, "A collection shows that it happened.", ct);
            shown += seen;
        }
        return new Tally(shown, []);
    }

    private static string? Unfit(Population found) =>
        found.Accesses.Count switch
        {
            0 when found.Unseen.Count > 0 =>
                $"Of {found.Unseen.Count} resources it cannot be seen who reaches them; {found.Unseen[0].Resource.Ref} {found.Unseen[0].Resource.Name}: {found.Unseen[0].Unseen}.",
            0 =>
                "Nothing that is collected names who can reach it. Connect a source that may read collaborators or grants.",
            > MostItems =>
                $"These are {found.Accesses.Count} accesses; at most {MostItems} fit into one review. Take fewer kinds.",
            _ => null,
        };

    /// <summary>Enters the population and its gaps, and answers who decides.</summary>
    private async Task<HashSet<Guid>> Freeze(AccessReview review, Population found, CancellationToken ct)
    {
        var deciding = new HashSet<Guid>();
        foreach (var (access, index) in found.Accesses.Select((a, i) => (a, i)))
        {
            var item = await db.Enter(
                new AccessReviewItem
                {
                    ReviewId = review.Id,
                    Position = index + 1,
                    ResourceId = access.ResourceId,
                    ResourceName = access.ResourceName,
                    Principal = access.Principal,
                    Permission = access.Permission,
                    PersonId = access.PersonId,
                    ReviewerId = review.Decides(access.OwnerId, access.PersonId)!.Value,
                },
                ct
            );
            deciding.Add(item.ReviewerId);
        }
        foreach (var unseen in found.Unseen)
            await db.Enter(
                new AccessReviewGap
                {
                    ReviewId = review.Id,
                    ResourceId = unseen.Resource.Id,
                    ResourceName = unseen.Resource.Name,
                    Why = unseen.Unseen!.Cut(500),
                },
                ct
            );
        return deciding;
    }

    private static AccessReviewRow Row(AccessReview review, int pending, int waiting) =>
        new(
            review.Ref,
            review.Version,
            review.Title,
            review.State,
            review.DueOn,
            review.Population,
            pending,
            waiting,
            review.EvidenceRef
        );
}
