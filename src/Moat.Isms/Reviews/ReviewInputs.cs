using System.ComponentModel.DataAnnotations;
using Moat.Isms.Kernel;

namespace Moat.Isms.Reviews;

/// <summary>A review to put into the calendar.</summary>
public sealed record ScheduleReview
{
    /// <summary>Its name, such as "First half of 2026".</summary>
    [MinLength(3), MaxLength(300)]
    public required string Title { get; init; }

    /// <summary>When it is to take place.</summary>
    public required DateOnly ScheduledOn { get; init; }

    /// <summary>Who leads it, such as PER-1.</summary>
    [MaxLength(80)]
    public required string Chair { get; init; }

    /// <summary>
    /// Who is invited, such as PER-1 and PER-2; the holders of top-management and isms-manager when left out.
    /// </summary>
    [MaxLength(40)]
    public List<string> Invited { get; init; } = [];
}

/// <summary>Another date, chair or circle.</summary>
public sealed record MoveReview : ChangeRecord
{
    /// <summary>When it is to take place.</summary>
    public DateOnly? ScheduledOn { get; init; }

    /// <summary>Who leads it.</summary>
    [MaxLength(80)]
    public string? Chair { get; init; }

    /// <summary>Who is invited.</summary>
    [MaxLength(40)]
    public List<string>? Invited { get; init; }
}

/// <summary>Something for a topic that no record holds.</summary>
public sealed record BringToReview
{
    /// <summary>The review, such as MREV-2.</summary>
    [MaxLength(80)]
    public required string Ref { get; init; }

    /// <summary>The topic, such as feedback or opportunities.</summary>
    [MaxLength(40)]
    public required string Topic { get; init; }

    /// <summary>What is brought, with its figures and its source.</summary>
    [MinLength(5), MaxLength(4000)]
    public required string Text { get; init; }
}

/// <summary>What the meeting concludes about a topic.</summary>
public sealed record ConcludeTopic : ChangeRecord
{
    /// <summary>The topic, such as objectives.</summary>
    [MaxLength(40)]
    public required string Topic { get; init; }

    /// <summary>The conclusion; a later one replaces it until the minutes are approved.</summary>
    [MinLength(5), MaxLength(4000)]
    public required string Text { get; init; }
}

/// <summary>What the meeting says to several topics, kept together or not at all.</summary>
public sealed record MinuteReview : ChangeRecord
{
    /// <summary>The topics to which something is said.</summary>
    [MinLength(1, ErrorMessage = "Write something to at least one topic."), MaxLength(40)]
    public required List<MinutedTopic> Topics { get; init; }
}

/// <summary>What is said to one topic.</summary>
public sealed record MinutedTopic
{
    /// <summary>The topic, such as objectives.</summary>
    [MaxLength(40)]
    public required string Topic { get; init; }

    /// <summary>The conclusion; it replaces an earlier one. Nothing changes when left out.</summary>
    [MinLength(5), MaxLength(4000)]
    public string? Conclusion { get; init; }

    /// <summary>Something that no record holds, with its figures and its source.</summary>
    [MinLength(5), MaxLength(4000)]
    public string? Brought { get; init; }
}

/// <summary>A decision of the meeting.</summary>
public sealed record DecideInReview
{
    /// <summary>The review, such as MREV-2.</summary>
    [MaxLength(80)]
    public required string Ref { get; init; }

    /// <summary>task, improvement, change or no-change.</summary>
    public required DecisionKind Kind { get; init; }

    /// <summary>What is decided.</summary>
    [MinLength(5), MaxLength(300)]
    public required string Text { get; init; }

    /// <summary>Why; what it is meant to achieve, or the ground on which nothing changes.</summary>
    [MinLength(5), MaxLength(1000)]
    public required string Reason { get; init; }

    /// <summary>Who carries it out, such as PER-3; needed unless nothing changes.</summary>
    [MaxLength(80)]
    public string? Owner { get; init; }

    /// <summary>By when; needed unless nothing changes.</summary>
    public DateOnly? DueOn { get; init; }
}

/// <summary>That the review took place.</summary>
public sealed record HoldReview : ChangeRecord
{
    /// <summary>The day; today when left out.</summary>
    public DateOnly? HeldOn { get; init; }

    /// <summary>Who took part, such as PER-1 and PER-2.</summary>
    [MinLength(1), MaxLength(40)]
    public required List<string> Attended { get; init; }

    /// <summary>Whether the ISMS is suitable, adequate and effective, in the words of the meeting.</summary>
    [MinLength(20), MaxLength(4000)]
    public required string Judgement { get; init; }
}

/// <summary>An approval of exactly the minutes that were read.</summary>
public sealed record ApproveMinutes : ChangeRecord
{
    /// <summary>SHA-256 of the minutes that were read; refused when they changed since.</summary>
    [MaxLength(64)]
    public string? Sha256 { get; init; }
}
