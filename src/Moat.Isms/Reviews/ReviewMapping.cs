using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Moat.Isms.Reviews;

internal sealed class ManagementReviewMapping : IEntityTypeConfiguration<ManagementReview>
{
    public void Configure(EntityTypeBuilder<ManagementReview> builder)
    {
        builder.ToTable("management_review");
        builder.Ignore(x => x.WasHeld);
        builder.Property(x => x.Title).HasMaxLength(300);
        builder.Property(x => x.InputsSha256).HasMaxLength(64);
        builder.Property(x => x.EvidenceRef).HasMaxLength(40);
        builder.Property(x => x.Judgement).HasMaxLength(4000);
        builder.Property(x => x.MinutesRef).HasMaxLength(40);
        builder.Property(x => x.ApprovedBy).HasMaxLength(200);
    }
}

internal sealed class ReviewNoteMapping : IEntityTypeConfiguration<ReviewNote>
{
    public void Configure(EntityTypeBuilder<ReviewNote> builder)
    {
        builder.ToTable("review_note");
        builder.Property(x => x.Topic).HasMaxLength(40);
        builder.Property(x => x.Text).HasMaxLength(4000);
        builder.Property(x => x.By).HasMaxLength(200);
        builder.HasIndex(x => new { x.OrganizationId, x.ReviewId });
    }
}

internal sealed class ReviewConclusionMapping : IEntityTypeConfiguration<ReviewConclusion>
{
    public void Configure(EntityTypeBuilder<ReviewConclusion> builder)
    {
        builder.ToTable("review_conclusion");
        builder.Property(x => x.Topic).HasMaxLength(40);
        builder.Property(x => x.Text).HasMaxLength(4000);
        builder.Property(x => x.By).HasMaxLength(200);
        builder
            .HasIndex(x => new
            {
                x.OrganizationId,
                x.ReviewId,
                x.Topic,
            })
            .IsUnique();
    }
}

internal sealed class ReviewDecisionMapping : IEntityTypeConfiguration<ReviewDecision>
{
    public void Configure(EntityTypeBuilder<ReviewDecision> builder)
    {
        builder.ToTable("review_decision");
        builder.Property(x => x.Text).HasMaxLength(300);
        builder.Property(x => x.Reason).HasMaxLength(1000);
        builder.Property(x => x.By).HasMaxLength(200);
        builder.Property(x => x.ResultRef).HasMaxLength(40);
        builder
            .HasIndex(x => new
            {
                x.OrganizationId,
                x.ReviewId,
                x.Position,
            })
            .IsUnique();
    }
}
