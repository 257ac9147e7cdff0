using System.ComponentModel.DataAnnotations;
using Moat.Isms.Kernel;

namespace Moat.Isms.Assets;

/// <summary>Which assets to list.</summary>
public sealed record ListAssets : ListInput
{
    /// <summary>proposed, adopted or rejected; adopted and proposed ones when left out.</summary>
    public Standing? Standing { get; init; }

    /// <summary>Only of this kind, such as model.</summary>
    [MaxLength(40)]
    public string? Kind { get; init; }

    /// <summary>Owned by this person (reference or "me"); "nobody" for those without an owner.</summary>
    [MaxLength(80)]
    public string? Owner { get; init; }

    /// <summary>Only those within or outside the scope.</summary>
    public bool? InScope { get; init; }

    /// <summary>Only crown jewels, or only others.</summary>
    public bool? CrownJewel { get; init; }

    /// <summary>Lowest need, 1 to 4.</summary>
    [Range(1, 4)]
    public int? MinNeed { get; init; }
}

/// <summary>An asset that a person enters; it is adopted at once.</summary>
public sealed record CreateAsset
{
    /// <summary>Its name.</summary>
    [MinLength(2), MaxLength(200)]
    public required string Name { get; init; }

    /// <summary>Its kind, such as model, dataset or bucket.</summary>
    [MaxLength(40)]
    public required string Kind { get; init; }

    /// <summary>What it is.</summary>
    [MaxLength(4000)]
    public string? Description { get; init; }

    /// <summary>Where it lives.</summary>
    [MaxLength(1000)]
    public string? Location { get; init; }

    /// <summary>Who answers for it, such as PER-2.</summary>
    [MaxLength(80)]
    public string? Owner { get; init; }

    /// <summary>Whether it is one of the few things the company must not lose.</summary>
    public bool CrownJewel { get; init; }

    /// <summary>Whether it is within the scope.</summary>
    public bool InScope { get; init; } = true;

    /// <summary>Confidentiality, 1 (nobody minds) to 4 (the company is at stake).</summary>
    [Range(1, 4)]
    public int Confidentiality { get; init; } = 2;

    /// <summary>Integrity, 1 to 4.</summary>
    [Range(1, 4)]
    public int Integrity { get; init; } = 2;

    /// <summary>Availability, 1 to 4.</summary>
    [Range(1, 4)]
    public int Availability { get; init; } = 2;
}

/// <summary>Changes to an asset; what is left out stays.</summary>
public sealed record EditAsset : ChangeRecord
{
    /// <summary>Its name.</summary>
    [MinLength(2), MaxLength(200)]
    public string? Name { get; init; }

    /// <summary>Its kind.</summary>
    [MaxLength(40)]
    public string? Kind { get; init; }

    /// <summary>What it is.</summary>
    [MaxLength(4000)]
    public string? Description { get; init; }

    /// <summary>Where it lives.</summary>
    [MaxLength(1000)]
    public string? Location { get; init; }

    /// <summary>Who answers for it; empty for nobody.</summary>
    [MaxLength(80)]
    public string? Owner { get; init; }

    /// <summary>Whether it is a crown jewel.</summary>
    public bool? CrownJewel { get; init; }

    /// <summary>Whether it is within the scope.</summary>
    public bool? InScope { get; init; }

    /// <summary>Confidentiality, 1 to 4.</summary>
    [Range(1, 4)]
    public int? Confidentiality { get; init; }

    /// <summary>Integrity, 1 to 4.</summary>
    [Range(1, 4)]
    public int? Integrity { get; init; }

    /// <summary>Availability, 1 to 4.</summary>
    [Range(1, 4)]
    public int? Availability { get; init; }

    /// <summary>Adopt a proposed asset with this change.</summary>
    public bool Adopt { get; init; }
}

/// <summary>A relation between two assets.</summary>
public sealed record RelateAssets
{
    /// <summary>The asset it starts at, such as AST-2.</summary>
    [MaxLength(80)]
    public required string From { get; init; }

    /// <summary>trained-on, stored-in, built-by, deployed-to, supplied-by or depends-on.</summary>
    [MaxLength(40)]
    public required string Type { get; init; }

    /// <summary>The asset it ends at.</summary>
    [MaxLength(80)]
    public required string To { get; init; }
}
