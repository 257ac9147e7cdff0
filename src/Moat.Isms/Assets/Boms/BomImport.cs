using Moat.Isms.Kernel;

namespace Moat.Isms.Assets.Boms;

/// <summary>A bill of materials to read.</summary>
public sealed record GiveBom : IReadFirst
{
    /// <summary>CycloneDX JSON (1.2 to 1.7) or SPDX 3.0 JSON-LD.</summary>
    public required GivenFile File { get; init; }

    /// <inheritdoc />
    void IReadFirst.ReadFirst() => File.Read(BomReader.Read);
}

/// <summary>One thing that an import changes.</summary>
/// <param name="What">new asset, changed, new relation or gone relation.</param>
/// <param name="Subject">The asset's name, with its reference if it has one.</param>
/// <param name="Field">The field, or the relation.</param>
/// <param name="Before">Before; null for something new.</param>
/// <param name="After">After; null for something gone.</param>
public sealed record BomChange(string What, string Subject, string Field, string? Before, string? After);

/// <summary>What an import changes, or changed.</summary>
/// <param name="Format">The bill's format.</param>
/// <param name="Assets">How many assets the bill names.</param>
/// <param name="Others">How many ordinary components it lists; they do not become assets.</param>
/// <param name="Changes">Each difference to the register; empty when there is none.</param>
/// <param name="Ref">The entered bill, such as BOM-2; null for a preview or when nothing changed.</param>
public sealed record BomResult(string Format, int Assets, int Others, IReadOnlyList<BomChange> Changes, string? Ref)
{
    /// <summary>What of the file is not read, and where it does not follow its format, a sentence each.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}

/// <summary>Bills of materials as live assets: models, datasets and services with their relations (A.5.9).</summary>
[Process("assets", "What the company must protect: models, data, pipelines, endpoints and what they hang on.")]
public sealed class BomImport(BomDesk desk)
{
    /// <summary>Shows what an import would change, and stores nothing.</summary>
    [Query(
        "preview-bom",
        Permission.EditAssets,
        "Show what the import of a CycloneDX or SPDX 3 bill would change; stores nothing",
        TakesBody = true
    )]
    public Task<BomResult> Preview(GiveBom input, CancellationToken ct) => desk.Compare(input.File, ct);

    /// <summary>Applies exactly what the preview shows. The same bill again changes nothing.</summary>
    [Operation(
        "import-bom",
        Permission.EditAssets,
        "Import a CycloneDX or SPDX 3 bill: models, datasets and services become assets"
    )]
    public Task<BomResult> Import(GiveBom input, CancellationToken ct) => desk.Apply(input.File, ct);
}
