using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Reviews;
using Moat.Reports.Documents;

namespace Moat.Reports;

/// <summary>Which management review in which form.</summary>
public sealed record ChooseReview
{
    /// <summary>Such as MREV-2.</summary>
    [MaxLength(80)]
    public required string Review { get; init; }

    /// <summary>docx, pdf, html or md.</summary>
    public FileForm Format { get; init; } = FileForm.Docx;
}

/// <summary>Management reviews as files: the frozen inputs before the meeting, the minutes after it.</summary>
[Process("reports", "Documents made from the records of today: the Statement of Applicability and every register.")]
public sealed class ReviewReport(MoatDb db, CurrentCaller caller, ReviewReading reading)
{
    /// <summary>The frozen inputs, or the minutes once the review was held.</summary>
    [Query(
        "review",
        Permission.ReadIsms,
        "A management review as DOCX, PDF, HTML or Markdown: its frozen inputs, or its minutes once it was held"
    )]
    public async Task<MadeFile> Review(ChooseReview input, CancellationToken ct)
    {
        var review = await reading.Whole(await db.One<ManagementReview>(input.Review, ct), ct);
        if (review.PreparedAt is null)
            throw new RuleBroken(
                "reports.review.prepared",
                $"{review.Ref} has no frozen inputs yet, so there is nothing to print."
            );
        var organization = await db
            .Organizations.Where(o => o.Id == caller.OrganizationId)
            .Select(o => o.Name)
            .FirstAsync(ct);
        var what = review.Minutes is null ? "Inputs" : "Minutes";
        var state = review.ApprovedAt is { } at
            ? string.Create(CultureInfo.InvariantCulture, $"by {review.ApprovedBy} on {at:d MMMM yyyy}")
            : "not approved";
        var facts = new List<(string, string)>
        {
            ("Review", review.Ref),
            ("Date", (review.HeldOn ?? review.ScheduledOn).ToString("d MMMM yyyy", CultureInfo.InvariantCulture)),
            ("Led by", review.Chair),
            ("Approved", review.Minutes is null ? "not held yet" : state),
            ("SHA-256 of the inputs", review.InputsSha256!),
        };
        if (review.MinutesSha256 is { } sha256)
            facts.Add(("SHA-256 of the minutes", sha256));
        return await new PrintedText(
            organization,
            $"{what} of the management review: {review.Title}",
            facts,
            $"{organization} · {review.Ref} · confidential",
            review.Minutes ?? ReviewMinutes.Inputs(review)
        ).As(input.Format, $"{review.Ref}-{what.ToLowerInvariant()}", ct);
    }
}
