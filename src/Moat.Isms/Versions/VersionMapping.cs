using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Moat.Isms.Versions;

internal sealed class AssetVersionMapping : IEntityTypeConfiguration<AssetVersion>
{
    public void Configure(EntityTypeBuilder<AssetVersion> builder)
    {
        builder.ToTable("asset_version");
        builder.Property(x => x.AssetName).HasMaxLength(200);
        builder.Property(x => x.Name).HasMaxLength(200);
        builder.Property(x => x.Format).HasMaxLength(100);
        builder.Property(x => x.Run).HasMaxLength(1000);
        builder.Property(x => x.Commit).HasMaxLength(200);
        builder.Property(x => x.Location).HasMaxLength(1000);
        builder.Property(x => x.EnteredBy).HasMaxLength(200);
        builder.Property(x => x.ToldBy).HasMaxLength(80);
        builder.Property(x => x.Checked).HasMaxLength(4000);
        builder.Property(x => x.ReleaseNote).HasMaxLength(2000);
        builder.Property(x => x.ReleasedBy).HasMaxLength(200);
        builder.Property(x => x.WithdrawnBecause).HasMaxLength(2000);
        builder.Property(x => x.WithdrawnBy).HasMaxLength(200);
        builder.Property(x => x.ReinstatedBecause).HasMaxLength(2000);
        builder.Property(x => x.ReinstatedBy).HasMaxLength(200);
        builder
            .HasIndex(x => new
            {
                x.OrganizationId,
                x.AssetId,
                x.Name,
            })
            .IsUnique();
        builder.HasIndex(x => new
        {
            x.OrganizationId,
            x.State,
            x.Number,
        });
    }
}

internal sealed class VersionDigestMapping : IEntityTypeConfiguration<VersionDigest>
{
    public void Configure(EntityTypeBuilder<VersionDigest> builder)
    {
        builder.ToTable("version_digest");
        builder.Property(x => x.Value).HasMaxLength(160);
        builder.Property(x => x.File).HasMaxLength(300);
        builder.HasIndex(x => new { x.OrganizationId, x.Value });
        builder.HasIndex(x => new { x.OrganizationId, x.VersionId });
    }
}

internal sealed class ToldOtherwiseMapping : IEntityTypeConfiguration<ToldOtherwise>
{
    public void Configure(EntityTypeBuilder<ToldOtherwise> builder)
    {
        builder.ToTable("told_otherwise");
        builder.Property(x => x.Source).HasMaxLength(200);
        builder.Property(x => x.ToldBy).HasMaxLength(80);
        builder.Property(x => x.Told).HasMaxLength(4000);
        builder.Property(x => x.EndedBecause).HasMaxLength(2000);
        builder.Property(x => x.SettledBy).HasMaxLength(200);
        builder.HasIndex(x => new { x.OrganizationId, x.VersionId });
    }
}

internal sealed class MadeAgainMapping : IEntityTypeConfiguration<MadeAgain>
{
    public void Configure(EntityTypeBuilder<MadeAgain> builder)
    {
        builder.ToTable("made_again");
        builder.Property(x => x.Run).HasMaxLength(1000);
        builder.Property(x => x.Commit).HasMaxLength(200);
        builder.Property(x => x.ToldBy).HasMaxLength(80);
        builder.HasIndex(x => new { x.OrganizationId, x.VersionId });
    }
}

internal sealed class SharedAnswerMapping : IEntityTypeConfiguration<SharedAnswer>
{
    public void Configure(EntityTypeBuilder<SharedAnswer> builder)
    {
        builder.ToTable("shared_answer");
        builder.Property(x => x.Because).HasMaxLength(2000);
        builder.Property(x => x.By).HasMaxLength(200);
        builder.HasIndex(x => new { x.OrganizationId, x.VersionId });
    }
}

internal sealed class VersionResultMapping : IEntityTypeConfiguration<VersionResult>
{
    public void Configure(EntityTypeBuilder<VersionResult> builder)
    {
        builder.ToTable("version_result");
        builder.Property(x => x.SourceRef).HasMaxLength(80);
        builder.Property(x => x.Given).HasMaxLength(300);
        builder.Property(x => x.Digest).HasMaxLength(160);
        builder.Property(x => x.Says).HasMaxLength(1000);
        builder.HasIndex(x => new { x.OrganizationId, x.VersionId });
        builder.HasIndex(x => new { x.OrganizationId, x.Digest });
    }
}

internal sealed class ServedVersionMapping : IEntityTypeConfiguration<ServedVersion>
{
    public void Configure(EntityTypeBuilder<ServedVersion> builder)
    {
        builder.ToTable("served_version");
        builder.Property(x => x.SaidBy).HasMaxLength(200);
        builder.HasIndex(x => new
        {
            x.OrganizationId,
            x.EndpointId,
            x.Since,
        });
        builder.HasIndex(x => new { x.OrganizationId, x.VersionId });
    }
}
