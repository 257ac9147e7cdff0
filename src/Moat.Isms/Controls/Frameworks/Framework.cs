using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Moat.Isms.Kernel;

namespace Moat.Isms.Controls.Frameworks;

/// <summary>A requirement of another framework, and which clauses and controls of ISO/IEC 27001 answer it.</summary>
public sealed record FrameworkRow(string Id, string Title, string? Text, IReadOnlyList<string> Answers);

/// <summary>A framework that the company added as a file: an OSCAL catalog or a library in the style of CISO Assistant.</summary>
[RecordKind("FWK", "frameworks")]
public sealed class Framework : Referenced
{
    /// <summary>Names it for mappings that come later: the URN or UUID in its file.</summary>
    public required string Key { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Who publishes it.</summary>
    public required string Publisher { get; init; }

    /// <summary>The form of the file.</summary>
    public required string Format { get; init; }

    /// <summary>SHA-256 of the file, hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>How many requirements it has.</summary>
    public required int Count { get; init; }

    /// <summary>Its requirements as JSON.</summary>
    public required string Rows { get; set; }

    /// <inheritdoc />
    public override string Caption => Name;

    /// <summary>Reads the requirements.</summary>
    public IReadOnlyList<FrameworkRow> Requirements() => JsonSerializer.Deserialize<List<FrameworkRow>>(Rows, InputBinder.Json)!;

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
        builder.HasIndex(x => new { x.OrganizationId, x.Key }).IsUnique();
    }
}
