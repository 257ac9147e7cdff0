namespace Moat.Isms.Kernel;

/// <summary>A record that belongs to another.</summary>
public sealed record Related(string Ref, string Title, string Detail)
{
    /// <summary>
    /// That it is in no register any more, such as "Retired" or "Merged into AST-2"; nothing for one that counts.
    /// </summary>
    public string? Mark { get; init; }
}

/// <summary>Hands in risks as they stand beside the records that they threaten and that treat them.</summary>
public interface IRelatedRisks
{
    /// <summary>Those of the risks that count, the highest today first, with their score.</summary>
    IQueryable<Related> Among(IQueryable<Guid> risks);
}

/// <summary>Hands in evidence as it stands beside what it shows.</summary>
public interface IRelatedEvidence
{
    /// <summary>
    /// The pieces that show a record and are not withdrawn, the latest first, with the day until which each is valid.
    /// </summary>
    Task<IReadOnlyList<Related>> Of(Guid shown, CancellationToken ct);
}
