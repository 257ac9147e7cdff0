using Moat.Isms.Kernel;
using Moat.Knowledge;

namespace Moat.Isms.Assets;

/// <summary>Something of value that the ISMS protects (A.5.9).</summary>
[RecordKind("AST", "assets", Page = "assets/{ref}", Column = ThreadColumn.RisksAndControls)]
public sealed class Asset : Proposable
{
    /// <summary>Its name.</summary>
    public required string Name { get; set; }

    /// <summary>Its kind; one of <see cref="AssetKinds"/>.</summary>
    public required string Kind { get; set; }

    /// <summary>What it is and where.</summary>
    public string? Description { get; set; }

    /// <summary>Where it lives: a URL, a path, a place.</summary>
    public string? Location { get; set; }

    /// <summary>Who answers for it.</summary>
    public Guid? OwnerId { get; set; }

    /// <summary>Whether it is one of the few things the company must not lose.</summary>
    public bool CrownJewel { get; set; }

    /// <summary>Whether it is within the scope of the ISMS.</summary>
    public bool InScope { get; set; } = true;

    /// <summary>The id it has where it comes from, such as a package URL; joins it with later imports.</summary>
    public string? ExternalId { get; set; }

    /// <summary>Confidentiality that people gave it, 1 to 4.</summary>
    public int Confidentiality { get; private set; } = 2;

    /// <summary>Integrity that people gave it, 1 to 4.</summary>
    public int Integrity { get; private set; } = 2;

    /// <summary>Availability that people gave it, 1 to 4.</summary>
    public int Availability { get; private set; } = 2;

    /// <summary>Confidentiality with what flows to it along relations; never below its own.</summary>
    public int NeedsConfidentiality { get; private set; } = 2;

    /// <summary>Integrity with what flows to it.</summary>
    public int NeedsIntegrity { get; private set; } = 2;

    /// <summary>Availability with what flows to it.</summary>
    public int NeedsAvailability { get; private set; } = 2;

    /// <summary>The highest of the three needs, for sorting.</summary>
    public int Need { get; private set; } = 2;

    /// <inheritdoc />
    public override string Caption => Name;

    /// <inheritdoc />
    protected internal override string SearchWords => $"{Name} {Kind} {Description} {Location} {ExternalId}";

    /// <summary>Sets its own classification, each 1 (nobody minds) to 4 (the company is at stake).</summary>
    public void Classify(int confidentiality, int integrity, int availability)
    {
        (Confidentiality, Integrity, Availability) = (confidentiality, integrity, availability);
        Need3(
            Math.Max(NeedsConfidentiality, confidentiality),
            Math.Max(NeedsIntegrity, integrity),
            Math.Max(NeedsAvailability, availability)
        );
    }

    /// <summary>Sets what it needs after classification has flowed along relations.</summary>
    public void Need3(int confidentiality, int integrity, int availability)
    {
        (NeedsConfidentiality, NeedsIntegrity, NeedsAvailability) = (confidentiality, integrity, availability);
        Need = Math.Max(confidentiality, Math.Max(integrity, availability));
    }
}

/// <summary>A bill of materials that was imported.</summary>
[RecordKind("BOM", "assets", Column = ThreadColumn.RisksAndControls)]
public sealed class BillOfMaterials : Referenced
{
    /// <summary>The file's name.</summary>
    public required string FileName { get; init; }

    /// <summary>CycloneDX or SPDX, with its version.</summary>
    public required string Format { get; init; }

    /// <summary>The document's own id.</summary>
    public required string Serial { get; init; }

    /// <summary>SHA-256 of the file, hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>What it changed, in a sentence.</summary>
    public required string Summary { get; init; }

    /// <inheritdoc />
    public override string Caption => FileName;
}
