using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Moat.Isms.StatementOfApplicability;

internal sealed class SoaMapping : IEntityTypeConfiguration<Soa>
{
    public void Configure(EntityTypeBuilder<Soa> builder)
    {
        builder.ToTable("soa");
        builder.Property(x => x.Sha256).HasMaxLength(64);
        builder.Property(x => x.ApprovedBy).HasMaxLength(200);
        builder.Property(x => x.ChangeNote).HasMaxLength(4000);
    }
}
