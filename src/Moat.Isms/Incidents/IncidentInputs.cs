using System.ComponentModel.DataAnnotations;
using Moat.Isms.Kernel;

namespace Moat.Isms.Incidents;

/// <summary>An incident to open without a report or an alert.</summary>
public sealed record CreateIncident
{
    /// <summary>What happened, in a few words.</summary>
    [MinLength(5), MaxLength(300)]
    public required string Title { get; init; }

    /// <summary>What happened, as far as it is known.</summary>
    [MinLength(5), MaxLength(8000)]
    public required string What { get; init; }

    /// <summary>When it began, as far as is known; UTC where no zone is given.</summary>
    public DateTime? OccurredAt { get; init; }

    /// <summary>When the first sign was seen; now when left out.</summary>
    public DateTime? DetectedAt { get; init; }

    /// <summary>
    /// When a person of the company knew; when the first sign was seen, if left out. Legal clocks begin here.
    /// </summary>
    public DateTime? AwareAt { get; init; }

    /// <summary>Who leads, such as PER-2; the incident lead when left out.</summary>
    [MaxLength(80)]
    public string? Lead { get; init; }

    /// <summary>
    /// Assets, versions and suppliers it touches and controls that failed, such as AST-3, AVER-2 or a digest, SUP-1 or
    /// CTL-8.
    /// </summary>
    [MaxLength(100)]
    public List<string> Affects { get; init; } = [];
}

/// <summary>What is known of an incident now. What is left out stays.</summary>
public sealed record AssessIncident : ChangeRecord
{
    /// <summary>What happened, in a few words.</summary>
    [MinLength(5), MaxLength(300)]
    public string? Title { get; init; }

    /// <summary>What happened, as far as it is known.</summary>
    [MinLength(5), MaxLength(8000)]
    public string? What { get; init; }

    /// <summary>When it began; UTC where no zone is given.</summary>
    public DateTime? OccurredAt { get; init; }

    /// <summary>When the first sign was seen.</summary>
    public DateTime? DetectedAt { get; init; }

    /// <summary>When a person of the company knew; legal clocks begin here.</summary>
    public DateTime? AwareAt { get; init; }

    /// <summary>Whether somebody learned what they should not.</summary>
    public bool? Confidentiality { get; init; }

    /// <summary>Whether something was changed that should not be.</summary>
    public bool? Integrity { get; init; }

    /// <summary>Whether something was not there when it was needed.</summary>
    public bool? Availability { get; init; }

    /// <summary>
    /// What is true of it, all of it, in the words of duties to notify, such as personal-data, processor, customers or
    /// significant.
    /// </summary>
    [MaxLength(60)]
    public List<string>? Facts { get; init; }

    /// <summary>
    /// What is settled as not true of it, all of it, in the same words. What stands in neither list is open: a question
    /// that nobody answered.
    /// </summary>
    [MaxLength(60)]
    public List<string>? RuledOut { get; init; }

    /// <summary>
    /// Why an answer takes a duty away, such as why a risk to people is unlikely or why no personal data were affected
    /// after all; needed for such an answer.
    /// </summary>
    [MinLength(20), MaxLength(1500)]
    public string? FactsBecause { get; init; }

    /// <summary>
    /// Assets, versions and suppliers it touches and controls that failed, all of them, such as AST-3, AVER-2 or its
    /// digest, SUP-1 or CTL-8.
    /// </summary>
    [MaxLength(100)]
    public List<string>? Affects { get; init; }
}

/// <summary>A severity that a person sets.</summary>
public sealed record RateIncident : ChangeRecord
{
    /// <summary>low, medium, high or critical.</summary>
    public required IncidentSeverity Severity { get; init; }

    /// <summary>Why, when it is not what impact makes it.</summary>
    [MinLength(5), MaxLength(2000)]
    public string? Reason { get; init; }
}

/// <summary>A state that was reached.</summary>
public sealed record AdvanceIncident : ChangeRecord
{
    /// <summary>open, contained, eradicated or recovered.</summary>
    public required IncidentState To { get; init; }

    /// <summary>How it was reached: what was done and how you know.</summary>
    [MinLength(5), MaxLength(3000)]
    public required string How { get; init; }

    /// <summary>When; now when left out, UTC where no zone is given.</summary>
    public DateTime? At { get; init; }

    /// <summary>Why a step before it is left out, such as why nobody could contain it; needed when one is.</summary>
    [MinLength(10), MaxLength(2000)]
    public string? SkipBecause { get; init; }
}

/// <summary>An incident that came back.</summary>
public sealed record ReopenIncident : ChangeRecord
{
    /// <summary>What shows that it is not over.</summary>
    [MinLength(5), MaxLength(2000)]
    public required string Reason { get; init; }
}

/// <summary>An entry for the timeline.</summary>
public sealed record NoteIncident : OneRecord
{
    /// <summary>What was seen, done or decided.</summary>
    [MinLength(3), MaxLength(4000)]
    public required string Text { get; init; }

    /// <summary>When; now when left out, UTC where no zone is given.</summary>
    public DateTime? At { get; init; }

    /// <summary>note, decision or containment.</summary>
    public TimelineKind Kind { get; init; }

    /// <summary>A file to keep as evidence.</summary>
    public GivenFile? File { get; init; }

    /// <summary>Where the file was taken from, such as the gateway's log on node 3.</summary>
    [MaxLength(300)]
    public string? TakenFrom { get; init; }
}

/// <summary>Evidence that changes hands.</summary>
public sealed record HandOverEvidence : OneRecord
{
    /// <summary>The evidence, such as EVD-4.</summary>
    [MaxLength(80)]
    public required string Evidence { get; init; }

    /// <summary>Who gets it; somebody outside is named in words.</summary>
    [MinLength(2), MaxLength(300)]
    public required string To { get; init; }

    /// <summary>Why.</summary>
    [MinLength(3), MaxLength(1000)]
    public required string Purpose { get; init; }
}

/// <summary>Who takes a part in the response.</summary>
public sealed record AssignResponder : ChangeRecord
{
    /// <summary>lead, scribe, communications, or the id of a role such as privacy-lead.</summary>
    [MinLength(2), MaxLength(80)]
    public required string Part { get; init; }

    /// <summary>Who, such as PER-2.</summary>
    [MaxLength(80)]
    public required string Person { get; init; }
}

/// <summary>The end of an incident.</summary>
public sealed record CloseIncident : ChangeRecord
{
    /// <summary>Why no review was held; only where severity is low.</summary>
    [MinLength(10), MaxLength(2000)]
    public string? NoReviewBecause { get; init; }
}

/// <summary>Which incidents to list.</summary>
public sealed record ListIncidents : ListInput
{
    /// <summary>Only those in this state.</summary>
    public IncidentState? State { get; init; }

    /// <summary>Only those of this severity.</summary>
    public IncidentSeverity? Severity { get; init; }

    /// <summary>Only those that are not closed, or only those that are.</summary>
    public bool? Active { get; init; }
}

/// <summary>The period that is measured.</summary>
public sealed record MeasureIncidents
{
    /// <summary>First day on which incidents were detected; a year ago when left out.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day; today when left out.</summary>
    public DateOnly? To { get; init; }
}
