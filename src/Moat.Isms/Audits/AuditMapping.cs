using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Moat.Isms.Audits;

internal sealed class AuditProgrammeMapping : IEntityTypeConfiguration<AuditProgramme>
{
    public void Configure(EntityTypeBuilder<AuditProgramme> builder)
    {
        builder.ToTable("audit_programme");
        builder.Property(x => x.AdoptedBy).HasMaxLength(200);
    }
}

internal sealed class ProgrammeItemMapping : IEntityTypeConfiguration<ProgrammeItem>
{
    public void Configure(EntityTypeBuilder<ProgrammeItem> builder)
    {
        builder.ToTable("programme_item");
        builder.Property(x => x.Requirement).HasMaxLength(20);
        builder
            .HasIndex(x => new
            {
                x.OrganizationId,
                x.ProgrammeId,
                x.Requirement,
            })
            .IsUnique();
    }
}

internal sealed class AuditMapping : IEntityTypeConfiguration<Audit>
{
    public void Configure(EntityTypeBuilder<Audit> builder)
    {
        builder.ToTable("audit");
        builder.Ignore(x => x.Counts);
        builder.Property(x => x.Title).HasMaxLength(300);
        builder.Property(x => x.Extent).HasMaxLength(4000);
        builder.Property(x => x.Body).HasMaxLength(200);
        builder.Property(x => x.Conclusion).HasMaxLength(8000);
        builder.Property(x => x.ReportedBy).HasMaxLength(200);
        builder.Property(x => x.EvidenceRef).HasMaxLength(40);
        builder.HasIndex(x => new { x.OrganizationId, x.ProgrammeId });
    }
}

internal sealed class AuditItemMapping : IEntityTypeConfiguration<AuditItem>
{
    public void Configure(EntityTypeBuilder<AuditItem> builder)
    {
        builder.ToTable("audit_item");
        builder.Property(x => x.Requirement).HasMaxLength(20);
        builder.Property(x => x.Note).HasMaxLength(8000);
        builder.Property(x => x.ExaminedBy).HasMaxLength(200);
        builder
            .HasIndex(x => new
            {
                x.OrganizationId,
                x.AuditId,
                x.Requirement,
            })
            .IsUnique();
    }
}

internal sealed class FindingMapping : IEntityTypeConfiguration<Finding>
{
    public void Configure(EntityTypeBuilder<Finding> builder)
    {
        builder.ToTable("finding");
        builder.Ignore(x => x.IsNonconformity);
        builder.Property(x => x.Requirement).HasMaxLength(20);
        builder.Property(x => x.Title).HasMaxLength(300);
        builder.Property(x => x.Seen).HasMaxLength(8000);
        builder.Property(x => x.Statement).HasMaxLength(8000);
        builder.Property(x => x.RaisedBy).HasMaxLength(200);
        builder.Property(x => x.Answer).HasMaxLength(4000);
        builder.Property(x => x.AnsweredBy).HasMaxLength(200);
        builder.HasIndex(x => new { x.OrganizationId, x.AuditId });
    }
}

internal sealed class SampleMapping : IEntityTypeConfiguration<Sample>
{
    public void Configure(EntityTypeBuilder<Sample> builder)
    {
        builder.ToTable("sample");
        builder.Property(x => x.Requirement).HasMaxLength(20);
        builder.Property(x => x.Of).HasMaxLength(200);
        builder.Property(x => x.Seed).HasMaxLength(100);
        builder.Property(x => x.PopulationSha256).HasMaxLength(64);
        builder.Property(x => x.Conclusion).HasMaxLength(4000);
        builder.HasIndex(x => new { x.OrganizationId, x.AuditId });
    }
}

internal sealed class SampleItemMapping : IEntityTypeConfiguration<SampleItem>
{
    public void Configure(EntityTypeBuilder<SampleItem> builder)
    {
        builder.ToTable("sample_item");
        builder.Property(x => x.Reference).HasMaxLength(80);
        builder.Property(x => x.Title).HasMaxLength(400);
        builder.Property(x => x.Note).HasMaxLength(4000);
        builder.Property(x => x.ExaminedBy).HasMaxLength(200);
        builder
            .HasIndex(x => new
            {
                x.OrganizationId,
                x.SampleId,
                x.Position,
            })
            .IsUnique();
    }
}

internal sealed class AuditRequestMapping : IEntityTypeConfiguration<AuditRequest>
{
    public void Configure(EntityTypeBuilder<AuditRequest> builder)
    {
        builder.ToTable("audit_request");
        builder.Ignore(x => x.Waits);
        builder.Property(x => x.Wanted).HasMaxLength(4000);
        builder.Property(x => x.Requirement).HasMaxLength(20);
        builder.Property(x => x.AskedBy).HasMaxLength(200);
        builder.Property(x => x.Source).HasMaxLength(400);
        builder.Property(x => x.ImportedFrom).HasMaxLength(240);
        builder.HasIndex(x => new
        {
            x.OrganizationId,
            x.State,
            x.AssigneeId,
        });
        builder.HasIndex(x => new { x.OrganizationId, x.AuditId });
    }
}

internal sealed class RequestNoteMapping : IEntityTypeConfiguration<RequestNote>
{
    public void Configure(EntityTypeBuilder<RequestNote> builder)
    {
        builder.ToTable("request_note");
        builder.Property(x => x.Text).HasMaxLength(8000);
        builder.Property(x => x.By).HasMaxLength(200);
        builder
            .HasIndex(x => new
            {
                x.OrganizationId,
                x.RequestId,
                x.Position,
            })
            .IsUnique();
    }
}
