using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Moat.Isms.Risks;

internal sealed class RiskMapping : IEntityTypeConfiguration<Risk>
{
    public void Configure(EntityTypeBuilder<Risk> builder)
    {
        builder.ToTable("risk");
        builder.Property(x => x.Title).HasMaxLength(200);
        builder.Property(x => x.ThreatId).HasMaxLength(80);
        builder.Property(x => x.Cause).HasMaxLength(2000);
        builder.Property(x => x.Consequence).HasMaxLength(2000);
        builder.Property(x => x.Harms).HasMaxLength(200);
        builder.Property(x => x.Rationale).HasMaxLength(4000);
        builder.Property(x => x.TreatmentPlan).HasMaxLength(4000);
        builder.HasIndex(x => new
        {
            x.OrganizationId,
            x.CurrentScore,
            x.Number,
        });
        builder.HasIndex(x => new
        {
            x.OrganizationId,
            x.InherentScore,
            x.Number,
        });
        builder.HasIndex(x => new
        {
            x.OrganizationId,
            x.OwnerId,
            x.Number,
        });
    }
}

internal sealed class RiskAcceptanceMapping : IEntityTypeConfiguration<RiskAcceptance>
{
    public void Configure(EntityTypeBuilder<RiskAcceptance> builder)
    {
        builder.ToTable("risk_acceptance");
        builder.Property(x => x.AcceptedBy).HasMaxLength(200);
        builder.Property(x => x.Reason).HasMaxLength(4000);
        builder.Property(x => x.AgreedBy).HasMaxLength(200);
        builder.Property(x => x.EndedBecause).HasMaxLength(4000);
        builder.HasIndex(x => new { x.OrganizationId, x.RiskId });
    }
}

internal sealed class RiskMethodMapping : IEntityTypeConfiguration<RiskMethod>
{
    public void Configure(EntityTypeBuilder<RiskMethod> builder)
    {
        builder.ToTable("risk_method");
        builder.Property(x => x.Criteria).HasMaxLength(8000);
        builder.Property(x => x.LikelihoodScale).HasMaxLength(4000);
        builder.Property(x => x.ImpactScale).HasMaxLength(4000);
        builder.Property(x => x.ApprovedBy).HasMaxLength(200);
    }
}

internal sealed class FrozenPlanMapping : IEntityTypeConfiguration<FrozenPlan>
{
    public void Configure(EntityTypeBuilder<FrozenPlan> builder)
    {
        builder.ToTable("frozen_plan");
        builder.Property(x => x.Sha256).HasMaxLength(64);
        builder.Property(x => x.FrozenBy).HasMaxLength(200);
        builder.Property(x => x.ChangeNote).HasMaxLength(4000);
    }
}

internal sealed class PlanApprovalMapping : IEntityTypeConfiguration<PlanApproval>
{
    public void Configure(EntityTypeBuilder<PlanApproval> builder)
    {
        builder.ToTable("plan_approval");
        builder.Property(x => x.Owner).HasMaxLength(200);
        builder.Property(x => x.ApprovedBy).HasMaxLength(200);
        builder.HasIndex(x => new { x.OrganizationId, x.PlanId });
    }
}
