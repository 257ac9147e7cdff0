using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Moat.Isms.Evidence.Checks;

namespace Moat.Isms.Evidence.Facts;

internal sealed class ResourceMapping : IEntityTypeConfiguration<Resource>
{
    public void Configure(EntityTypeBuilder<Resource> builder)
    {
        builder.ToTable("resource");
        builder.Property(x => x.Kind).HasMaxLength(80);
        builder.Property(x => x.ToldBy).HasMaxLength(400);
        builder.Property(x => x.ExternalId).HasMaxLength(400);
        builder.Property(x => x.Name).HasMaxLength(400);
        builder.Property(x => x.Sha256).HasMaxLength(64);
        builder.HasIndex(x => new { x.OrganizationId, x.Key }).IsUnique();
        builder.HasIndex(x => new
        {
            x.OrganizationId,
            x.Kind,
            x.Number,
        });
        builder.HasIndex(x => new { x.OrganizationId, x.AssetId });
    }
}

internal sealed class ResourceFactMapping : IEntityTypeConfiguration<ResourceFact>
{
    public void Configure(EntityTypeBuilder<ResourceFact> builder)
    {
        builder.ToTable("resource_fact");
        builder.Property(x => x.Sha256).HasMaxLength(64);
        builder.HasIndex(x => new
        {
            x.OrganizationId,
            x.ResourceId,
            x.ObservedAt,
        });
    }
}

internal sealed class ReceivedEventMapping : IEntityTypeConfiguration<ReceivedEvent>
{
    public void Configure(EntityTypeBuilder<ReceivedEvent> builder)
    {
        builder.ToTable("received_event");
        builder.HasKey(x => new { x.OrganizationId, x.Key });
        builder.HasIndex(x => new { x.OrganizationId, x.At });
    }
}

internal sealed class EvaluatedCheckMapping : IEntityTypeConfiguration<EvaluatedCheck>
{
    public void Configure(EntityTypeBuilder<EvaluatedCheck> builder)
    {
        builder.ToTable("evaluated_check");
        builder.Property(c => c.Check).HasMaxLength(80);
        builder.Property(c => c.Sha256).HasMaxLength(64);
        builder.HasIndex(c => new { c.OrganizationId, c.Check }).IsUnique();
    }
}

internal sealed class CheckIntervalMapping : IEntityTypeConfiguration<CheckInterval>
{
    public void Configure(EntityTypeBuilder<CheckInterval> builder)
    {
        builder.ToTable("check_interval");
        builder.Property(x => x.Check).HasMaxLength(80);
        builder.Property(x => x.Detail).HasMaxLength(1000);
        builder.HasIndex(x => new
        {
            x.OrganizationId,
            x.Check,
            x.Until,
        });
        builder.HasIndex(x => new
        {
            x.OrganizationId,
            x.ResourceId,
            x.Until,
        });
    }
}

internal sealed class OwnCheckMapping : IEntityTypeConfiguration<OwnCheck>
{
    public void Configure(EntityTypeBuilder<OwnCheck> builder)
    {
        builder.ToTable("own_check");
        builder.Property(x => x.Title).HasMaxLength(300);
        builder.Property(x => x.Resource).HasMaxLength(80);
        builder.Property(x => x.Severity).HasMaxLength(20);
        builder.Property(x => x.Schema).HasMaxLength(20000);
        builder.Property(x => x.Applies).HasMaxLength(20000);
        builder.Property(x => x.Why).HasMaxLength(2000);
        builder.Property(x => x.Fix).HasMaxLength(8000);
    }
}

internal sealed class CheckExceptionMapping : IEntityTypeConfiguration<CheckException>
{
    public void Configure(EntityTypeBuilder<CheckException> builder)
    {
        builder.ToTable("check_exception");
        builder.Property(x => x.Check).HasMaxLength(80);
        builder.Property(x => x.Reason).HasMaxLength(2000);
        builder.Property(x => x.EndedBecause).HasMaxLength(2000);
        builder.HasIndex(x => new
        {
            x.OrganizationId,
            x.Check,
            x.ResourceId,
        });
    }
}
