using Moat.Isms.Kernel;

namespace Moat.Isms.Improvement;

/// <summary>What kind of news about a threat it is.</summary>
public enum NewsKind
{
    /// <summary>The shipped catalogue has a threat that it did not have.</summary>
    NewThreat,

    /// <summary>The shipped catalogue says something else about a threat.</summary>
    ChangedThreat,

    /// <summary>A release of MITRE ATLAS has a technique that the one before did not have.</summary>
    NewTechnique,

    /// <summary>A release of MITRE ATLAS says something else about a technique.</summary>
    ChangedTechnique,

    /// <summary>Somebody read or heard it.</summary>
    Told,
}

/// <summary>What is done about news.</summary>
public enum NewsDecision
{
    /// <summary>Nobody decided yet.</summary>
    Open,

    /// <summary>Risks are assessed again.</summary>
    Reassess,

    /// <summary>Documents are reviewed.</summary>
    Review,

    /// <summary>Both.</summary>
    ReassessAndReview,

    /// <summary>Nothing, for a reason.</summary>
    Nothing,
}

/// <summary>
/// New knowledge about a threat: it proposes which risks to reassess and which documents to review, and a person
/// decides (A.5.7).
/// </summary>
[RecordKind("NEWS", "threat-news", Page = "threat-news/{ref}", Column = ThreadColumn.Incidents)]
public sealed class ThreatNews : Referenced
{
    /// <summary>What is new, in a line.</summary>
    public required string Title { get; init; }

    /// <summary>Its kind.</summary>
    public required NewsKind Kind { get; init; }

    /// <summary>Where it comes from, such as MITRE ATLAS 5.6.0.</summary>
    public required string Origin { get; init; }

    /// <summary>The threat or technique that it is about.</summary>
    public string? About { get; init; }

    /// <summary>What is new in words.</summary>
    public required string Summary { get; init; }

    /// <summary>Threats of the catalogue that it concerns.</summary>
    public required List<string> Threats { get; init; }

    /// <summary>The day it came in.</summary>
    public required DateOnly ReceivedOn { get; init; }

    /// <summary>What is done about it.</summary>
    public NewsDecision Decision { get; private set; }

    /// <summary>Why.</summary>
    public string? Reason { get; private set; }

    /// <summary>Who decided.</summary>
    public string? DecidedBy { get; private set; }

    /// <summary>When.</summary>
    public DateOnly? DecidedOn { get; private set; }

    /// <inheritdoc />
    public override string Caption => Title;

    /// <inheritdoc />
    protected internal override string SearchWords => $"{Title} {About} {Origin}";

    /// <summary>Somebody decided.</summary>
    public void Decide(NewsDecision decision, string? reason, DateOnly on, string by)
    {
        if (Decision != NewsDecision.Open)
            throw new RuleBroken(
                "threat-news.decide.open",
                $"{Ref} is decided: {Decision.Words().ToLowerInvariant()}."
            );
        (Decision, Reason, DecidedOn, DecidedBy) = (decision, reason, on, by);
    }
}

/// <summary>
/// What an organisation saw last of a catalogue: a digest of each entry, so that the next look tells what changed.
/// </summary>
public sealed class SeenCatalogue : Record
{
    /// <summary><c>moat</c> or <c>atlas</c>.</summary>
    public required string Catalogue { get; init; }

    /// <summary>The release that was seen.</summary>
    public required string Release { get; set; }

    /// <summary>Each entry as <c>id=digest</c>.</summary>
    public required List<string> Digests { get; set; }
}
