using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Moat.Isms.Kernel.Journal;

namespace Moat.Isms.Kernel;

/// <summary>
/// What every record's table has: organisation first in the key, version as concurrency token, tenant filter.
/// </summary>
internal static class RecordMapping
{
    public static void Apply(ModelBuilder model, Type type, MoatDb db)
    {
        var entity = model.Entity(type);
        entity.HasKey(nameof(Record.OrganizationId), nameof(Record.Id));
        entity.Property(nameof(Record.Id)).ValueGeneratedNever();
        entity.Property(nameof(Record.Version)).IsConcurrencyToken();
        entity.Property(nameof(Record.ChangedBy)).HasMaxLength(200);
        if (type.IsSubclassOf(typeof(Referenced)))
        {
            entity
                .Ignore(nameof(Referenced.Ref))
                .Ignore(nameof(Referenced.Caption))
                .Ignore(nameof(Referenced.SearchWords));
            entity.HasIndex(nameof(Record.OrganizationId), nameof(Referenced.Number)).IsUnique();
        }
        if (type.IsSubclassOf(typeof(Proposable)))
        {
            entity.HasIndex(nameof(Record.OrganizationId), nameof(Proposable.Standing), nameof(Referenced.Number));
            entity.Property(nameof(Proposable.WhyProposed)).HasMaxLength(2000);
            entity.Property(nameof(Proposable.Source)).HasMaxLength(400);
            entity.Property(nameof(Proposable.DraftedFrom)).HasMaxLength(4000);
        }
        OnlyOfTenant(model, type, db);
    }

    /// <summary>Rows of other organisations are not seen.</summary>
    public static void OnlyOfTenant(ModelBuilder model, Type type, MoatDb db)
    {
        var record = Expression.Parameter(type, "r");
        var mine = Expression.Equal(
            Expression.Property(record, nameof(Record.OrganizationId)),
            Expression.Property(Expression.Constant(db), nameof(MoatDb.Tenant))
        );
        model.Entity(type).HasQueryFilter("tenant", Expression.Lambda(mine, record));
    }
}

internal sealed class OrganizationMapping : IEntityTypeConfiguration<Organization>
{
    public void Configure(EntityTypeBuilder<Organization> builder)
    {
        builder.ToTable("organization");
        builder.HasIndex(o => o.Slug).IsUnique();
        builder.Property(o => o.Slug).HasMaxLength(60);
        builder.Property(o => o.Name).HasMaxLength(200);
    }
}

internal sealed class JournalEntryMapping : IEntityTypeConfiguration<JournalEntry>
{
    public void Configure(EntityTypeBuilder<JournalEntry> builder)
    {
        builder.ToTable("journal_entry");
        builder.HasKey(e => new { e.OrganizationId, e.Sequence });
        builder.Property(e => e.Sequence).ValueGeneratedNever();
        builder.Property(e => e.Actor).HasMaxLength(200);
        builder.Property(e => e.Door).HasMaxLength(20);
        builder.Property(e => e.Operation).HasMaxLength(100);
        builder.Property(e => e.Reason).HasMaxLength(4000);
        builder.Property(e => e.Subjects).HasMaxLength(1000);
        builder.Property(e => e.ChangesHash).HasMaxLength(64);
        builder.HasIndex(e => new
        {
            e.OrganizationId,
            e.At,
            e.Operation,
        });
    }
}

internal sealed class JournalSubjectMapping : IEntityTypeConfiguration<JournalSubject>
{
    public void Configure(EntityTypeBuilder<JournalSubject> builder)
    {
        builder.ToTable("journal_subject");
        builder.HasKey(s => new
        {
            s.OrganizationId,
            s.Subject,
            s.Sequence,
        });
        builder.Property(s => s.Subject).HasMaxLength(JournalSubject.Longest);
        builder.Property(s => s.Sequence).ValueGeneratedNever();
    }
}

internal sealed class JournalHeadMapping : IEntityTypeConfiguration<JournalHead>
{
    public void Configure(EntityTypeBuilder<JournalHead> builder)
    {
        builder.ToTable("journal_head");
        builder.HasKey(h => h.OrganizationId);
        builder.Property(h => h.OrganizationId).ValueGeneratedNever();
        builder.Property(h => h.Size).IsConcurrencyToken();
    }
}

internal sealed class ReferenceCounterMapping : IEntityTypeConfiguration<ReferenceCounter>
{
    public void Configure(EntityTypeBuilder<ReferenceCounter> builder)
    {
        builder.ToTable("reference_counter");
        builder.HasKey(c => new { c.OrganizationId, c.Prefix });
        builder.Property(c => c.Prefix).HasMaxLength(12);
        builder.Property(c => c.Last).IsConcurrencyToken();
    }
}

internal sealed class AnsweredRequestMapping : IEntityTypeConfiguration<AnsweredRequest>
{
    public void Configure(EntityTypeBuilder<AnsweredRequest> builder)
    {
        builder.ToTable("answered_request");
        builder.HasKey(a => new { a.OrganizationId, a.Key });
        builder.Property(a => a.Key).HasMaxLength(200);
        builder.Property(a => a.Operation).HasMaxLength(100);
        builder.Property(a => a.InputSha256).HasMaxLength(64);
        builder.HasIndex(a => new { a.OrganizationId, a.At });
    }
}

internal sealed class LinkMapping : IEntityTypeConfiguration<Link>
{
    public void Configure(EntityTypeBuilder<Link> builder)
    {
        builder.ToTable("link");
        builder.Property(l => l.Type).HasMaxLength(40);
        builder.Property(l => l.FromKind).HasMaxLength(12);
        builder.Property(l => l.ToKind).HasMaxLength(12);
        builder.Property(l => l.Source).HasMaxLength(400);
        builder
            .HasIndex(l => new
            {
                l.OrganizationId,
                l.FromId,
                l.Type,
                l.ToId,
            })
            .IsUnique();
        // What Moat drafted is a small part of all links, and is counted after each write that may have adopted some.
        builder
            .HasIndex(l => new
            {
                l.OrganizationId,
                l.Source,
                l.FromKind,
            })
            .HasFilter("source IS NOT NULL");
        builder.HasIndex(l => new
        {
            l.OrganizationId,
            l.ToId,
            l.Type,
        });
        builder.HasIndex(l => new
        {
            l.OrganizationId,
            l.Type,
            l.FromKind,
            l.ToKind,
            l.CreatedAt,
        });
    }
}
