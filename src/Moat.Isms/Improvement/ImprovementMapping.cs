using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Moat.Isms.Improvement;

internal sealed class NonconformityMapping : IEntityTypeConfiguration<Nonconformity>
{
    public void Configure(EntityTypeBuilder<Nonconformity> builder)
    {
        builder.ToTable("nonconformity");
        builder.Property(x => x.Title).HasMaxLength(300);
        builder.Property(x => x.Description).HasMaxLength(4000);
        builder.Property(x => x.Requirement).HasMaxLength(300);
        builder.Property(x => x.SourceRef).HasMaxLength(40);
        builder.Property(x => x.SameWhen).HasMaxLength(400);
        builder.Property(x => x.Correction).HasMaxLength(4000);
        builder.Property(x => x.CorrectedBy).HasMaxLength(200);
        builder.Property(x => x.Cause).HasMaxLength(4000);
        builder.Property(x => x.LookedElsewhere).HasMaxLength(2000);
        builder.Property(x => x.FoundElsewhere).HasMaxLength(2000);
        builder.Property(x => x.AnalysedBy).HasMaxLength(200);
        builder.Property(x => x.ClosedBy).HasMaxLength(200);
        builder.Property(x => x.ClosingNote).HasMaxLength(2000);
        builder.HasIndex(x => new
        {
            x.OrganizationId,
            x.State,
            x.Number,
        });
        builder.HasIndex(x => new { x.OrganizationId, x.SameWhen });
    }
}

internal sealed class CorrectiveActionMapping : IEntityTypeConfiguration<CorrectiveAction>
{
    public void Configure(EntityTypeBuilder<CorrectiveAction> builder)
    {
        builder.ToTable("corrective_action");
        builder.Property(x => x.Title).HasMaxLength(300);
        builder.Property(x => x.EffectSeenBy).HasMaxLength(1000);
        builder.Property(x => x.Outcome).HasMaxLength(4000);
        builder.Property(x => x.DoneBy).HasMaxLength(200);
        builder.Property(x => x.Verification).HasMaxLength(4000);
        builder.Property(x => x.VerifiedBy).HasMaxLength(200);
        builder.HasIndex(x => new { x.OrganizationId, x.NonconformityId });
        builder.HasIndex(x => new
        {
            x.OrganizationId,
            x.State,
            x.Number,
        });
    }
}

internal sealed class LessonMapping : IEntityTypeConfiguration<Lesson>
{
    public void Configure(EntityTypeBuilder<Lesson> builder)
    {
        builder.ToTable("lesson");
        builder.Property(x => x.Title).HasMaxLength(300);
        builder.Property(x => x.Text).HasMaxLength(4000);
        builder.Property(x => x.SourceRef).HasMaxLength(40);
        builder.Property(x => x.BecameRef).HasMaxLength(40);
        builder.Property(x => x.Reason).HasMaxLength(2000);
        builder.Property(x => x.DecidedBy).HasMaxLength(200);
        builder.HasIndex(x => new
        {
            x.OrganizationId,
            x.End,
            x.Number,
        });
    }
}

internal sealed class ImprovementMapping : IEntityTypeConfiguration<Improvement>
{
    public void Configure(EntityTypeBuilder<Improvement> builder)
    {
        builder.ToTable("improvement");
        builder.Property(x => x.Title).HasMaxLength(300);
        builder.Property(x => x.ExpectedEffect).HasMaxLength(2000);
        builder.Property(x => x.SourceRef).HasMaxLength(40);
        builder.Property(x => x.ProposedBy).HasMaxLength(200);
        builder.Property(x => x.Outcome).HasMaxLength(4000);
        builder.Property(x => x.ObservedEffect).HasMaxLength(4000);
        builder.Property(x => x.EvaluatedBy).HasMaxLength(200);
        builder.HasIndex(x => new
        {
            x.OrganizationId,
            x.State,
            x.Number,
        });
    }
}

internal sealed class ThreatNewsMapping : IEntityTypeConfiguration<ThreatNews>
{
    public void Configure(EntityTypeBuilder<ThreatNews> builder)
    {
        builder.ToTable("threat_news");
        builder.Property(x => x.Title).HasMaxLength(300);
        builder.Property(x => x.Origin).HasMaxLength(200);
        builder.Property(x => x.About).HasMaxLength(80);
        builder.Property(x => x.Summary).HasMaxLength(4000);
        builder.Property(x => x.Reason).HasMaxLength(2000);
        builder.Property(x => x.DecidedBy).HasMaxLength(200);
        builder.HasIndex(x => new
        {
            x.OrganizationId,
            x.Decision,
            x.Number,
        });
    }
}

internal sealed class SeenCatalogueMapping : IEntityTypeConfiguration<SeenCatalogue>
{
    public void Configure(EntityTypeBuilder<SeenCatalogue> builder)
    {
        builder.ToTable("seen_catalogue");
        builder.Property(x => x.Catalogue).HasMaxLength(40);
        builder.Property(x => x.Release).HasMaxLength(80);
        builder.HasIndex(x => new { x.OrganizationId, x.Catalogue }).IsUnique();
    }
}
