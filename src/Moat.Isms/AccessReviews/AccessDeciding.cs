using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.People;

namespace Moat.Isms.AccessReviews;

/// <summary>What reviewers do with the accesses of a review.</summary>
[Process(AccessReviewProcess.Name, AccessReviewProcess.Summary)]
public sealed class AccessDeciding(
    MoatDb db,
    CurrentCaller caller,
    PeopleDirectory people,
    AccessReviewDesk desk,
    AccessFollowing following
)
{
    /// <summary>Decides about accesses. Nobody decides about their own, and only who was named decides.</summary>
    [
        ProvenInPack,
        ByPerson,
        Operation("decide", Permission.Work, "Decide about accesses: keep, change or revoke; never one's own")
    ]
    public async Task<Done> Decide(DecideAccess input, CancellationToken ct)
    {
        var review = await Open(input.Ref, ct);
        if (input.Decision == AccessDecision.Pending)
            throw new InputInvalid("decision", "One of keep, change, revoke.");
        if (input.Decision != AccessDecision.Keep && string.IsNullOrWhiteSpace(input.Reason))
            throw new InputInvalid("reason", "Say why, so that whoever carries it out knows what to do.");
        await desk.Recognise(review, ct);
        var items = await Mine(review, input.Positions, "decide", ct);
        var wanted = Wanted(input, items);
        foreach (var item in items)
            item.Decide(input.Decision, wanted, input.Reason, caller.Value.Name, db.Now);
        await desk.Settle(review, ct);
        return new Done(review);
    }

    /// <summary>Keeps all that the caller was asked about and did not decide yet, for one reason.</summary>
    [
        ByPerson,
        Operation(
            "keep-rest",
            Permission.Work,
            "Keep all undecided accesses that you were asked about, for one reason; never your own"
        )
    ]
    public async Task<Tally> KeepRest(KeepRest input, CancellationToken ct)
    {
        var review = await Open(input.Ref, ct);
        await desk.Recognise(review, ct);
        var me = Me();
        // Read again what was recognised a moment ago: it is not stored yet.
        var rest = (
            await db.Set<AccessReviewItem>()
                .Where(i => i.ReviewId == review.Id && i.Decision == AccessDecision.Pending)
                .ToListAsync(ct)
        )
            .Where(i => i.ReviewerId == me && i.PersonId != me)
            .ToList();
        if (rest.Count == 0)
            throw new RuleBroken("access-reviews.keep-rest.none", $"Nothing in {review.Ref} waits for you.");
        foreach (var item in rest)
            item.Decide(AccessDecision.Keep, null, input.Reason, caller.Value.Name, db.Now);
        await desk.Settle(review, ct);
        return new Tally(rest.Count, []);
    }

    /// <summary>
    /// Says whose an account is that nobody knew. The person keeps the login, so that the next review knows it; their
    /// own access goes to another reviewer.
    /// </summary>
    [
        PeopleOnly,
        Operation("name-holder", Permission.Work, "Say whose an unknown account is; the login is kept with the person")
    ]
    public async Task<Done> NameHolder(NameHolder input, CancellationToken ct)
    {
        var review = await Open(input.Ref, ct);
        await desk.Recognise(review, ct);
        var item = (await Asked(review, [input.Position], "name-holder", ct))[0];
        var person = await db.One<Person>(input.Person, ct);
        if (item.PersonId is not null)
            throw new RuleBroken(
                "access-reviews.name-holder.known",
                $"It is known whose {item.Principal} is. A wrong login is taken away on the person's page."
            );
        await people.GiveLogins(person, [.. person.Logins, item.Principal], ct);
        await desk.Recognise(review, ct);
        await desk.Settle(review, ct);
        return new Done(review);
    }

    /// <summary>
    /// Says that decisions were seen carried out at the source where no collection can see it: the resource is gone,
    /// silent or does not tell.
    /// </summary>
    [
        ByPerson,
        Operation(
            "confirm",
            Permission.Work,
            "Say that decisions were seen carried out where no collection can show it, and how you know"
        )
    ]
    public async Task<Done> Confirm(ConfirmAccess input, CancellationToken ct)
    {
        var review = await db.One<AccessReview>(input.Ref, ct);
        var items = await Mine(review, input.Positions, "confirm", ct);
        var seen = await following.Look(review, ct);
        foreach (var item in items)
        {
            var sight =
                seen.GetValueOrDefault(item.Id)
                ?? throw new RuleBroken(
                    "access-reviews.confirm.waits",
                    $"Nothing has to be carried out for access {item.Position}."
                );
            if (!sight.ByHand)
                throw new RuleBroken(
                    "access-reviews.confirm.seen",
                    $"A collection can see access {item.Position}: {item.Principal} {sight.Why}. It closes by itself."
                );
            item.Confirm(caller.Value.Name, input.How, db.Now);
        }
        if (review.State == AccessReviewState.Decided && seen.Keys.All(items.Select(i => i.Id).Contains))
            await desk.Close(review, "It was seen carried out.", ct);
        return new Done(review);
    }

    private async Task<AccessReview> Open(string reference, CancellationToken ct) =>
        await db.One<AccessReview>(reference, ct) is { State: AccessReviewState.Open } review
            ? review
            : throw new RuleBroken("access-reviews.decide.open", $"{reference} is decided.");

    private Guid Me() =>
        caller.Value.PersonId
        ?? throw new RuleBroken("access-reviews.decide.person", "Only a person decides about access.");

    /// <summary>Those accesses, of which none is the caller's own.</summary>
    private async Task<List<AccessReviewItem>> Mine(
        AccessReview review,
        List<int> positions,
        string verb,
        CancellationToken ct
    )
    {
        var items = await Asked(review, positions, verb, ct);
        var me = Me();
        if (items.Find(i => i.PersonId == me) is { } own)
            throw new RuleBroken(
                $"access-reviews.{verb}.self",
                $"Access {own.Position} is your own: somebody else decides about it."
            );
        return items;
    }

    /// <summary>Those accesses, about which the caller was asked.</summary>
    private async Task<List<AccessReviewItem>> Asked(
        AccessReview review,
        List<int> positions,
        string verb,
        CancellationToken ct
    )
    {
        var items = await db.Set<AccessReviewItem>()
            .Where(i => i.ReviewId == review.Id && positions.Contains(i.Position))
            .ToListAsync(ct);
        if (positions.Except(items.Select(i => i.Position)).Select(p => (int?)p).FirstOrDefault() is { } missing)
            throw new InputInvalid("positions", $"There is no access {missing} in {review.Ref}.");
        var me = Me();
        return caller.Value.IsManager || items.TrueForAll(i => i.ReviewerId == me || i.PersonId == me)
            ? items
            : throw new RuleBroken($"access-reviews.{verb}.reviewer", "Somebody else was asked about this access.");
    }

    private static string? Wanted(DecideAccess input, IReadOnlyList<AccessReviewItem> items)
    {
        var wanted = string.IsNullOrWhiteSpace(input.WantedPermission) ? null : input.WantedPermission.Trim();
        if (input.Decision != AccessDecision.Change)
            return wanted is null
                ? null
                : throw new InputInvalid(
                    "wantedPermission",
                    "Only a change gives another right. Leave it empty, or choose to change."
                );
        if (wanted is null)
            throw new InputInvalid(
                "wantedPermission",
                "Say what they may do instead, as the source names it, so that a later collection can show it."
            );
        return items.FirstOrDefault(i => i.Permission.Equals(wanted, StringComparison.OrdinalIgnoreCase)) is { } same
            ? throw new InputInvalid(
                "wantedPermission",
                $"Access {same.Position} is {same.Permission} already. Keep it, or say another right."
            )
            : wanted;
    }
}
