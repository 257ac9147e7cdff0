namespace Moat.Isms.Readiness;

/// <summary>How many rules of one of the three hold.</summary>
public sealed record Share(int Held, int Of)
{
    /// <summary>In per cent; 0 when there is no rule.</summary>
    public int Percent => Of == 0 ? 0 : (int)Math.Round(100m * Held / Of, MidpointRounding.AwayFromZero);

    internal static Share Sum(IEnumerable<Share> shares) => shares.Aggregate(new Share(0, 0), (a, b) => new Share(a.Held + b.Held, a.Of + b.Of));
}

/// <summary>The three questions of an auditor.</summary>
public sealed record Doi(Share Documented, Share Operating, Share Improving)
{
    internal static Doi Sum(IEnumerable<Doi> parts)
    {
        var list = parts.ToList();
        return new Doi(Share.Sum(list.Select(d => d.Documented)), Share.Sum(list.Select(d => d.Operating)), Share.Sum(list.Select(d => d.Improving)));
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
public sealed record RuleView(string Dimension, string Rule, bool Holds, string Because, string? Next, string Link, bool Built);

/// <summary>A sub-clause or an applicable control with its readiness.</summary>
public sealed record RequirementView(
    string Id, string Title, string Kind, int Step, string? Asks, Doi Doi, IReadOnlyList<RuleView> Rules, string Link);

/// <summary>Readiness of everything.</summary>
public sealed record ReadinessView(Doi Doi, IReadOnlyList<RequirementView> Requirements);

/// <summary>One of the ten steps.</summary>
public sealed record StepView(int Number, string Title, string State, string Sentence, Doi Doi, string Link);

/// <summary>The next thing to do and why.</summary>
public sealed record NextStep(string Title, string Why, string Action, string Link);

/// <summary>A crown jewel and how well it is protected.</summary>
public sealed record CrownJewel(string Ref, string Name, string Kind, int C, int I, int A, string? TopRiskRef, string? TopRisk, int Protection, int Risks);

/// <summary>The company's stage.</summary>
/// <param name="Operates">Whether its first Statement of Applicability was published; until then it lays the foundations.</param>
public sealed record StageView(bool Operates);

/// <summary>The home page.</summary>
public sealed record RoadmapView(
    string Organization, string Stage, Doi Doi, int Requirements, NextStep Next, IReadOnlyList<StepView> Steps, IReadOnlyList<CrownJewel> CrownJewels,
    IReadOnlyList<PulseView> Pulse, int Proposals);

/// <summary>Readiness on a day.</summary>
public sealed record PulseView(DateOnly On, int Documented, int Operating, int Improving);
