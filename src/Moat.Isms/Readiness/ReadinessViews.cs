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

/// <summary>A crown jewel, how well it is protected, and what of its risks is borne.</summary>
/// <param name="Ref">The asset.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="C">How much it needs confidentiality.</param>
/// <param name="I">How much it needs integrity.</param>
/// <param name="A">How much it needs availability.</param>
/// <param name="TopRiskRef">Its worst risk.</param>
/// <param name="TopRisk">What that is called.</param>
/// <param name="Protection">In per cent; what is accepted is no part of it.</param>
/// <param name="Risks">How many adopted risks threaten it.</param>
/// <param name="Accepted">How many of them are validly accepted.</param>
/// <param name="ExpectedLoss">What its risks cost in an average year with the controls of today, in EUR; 0 while none has a figure.</param>
public sealed record CrownJewel(
    string Ref, string Name, string Kind, int C, int I, int A, string? TopRiskRef, string? TopRisk, int Protection, int Risks, int Accepted, long ExpectedLoss);

/// <summary>Whether the foundations are laid.</summary>
/// <param name="Founded">Whether a first Statement of Applicability was published; until then the ways to later work are left out.</param>
public sealed record StageView(bool Founded);

/// <summary>
/// How far the ISMS is, in a word. It operates when half of what clauses 4 to 10 ask to be done, and not only written, is shown by
/// records; a published Statement of Applicability alone ends the foundations and operates nothing.
/// </summary>
/// <param name="Word">foundations, building or operating.</param>
/// <param name="Why">What makes it so, in a sentence.</param>
public sealed record IsmsStage(string Word, string Why)
{
    /// <summary>The stage that requirements and published statements make.</summary>
    public static IsmsStage Of(IEnumerable<RequirementView> requirements, bool published)
    {
        var operating = Share.Sum(requirements.Where(r => r.Kind == "clause").Select(r => r.Doi.Operating));
        var shown = $"{operating.Held} of the {operating.Of} things that clauses 4 to 10 ask to be done are shown by records";
        return 2 * operating.Held >= operating.Of && operating.Of > 0 && published ? new("operating", $"{shown}. From half of them on we say that the ISMS operates.")
            : published ? new("building", $"A Statement of Applicability is published, and {shown}. From half of them on we say that the ISMS operates.")
            : new("foundations", $"No Statement of Applicability is published yet; {shown}.");
    }
}

/// <summary>The home page.</summary>
public sealed record RoadmapView(
    string Organization, IsmsStage Stage, Doi Doi, int Requirements, NextStep Next, IReadOnlyList<StepView> Steps, IReadOnlyList<CrownJewel> CrownJewels,
    IReadOnlyList<PulseView> Pulse, int Proposals);

/// <summary>Readiness on a day.</summary>
public sealed record PulseView(DateOnly On, int Documented, int Operating, int Improving);
