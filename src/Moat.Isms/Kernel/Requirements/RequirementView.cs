namespace Moat.Isms.Kernel.Requirements;

/// <summary>How many rules of one of the three hold.</summary>
public sealed record Share(int Held, int Of)
{
    /// <summary>In per cent; 0 when there is no rule.</summary>
    public int Percent => Of == 0 ? 0 : (int)Math.Round(100m * Held / Of, MidpointRounding.AwayFromZero);

    internal static Share Sum(IEnumerable<Share> shares) =>
        shares.Aggregate(new Share(0, 0), (a, b) => new Share(a.Held + b.Held, a.Of + b.Of));
}

/// <summary>The three questions of an auditor.</summary>
public sealed record Doi(Share Documented, Share Operating, Share Improving)
{
    internal static Doi Sum(IEnumerable<Doi> parts)
    {
        var list = parts.ToList();
        return new Doi(
            Share.Sum(list.Select(d => d.Documented)),
            Share.Sum(list.Select(d => d.Operating)),
            Share.Sum(list.Select(d => d.Improving))
        );
    }
}

/// <summary>A rule and whether it holds.</summary>
/// <param name="Dimension">documented, operating or improving.</param>
/// <param name="Rule">The rule's id.</param>
/// <param name="Holds">Whether it holds.</param>
/// <param name="Because">The records found, or what is missing.</param>
/// <param name="Next">The next step when it does not hold.</param>
/// <param name="Link">The page where that is done, below the organisation.</param>
/// <param name="Built">False when this version keeps no such records.</param>
public sealed record RuleView(
    string Dimension,
    string Rule,
    bool Holds,
    string Because,
    string? Next,
    string Link,
    bool Built
);

/// <summary>A sub-clause or an applicable control with its readiness.</summary>
public sealed record RequirementView(
    string Id,
    string Title,
    string Kind,
    int Step,
    string? Asks,
    Doi Doi,
    IReadOnlyList<RuleView> Rules,
    string Link
);

/// <summary>How far each sub-clause and each applicable control is, computed from records.</summary>
public interface IReadiness
{
    /// <summary>Every requirement with its rules, as of today.</summary>
    Task<IReadOnlyList<RequirementView>> Today(CancellationToken ct);
}
