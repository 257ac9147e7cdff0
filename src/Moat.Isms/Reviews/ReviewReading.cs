using Microsoft.EntityFrameworkCore;
using Moat.Isms.Documents;
using Moat.Isms.Kernel;
using Moat.Isms.People;

namespace Moat.Isms.Reviews;

/// <summary>Reads a review with everything that belongs to it.</summary>
public sealed class ReviewReading(MoatDb db, ReviewParticipants participants, DecisionFollowing following)
{
    /// <summary>
    /// The review as people read it. Approved minutes are those of the document; until then they are written from what
    /// is kept.
    /// </summary>
    public async Task<ManagementReviewView> Whole(ManagementReview review, CancellationToken ct)
    {
        var chair = await db.Set<Person>().FirstAsync(p => p.Id == review.ChairId, ct);
        var decisions = await Decisions(review, ct);
        var view = new ManagementReviewView
        {
            Ref = review.Ref,
            Version = review.Version,
            Title = review.Title,
            State = review.State,
            ScheduledOn = review.ScheduledOn,
            ChairRef = chair.Ref,
            Chair = chair.Name,
            Invited = await participants.Shown(review.Invited, ct),
            LooksFrom = review.LooksFrom,
            PreparedAt = review.PreparedAt,
            InputsSha256 = review.InputsSha256,
            InputsAsFrozen = review.Inputs is { } inputs && DocumentVersion.Hash(inputs) == review.InputsSha256,
            EvidenceRef = review.EvidenceRef,
            HeldOn = review.HeldOn,
            Attended = await participants.Shown(review.Attended, ct),
            Judgement = review.Judgement,
            Topics = await Topics(review, ct),
            Decisions = decisions,
            Minutes = null,
            MinutesSha256 = null,
            MinutesRef = review.MinutesRef,
            ApprovedBy = review.ApprovedBy,
            ApprovedAt = review.ApprovedAt,
        };
        if (!review.WasHeld)
            return view;
        var minutes = await Approved(review, ct) ?? ReviewMinutes.Of(view);
        return view with { Minutes = minutes, MinutesSha256 = DocumentVersion.Hash(minutes) };
    }

    /// <summary>Who wrote down what stands in the minutes.</summary>
    public async Task<IReadOnlyList<string>> Authors(ManagementReview review, CancellationToken ct) =>
        [
            .. (await db.Set<ReviewConclusion>().Where(c => c.ReviewId == review.Id).Select(c => c.By).ToListAsync(ct))
                .Concat(
                    await db.Set<ReviewDecision>().Where(d => d.ReviewId == review.Id).Select(d => d.By).ToListAsync(ct)
                )
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];

    private async Task<string?> Approved(ManagementReview review, CancellationToken ct)
    {
        if (review.MinutesRef is not { } reference)
            return null;
        var document = await db.One<Document>(reference, ct);
        return await db.Set<DocumentVersion>()
            .Where(v => v.DocumentId == document.Id)
            .OrderBy(v => v.Number)
            .Select(v => v.Text)
            .FirstAsync(ct);
    }

    private async Task<IReadOnlyList<TopicView>> Topics(ManagementReview review, CancellationToken ct)
    {
        var frozen = review.Inputs is null
            ? null
            : FrozenInputs.Read(review.Inputs).Sections.ToDictionary(s => s.Topic);
        var notes = (
            await db.Set<ReviewNote>()
                .Where(n => n.ReviewId == review.Id)
                .OrderBy(n => n.CreatedAt)
                .ThenBy(n => n.Id)
                .ToListAsync(ct)
        ).ToLookup(n => n.Topic, n => new TopicNote(n.Text, n.By));
        var conclusions = await db.Set<ReviewConclusion>()
            .Where(c => c.ReviewId == review.Id)
            .ToDictionaryAsync(c => c.Topic, ct);
        return
        [
            .. ReviewTopics.All.Select(t => new TopicView(
                t.Key,
                t.Clause,
                t.Title,
                t.Asks,
                frozen?.GetValueOrDefault(t.Key),
                [.. notes[t.Key]],
                conclusions.GetValueOrDefault(t.Key)?.Text,
                conclusions.GetValueOrDefault(t.Key)?.By
            )),
        ];
    }

    private async Task<IReadOnlyList<ReviewDecisionView>> Decisions(ManagementReview review, CancellationToken ct)
    {
        var decisions = await db.Set<ReviewDecision>()
            .Where(d => d.ReviewId == review.Id)
            .OrderBy(d => d.Position)
            .ToListAsync(ct);
        var stands = await following.Of(decisions, ct);
        var owners = decisions.Select(d => d.OwnerId).ToList();
        var people = await db.Set<Person>().Where(p => owners.Contains(p.Id)).ToDictionaryAsync(p => p.Id, ct);
        return
        [
            .. decisions
                .Select(d =>
                    (Decision: d, Owner: d.OwnerId is { } id ? people.GetValueOrDefault(id) : null, Stand: stands[d.Id])
                )
                .Select(x => new ReviewDecisionView(
                    x.Decision.Position,
                    x.Decision.Kind,
                    x.Decision.Text,
                    x.Decision.Reason,
                    x.Owner?.Ref,
                    x.Owner?.Name,
                    x.Decision.DueOn,
                    x.Decision.ResultRef,
                    x.Stand.Says,
                    x.Stand.Done,
                    x.Stand.Overdue
                )),
        ];
    }
}
