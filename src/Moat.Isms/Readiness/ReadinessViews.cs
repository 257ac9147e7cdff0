using Moat.Isms.Kernel.Requirements;
using Moat.Isms.Risks;

namespace Moat.Isms.Readiness;

/// <summary>Readiness of everything.</summary>
public sealed record ReadinessView(Doi Doi, IReadOnlyList<RequirementView> Requirements);

/// <summary>One of the ten steps.</summary>
public sealed record StepView(int Number, string Title, string State, string Sentence, Doi Doi, string Link);

/// <summary>The next thing to do and why.</summary>
public sealed record NextStep(string Title, string Why, string Action, string Link);

/// <summary>Whether the foundations are laid.</summary>
/// <param name="Founded">Whether a first Statement of Applicability was published; until then the ways to later work
/// are left out.</param>
public sealed record StageView(bool Founded);

/// <summary>
/// How far the ISMS is, in a word. It operates when half of what clauses 4 to 10 ask to be done, and not only written,
/// is shown by records; a published Statement of Applicability alone ends the foundations and operates nothing.
/// </summary>
/// <param name="Word">foundations, building or operating.</param>
/// <param name="Why">What makes it so, in a sentence.</param>
public sealed record IsmsStage(string Word, string Why)
{
    /// <summary>The stage that requirements and published statements make.</summary>
    public static IsmsStage Of(IEnumerable<RequirementView> requirements, bool published)
    {
        var operating = Share.Sum(requirements.Where(r => r.Kind == "clause").Select(r => r.Doi.Operating));
        var shown =
            $"{operating.Held} of the {operating.Of} things that clauses 4 to 10 ask to be done are shown by records";
        return 2 * operating.Held >= operating.Of && operating.Of > 0 && published
                ? new("operating", $"{shown}. From half of them on we say that the ISMS operates.")
            : published
                ? new(
                    "building",
                    $"A Statement of Applicability is published, and {shown}. From half of them on we say that the ISMS operates."
                )
            : new("foundations", $"No Statement of Applicability is published yet; {shown}.");
    }
}

/// <summary>The home page.</summary>
public sealed record RoadmapView(
    string Organization,
    IsmsStage Stage,
    Doi Doi,
    int Requirements,
    NextStep Next,
    IReadOnlyList<StepView> Steps,
    IReadOnlyList<CrownJewel> CrownJewels,
    IReadOnlyList<PulseView> Pulse,
    int Proposals
);

/// <summary>Readiness on a day.</summary>
public sealed record PulseView(DateOnly On, int Documented, int Operating, int Improving);
