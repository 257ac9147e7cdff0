using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Controls;
using Moat.Isms.Evidence;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Kernel;
using Moat.Isms.Work;

namespace Moat.Isms.People.AccessReviews;

/// <summary>Access reviews (A.5.18): who can reach what, decided by somebody else, and followed until it happened.</summary>
[Process("access-reviews", "Who can reach what, decided by somebody else, and followed until a collection shows it (A.5.18).")]
public sealed class AccessReviewProcess(MoatDb db, CurrentCaller caller, AccessPopulation population, WorkList work, EvidenceKeeper keeper)
{
    private const int MostItems = 5000;
    private const string Escalated = "escalated";
    private static readonly List<string> Shows = ["A.5.18", "A.8.2"];

    /// <summary>The reviews.</summary>
    [Query("list", Permission.Work, "List access reviews; members see those they decide in")]
    public async Task<IReadOnlyList<AccessReviewRow>> List(Nothing input, CancellationToken ct)
    {
        var me = caller.Value.PersonId;
        var all = caller.Value.May(Permission.ReadIsms);
        var items = db.Set<AccessReviewItem>();
        var rows = await db.Set<AccessReview>().Where(r => all || items.Any(i => i.ReviewId == r.Id && i.ReviewerId == me)).OrderByDescending(r => r.Number).Take(200).Select(r => new
        {
            Review = r,
            Pending = items.Count(i => i.ReviewId == r.Id && i.Decision == AccessDecision.Pending),
            Waiting = items.Count(i => i.ReviewId == r.Id && (i.Decision == AccessDecision.Change || i.Decision == AccessDecision.Revoke) && i.ShownAt == null),
        }).ToListAsync(ct);
        return [.. rows.Select(r => Row(r.Review, r.Pending, r.Waiting))];
    }

    /// <summary>A review with its population. Members see what they decide about.</summary>
    [Query("get", Permission.Work, "Read an access review; members see what they decide about")]
    public async Task<AccessReviewView> Get(OneRecord input, CancellationToken ct)
    {
        var review = await db.One<AccessReview>(input.Ref, ct);
        var me = caller.Value.PersonId;
        var query = db.Set<AccessReviewItem>().Where(i => i.ReviewId == review.Id);
        if (!caller.Value.May(Permission.ReadIsms)) query = query.Where(i => i.ReviewerId == me);
        var rows = await (from item in query
                          join reviewer in db.Set<Person>() on item.ReviewerId equals reviewer.Id
                          join behind in db.Set<Person>() on item.PersonId equals behind.Id into persons
                          from person in persons.DefaultIfEmpty()
                          join told in db.Set<Resource>() on item.ResourceId equals told.Id into resources
                          from resource in resources.DefaultIfEmpty()
                          orderby item.Position
                          select new { item, Reviewer = reviewer.Name, Person = person == null ? null : person.Name, Resource = resource == null ? (int?)null : resource.Number }).ToListAsync(ct);
        if (rows.Count == 0 && !caller.Value.May(Permission.ReadIsms)) throw new NotFound(input.Ref);
        return new AccessReviewView(
            Row(review, rows.Count(r => r.item.Decision == AccessDecision.Pending), rows.Count(r => r.item.Waits)), review.Kinds, review.PopulationSha256, review.CreatedAt,
            [.. rows.Select(r => new AccessItemView(
                r.item.Position, r.Resource is { } number ? $"RES-{number}" : null, r.item.ResourceName, r.item.Principal, r.Person, r.item.Permission, r.Reviewer, r.item.ReviewerId == me,
                r.item.Decision, r.item.Reason, r.item.DecidedBy, r.item.DecidedAt, r.item.ShownAt))]);
    }

