using Moat.Isms.Incidents.Duties;

namespace Moat.Isms.Incidents;

/// <summary>An incident in the register.</summary>
/// <param name="Ref">Its reference.</param>
/// <param name="Version">Its version.</param>
/// <param name="Title">What happened.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Severity">How severe it is.</param>
/// <param name="Lead">Who leads.</param>
/// <param name="DetectedAt">First sign.</param>
/// <param name="ContainedAt">When it did no further harm.</param>
/// <param name="RecoveredAt">When everything worked again.</param>
/// <param name="ClosedAt">When it was closed.</param>
/// <param name="NextNoticeAt">The next deadline of a notice that was not sent.</param>
public sealed record IncidentRow(
    string Ref,
    int Version,
    string Title,
    IncidentState State,
    IncidentSeverity Severity,
    string? Lead,
    DateTime DetectedAt,
    DateTime? ContainedAt,
    DateTime? RecoveredAt,
    DateTime? ClosedAt,
    DateTime? NextNoticeAt
);

/// <summary>Something that an incident touches.</summary>
public sealed record AffectedRecord(string Ref, string Name, string Process, bool CrownJewel);

/// <summary>An entry of a timeline.</summary>
public sealed record TimelineView(
    DateTime At,
    DateTime WrittenAt,
    TimelineKind Kind,
    string Text,
    string By,
    string? EvidenceRef,
    string? EvidenceTitle
);

/// <summary>One hand that evidence went through.</summary>
public sealed record CustodyView(
    string EvidenceRef,
    string EvidenceTitle,
    DateTime At,
    string From,
    string To,
    string Purpose,
    string Sha256
);

/// <summary>Who has which part.</summary>
public sealed record ResponderView(string Part, string PersonRef, string Person);

/// <summary>A run of a playbook in a list.</summary>
public sealed record PlaybookRunRow(
    string Ref,
    int Version,
    string PlaybookId,
    string Title,
    bool Exercise,
    string? IncidentRef,
    DateTime StartedAt,
    DateTime? EndedAt,
    int Steps,
    int Done,
    int Skipped,
    int Late,
    string? MinutesRef
)
{
    /// <summary>How far it came, in words.</summary>
    public string Progress =>
        (Skipped, EndedAt) switch
        {
            (0, null) => $"{Done} of {Steps} steps done",
            (0, _) => $"{Done} of {Steps} steps done, ended",
            (_, null) => $"{Done} of {Steps} steps done, {Skipped} skipped",
            _ => $"{Done} of {Steps} steps done, {Skipped} skipped, ended",
        };
}

/// <summary>A review in short.</summary>
public sealed record IncidentReviewView(
    DateOnly HeldOn,
    IReadOnlyList<string> Attendees,
    string Story,
    IReadOnlyList<string> Whys,
    string Cause,
    IReadOnlyList<string> Contributing,
    string Worked,
    string? Failed,
    string? MinutesRef,
    string? NoLessonBecause
);

/// <summary>How an incident went from state to state.</summary>
/// <param name="Assessed">Whether somebody said how bad it is and what it touches.</param>
/// <param name="Undecided">Questions that nobody answered and that could still bring a duty.</param>
/// <param name="Asked">Questions of the duties that concern this company.</param>
/// <param name="NotContainedBecause">Why it was never said to be contained, where that step was left out.</param>
/// <param name="NotEradicatedBecause">Why its cause was never said to be gone, where that step was left out.</param>
/// <param name="Round">Counts how often it began.</param>
/// <param name="FirstContainedAt">When it was contained for the first time, if it was reopened.</param>
/// <param name="FirstRecoveredAt">When it was recovered for the first time, if it was reopened.</param>
public sealed record IncidentSteps(
    bool Assessed,
    IReadOnlyList<string> Undecided,
    IReadOnlyList<string> Asked,
    string? NotContainedBecause,
    string? NotEradicatedBecause,
    int Round,
    DateTime? FirstContainedAt,
    DateTime? FirstRecoveredAt
);

/// <summary>All of an incident.</summary>
public sealed record IncidentView(
    IncidentRow Row,
    string What,
    IncidentSeverity Computed,
    IReadOnlyList<string> ComputedBecause,
    string? SetBecause,
    string? LeadRef,
    bool Confidentiality,
    bool Integrity,
    bool Availability,
    IReadOnlyList<string> Facts,
    IReadOnlyList<string> RuledOut,
    IncidentSteps Steps,
    DateTime? OccurredAt,
    DateTime AwareAt,
    DateTime? TriagedAt,
    DateTime? EradicatedAt,
    DateTime? ReviewedAt,
    string? NoReviewBecause,
    IReadOnlyList<AffectedRecord> Affects,
    IReadOnlyList<ResponderView> Responders,
    IReadOnlyList<TimelineView> Timeline,
    IReadOnlyList<CustodyView> Custody,
    IReadOnlyList<DutyView> Duties,
    IReadOnlyList<PlaybookRunRow> Runs,
    IReadOnlyList<IncidentReviewView> Reviews
);

/// <summary>How often a cause came back.</summary>
public sealed record RepeatedCause(string Cause, string Words, int Times);

/// <summary>How incidents were handled in a period. Hours are medians; null where nothing was measured.</summary>
public sealed record IncidentMeasures(
    DateOnly From,
    DateOnly To,
    int Incidents,
    int Open,
    int Severe,
    int Exercises,
    int Reports,
    int Unnamed,
    int TriagedInADay,
    int TriagedOf,
    double? HoursToDetect,
    double? HoursToContain,
    double? HoursToRecover,
    int WithoutReview,
    int NoticesOverdue,
    IReadOnlyList<RepeatedCause> Repeated
);
