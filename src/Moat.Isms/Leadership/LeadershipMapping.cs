using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Moat.Isms.Leadership;

internal sealed class CommitmentMapping : IEntityTypeConfiguration<Commitment>
{
    public void Configure(EntityTypeBuilder<Commitment> builder)
    {
        builder.ToTable("commitment");
        builder.Property(x => x.Statement).HasMaxLength(4000);
        builder.Property(x => x.GivenBy).HasMaxLength(200);
    }
}