    /// <summary>Freezes who can reach what now, and gives every access to somebody who does not have it.</summary>
    [Operation("create", Permission.EditPeople, "Start an access review: freeze who can reach what and give each access a reviewer")]
    public async Task<Done> Create(CreateAccessReview input, CancellationToken ct)
    {
        if (input.DueOn < db.Today) throw new InputInvalid("dueOn", "This day is over.");
        var (reviewer, deputy) = (await db.One<Person>(input.Reviewer, ct), await db.One<Person>(input.Deputy, ct));
        if (reviewer.Id == deputy.Id) throw new InputInvalid("deputy", "The deputy decides about the reviewer's own access, so it is somebody else.");
        var found = await population.Read(input.Kinds, ct);
        if (found.Count == 0) throw new InputInvalid("kinds", "Nothing that is collected names who can reach it. Connect a source that may read collaborators or grants.");
        if (found.Count > MostItems) throw new InputInvalid("kinds", $"These are {found.Count} accesses; at most {MostItems} fit into one review. Take fewer kinds.");
        var review = await db.Enter(
            new AccessReview
            {
                Title = input.Title,
                Kinds = input.Kinds,
                DueOn = input.DueOn,
                ReviewerId = reviewer.Id,
                Population = found.Count,
                PopulationSha256 = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(found.Select(f => new { f.ResourceName, f.Principal, f.Permission })))),
            }, ct);
        var deciding = new HashSet<Guid>();
        foreach (var (access, index) in found.Select((a, i) => (a, i)))
        {
            var decides = new[] { access.OwnerId, reviewer.Id, deputy.Id }.First(p => p is not null && p != access.PersonId)!.Value;
            deciding.Add(decides);
            await db.Enter(
                new AccessReviewItem
                {
                    ReviewId = review.Id,
                    Position = index + 1,
                    ResourceId = access.ResourceId,
                    ResourceName = access.ResourceName,
                    Principal = access.Principal,
                    Permission = access.Permission,
                    PersonId = access.PersonId,
                    ReviewerId = decides,
                }, ct);
        }
        foreach (var person in await db.Set<Person>().Where(p => deciding.Contains(p.Id)).ToListAsync(ct))
            await work.Ensure(review, Purpose(person), $"Decide who keeps access: {review.Title}", "Access that nobody looks at only ever grows (A.5.18).", person.Id, review.DueOn, ct);
        return new Done(review);
    }

    /// <summary>Decides about accesses. Nobody decides about their own, and only who was named decides.</summary>
    [Operation("decide", Permission.Work, "Decide about accesses: keep, change or revoke; never one's own")]
    public async Task<Done> Decide(DecideAccess input, CancellationToken ct)
    {
        var review = await db.One<AccessReview>(input.Ref, ct);
        if (review.State != AccessReviewState.Open) throw new RuleBroken("access-reviews.decide.open", $"{review.Ref} is decided.");
        if (input.Decision == AccessDecision.Pending) throw new InputInvalid("decision", "One of keep, change, revoke.");
        if (input.Decision != AccessDecision.Keep && string.IsNullOrWhiteSpace(input.Reason)) throw new InputInvalid("reason", "Say why, so that whoever carries it out knows what to do.");
        var items = await db.Set<AccessReviewItem>().Where(i => i.ReviewId == review.Id && input.Positions.Contains(i.Position)).ToListAsync(ct);
        if (input.Positions.Except(items.Select(i => i.Position)).FirstOrDefault() is var missing and > 0) throw new InputInvalid("positions", $"There is no access {missing} in {review.Ref}.");
        var me = caller.Value.PersonId ?? throw new RuleBroken("access-reviews.decide.person", "Only a person decides about access.");
        if (items.FirstOrDefault(i => i.PersonId == me) is { } own) throw new RuleBroken("access-reviews.decide.self", $"Access {own.Position} is your own: somebody else decides about it.");
        if (!caller.Value.IsManager && items.Any(i => i.ReviewerId != me)) throw new RuleBroken("access-reviews.decide.reviewer", "Somebody else was asked about this access.");
        foreach (var item in items) item.Decide(input.Decision, input.Reason, caller.Value.Name, db.Now);
        await Settle(review, ct);
        return new Done(review);
    }

    /// <summary>Looks whether what was revoked or changed is seen to be so, and escalates what is overdue. Done by the server itself.</summary>
    [Operation("keep-current", Permission.EditPeople, "See whether revocations happened, and escalate reviews that are overdue")]
    public async Task<Tally> KeepCurrent(Nothing input, CancellationToken ct)
    {
        var shown = 0;
        foreach (var review in await db.Set<AccessReview>().Where(r => r.State != AccessReviewState.Closed).ToListAsync(ct))
        {
            if (review.State == AccessReviewState.Open && review.DueOn < db.Today)
                await work.Ensure(review, Escalated, $"{review.Ref} {review.Title} is overdue", "Reviewers did not decide in time. Speak with them, or decide instead of them.", null, db.Today.AddDays(3), ct);
            shown += await Shown(review, ct);
        }
        return new Tally(shown, []);
    }

    private async Task<int> Shown(AccessReview review, CancellationToken ct)
    {
        var waiting = (await db.Set<AccessReviewItem>().Where(i => i.ReviewId == review.Id && i.ShownAt == null && (i.Decision == AccessDecision.Change || i.Decision == AccessDecision.Revoke)).ToListAsync(ct));
        var now = waiting.Count == 0 ? [] : await population.Read(review.Kinds, ct);
        var shown = waiting.Where(i => !now.Any(a => a.ResourceId == i.ResourceId && a.Principal == i.Principal && (i.Decision == AccessDecision.Revoke || a.Permission == i.Permission))).ToList();
        foreach (var item in shown) item.ShownAt = db.Now;
        if (review.State == AccessReviewState.Decided && shown.Count == waiting.Count)
        {
            review.State = AccessReviewState.Closed;
            await work.Settle(review, "revoke", "A collection shows that it happened.", ct);
        }
        return shown.Count;
    }

    private async Task Settle(AccessReview review, CancellationToken ct)
    {
        var items = await db.Set<AccessReviewItem>().Where(i => i.ReviewId == review.Id).OrderBy(i => i.Position).ToListAsync(ct);
        foreach (var person in await db.Set<Person>().Where(p => items.Select(i => i.ReviewerId).Contains(p.Id)).ToListAsync(ct))
            if (!items.Any(i => i.ReviewerId == person.Id && i.Decision == AccessDecision.Pending)) await work.Settle(review, Purpose(person), "Everything is decided.", ct);
        if (items.Any(i => i.Decision == AccessDecision.Pending)) return;
        await work.Settle(review, Escalated, "Everything is decided.", ct);
        review.EvidenceRef = (await Evidence(review, items, ct)).Ref;
        var waiting = items.Where(i => i.Waits).ToList();
        review.State = waiting.Count == 0 ? AccessReviewState.Closed : AccessReviewState.Decided;
        if (waiting.Count > 0)
            await work.Ensure(review, "revoke", $"Carry out {waiting.Count} decisions of {review.Ref}", string.Join("; ", waiting.Take(10).Select(i => $"{i.Decision} {i.Principal} on {i.ResourceName}: {i.Reason}")) is var text && text.Length > 1000 ? text[..1000] : text, review.ReviewerId, db.Today.AddDays(7), ct);
    }

    /// <summary>Population and decisions, frozen together.</summary>
    private async Task<EvidenceItem> Evidence(AccessReview review, IReadOnlyList<AccessReviewItem> items, CancellationToken ct)
    {
        var controls = await db.Set<Control>().Where(c => Shows.Contains(c.Code)).Select(c => c.Code).ToListAsync(ct);
        var file = new JsonObject
        {
            ["review"] = review.Ref,
            ["title"] = review.Title,
            ["frozenAt"] = $"{review.CreatedAt:O}",
            ["populationSha256"] = review.PopulationSha256,
            ["accesses"] = new JsonArray([.. items.Select(i => (JsonNode)new JsonObject
            {
                ["position"] = i.Position, ["resource"] = i.ResourceName, ["principal"] = i.Principal, ["permission"] = i.Permission, ["decision"] = $"{i.Decision}", ["reason"] = i.Reason,
                ["decidedBy"] = i.DecidedBy, ["decidedAt"] = $"{i.DecidedAt:O}",
            })]),
        };
        var from = DateOnly.FromDateTime(review.CreatedAt);
        return await keeper.Keep(
            new EvidenceContent($"Access review: {review.Title}", EvidenceKind.File, Encoding.UTF8.GetBytes(file.ToJsonString()), FileName: $"{review.Ref}.json"),
            new ReviewFrame { Controls = controls, Clauses = controls.Count == 0 ? ["9.1"] : [], PeriodFrom = from, PeriodTo = db.Today, Population = $"all {items.Count} accesses that were collected", Complete = true }, ct);
    }

    private static AccessReviewRow Row(AccessReview review, int pending, int waiting) =>
        new(review.Ref, review.Version, review.Title, review.State, review.DueOn, review.Population, pending, waiting, review.EvidenceRef);

    private static string Purpose(Person person) => $"access:{person.Ref}";

    private sealed record ReviewFrame : EvidenceFrame;
}
