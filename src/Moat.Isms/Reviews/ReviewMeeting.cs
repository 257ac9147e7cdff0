using Microsoft.EntityFrameworkCore;
using Moat.Isms.Documents;
using Moat.Isms.Kernel;
using Moat.Isms.Work;

namespace Moat.Isms.Reviews;

/// <summary>
/// The meeting: conclusions, decisions, who was there, and its approved minutes (clauses 9.3.1, 9.3.3).
/// </summary>
[Process(ManagementReviewProcess.Name, ManagementReviewProcess.Summary)]
public sealed class ReviewMeeting(
    MoatDb db,
    CurrentCaller caller,
    ReviewParticipants participants,
    ReviewReading reading,
    DecisionDesk desk,
    RecordFinder records,
    WorkList work,
    ReviewPreparation preparation
)
{
    internal const string ApproveTask = "approve-minutes";
    private const int DaysToApprove = 14;
    private const int DaysThatMinutesAreKept = 1095;
    private static readonly HashSet<string> Examined = ["OBJ", "RISK", "AUD", "FIND", "SENT"];

    /// <summary>Keeps what the meeting concludes about a topic.</summary>
    [Operation("conclude", Permission.HoldReviews, "Keep what the meeting concludes about a topic")]
    public async Task<Done> Conclude(ConcludeTopic input, CancellationToken ct)
    {
        var review = await db.One<ManagementReview>(input.Ref, ct);
        await Conclude(review, input.Topic, input.Text, ct);
        return new Done(review);
    }

    /// <summary>Keeps the minutes of several topics at once, so that nobody saves ten times and loses nine.</summary>
    [Operation(
        "minute",
        Permission.HoldReviews,
        "Keep what is concluded about several topics and what is brought to them, together"
    )]
    public async Task<Done> Minute(MinuteReview input, CancellationToken ct)
    {
        var review = await db.One<ManagementReview>(input, ct);
        var known = await db.Set<ReviewConclusion>()
            .Where(c => c.ReviewId == review.Id)
            .ToDictionaryAsync(c => c.Topic, c => c.Text, ct);
        foreach (var topic in input.Topics)
        {
            if (topic.Conclusion is { } text && known.GetValueOrDefault(topic.Topic) != text)
                await Conclude(review, topic.Topic, text, ct);
            if (topic.Brought is { } brought)
                await preparation.Bring(review, topic.Topic, brought, ct);
        }
        return new Done(review);
    }

    private async Task Conclude(ManagementReview review, string topic, string text, CancellationToken ct)
    {
        review.MustBeInWork("reviews.conclude.open");
        ReviewPreparation.MustKnow(topic);
        if (
            await db.Set<ReviewConclusion>()
                .AsTracking()
                .FirstOrDefaultAsync(c => c.ReviewId == review.Id && c.Topic == topic, ct) is
            { } known
        )
            (known.Text, known.By) = (text, caller.Value.Name);
        else
            await db.Enter(
                new ReviewConclusion
                {
                    ReviewId = review.Id,
                    Topic = topic,
                    Text = text,
                    By = caller.Value.Name,
                },
                ct
            );
    }

    /// <summary>Keeps a decision. It takes effect when the review is held with top management present.</summary>
    [Operation(
        "decide",
        Permission.HoldReviews,
        "Keep a decision with owner and date; it takes effect when the review is held"
    )]
    public async Task<Done> Decide(DecideInReview input, CancellationToken ct)
    {
        var review = await db.One<ManagementReview>(input.Ref, ct);
        review.MustBeInWork("reviews.decide.open");
        if (input.Kind != DecisionKind.NoChange && string.IsNullOrEmpty(input.Owner))
            throw new InputInvalid("owner", "Say who carries it out. “The team will look into it” is no decision.");
        if (input.Kind != DecisionKind.NoChange && input.DueOn is null)
            throw new InputInvalid("dueOn", "Say by when.");
        if (input.DueOn < db.Today)
            throw new InputInvalid("dueOn", "This day is over.");
        var decision = await db.Enter(
            new ReviewDecision
            {
                ReviewId = review.Id,
                Position = await db.Set<ReviewDecision>().CountAsync(d => d.ReviewId == review.Id, ct) + 1,
                Kind = input.Kind,
                Text = input.Text,
                Reason = input.Reason,
                OwnerId = await People.Owners.OwnerId(db, input.Owner, ct),
                DueOn = input.DueOn,
                By = caller.Value.Name,
            },
            ct
        );
        if (review.WasHeld)
            await desk.CarryOut(review, decision, ct);
        return new Done(review);
    }

    /// <summary>
    /// Says that it took place: top management was there, each topic has a conclusion, something was decided.
    /// </summary>
    [
        ProvenInPack,
        ByPerson,
        Operation(
            "hold",
            Permission.HoldReviews,
            "Say that the review took place and who took part; its decisions become tasks and improvements"
        )
    ]
    public async Task<Done> Hold(HoldReview input, CancellationToken ct)
    {
        var review = await db.One<ManagementReview>(input, ct);
        var on = input.HeldOn ?? db.Today;
        if (on > db.Today)
            throw new InputInvalid("heldOn", "What has not taken place yet cannot be held.");
        if (review.PreparedAt is { } prepared && on < DateOnly.FromDateTime(prepared))
            throw new InputInvalid(
                "heldOn",
                $"Its inputs were frozen on {prepared:yyyy-MM-dd}. A meeting before that day did not have them."
            );
        var present = await participants.People("attended", input.Attended, ct);
        if (review.State == ReviewState.Prepared)
            await MustBeWhole(review, [.. present.Select(p => p.Id)], ct);
        review.Hold(on, [.. present.Select(p => p.Ref)], input.Judgement);
        foreach (
            var decision in await db.Set<ReviewDecision>()
                .AsTracking()
                .Where(d => d.ReviewId == review.Id)
                .OrderBy(d => d.Position)
                .ToListAsync(ct)
        )
            await desk.CarryOut(review, decision, ct);
        await Examine(review, ct);
        await work.Settle(review, ReviewPreparation.HoldTask, "The review was held.", ct);
        await work.Ensure(
            review,
            ApproveTask,
            $"Approve the minutes: {review.Title}",
            "Minutes that nobody approved are one person's memory (9.3.3).",
            review.ChairId,
            db.Today.AddDays(DaysToApprove),
            ct
        );
        return new Done(review);
    }

    /// <summary>
    /// Approves exactly the minutes that were read; they become a document that cannot change any more.
    /// </summary>
    [ProvenInPack, ByPerson, Operation("approve", Permission.Approve, "Approve the minutes as somebody who took part")]
    public async Task<Done> Approve(ApproveMinutes input, CancellationToken ct)
    {
        var review = await db.One<ManagementReview>(input, ct);
        if (
            review.State == ReviewState.Held
            && (await participants.People("attended", review.Attended, ct)).All(p => p.Id != caller.Value.PersonId)
        )
            throw new RuleBroken(
                "reviews.approve.attended",
                "You did not take part, so you cannot know whether the minutes are right. Somebody who was there approves them."
            );
        var text = (await reading.Whole(review, ct)).Minutes ?? "";
        if (input.Sha256 is { } read && read != DocumentVersion.Hash(text))
            throw new Conflict(review.Ref, review.Version, review.ChangedBy, review.ChangedAt);
        var minutes = await Keep(review, text, ct);
        review.Approve(minutes.Ref, caller.Value.Name, db.Now);
        await work.Settle(review, ApproveTask, "The minutes are approved.", ct);
        return new Done(review);
    }

    private async Task MustBeWhole(ManagementReview review, IReadOnlyCollection<Guid> present, CancellationToken ct)
    {
        if (!(await participants.Top(ct)).Overlaps(present))
            throw new RuleBroken(
                "reviews.hold.top-management",
                "Nobody who took part holds the role of top management. Without them it was a meeting, and no management review (9.3.1)."
            );
        var concluded = await db.Set<ReviewConclusion>()
            .Where(c => c.ReviewId == review.Id)
            .Select(c => c.Topic)
            .ToListAsync(ct);
        var open = ReviewTopics.All.Where(t => !concluded.Contains(t.Key)).ToList();
        if (open.Count > 0)
            throw new RuleBroken(
                "reviews.hold.concluded",
                $"{open.Count} topics have no conclusion. “Nothing new” is one, if somebody looked.",
                [.. open.Select(t => new FieldError(t.Key, t.Title))]
            );
        if (!await db.Set<ReviewDecision>().AnyAsync(d => d.ReviewId == review.Id, ct))
            throw new RuleBroken(
                "reviews.hold.decided",
                "Nothing is decided. If nothing has to change, decide that, with the ground (9.3.3)."
            );
    }

    // An objective that no review has seen is a break in the process map, so what was on the table is linked.
    private async Task Examine(ManagementReview review, CancellationToken ct)
    {
        var seen = FrozenInputs
            .Read(review.Inputs!)
            .Sections.SelectMany(s => s.Rows)
            .Select(r => r.Ref)
            .Where(r => RecordKind.Parse(r) is { } p && Examined.Contains(p.Kind.Prefix))
            .ToList();
        foreach (var record in await records.All(seen, ct))
            await db.Connect(review, LinkTypes.Examines, record, ct);
    }

    private async Task<Document> Keep(ManagementReview review, string text, CancellationToken ct)
    {
        var document = await db.Enter(
            new Document
            {
                Key = "minutes",
                Title = $"Minutes of the management review: {review.Title}".Cut(300),
                Kind = DocumentKind.Record,
                Classification = DocumentClass.Confidential,
                ReviewDays = DaysThatMinutesAreKept,
                Audience = [],
                Clauses = ["9.3.3"],
                Controls = [],
                OwnerId = review.ChairId,
            },
            ct
        );
        var version = await db.Enter(
            new DocumentVersion
            {
                DocumentId = document.Id,
                Title = document.Title,
                Major = 1,
                Minor = 0,
                Source = text,
                Decisions = [],
                ChangeReason = $"Minutes of {review.Ref}.",
            },
            ct
        );
        foreach (var author in await reading.Authors(review, ct))
            version.Write(author);
        version.Show(text);
        version.Submit();
        // The chair approves what all participants said, and their names stand in it.
        version.Approve(caller.Value.Name, anotherWrote: version.Authors.Count > 1, db.Now);
        version.Publish(db.Now);
        document.ReviewAgain(db.Today);
        await db.Connect(document, LinkTypes.CausedBy, review, ct);
        await db.Connect(version, LinkTypes.CausedBy, review, ct);
        return document;
    }
}
