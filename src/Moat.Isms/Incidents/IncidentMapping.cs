using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Moat.Isms.Incidents.Duties;
using Moat.Isms.Incidents.Intake;
using Moat.Isms.Incidents.Playbooks;

namespace Moat.Isms.Incidents;

internal sealed class ReportedEventMapping : IEntityTypeConfiguration<ReportedEvent>
{
    public void Configure(EntityTypeBuilder<ReportedEvent> builder)
    {
        builder.ToTable("reported_event");
        builder.Property(x => x.Text).HasMaxLength(8000);
        builder.Property(x => x.Reason).HasMaxLength(2000);
        builder.Property(x => x.DecidedBy).HasMaxLength(200);
        builder.Property(x => x.ReceiptHash).HasMaxLength(64);
        builder.HasIndex(x => new
        {
            x.OrganizationId,
            x.State,
            x.Number,
        });
    }
}

internal sealed class AlertMapping : IEntityTypeConfiguration<Alert>
{
    public void Configure(EntityTypeBuilder<Alert> builder)
    {
        builder.ToTable("alert");
        builder.Property(x => x.Source).HasMaxLength(400);
        builder.Property(x => x.GroupKey).HasMaxLength(1000);
        builder.Property(x => x.Fingerprint).HasMaxLength(400);
        builder.Property(x => x.Title).HasMaxLength(300);
        builder.Property(x => x.Description).HasMaxLength(4000);
        builder.Property(x => x.Level).HasMaxLength(40);
        builder.Property(x => x.Labels).HasMaxLength(16000);
        builder.Property(x => x.Link).HasMaxLength(2000);
        builder.Property(x => x.Reason).HasMaxLength(2000);
        builder.Property(x => x.DecidedBy).HasMaxLength(200);
        builder.HasIndex(x => new { x.OrganizationId, x.Key }).IsUnique();
        builder.HasIndex(x => new { x.OrganizationId, x.SameThing });
        builder.HasIndex(x => new
        {
            x.OrganizationId,
            x.State,
            x.Number,
        });
    }
}

internal sealed class AlertSourceMapping : IEntityTypeConfiguration<AlertSource>
{
    public void Configure(EntityTypeBuilder<AlertSource> builder)
    {
        builder.ToTable("alert_source");
        builder.Property(x => x.Name).HasMaxLength(60);
        builder.Property(x => x.Secret).HasMaxLength(2000);
    }
}

internal sealed class OpenIntakeMapping : IEntityTypeConfiguration<OpenIntake>
{
    public void Configure(EntityTypeBuilder<OpenIntake> builder)
    {
        builder.ToTable("open_intake");
        builder.Property(x => x.Secret).HasMaxLength(100);
    }
}

internal sealed class IncidentMapping : IEntityTypeConfiguration<Incident>
{
    public void Configure(EntityTypeBuilder<Incident> builder)
    {
        builder.ToTable("incident");
        builder.Property(x => x.Title).HasMaxLength(300);
        builder.Property(x => x.What).HasMaxLength(8000);
        builder.Property(x => x.ComputedBecause).HasMaxLength(4000);
        builder.Property(x => x.SetBecause).HasMaxLength(2000);
        builder.Property(x => x.NoReviewBecause).HasMaxLength(2000);
        builder.Property(x => x.NotContainedBecause).HasMaxLength(2000);
        builder.Property(x => x.NotEradicatedBecause).HasMaxLength(2000);
        builder.HasIndex(x => new
        {
            x.OrganizationId,
            x.State,
            x.Number,
        });
        builder.HasIndex(x => new
        {
            x.OrganizationId,
            x.Rank,
            x.Number,
        });
    }
}

internal sealed class TimelineEntryMapping : IEntityTypeConfiguration<TimelineEntry>
{
    public void Configure(EntityTypeBuilder<TimelineEntry> builder)
    {
        builder.ToTable("timeline_entry");
        builder.Property(x => x.Text).HasMaxLength(4000);
        builder.Property(x => x.By).HasMaxLength(200);
        builder
            .HasIndex(x => new
            {
                x.OrganizationId,
                x.IncidentId,
                x.Position,
            })
            .IsUnique();
    }
}

