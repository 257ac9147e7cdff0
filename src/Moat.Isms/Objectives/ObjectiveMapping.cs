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
    }
}
