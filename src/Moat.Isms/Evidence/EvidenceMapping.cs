using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Moat.Isms.Evidence;

internal sealed class EvidenceItemMapping : IEntityTypeConfiguration<EvidenceItem>
{
    public void Configure(EntityTypeBuilder<EvidenceItem> builder)
    {
        builder.ToTable("evidence_item");
        builder.Property(x => x.Title).HasMaxLength(300);
        builder.Property(x => x.Text).HasMaxLength(8000);
        builder.Property(x => x.FileName).HasMaxLength(200);
        builder.Property(x => x.ContentType).HasMaxLength(100);
        builder.Property(x => x.Sha256).HasMaxLength(64);
        builder.Property(x => x.CollectedBy).HasMaxLength(200);
        builder.Property(x => x.Population).HasMaxLength(400);
        builder.Property(x => x.WithdrawnBecause).HasMaxLength(2000);
        builder.HasIndex(x => new { x.OrganizationId, x.Sha256 });
    }
}
