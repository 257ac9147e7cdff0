using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Moat.Isms.Objectives;

internal sealed class ObjectiveMapping : IEntityTypeConfiguration<Objective>
{
    public void Configure(EntityTypeBuilder<Objective> builder)
    {
        builder.ToTable("objective");
        builder.Property(x => x.Title).HasMaxLength(300);
        builder.Property(x => x.Metric).HasMaxLength(1000);
        builder.Property(x => x.Unit).HasMaxLength(40);
        builder.Property(x => x.Period).HasMaxLength(20);
        builder.Property(x => x.MeasuredBy).HasMaxLength(1000);
        builder.Property(x => x.Plan).HasMaxLength(4000);
        builder.Property(x => x.Target).HasPrecision(18, 4);
        builder.Property(x => x.AskedAt).HasMaxLength(40);
        builder.Property(x => x.Query).HasMaxLength(2000);
    }
}

internal sealed class MeasurementMapping : IEntityTypeConfiguration<Measurement>
{
    public void Configure(EntityTypeBuilder<Measurement> builder)
    {
        builder.ToTable("measurement");
        builder.Property(x => x.Value).HasPrecision(18, 4);
        builder.Property(x => x.Target).HasPrecision(18, 4);
        builder.Property(x => x.WithdrawnBecause).HasMaxLength(2000);
        builder.Property(x => x.TakenBy).HasMaxLength(200);
        builder.Property(x => x.Note).HasMaxLength(2000);
        builder.HasIndex(x => new
        {
            x.OrganizationId,
            x.ObjectiveId,
            x.To,
        });
    }
}

internal sealed class ObjectiveEvaluationMapping : IEntityTypeConfiguration<ObjectiveEvaluation>
{
    public void Configure(EntityTypeBuilder<ObjectiveEvaluation> builder)
    {
        builder.ToTable("objective_evaluation");
        builder.Property(x => x.By).HasMaxLength(200);
        builder.Property(x => x.Text).HasMaxLength(4000);
        builder.Property(x => x.TargetBefore).HasPrecision(18, 4);
        builder.Property(x => x.Target).HasPrecision(18, 4);
        builder.HasIndex(x => new
        {
            x.OrganizationId,
            x.ObjectiveId,
            x.On,
        });
    }
}
