using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Moat.Isms.AccessReviews;

internal sealed class AccessReviewMapping : IEntityTypeConfiguration<AccessReview>
{
    public void Configure(EntityTypeBuilder<AccessReview> builder)
    {
        builder.ToTable("access_review");
        builder.Property(x => x.Title).HasMaxLength(300);
        builder.Property(x => x.PopulationSha256).HasMaxLength(64);
        builder.Property(x => x.EvidenceRef).HasMaxLength(40);
    }
}

internal sealed class AccessReviewItemMapping : IEntityTypeConfiguration<AccessReviewItem>
{
    public void Configure(EntityTypeBuilder<AccessReviewItem> builder)
    {
        builder.ToTable("access_review_item");
        builder.Ignore(x => x.Waits);
        builder.Property(x => x.ResourceName).HasMaxLength(400);
        builder.Property(x => x.Principal).HasMaxLength(400);
        builder.Property(x => x.Permission).HasMaxLength(200);
        builder.Property(x => x.WantedPermission).HasMaxLength(200);
        builder.Property(x => x.Reason).HasMaxLength(2000);
        builder.Property(x => x.DecidedBy).HasMaxLength(200);
        builder.Property(x => x.ConfirmedBy).HasMaxLength(200);
        builder.Property(x => x.ConfirmedHow).HasMaxLength(2000);
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

internal sealed class AccessReviewGapMapping : IEntityTypeConfiguration<AccessReviewGap>
{
    public void Configure(EntityTypeBuilder<AccessReviewGap> builder)
    {
        builder.ToTable("access_review_gap");
        builder.Property(x => x.ResourceName).HasMaxLength(400);
        builder.Property(x => x.Why).HasMaxLength(500);
        builder.HasIndex(x => new { x.OrganizationId, x.ReviewId });
    }
}
