using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Moat.Isms.Kernel;

namespace Moat.Isms.Retirements;

/// <summary>
/// That a record was taken out of its register, by whom and why. Retiring what is inconvenient is seen here.
/// </summary>
public sealed class Retirement : Record
{
    /// <summary>The record, such as RISK-3.</summary>
    public required string SubjectRef { get; init; }

    /// <summary>Its id.</summary>
    public required Guid SubjectId { get; init; }

    /// <summary>What it was called.</summary>
    public required string Title { get; init; }

    /// <summary>Why it does not count any more.</summary>
    public required string Because { get; init; }

    /// <summary>Who decided it.</summary>
    public required string By { get; init; }

    /// <summary>When.</summary>
    public required DateOnly On { get; init; }

    /// <summary>The record that says the same and stays, where it was merged.</summary>
    public string? MergedInto { get; init; }

    /// <summary>When it was taken into the register again.</summary>
    public DateOnly? ReopenedOn { get; private set; }

    /// <summary>Who decided that.</summary>
    public string? ReopenedBy { get; private set; }

    /// <summary>Why it counts again.</summary>
    public string? ReopenedBecause { get; private set; }

    /// <summary>Takes it back.</summary>
    public void End(string because, string by, DateOnly on) =>
        (ReopenedBecause, ReopenedBy, ReopenedOn) = (because, by, on);
}

internal sealed class RetirementMapping : IEntityTypeConfiguration<Retirement>
{
    public void Configure(EntityTypeBuilder<Retirement> builder)
    {
        builder.ToTable("retirement");
        builder.Property(x => x.SubjectRef).HasMaxLength(40);
        builder.Property(x => x.Title).HasMaxLength(400);
        builder.Property(x => x.Because).HasMaxLength(2000);
        builder.Property(x => x.By).HasMaxLength(200);
        builder.Property(x => x.MergedInto).HasMaxLength(40);
        builder.Property(x => x.ReopenedBy).HasMaxLength(200);
        builder.Property(x => x.ReopenedBecause).HasMaxLength(2000);
        builder.HasIndex(x => new { x.OrganizationId, x.SubjectId });
    }
}
