namespace Moat.Isms.Assets.Boms;

/// <summary>What a bill of materials says about one asset.</summary>
/// <param name="Key">Its identity across versions of the bill: a package URL without version, or type, group and
/// name.</param>
/// <param name="Kind">The kind of asset it becomes.</param>
/// <param name="Name">Its name.</param>
/// <param name="Description">Version, task, architecture and what else the bill tells.</param>
/// <param name="Location">Where it lives, if the bill says.</param>
/// <param name="Confidentiality">The classification that the bill gives it, 1 to 4, or none.</param>
public sealed record BomAsset(
    string Key,
    string Kind,
    string Name,
    string? Description,
    string? Location,
    int? Confidentiality
);

/// <summary>A relation between two assets of a bill, by their keys.</summary>
public sealed record BomRelation(string From, string Type, string To);

/// <summary>A bill of materials as far as an ISMS needs it.</summary>
/// <param name="Format">Format and version, such as CycloneDX 1.6.</param>
/// <param name="Identity">What it describes; a later bill of the same replaces this one.</param>
/// <param name="Serial">The document's own id.</param>
/// <param name="Assets">Models, datasets and services.</param>
/// <param name="Relations">How they hang together.</param>
/// <param name="Others">How many ordinary software components it lists, which do not become assets.</param>
public sealed record BomDocument(
    string Format,
    BomIdentity Identity,
    string Serial,
    IReadOnlyList<BomAsset> Assets,
    IReadOnlyList<BomRelation> Relations,
    int Others
)
{
    /// <summary>The versions of models and data that it tells of.</summary>
    public IReadOnlyList<BomVersion> Versions { get; init; } = [];

    /// <summary>Which of them were made from which.</summary>
    public IReadOnlyList<BomDescent> Descents { get; init; } = [];

    /// <summary>What of the file is not read, and where it does not follow its format, a sentence each.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}
