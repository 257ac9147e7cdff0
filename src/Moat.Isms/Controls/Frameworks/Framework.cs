using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Moat.Isms.Kernel;

namespace Moat.Isms.Controls.Frameworks;

/// <summary>A requirement of another framework, and which clauses and controls of ISO/IEC 27001 answer it.</summary>
public sealed record FrameworkRow(string Id, string Title, string? Text, IReadOnlyList<string> Answers);

/// <summary>
/// A framework that the company added as a file: an OSCAL catalog or a library in the style of CISO Assistant.
/// </summary>
[RecordKind("FWK", "frameworks", Column = ThreadColumn.RisksAndControls)]
public sealed class Framework : Referenced
{
    private const int LongestKey = 300;

    /// <summary>Names it for mappings that come later: the URN or UUID in its file.</summary>
    public required string Key { get; set; }

    /// <summary>Its name.</summary>
    public required string Name { get; set; }

    /// <summary>Who publishes it.</summary>
    public required string Publisher { get; set; }

    /// <summary>The form of the file.</summary>
    public required string Format { get; set; }

    /// <summary>SHA-256 of the file, hex.</summary>
    public required string Sha256 { get; set; }

    /// <summary>How many requirements it has.</summary>
    public required int Count { get; set; }

    /// <summary>The day from which it is not looked at any more.</summary>
    public DateOnly? RemovedOn { get; private set; }

    /// <summary>Why it is not looked at any more.</summary>
    public string? RemovedBecause { get; private set; }

    /// <summary>Its requirements as JSON.</summary>
    public required string Rows { get; set; }

    /// <inheritdoc />
    public override string Caption => Name;

    /// <summary>Takes it out of the list. What was, stays in the journal, and its file may be added again.</summary>
    public void Remove(string because, DateOnly today)
    {
        if (RemovedOn is not null)
            throw new RuleBroken("frameworks.remove.once", $"{Ref} was removed already.");
        (RemovedOn, RemovedBecause) = (today, because);
        // The key is free for the file that may come again.
        var mark = $" (removed as {Ref})";
        Key = Key.Cut(LongestKey - mark.Length) + mark;
    }

    /// <summary>Reads the requirements.</summary>
    public IReadOnlyList<FrameworkRow> Requirements() =>
        JsonSerializer.Deserialize<List<FrameworkRow>>(Rows, InputBinder.Json)!;

    /// <summary>Writes requirements.</summary>
    public static string Write(IReadOnlyList<FrameworkRow> rows) => JsonSerializer.Serialize(rows, InputBinder.Json);
}

internal sealed class FrameworkTable : IEntityTypeConfiguration<Framework>
{
    public void Configure(EntityTypeBuilder<Framework> builder)
    {
        builder.ToTable("framework");
        builder.Property(x => x.Key).HasMaxLength(300);
        builder.Property(x => x.Name).HasMaxLength(300);
        builder.Property(x => x.Publisher).HasMaxLength(200);
        builder.Property(x => x.Format).HasMaxLength(40);
        builder.Property(x => x.Sha256).HasMaxLength(64);
        builder.Property(x => x.RemovedBecause).HasMaxLength(2000);
        builder.HasIndex(x => new { x.OrganizationId, x.Key }).IsUnique();
    }
}
