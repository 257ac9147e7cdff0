using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Moat.Isms.Assets;

internal sealed class AssetMapping : IEntityTypeConfiguration<Asset>
{
    public void Configure(EntityTypeBuilder<Asset> builder)
    {
        builder.ToTable("asset");
        builder.Property(x => x.Name).HasMaxLength(200);
        builder.Property(x => x.Kind).HasMaxLength(40);
        builder.Property(x => x.Description).HasMaxLength(4000);
        builder.Property(x => x.Location).HasMaxLength(1000);
        builder.Property(x => x.ExternalId).HasMaxLength(500);
        builder.HasIndex(x => new { x.OrganizationId, x.ExternalId });
        builder.HasIndex(x => new
        {
            x.OrganizationId,
            x.Need,
            x.Number,
        });
    }
}

internal sealed class BillOfMaterialsMapping : IEntityTypeConfiguration<BillOfMaterials>
{
    public void Configure(EntityTypeBuilder<BillOfMaterials> builder)
    {
        builder.ToTable("bill_of_materials");
        builder.Property(x => x.FileName).HasMaxLength(200);
        builder.Property(x => x.Format).HasMaxLength(40);
        builder.Property(x => x.Serial).HasMaxLength(200);
        builder.Property(x => x.Sha256).HasMaxLength(64);
        builder.Property(x => x.Summary).HasMaxLength(1000);
    }
}
