using System.ComponentModel.DataAnnotations;
using Moat.Isms.Kernel;

namespace Moat.Isms.Improvement;

/// <summary>Which lessons to list.</summary>
public sealed record ListLessons : ListInput
{
    /// <summary>open, action, improvement, change or nothing.</summary>
    public LessonEnd? End { get; init; }
}

/// <summary>A lesson that somebody enters.</summary>
public sealed record CreateLesson
{
    /// <summary>The lesson in a line.</summary>
    [MinLength(5), MaxLength(300)]
    public required string Title { get; init; }

    /// <summary>What happened, and what follows from it.</summary>
    [MinLength(10), MaxLength(4000)]
    public required string Text { get; init; }

    /// <summary>
    /// The record that taught it: an incident, an exercise, a finding, a review, a change, such as INC-3.
    /// </summary>
    [MaxLength(80)]
    public required string Source { get; init; }

    /// <summary>Who decides what becomes of it.</summary>
    [MaxLength(80)]
    public string? Owner { get; init; }
}

/// <summary>Other words or another owner.</summary>
public sealed record EditLesson : ChangeRecord
{
    /// <summary>The lesson in a line.</summary>
    [MinLength(5), MaxLength(300)]
    public string? Title { get; init; }

    /// <summary>What happened, and what follows from it.</summary>
    [MinLength(10), MaxLength(4000)]
    public string? Text { get; init; }

    /// <summary>Who decides what becomes of it.</summary>
    [MaxLength(80)]
    public string? Owner { get; init; }
}

/// <summary>An improvement that a lesson leads to.</summary>
public sealed record ImproveFromLesson : OneRecord
{
    /// <summary>What becomes better, in a line.</summary>
    [MinLength(5), MaxLength(300)]
    public required string Title { get; init; }

    /// <summary>What one will see when it works.</summary>
    [MinLength(10), MaxLength(2000)]
    public required string ExpectedEffect { get; init; }

    /// <summary>Who does it.</summary>
    [MaxLength(80)]
    public string? Owner { get; init; }

    /// <summary>By when.</summary>
    public DateOnly? DueOn { get; init; }
}

/// <summary>A record that a lesson led to and that exists already.</summary>
public sealed record NameOutcome : ChangeRecord
{
    /// <summary>A corrective action, an improvement or a planned change, such as ACT-4, IMP-2 or CHG-3.</summary>
    [MaxLength(80)]
    public required string Became { get; init; }
}

/// <summary>A lesson from which nothing follows.</summary>
public sealed record DismissLesson : ChangeRecord
{
    /// <summary>Why nothing follows from it.</summary>
    [MinLength(20), MaxLength(2000)]
    public required string Reason { get; init; }
}

/// <summary>A lesson in a list.</summary>
public sealed record LessonRow(
    string Ref,
    int Version,
    string Title,
    string Text,
    string SourceRef,
    string? OwnerRef,
    string? Owner,
    DateOnly LearnedOn,
    LessonEnd End,
    string? BecameRef,
    string? Reason,
    string? DecidedBy,
    DateOnly? DecidedOn
);

/// <summary>A lesson with everything that it led to.</summary>
public sealed record LessonView(LessonRow Row, string SourceTitle, IReadOnlyList<Related> LedTo);
