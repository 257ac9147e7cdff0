using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Moat.Isms.Work.Absences;
using Moat.Isms.Work.Cadences;
using Moat.Isms.Work.Calendar;
using Moat.Isms.Work.Digests;
using Moat.Isms.Work.Webhooks;

namespace Moat.Isms.Work;

internal sealed class WorkItemMapping : IEntityTypeConfiguration<WorkItem>
{
    public void Configure(EntityTypeBuilder<WorkItem> builder)
    {
        builder.ToTable("work_item");
        builder.Property(x => x.Title).HasMaxLength(300);
        builder.Property(x => x.Why).HasMaxLength(1000);
        builder.Property(x => x.Purpose).HasMaxLength(40);
        builder.Property(x => x.SubjectRef).HasMaxLength(40);
        builder.Property(x => x.Outcome).HasMaxLength(2000);
        builder.HasIndex(x => new
        {
            x.OrganizationId,
            x.State,
            x.OwnerId,
            x.DueOn,
        });
        builder.HasIndex(x => new
        {
            x.OrganizationId,
            x.State,
            x.DueOn,
        });
        builder.HasIndex(x => new
        {
            x.OrganizationId,
            x.State,
            x.EscalatedToId,
        });
        builder.HasIndex(x => new
        {
            x.OrganizationId,
            x.State,
            x.ForId,
        });
        builder.HasIndex(x => new { x.OrganizationId, x.SubjectId });
    }
}

internal sealed class AbsenceMapping : IEntityTypeConfiguration<Absence>
{
    public void Configure(EntityTypeBuilder<Absence> builder)
    {
        builder.ToTable("absence");
        builder.HasIndex(x => new
        {
            x.OrganizationId,
            x.EndedAt,
            x.Until,
        });
    }
}

internal sealed class CadenceMapping : IEntityTypeConfiguration<Cadence>
{
    public void Configure(EntityTypeBuilder<Cadence> builder)
    {
        builder.ToTable("cadence");
        builder.Property(x => x.Title).HasMaxLength(300);
        builder.Property(x => x.What).HasMaxLength(1000);
        builder.Property(x => x.Process).HasMaxLength(60);
        builder.Property(x => x.Requirement).HasMaxLength(20);
        builder.Property(x => x.RoleKey).HasMaxLength(80);
        builder.Property(x => x.LastProof).HasMaxLength(300);
        builder.Property(x => x.RetiredBecause).HasMaxLength(1000);
        builder.Ignore(x => x.Runs).Ignore(x => x.Purpose);
    }
}

internal sealed class CadenceTimeMapping : IEntityTypeConfiguration<CadenceTime>
{
    public void Configure(EntityTypeBuilder<CadenceTime> builder)
    {
        builder.ToTable("cadence_time");
        builder.Property(x => x.Proof).HasMaxLength(300);
        builder.HasIndex(x => new
        {
            x.OrganizationId,
            x.CadenceId,
            x.DueOn,
        });
    }
}

internal sealed class CalendarAddressMapping : IEntityTypeConfiguration<CalendarAddress>
{
    public void Configure(EntityTypeBuilder<CalendarAddress> builder)
    {
        builder.ToTable("calendar_address");
        builder.Property(x => x.SecretHash).HasMaxLength(64);
        builder.HasIndex(x => new { x.OrganizationId, x.SecretHash }).IsUnique();
        builder.HasIndex(x => new { x.OrganizationId, x.PersonId });
    }
}

internal sealed class MailDeliveryMapping : IEntityTypeConfiguration<MailDelivery>
{
    public void Configure(EntityTypeBuilder<MailDelivery> builder)
    {
        builder.ToTable("mail_delivery");
        builder.HasKey(x => new { x.OrganizationId, x.Id });
        builder.Property(x => x.Id).ValueGeneratedNever();
        builder.Property(x => x.Result).HasMaxLength(1000);
        builder
            .HasIndex(x => new
            {
                x.OrganizationId,
                x.PersonId,
                x.On,
            })
            .IsUnique();
        builder.HasIndex(x => new
        {
            x.OrganizationId,
            x.State,
            x.NextAt,
        });
    }
}

internal sealed class DigestChoiceMapping : IEntityTypeConfiguration<DigestChoice>
{
    public void Configure(EntityTypeBuilder<DigestChoice> builder)
    {
        builder.ToTable("digest_choice");
        builder.HasIndex(x => new { x.OrganizationId, x.PersonId }).IsUnique();
    }
}

internal sealed class WebhookMapping : IEntityTypeConfiguration<Webhook>
{
    public void Configure(EntityTypeBuilder<Webhook> builder)
    {
        builder.ToTable("webhook");
        builder.Property(x => x.Name).HasMaxLength(200);
        builder.Property(x => x.Url).HasMaxLength(1000);
        builder.Property(x => x.Secret).HasMaxLength(2000);
        builder.Property(x => x.PausedBecause).HasMaxLength(1000);
        builder.Ignore(x => x.Runs);
    }
}

internal sealed class WebhookCursorMapping : IEntityTypeConfiguration<WebhookCursor>
{
    public void Configure(EntityTypeBuilder<WebhookCursor> builder)
    {
        builder.ToTable("webhook_cursor");
        builder.HasKey(x => new { x.OrganizationId, x.HookId });
        builder.Property(x => x.HookId).ValueGeneratedNever();
    }
}

internal sealed class WebhookDeliveryMapping : IEntityTypeConfiguration<WebhookDelivery>
{
    public void Configure(EntityTypeBuilder<WebhookDelivery> builder)
    {
        builder.ToTable("webhook_delivery");
        builder.HasKey(x => new { x.OrganizationId, x.Id });
        builder.Property(x => x.Id).ValueGeneratedNever();
        builder.Property(x => x.Event).HasMaxLength(60);
        builder.Property(x => x.Subject).HasMaxLength(80);
        builder.Property(x => x.Payload).HasMaxLength(8000);
        builder.Property(x => x.Result).HasMaxLength(1000);
        builder.HasIndex(x => new
        {
            x.OrganizationId,
            x.HookId,
            x.State,
            x.CreatedAt,
        });
        builder.HasIndex(x => new
        {
            x.OrganizationId,
            x.State,
            x.NextAt,
        });
    }
}
