using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Moat.Isms.Communication;

internal sealed class CommunicationEntryMapping : IEntityTypeConfiguration<CommunicationEntry>
{
    public void Configure(EntityTypeBuilder<CommunicationEntry> builder)
    {
        builder.ToTable("communication_entry");
        builder.Property(x => x.What).HasMaxLength(500);
        builder.Property(x => x.When).HasMaxLength(500);
        builder.Property(x => x.WithWhom).HasMaxLength(500);
        builder.Property(x => x.OwnerRole).HasMaxLength(80);
        builder.Property(x => x.How).HasMaxLength(1000);
    }
}

internal sealed class CommunicationSentMapping : IEntityTypeConfiguration<CommunicationSent>
{
    public void Configure(EntityTypeBuilder<CommunicationSent> builder)
    {
        builder.ToTable("communication_sent");
        builder.Property(x => x.What).HasMaxLength(2000);
        builder.Property(x => x.ToWhom).HasMaxLength(500);
        builder.Property(x => x.By).HasMaxLength(200);
        builder.Property(x => x.Address).HasMaxLength(1000);
        builder.HasIndex(x => new { x.OrganizationId, x.EntryId });
    }
}
