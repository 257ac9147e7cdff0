using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Moat.Isms.Kernel;

namespace Moat.Isms.Imports;

/// <summary>That an import was taken back, so that it is taken back once.</summary>
public sealed class ImportUndoing : Record
{
    /// <summary>The entry of the import in the journal.</summary>
    public required long Entry { get; init; }

    /// <summary>The entry that took it back.</summary>
    public required long UndoneIn { get; init; }

    /// <summary>Why.</summary>
    public required string Because { get; init; }

    /// <summary>How many records left.</summary>
    public required int TakenOut { get; init; }

    /// <summary>How many were set back.</summary>
    public required int SetBack { get; init; }

    /// <summary>How many stayed.</summary>
    public required int Kept { get; init; }
}

internal sealed class ImportUndoingMapping : IEntityTypeConfiguration<ImportUndoing>
{
    public void Configure(EntityTypeBuilder<ImportUndoing> builder)
    {
        builder.ToTable("import_undoing");
        builder.Property(x => x.Because).HasMaxLength(2000);
    }
}
