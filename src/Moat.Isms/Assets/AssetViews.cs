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

/// <summary>
/// An asset with everything that belongs to it: what it needs and why, how it hangs together with others, and the risks
/// to it.
/// </summary>
public sealed record AssetView
{
    /// <summary>Its reference, such as AST-3.</summary>
    public required string Ref { get; init; }

    /// <summary>
    /// Counts its changes from 1; hand it in as ifVersion so that a change made meanwhile is not overwritten.
    /// </summary>
    public required int Version { get; init; }

    /// <summary>What it is called.</summary>
    public required string Name { get; init; }

    /// <summary>Its kind, such as model, dataset, endpoint or supplier-api.</summary>
    public required string Kind { get; init; }

    /// <summary>What it is; none while nobody described it.</summary>
    public required string? Description { get; init; }

    /// <summary>Where it lives: a URL, a path, a place; none while nobody said.</summary>
    public required string? Location { get; init; }

    /// <summary>
    /// Its id where it comes from, such as a package URL, by which later imports find it again; none while no source
    /// named it.
    /// </summary>
    public required string? ExternalId { get; init; }

    /// <summary>
    /// proposed until a person decides about it, then adopted or rejected; retired once it left the register.
    /// </summary>
    public required Standing Standing { get; init; }

    /// <summary>Why it was proposed; none when a person entered it.</summary>
    public required string? WhyProposed { get; init; }

    /// <summary>Who answers for it, such as PER-2; none while nobody does.</summary>
    public required string? OwnerRef { get; init; }

    /// <summary>The name of its owner; none while nobody owns it.</summary>
    public required string? Owner { get; init; }

    /// <summary>Whether it is one of the few things the company must not lose.</summary>
    public required bool CrownJewel { get; init; }

    /// <summary>Whether it is within the scope of the ISMS.</summary>
    public required bool InScope { get; init; }

    /// <summary>Its own confidentiality, 1 (nobody minds who reads it) to 4 (the company is at stake).</summary>
    public required int Confidentiality { get; init; }

    /// <summary>Its own integrity, 1 (nobody minds who changes it) to 4 (the company is at stake).</summary>
    public required int Integrity { get; init; }

    /// <summary>Its own availability, 1 (nobody minds when it is gone) to 4 (the company is at stake).</summary>
    public required int Availability { get; init; }

    /// <summary>
    /// The confidentiality it needs, 1 to 4: its own, or more where the need of a related asset flows to it.
    /// </summary>
    public required int NeedsConfidentiality { get; init; }

    /// <summary>
    /// The integrity it needs, 1 to 4: its own, or more where the need of a related asset flows to it.
    /// </summary>
    public required int NeedsIntegrity { get; init; }

    /// <summary>
    /// The availability it needs, 1 to 4: its own, or more where the need of a related asset flows to it.
    /// </summary>
    public required int NeedsAvailability { get; init; }

    /// <summary>
    /// Which assets make it need more than its own levels, and along which relation; empty where none does.
    /// </summary>
    public required IReadOnlyList<InheritedNeed> Inherited { get; init; }

    /// <summary>
    /// How it hangs together with other assets, such as trained-on or stored-in; those that start at it come first.
    /// </summary>
    public required IReadOnlyList<AssetRelation> Relations { get; init; }

    /// <summary>
    /// The risks that threaten it, the highest score of today first, each with that score; at most 100.
    /// </summary>
    public required IReadOnlyList<Related> Risks { get; init; }

    /// <summary>When it last changed, in UTC.</summary>
    public required DateTime ChangedAt { get; init; }

    /// <summary>Who changed it last.</summary>
    public required string ChangedBy { get; init; }

    /// <summary>That it was taken out of the register, if it was.</summary>
    public Retirements.RetirementView? Retired { get; init; }
}

/// <summary>An asset in the drawing.</summary>
public sealed record GraphNode(string Ref, string Name, string Kind, int Need, bool CrownJewel, bool Proposed);

/// <summary>A relation in the drawing.</summary>
public sealed record GraphEdge(string From, string To, string Type);

/// <summary>The assets that need most and how they hang together.</summary>
public sealed record AssetGraph(IReadOnlyList<GraphNode> Nodes, IReadOnlyList<GraphEdge> Edges, int Total);
