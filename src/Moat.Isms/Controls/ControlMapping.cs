using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Moat.Isms.Controls;

internal sealed class ControlMapping : IEntityTypeConfiguration<Control>
{
    public void Configure(EntityTypeBuilder<Control> builder)
    {
        builder.ToTable("control");
        builder.Property(x => x.Code).HasMaxLength(40);
        builder.Property(x => x.Title).HasMaxLength(200);
        builder.Property(x => x.ReasonKinds).HasMaxLength(200);
        builder.Property(x => x.Justification).HasMaxLength(4000);
        builder.Property(x => x.HowDone).HasMaxLength(8000);
        builder.Property(x => x.Evaluation).HasMaxLength(2000);
        builder.Property(x => x.EvaluatedBy).HasMaxLength(200);
        builder.HasIndex(x => new { x.OrganizationId, x.Code }).IsUnique();
        builder.HasIndex(x => new
        {
            x.OrganizationId,
            x.Order,
            x.Number,
        });
    }
}
