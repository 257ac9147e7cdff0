using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Moat.Isms.Evidence.Collectors;

internal sealed class CollectorSourceMapping : IEntityTypeConfiguration<CollectorSource>
{
    public void Configure(EntityTypeBuilder<CollectorSource> builder)
    {
        builder.ToTable("collector_source");
        builder.Property(x => x.Name).HasMaxLength(200);
        builder.Property(x => x.Kind).HasMaxLength(40);
        builder.Property(x => x.Settings).HasMaxLength(8000);
        builder.Property(x => x.Secret).HasMaxLength(20000);
        builder.Property(x => x.HookSecret).HasMaxLength(2000);
        builder.Property(x => x.BillSha256).HasMaxLength(64);
        builder.Property(x => x.BillName).HasMaxLength(200);
    }
}

internal sealed class CollectorRunMapping : IEntityTypeConfiguration<CollectorRun>
{
    public void Configure(EntityTypeBuilder<CollectorRun> builder)
    {
        builder.ToTable("collector_run");
        builder.Property(x => x.Message).HasMaxLength(2000);
        builder.HasIndex(x => new
        {
            x.OrganizationId,
            x.SourceId,
            x.StartedAt,
        });
    }
}