internal sealed class CustodyEntryMapping : IEntityTypeConfiguration<CustodyEntry>
{
    public void Configure(EntityTypeBuilder<CustodyEntry> builder)
    {
        builder.ToTable("custody_entry");
        builder.Property(x => x.From).HasMaxLength(300);
        builder.Property(x => x.To).HasMaxLength(300);
        builder.Property(x => x.Purpose).HasMaxLength(1000);
        builder.Property(x => x.Sha256).HasMaxLength(64);
        builder
            .HasIndex(x => new
            {
                x.OrganizationId,
                x.IncidentId,
                x.EvidenceId,
                x.Position,
            })
            .IsUnique();
    }
}

internal sealed class ResponderMapping : IEntityTypeConfiguration<Responder>
{
    public void Configure(EntityTypeBuilder<Responder> builder)
    {
        builder.ToTable("responder");
        builder.Property(x => x.Part).HasMaxLength(80);
        builder
            .HasIndex(x => new
            {
                x.OrganizationId,
                x.IncidentId,
                x.Part,
            })
            .IsUnique();
    }
}

internal sealed class IncidentReviewMapping : IEntityTypeConfiguration<IncidentReview>
{
    public void Configure(EntityTypeBuilder<IncidentReview> builder)
    {
        builder.ToTable("incident_review");
        builder.Property(x => x.Story).HasMaxLength(8000);
        builder.Property(x => x.Cause).HasMaxLength(40);
        builder.Property(x => x.Worked).HasMaxLength(4000);
        builder.Property(x => x.Failed).HasMaxLength(4000);
        builder.Property(x => x.NoLessonBecause).HasMaxLength(2000);
        builder.HasIndex(x => new { x.OrganizationId, x.IncidentId });
    }
}

internal sealed class NotificationDutyMapping : IEntityTypeConfiguration<NotificationDuty>
{
    public void Configure(EntityTypeBuilder<NotificationDuty> builder)
    {
        builder.ToTable("notification_duty");
        builder.Property(x => x.DutyId).HasMaxLength(80);
        builder.Property(x => x.Title).HasMaxLength(300);
        builder.Property(x => x.Source).HasMaxLength(200);
        builder.Property(x => x.Because).HasMaxLength(4000);
        builder.Property(x => x.DeclinedBy).HasMaxLength(200);
        builder.Property(x => x.DeclinedBecause).HasMaxLength(2000);
        builder.HasIndex(x => new { x.OrganizationId, x.IncidentId });
    }
}

internal sealed class DutyNoticeMapping : IEntityTypeConfiguration<DutyNotice>
{
    public void Configure(EntityTypeBuilder<DutyNotice> builder)
    {
        builder.ToTable("duty_notice");
        builder.Property(x => x.Stage).HasMaxLength(80);
        builder.Property(x => x.Title).HasMaxLength(300);
        builder.Property(x => x.To).HasMaxLength(300);
        builder.Property(x => x.Draft).HasMaxLength(20000);
        builder.Property(x => x.WrittenBy).HasMaxLength(200);
        builder.Property(x => x.SentBy).HasMaxLength(200);
        builder.Property(x => x.SentHow).HasMaxLength(1000);
        builder
            .HasIndex(x => new
            {
                x.OrganizationId,
                x.NotificationId,
                x.Position,
            })
            .IsUnique();
    }
}

internal sealed class PlaybookRunMapping : IEntityTypeConfiguration<PlaybookRun>
{
    public void Configure(EntityTypeBuilder<PlaybookRun> builder)
    {
        builder.ToTable("playbook_run");
        builder.Property(x => x.PlaybookId).HasMaxLength(80);
        builder.Property(x => x.Title).HasMaxLength(300);
        builder.Property(x => x.Result).HasMaxLength(8000);
        builder.HasIndex(x => new { x.OrganizationId, x.IncidentId });
    }
}

internal sealed class RunItemMapping : IEntityTypeConfiguration<RunItem>
{
    public void Configure(EntityTypeBuilder<RunItem> builder)
    {
        builder.ToTable("run_item");
        builder.Property(x => x.Key).HasMaxLength(80);
        builder.Property(x => x.Title).HasMaxLength(1000);
        builder.Property(x => x.Phase).HasMaxLength(40);
        builder.Property(x => x.Role).HasMaxLength(80);
        builder.Property(x => x.By).HasMaxLength(200);
        builder.Property(x => x.Text).HasMaxLength(4000);
        builder.Property(x => x.Choice).HasMaxLength(80);
        builder
            .HasIndex(x => new
            {
                x.OrganizationId,
                x.RunId,
                x.Kind,
                x.Position,
            })
            .IsUnique();
    }
}
