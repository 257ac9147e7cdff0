namespace Moat.Knowledge.Playbooks;

/// <summary>
/// A duty to notify somebody about an incident, with its clocks. The body explains when it applies and what is often
/// got wrong.
/// </summary>
public sealed class DutyEntry : Entry
{
    /// <summary>Where it stands, such as GDPR Art. 33.</summary>
    public required string Source { get; init; }

    /// <summary>
    /// The day on which somebody last went through the law for this text, so that its age can be seen.
    /// </summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>Which companies it concerns at all.</summary>
    public required Condition Applies { get; init; }

    /// <summary>Facts of the incident that must all hold, of <see cref="IncidentFacts"/>.</summary>
    public required List<string> When { get; init; }

    /// <summary>
    /// Facts that take the duty away. A fact that nobody settled takes nothing away: in doubt the clock runs.
    /// </summary>
    public List<string> Unless { get; init; } = [];

    /// <summary>The same in words, with the threshold.</summary>
    public required string Because { get; init; }

    /// <summary>The notices, in order.</summary>
    public required List<DutyStage> Stages { get; init; }

    /// <summary>Whether the duty arises from an incident of which these facts are true.</summary>
    public bool Arises(IReadOnlyCollection<string> facts) => When.All(facts.Contains) && !Unless.Any(facts.Contains);

    /// <summary>
    /// Facts that nobody settled and that could still bring the duty; none once one that it needs is ruled out, or one
    /// holds that takes it away.
    /// </summary>
    public IEnumerable<string> Undecided(IReadOnlyCollection<string> facts, IReadOnlyCollection<string> ruledOut) =>
        When.Any(ruledOut.Contains) || Unless.Any(facts.Contains) ? [] : When.Where(f => !facts.Contains(f));
}
