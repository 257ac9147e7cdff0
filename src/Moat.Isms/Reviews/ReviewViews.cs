namespace Moat.Isms.Reviews;

/// <summary>A review in the list.</summary>
public sealed record ReviewRow(
    string Ref,
    int Version,
    string Title,
    ReviewState State,
    DateOnly ScheduledOn,
    DateOnly? HeldOn,
    string Chair,
    int Decisions,
    int Acted,
    int Overdue,
    string? MinutesRef,
    bool Late
);

/// <summary>Somebody invited or present.</summary>
public sealed record ReviewPerson(string Ref, string Name, string? JobTitle, bool TopManagement);

/// <summary>A topic of the agenda: its frozen input, what was brought and what was concluded.</summary>
public sealed record TopicView(
    string Key,
    string Clause,
    string Title,
    string Asks,
    InputSection? Input,
    IReadOnlyList<TopicNote> Brought,
    string? Conclusion,
    string? ConcludedBy
);

/// <summary>Something brought to a topic by a person.</summary>
public sealed record TopicNote(string Text, string By);

/// <summary>A decision with what became of it.</summary>
public sealed record ReviewDecisionView(
    int Position,
    DecisionKind Kind,
    string Text,
    string Reason,
    string? OwnerRef,
    string? Owner,
    DateOnly? DueOn,
    string? ResultRef,
    string Stands,
    bool Done,
    bool Overdue
);

/// <summary>
/// A management review (9.3): its frozen inputs, what was concluded and decided on each topic, and its minutes.
/// </summary>
public sealed record ManagementReviewView
{
    /// <summary>Its reference, such as MREV-2.</summary>
    public required string Ref { get; init; }

    /// <summary>
    /// Counts its changes from 1; hand it in as ifVersion so that a change made meanwhile is not overwritten.
    /// </summary>
    public required int Version { get; init; }

    /// <summary>Its name, such as "First half of 2026".</summary>
    public required string Title { get; init; }

    /// <summary>scheduled, prepared (its inputs are frozen), held or approved (its minutes are).</summary>
    public required ReviewState State { get; init; }

    /// <summary>The day on which it is to take place.</summary>
    public required DateOnly ScheduledOn { get; init; }

    /// <summary>Who leads it, such as PER-1.</summary>
    public required string ChairRef { get; init; }

    /// <summary>The name of whoever leads it.</summary>
    public required string Chair { get; init; }

    /// <summary>Who is invited, and who of them is top management.</summary>
    public required IReadOnlyList<ReviewPerson> Invited { get; init; }

    /// <summary>
    /// First day that the inputs look at: the day of the review before, or a year back; none before they are frozen.
    /// </summary>
    public required DateOnly? LooksFrom { get; init; }

    /// <summary>When the inputs were last frozen, in UTC; none before that.</summary>
    public required DateTime? PreparedAt { get; init; }

    /// <summary>SHA-256 of the inputs exactly as they were frozen, 64 hex digits; none before that.</summary>
    public required string? InputsSha256 { get; init; }

    /// <summary>Whether the inputs that are kept are still as they were frozen; false before they are frozen.</summary>
    public required bool InputsAsFrozen { get; init; }

    /// <summary>The evidence that keeps the frozen inputs, such as EVD-7; none before they are frozen.</summary>
    public required string? EvidenceRef { get; init; }

    /// <summary>The day it took place; none before that.</summary>
    public required DateOnly? HeldOn { get; init; }

    /// <summary>Who took part, and who of them is top management; empty before it was held.</summary>
    public required IReadOnlyList<ReviewPerson> Attended { get; init; }

    /// <summary>
    /// Whether the ISMS is suitable, adequate and effective, in the words of the meeting; none before it was held.
    /// </summary>
    public required string? Judgement { get; init; }

    /// <summary>
    /// The topics of 9.3.2 in the order of the meeting, each with its frozen input, what was brought and what was
    /// concluded.
    /// </summary>
    public required IReadOnlyList<TopicView> Topics { get; init; }

    /// <summary>What was decided, in the order of the minutes, each with what became of it.</summary>
    public required IReadOnlyList<ReviewDecisionView> Decisions { get; init; }

    /// <summary>
    /// The minutes as Markdown: those that were approved, until then as the records of the meeting make them; none
    /// before it was held.
    /// </summary>
    public required string? Minutes { get; init; }

    /// <summary>
    /// SHA-256 of the minutes; hand it in when you approve them, so that you approve what you read. None before it was
    /// held.
    /// </summary>
    public required string? MinutesSha256 { get; init; }

    /// <summary>The document that holds the approved minutes, such as DOC-9; none before they are approved.</summary>
    public required string? MinutesRef { get; init; }

    /// <summary>Who approved the minutes; none before that.</summary>
    public required string? ApprovedBy { get; init; }

    /// <summary>When the minutes were approved, in UTC; none before that.</summary>
    public required DateTime? ApprovedAt { get; init; }
}
