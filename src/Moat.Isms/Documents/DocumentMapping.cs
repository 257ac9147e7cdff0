using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Moat.Isms.Documents;

internal sealed class DocumentMapping : IEntityTypeConfiguration<Document>
{
    public void Configure(EntityTypeBuilder<Document> builder)
    {
        builder.ToTable("document");
        builder.Property(x => x.Key).HasMaxLength(80);
        builder.Property(x => x.Title).HasMaxLength(200);
        builder.Property(x => x.Distribution).HasMaxLength(1000);
        builder.Property(x => x.Address).HasMaxLength(1000);
        builder.Property(x => x.FileSha256).HasMaxLength(64);
        builder.Property(x => x.FileName).HasMaxLength(200);
        builder.Property(x => x.RetiredBecause).HasMaxLength(2000);
        builder.HasIndex(x => new { x.OrganizationId, x.Key });
    }
}

internal sealed class DocumentVersionMapping : IEntityTypeConfiguration<DocumentVersion>
{
    public void Configure(EntityTypeBuilder<DocumentVersion> builder)
    {
        builder.ToTable("document_version");
        builder.Property(x => x.Title).HasMaxLength(200);
        builder.Property(x => x.Sha256).HasMaxLength(64);
        builder.Property(x => x.ChangeReason).HasMaxLength(2000);
        builder.Property(x => x.ApprovedBy).HasMaxLength(200);
        builder.Property(x => x.ApprovedSha256).HasMaxLength(64);
        builder.Ignore(x => x.Edition).Ignore(x => x.IsOpen);
        builder.HasIndex(x => new { x.OrganizationId, x.DocumentId });
        builder.HasIndex(x => new { x.OrganizationId, x.State });
    }
}

internal sealed class DocumentReviewMapping : IEntityTypeConfiguration<DocumentReview>
{
    public void Configure(EntityTypeBuilder<DocumentReview> builder)
    {
        builder.ToTable("document_review");
        builder.Property(x => x.Note).HasMaxLength(4000);
        builder.HasIndex(x => new { x.OrganizationId, x.VersionId });
    }
}

internal sealed class DocumentRemarkMapping : IEntityTypeConfiguration<DocumentRemark>
{
    public void Configure(EntityTypeBuilder<DocumentRemark> builder)
    {
        builder.ToTable("document_remark");
        builder.Property(x => x.By).HasMaxLength(200);
        builder.Property(x => x.Remark).HasMaxLength(4000);
        builder.Property(x => x.Paragraph).HasMaxLength(8000);
        builder.Property(x => x.Instead).HasMaxLength(8000);
        builder.Property(x => x.Answer).HasMaxLength(2000);
        builder.HasIndex(x => new { x.OrganizationId, x.VersionId });
    }
}

internal sealed class AcknowledgementMapping : IEntityTypeConfiguration<Acknowledgement>
{
    public void Configure(EntityTypeBuilder<Acknowledgement> builder)
    {
        builder.ToTable("acknowledgement");
        builder.Property(x => x.What).HasMaxLength(240);
        builder.Property(x => x.Sha256).HasMaxLength(64);
        builder.HasIndex(x => new { x.OrganizationId, x.VersionId });
        builder.HasIndex(x => new { x.OrganizationId, x.PersonId });
    }
}
