using Moat.Isms.Kernel;

namespace Moat.Isms.Assets;

/// <summary>An asset in the register, with what it needs of confidentiality, integrity and availability.</summary>
public sealed record AssetRow(
    string Ref,
    int Version,
    string Name,
    string Kind,
    Standing Standing,
    int C,
    int I,
    int A,
    bool CrownJewel,
    bool InScope,
    string? OwnerRef,
    string? Owner,
    int Risks
);

/// <summary>A relation of an asset, seen from it.</summary>
public sealed record AssetRelation(string Type, bool Outgoing, string Ref, string Name, string Kind, string? Source);

/// <summary>Why an asset needs more than people gave it.</summary>
/// <param name="Property">confidentiality, integrity or availability.</param>
/// <param name="Value">What it needs, 1 to 4.</param>
/// <param name="Ref">The asset whose need flows to it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Relation">Along which relation.</param>
/// <param name="Because">Why it flows.</param>
public sealed record InheritedNeed(
    string Property,
    int Value,
    string Ref,
    string Name,
    string Relation,
    string Because
);

/// <summary>An asset with everything that belongs to it.</summary>
public sealed record AssetView(
    string Ref,
    int Version,
    string Name,
    string Kind,
    string? Description,
    string? Location,
    string? ExternalId,
    Standing Standing,
    string? WhyProposed,
    string? OwnerRef,
    string? Owner,
    bool CrownJewel,
    bool InScope,
    int Confidentiality,
    int Integrity,
    int Availability,
    int NeedsConfidentiality,
    int NeedsIntegrity,
    int NeedsAvailability,
    IReadOnlyList<InheritedNeed> Inherited,
    IReadOnlyList<AssetRelation> Relations,
    IReadOnlyList<Related> Risks,
    DateTime ChangedAt,
    string ChangedBy
)
{
    /// <summary>That it was taken out of the register, if it was.</summary>
    public Retirements.RetirementView? Retired { get; init; }
}

/// <summary>An asset in the drawing.</summary>
public sealed record GraphNode(string Ref, string Name, string Kind, int Need, bool CrownJewel, bool Proposed);

/// <summary>A relation in the drawing.</summary>
public sealed record GraphEdge(string From, string To, string Type);

/// <summary>The assets that need most and how they hang together.</summary>
public sealed record AssetGraph(IReadOnlyList<GraphNode> Nodes, IReadOnlyList<GraphEdge> Edges, int Total);
