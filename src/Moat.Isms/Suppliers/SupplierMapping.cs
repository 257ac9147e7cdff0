using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Moat.Isms.Suppliers;

internal sealed class SupplierMapping : IEntityTypeConfiguration<Supplier>
{
    public void Configure(EntityTypeBuilder<Supplier> builder)
    {
        builder.ToTable("supplier");
        builder.Property(x => x.Name).HasMaxLength(200);
        builder.Property(x => x.Service).HasMaxLength(1000);
        builder.Property(x => x.Gets).HasMaxLength(2000);
        builder.Property(x => x.Contract).HasMaxLength(1000);
        builder.Property(x => x.DataAgreement).HasMaxLength(1000);
        builder.Property(x => x.Countries).HasMaxLength(500);
        builder.Property(x => x.Subprocessors).HasMaxLength(4000);
        builder.Property(x => x.ExitPlan).HasMaxLength(4000);
        builder.Property(x => x.Judgement).HasMaxLength(4000);
        builder.Ignore(x => x.CycleDays);
    }
}

internal sealed class SupplierCertificateMapping : IEntityTypeConfiguration<SupplierCertificate>
{
    public void Configure(EntityTypeBuilder<SupplierCertificate> builder)
    {
        builder.ToTable("supplier_certificate");
        builder.Property(x => x.Title).HasMaxLength(200);
        builder.Property(x => x.Issuer).HasMaxLength(200);
        builder.Property(x => x.Scope).HasMaxLength(2000);
        builder.Property(x => x.Exceptions).HasMaxLength(4000);
        builder.Property(x => x.FileName).HasMaxLength(200);
        builder.Property(x => x.FileSha256).HasMaxLength(64);
        builder.HasIndex(x => new { x.OrganizationId, x.SupplierId });
    }
}

internal sealed class SupplierQuestionnaireMapping : IEntityTypeConfiguration<SupplierQuestionnaire>
{
    public void Configure(EntityTypeBuilder<SupplierQuestionnaire> builder)
    {
        builder.ToTable("supplier_questionnaire");
        builder.Property(x => x.SupplierName).HasMaxLength(200);
        builder.Property(x => x.SentTo).HasMaxLength(254);
        builder.Property(x => x.SecretHash).HasMaxLength(64);
        builder.Property(x => x.AnsweredBy).HasMaxLength(200);
        builder.HasIndex(x => new { x.OrganizationId, x.SupplierId });
        builder.HasIndex(x => new { x.OrganizationId, x.SecretHash }).IsUnique();
    }
}
