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

/// <summary>A review as people read it.</summary>
public sealed record ManagementReviewView(
    string Ref,
    int Version,
    string Title,
    ReviewState State,
    DateOnly ScheduledOn,
    string ChairRef,
    string Chair,
    IReadOnlyList<ReviewPerson> Invited,
    DateOnly? LooksFrom,
    DateTime? PreparedAt,
    string? InputsSha256,
    bool InputsAsFrozen,
    string? EvidenceRef,
    DateOnly? HeldOn,
    IReadOnlyList<ReviewPerson> Attended,
    string? Judgement,
    IReadOnlyList<TopicView> Topics,
    IReadOnlyList<ReviewDecisionView> Decisions,
    string? Minutes,
    string? MinutesSha256,
    string? MinutesRef,
    string? ApprovedBy,
    DateTime? ApprovedAt
);
