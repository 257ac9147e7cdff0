using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Moat.Isms.Anchors;

internal sealed class AnchorMapping : IEntityTypeConfiguration<Anchor>
{
    public void Configure(EntityTypeBuilder<Anchor> builder)
    {
        builder.ToTable("anchor");
        builder.Property(x => x.Place).HasMaxLength(300);
        builder.Property(x => x.Checkpoint).HasMaxLength(4000);
        builder.Property(x => x.Because).HasMaxLength(100);
        builder.Property(x => x.Says).HasMaxLength(1000);
        builder.HasIndex(x => new
        {
            x.OrganizationId,
            x.Place,
            x.AnsweredAt,
        });
    }
}

internal sealed class AnchorPlaceMapping : IEntityTypeConfiguration<AnchorPlace>
{
    public void Configure(EntityTypeBuilder<AnchorPlace> builder)
    {
        builder.ToTable("anchor_place");
        builder.HasKey(x => new { x.OrganizationId, x.Place });
        builder.Property(x => x.Place).HasMaxLength(300);
        builder.Property(x => x.Because).HasMaxLength(100);
        builder.Property(x => x.Waiting).HasMaxLength(4000);
        builder.Property(x => x.Problem).HasMaxLength(1000);
    }
}
