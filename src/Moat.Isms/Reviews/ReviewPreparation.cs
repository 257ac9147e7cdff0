using Microsoft.EntityFrameworkCore;
using Moat.Isms.Documents;
using Moat.Isms.Evidence;
using Moat.Isms.Evidence.Grades;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.Work;

namespace Moat.Isms.Reviews;

/// <summary>Puts reviews into the calendar and freezes what they look at (clauses 9.3.1, 9.3.2).</summary>
[Process(ManagementReviewProcess.Name, ManagementReviewProcess.Summary)]
public sealed class ReviewPreparation(
    MoatDb db,
    CurrentCaller caller,
    ReviewParticipants participants,
    InputAssembler assembler,
    EvidenceKeeper keeper,
    WorkList work
)
{
    internal const string PrepareTask = "prepare-review";
    internal const string HoldTask = "hold-review";
    private const int DaysToPrepare = 5;
    private const int DaysThatInputsCount = 400;

    /// <summary>Puts a review into the calendar.</summary>
    [Operation("schedule", Permission.HoldReviews, "Put a management review into the calendar with chair and people")]
    public async Task<Done> Schedule(ScheduleReview input, CancellationToken ct)
    {
        if (input.ScheduledOn < db.Today)
            throw new InputInvalid("scheduledOn", "This day is over.");
        var chair = await db.One<Person>(input.Chair, ct);
        var review = await db.Enter(
            new ManagementReview
            {
                Title = input.Title,
                ScheduledOn = input.ScheduledOn,
                ChairId = chair.Id,
                Invited = await Invited(chair, input.Invited, ct),
            },
            ct
        );
        await Ask(review, ct);
        return new Done(review);
    }

    /// <summary>Moves a review, or changes who leads it and who is invited.</summary>
    [Operation("move", Permission.HoldReviews, "Move a review, or change its chair and who is invited")]
    public async Task<Done> Move(MoveReview input, CancellationToken ct)
    {
        var review = await db.One<ManagementReview>(input, ct);
        if (input.ScheduledOn < db.Today)
            throw new InputInvalid("scheduledOn", "This day is over.");
        var chair = input.Chair is null ? null : await db.One<Person>(input.Chair, ct);
        var invited = input.Invited is null
            ? null
            : await Invited(
                chair ?? await db.Set<Person>().FirstAsync(p => p.Id == review.ChairId, ct),
                input.Invited,
                ct
            );
        review.Move(input.ScheduledOn, chair?.Id, invited);
        await Ask(review, ct);
        return new Done(review);
    }

    /// <summary>
    /// Brings to a topic what no record holds. What is brought after the inputs are frozen is in them when they are
    /// frozen again.
    /// </summary>
    [Operation("bring", Permission.HoldReviews, "Bring to a topic what no record holds, such as what customers said")]
    public async Task<Done> Bring(BringToReview input, CancellationToken ct)
    {
        var review = await db.One<ManagementReview>(input.Ref, ct);
        await Bring(review, input.Topic, input.Text, ct);
        return new Done(review);
    }

    internal async Task Bring(ManagementReview review, string topic, string text, CancellationToken ct)
    {
        MustKnow(topic);
        if (review.WasHeld)
            throw new RuleBroken(
                "reviews.bring.open",
                $"{review.Ref} was held. What came later belongs into the next review."
            );
        await db.Enter(
            new ReviewNote
            {
                ReviewId = review.Id,
                Topic = topic,
                Text = text,
                By = caller.Value.Name,
            },
            ct
        );
    }

    /// <summary>
    /// Freezes all inputs as the records stand now, and keeps them as evidence. Until the review is held they may be
    /// frozen again.
    /// </summary>
    [Operation(
        "prepare",
        Permission.HoldReviews,
        "Assemble all inputs of 9.3.2 from the records of now and freeze them"
    )]
    public async Task<Done> Prepare(ChangeRecord input, CancellationToken ct)
    {
        var review = await db.One<ManagementReview>(input, ct);
        if (review.WasHeld)
            throw new RuleBroken(
                "reviews.prepare.open",
                $"{review.Ref} was held on these inputs; they stay as they are."
            );
        if (review.EvidenceRef is { } before)
            (await db.One<EvidenceItem>(before, ct)).Withdraw(
                "The inputs were frozen again before the meeting.",
                db.Now
            );
        var inputs = await assembler.Assemble(review, ct);
        var text = inputs.ToCanonical();
        var kept = await keeper.Keep(
            new EvidenceContent(
                $"Inputs of the management review: {review.Title}".Cut(300),
                EvidenceKind.File,
                EvidenceKeeper.Bytes(text),
                FileName: $"{review.Ref}-inputs.json",
                Origin: EvidenceOrigin.Moat
            ),
            new InputFrame
            {
                Clauses = ["9.3.2"],
                PeriodFrom = inputs.LooksFrom,
                PeriodTo = db.Today,
                ValidDays = DaysThatInputsCount,
                Population = $"all {inputs.Sections.Count} topics of a review",
                Complete = true,
            },
            ct
        );
        await db.Connect(kept, LinkTypes.Evidences, review, ct);
        review.Freeze(inputs.LooksFrom, text, DocumentVersion.Hash(text), kept.Ref, db.Now);
        await work.Settle(review, PrepareTask, "The inputs are frozen.", ct);
        return new Done(review);
    }

    internal static void MustKnow(string topic)
    {
        if (!ReviewTopics.Knows(topic))
            throw new InputInvalid("topic", $"One of: {string.Join(", ", ReviewTopics.All.Select(t => t.Key))}.");
    }

    private async Task<List<string>> Invited(Person chair, List<string> given, CancellationToken ct) =>
        [
            .. (
                await participants.People(
                    "invited",
                    [chair.Ref, .. given.Count > 0 ? given : await participants.Usual(ct)],
                    ct
                )
            ).Select(p => p.Ref),
        ];

    private async Task Ask(ManagementReview review, CancellationToken ct)
    {
        var prepareBy = review.ScheduledOn.AddDays(-DaysToPrepare);
        if (review.State == ReviewState.Scheduled)
            await work.Ensure(
                review,
                PrepareTask,
                $"Freeze the inputs of {review.Title}",
                "A review decides on figures that everybody read before (9.3.2).",
                caller.Value.PersonId,
                prepareBy < db.Today ? db.Today : prepareBy,
                ct
            );
        await work.Ensure(
            review,
            HoldTask,
            $"Hold the management review: {review.Title}",
            "Top management looks at the ISMS and decides (9.3.1).",
            review.ChairId,
            review.ScheduledOn,
            ct
        );
    }

    private sealed record InputFrame : EvidenceFrame;
}
