using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Moat.Isms.Kernel;

namespace Moat.Isms.Looks;

/// <summary>
/// That a person looked at a record again and found it still true, with the reason. An honest "nothing had to change"
/// is a review as well, and without it only change would count.
/// </summary>
public sealed class Look : Record
{
    /// <summary>The reference of what was looked at.</summary>
    public required string SubjectRef { get; init; }

    /// <summary>Why it is still true.</summary>
    public required string Because { get; init; }

    /// <summary>Who looked.</summary>
    public required string By { get; init; }

    /// <summary>The person who looked.</summary>
    public required Guid ById { get; init; }

    /// <summary>On which day.</summary>
    public required DateOnly On { get; init; }
}

internal sealed class LookMapping : IEntityTypeConfiguration<Look>
{
    public void Configure(EntityTypeBuilder<Look> builder)
    {
        builder.ToTable("look");
        builder.Property(x => x.SubjectRef).HasMaxLength(40);
        builder.Property(x => x.Because).HasMaxLength(2000);
        builder.Property(x => x.By).HasMaxLength(200);
        builder.HasIndex(x => new { x.OrganizationId, x.SubjectRef });
    }
}
