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

/// <summary>
/// All of an incident: how severe it is and why, its clocks, what it touches, who responds, what was done and what was
/// learned.
/// </summary>
public sealed record IncidentView
{
    /// <summary>
    /// The incident as in the register: state, severity, who leads, when it was seen, contained, recovered and closed.
    /// </summary>
    public required IncidentRow Row { get; init; }

    /// <summary>What happened, as far as it is known.</summary>
    public required string What { get; init; }

    /// <summary>The severity that its impact makes: low, medium, high or critical.</summary>
    public required IncidentSeverity Computed { get; init; }

    /// <summary>What makes that severity, a sentence each, such as "Customers were affected".</summary>
    public required IReadOnlyList<string> ComputedBecause { get; init; }

    /// <summary>Why a person set another severity; none while the computed one stands.</summary>
    public required string? SetBecause { get; init; }

    /// <summary>Who leads, such as PER-2; none while nobody does.</summary>
    public required string? LeadRef { get; init; }

    /// <summary>Whether somebody learned what they should not; false while nobody said so.</summary>
    public required bool Confidentiality { get; init; }

    /// <summary>Whether something was changed that should not be; false while nobody said so.</summary>
    public required bool Integrity { get; init; }

    /// <summary>Whether something was not there when it was needed; false while nobody said so.</summary>
    public required bool Availability { get; init; }

    /// <summary>What is true of it, in the words of duties to notify, such as personal-data or customers.</summary>
    public required IReadOnlyList<string> Facts { get; init; }

    /// <summary>
    /// What is settled as not true of it, in the same words; what stands in neither list is an open question.
    /// </summary>
    public required IReadOnlyList<string> RuledOut { get; init; }

    /// <summary>
    /// Whether it is assessed, which questions are open, which steps were left out, and how often it began.
    /// </summary>
    public required IncidentSteps Steps { get; init; }

    /// <summary>When it began, in UTC; none while that is not known.</summary>
    public required DateTime? OccurredAt { get; init; }

    /// <summary>
    /// When a person of the company knew enough to be reasonably certain, in UTC; legal clocks begin here.
    /// </summary>
    public required DateTime AwareAt { get; init; }

    /// <summary>When it was assessed, in UTC; none while it is new.</summary>
    public required DateTime? TriagedAt { get; init; }

    /// <summary>When its cause was gone, in UTC; none before that and where this step was left out.</summary>
    public required DateTime? EradicatedAt { get; init; }

    /// <summary>When its review was written down, in UTC; none before that.</summary>
    public required DateTime? ReviewedAt { get; init; }

    /// <summary>Why it was closed without a review, which only one of low severity may be; none otherwise.</summary>
    public required string? NoReviewBecause { get; init; }

    /// <summary>The assets and suppliers it touches and the controls that failed, crown jewels first.</summary>
    public required IReadOnlyList<AffectedRecord> Affects { get; init; }

    /// <summary>Who has which part in the response, such as lead or scribe; the lead comes first.</summary>
    public required IReadOnlyList<ResponderView> Responders { get; init; }

    /// <summary>
    /// What was seen, done and decided, in the order in which it happened; entries are added and never changed.
    /// </summary>
    public required IReadOnlyList<TimelineView> Timeline { get; init; }

    /// <summary>The chain of custody: through whose hands its evidence went and when, the earliest first.</summary>
    public required IReadOnlyList<CustodyView> Custody { get; init; }

    /// <summary>
    /// Duties to notify authorities, people and customers that it brings, each with its notices and their deadlines.
    /// </summary>
    public required IReadOnlyList<DutyView> Duties { get; init; }

    /// <summary>The runs of playbooks that answer it, the latest first.</summary>
    public required IReadOnlyList<PlaybookRunRow> Runs { get; init; }

    /// <summary>What those who were there said about it afterwards, the latest review first.</summary>
    public required IReadOnlyList<IncidentReviewView> Reviews { get; init; }
}

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
