using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Moat.Isms.Changes;

internal sealed class IsmsChangeMapping : IEntityTypeConfiguration<IsmsChange>
{
    public void Configure(EntityTypeBuilder<IsmsChange> builder)
    {
        builder.ToTable("isms_change");
        builder.Property(x => x.Title).HasMaxLength(300);
        builder.Property(x => x.Purpose).HasMaxLength(4000);
        builder.Property(x => x.MustHold).HasMaxLength(4000);
        builder.Property(x => x.Resources).HasMaxLength(2000);
        builder.Property(x => x.Responsibilities).HasMaxLength(2000);
        builder.Property(x => x.Consequences).HasMaxLength(4000);
        builder.Property(x => x.ConfirmedBy).HasMaxLength(200);
        builder.Property(x => x.ApprovedBy).HasMaxLength(200);
        builder.Property(x => x.Outcome).HasMaxLength(4000);
        builder.Property(x => x.SideEffects).HasMaxLength(4000);
        builder.Property(x => x.Mitigation).HasMaxLength(4000);
        builder.Property(x => x.ReviewedBy).HasMaxLength(200);
        builder.HasIndex(x => new
        {
            x.OrganizationId,
            x.State,
            x.Number,
        });
    }
}

internal sealed class OutsourcedProcessMapping : IEntityTypeConfiguration<OutsourcedProcess>
{
    public void Configure(EntityTypeBuilder<OutsourcedProcess> builder)
    {
        builder.ToTable("outsourced_process");
        builder.Property(x => x.Title).HasMaxLength(300);
        builder.Property(x => x.Criteria).HasMaxLength(2000);
        builder.Property(x => x.ControlExercised).HasMaxLength(2000);
        builder.Property(x => x.MonitoredBy).HasMaxLength(2000);
        builder.Property(x => x.Finding).HasMaxLength(4000);
    }
}
