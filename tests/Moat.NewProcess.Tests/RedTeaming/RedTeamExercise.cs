using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Moat.Isms.Kernel;

namespace Moat.RedTeaming;

/// <summary>An attack on an own model that was tried on purpose, and what it found.</summary>
[RecordKind("REDT", "red-teaming", Page = "red-teaming#{ref}", One = "exercise", Many = "exercises")]
public sealed class RedTeamExercise : Referenced
{
    /// <summary>What was attacked, and how.</summary>
    public required string Title { get; init; }

    /// <summary>What was found.</summary>
    public required string Found { get; init; }

    /// <summary>When it was done.</summary>
    public required DateOnly DoneOn { get; init; }

    /// <summary>When it comes round.</summary>
    public required DateOnly NextOn { get; init; }

    /// <inheritdoc />
    public override string Caption => Title;
}

internal sealed class RedTeamExerciseMapping : IEntityTypeConfiguration<RedTeamExercise>
{
    public void Configure(EntityTypeBuilder<RedTeamExercise> builder)
    {
        builder.ToTable("red_team_exercise");
        builder.Property(x => x.Title).HasMaxLength(200);
        builder.Property(x => x.Found).HasMaxLength(4000);
    }
}
