using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Work;

namespace Moat.Isms.Documents;

/// <summary>Rounds of review: who is asked, and again when the text changed under them.</summary>
public sealed class DocumentRounds(MoatDb db, WorkList work)
{
    private const int DaysToReview = 7;

    /// <summary>Asks reviewers for their word in the round that the version is in.</summary>
    public async Task Ask(
        Document document,
        DocumentVersion version,
        IEnumerable<Guid> reviewers,
        DateOnly? dueOn,
        CancellationToken ct
    )
    {
        foreach (var reviewer in reviewers.Distinct())
        {
            var review = await db.Enter(
                new DocumentReview
                {
                    VersionId = version.Id,
                    PersonId = reviewer,
                    Round = version.Round,
                },
                ct
            );
            await work.Ensure(
                review,
                "review",
                $"Review {document.Title} {version.Edition}",
                version.Round == 1
                    ? "Your word is asked for before it is approved."
                    : "The text changed since you looked at it.",
                reviewer,
                dueOn ?? db.Today.AddDays(DaysToReview),
                ct
            );
        }
    }

    /// <summary>Begins the next round with the same reviewers; one text, one round.</summary>
    public async Task Next(Document document, DocumentVersion version, CancellationToken ct)
    {
        var asked = await Current(version, ct);
        if (asked.All(r => r.Verdict == Verdict.Missing))
            return;
        version.NextRound();
        await Close(asked, "The text changed; another round began.", ct);
        await Ask(document, version, asked.Select(r => r.PersonId), null, ct);
    }

    /// <summary>The words of the current round.</summary>
    public async Task<IReadOnlyList<DocumentReview>> Current(DocumentVersion version, CancellationToken ct) =>
        await db.Set<DocumentReview>()
            .Where(r => r.VersionId == version.Id && r.Round == version.Round)
            .ToListAsync(ct);

    /// <summary>Closes what is asked of reviewers.</summary>
    public async Task Close(IEnumerable<DocumentReview> reviews, string outcome, CancellationToken ct)
    {
        foreach (var review in reviews)
            await work.Settle(review, "review", outcome, ct);
    }
}
