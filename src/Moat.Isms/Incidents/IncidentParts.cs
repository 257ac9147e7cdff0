using Moat.Isms.Kernel;

namespace Moat.Isms.Incidents;

/// <summary>What an entry of a timeline tells.</summary>
public enum TimelineKind
{
    /// <summary>Something that was seen or done.</summary>
    Note,

    /// <summary>A state that was reached.</summary>
    State,

    /// <summary>A decision, with who took it.</summary>
    Decision,

    /// <summary>A way to stop the harm that was taken or taken back.</summary>
    Containment,

    /// <summary>Evidence that was kept or handed on.</summary>
    Evidence,

    /// <summary>A notice that was sent.</summary>
    Notice,

    /// <summary>Something that a program told.</summary>
    Signal,
}

/// <summary>
/// An entry in the timeline of an incident. Entries are only added; a wrong one is corrected by another.
/// </summary>
public sealed class TimelineEntry : Record
{
    /// <summary>The incident.</summary>
    public required Guid IncidentId { get; init; }

    /// <summary>Counts the entries of the incident from 1, as they were written down.</summary>
    public required int Position { get; init; }

    /// <summary>When it happened, which may be before it was written down.</summary>
    public required DateTime At { get; init; }

    /// <summary>What kind of entry.</summary>
    public required TimelineKind Kind { get; init; }

    /// <summary>What happened.</summary>
    public required string Text { get; init; }

    /// <summary>Who wrote it down.</summary>
    public required string By { get; init; }

    /// <summary>The evidence that belongs to it.</summary>
    public Guid? EvidenceId { get; init; }
}

/// <summary>One hand that evidence of an incident went through (A.5.28).</summary>
public sealed class CustodyEntry : Record
{
    /// <summary>The incident.</summary>
    public required Guid IncidentId { get; init; }

    /// <summary>The evidence.</summary>
    public required Guid EvidenceId { get; init; }

    /// <summary>Counts the hands of the evidence from 1.</summary>
    public required int Position { get; init; }

    /// <summary>When it changed hands.</summary>
    public required DateTime At { get; init; }

    /// <summary>Who gave it; where it was taken from at first.</summary>
    public required string From { get; init; }

    /// <summary>Who has it now.</summary>
    public required string To { get; init; }

    /// <summary>Why.</summary>
    public required string Purpose { get; init; }

    /// <summary>SHA-256 of the content at that moment, hex.</summary>
    public required string Sha256 { get; init; }
}

/// <summary>Who has which part in the response.</summary>
public sealed class Responder : Record
{
    /// <summary>The incident.</summary>
    public required Guid IncidentId { get; init; }

    /// <summary>The part: lead, scribe, communications, or the id of a role.</summary>
    public required string Part { get; init; }

    /// <summary>Who.</summary>
    public required Guid PersonId { get; set; }
}

/// <summary>What those who were there said about an incident afterwards (A.5.27).</summary>
public sealed class IncidentReview : Record
{
    /// <summary>The incident.</summary>
    public required Guid IncidentId { get; init; }

    /// <summary>When it was held.</summary>
    public required DateOnly HeldOn { get; init; }

    /// <summary>Names of those who took part.</summary>
    public required List<string> Attendees { get; init; }

    /// <summary>What happened, without blame.</summary>
    public required string Story { get; init; }

    /// <summary>Each asks why the one before was so; the last is the root.</summary>
    public required List<string> Whys { get; init; }

    /// <summary>The kind of cause, to see what repeats; one of <see cref="Causes"/>.</summary>
    public required string Cause { get; init; }

    /// <summary>What made it likelier or worse without causing it.</summary>
    public required List<string> Contributing { get; init; }

    /// <summary>What worked.</summary>
    public required string Worked { get; init; }

    /// <summary>What did not work.</summary>
    public string? Failed { get; init; }

    /// <summary>Why nothing was learned; null where there is a lesson.</summary>
    public string? NoLessonBecause { get; init; }

    /// <summary>The evidence that keeps the minutes.</summary>
    public Guid? MinutesId { get; set; }
}

/// <summary>Kinds of causes of incidents.</summary>
public static class Causes
{
    /// <summary>None of the others.</summary>
    public const string Other = "other";

    /// <summary>Each with its words.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } =
        new Dictionary<string, string>
        {
            ["unchecked-input"] = "Data, prompts or models came in unchecked",
            ["excess-rights"] = "Somebody or something could do more than needed",
            ["exposed-secret"] = "A secret was where it should not be",
            ["no-monitoring"] = "It happened but nobody was told",
            ["untested-change"] = "A change went out without the test that would have shown it",
            ["unpatched"] = "A known weakness was still there",
            ["design"] = "It worked as designed; the design was wrong",
            ["supplier"] = "It came from a supplier",
            ["unclear-duty"] = "Nobody knew that it was theirs",
            ["slip"] = "A person's slip that nothing caught",
            ["capacity"] = "There was too little of something",
            [Other] = "Something else",
        };
}
