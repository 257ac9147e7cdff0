using System.ComponentModel.DataAnnotations;
using Moat.Isms.Kernel;
using Moat.Knowledge;

namespace Moat.Isms.Training;

/// <summary>Names a course.</summary>
public sealed record ChooseCourse
{
    /// <summary>Its id, such as data-scientists.</summary>
    [MaxLength(80)]
    public required string Course { get; init; }
}

/// <summary>Which assignments to list.</summary>
public sealed record ListAssignments : ListInput
{
    /// <summary>Only this course.</summary>
    [MaxLength(80)]
    public string? Course { get; init; }

    /// <summary>Only this person, such as PER-2.</summary>
    [MaxLength(80)]
    public string? Person { get; init; }

    /// <summary>Only the caller's own.</summary>
    public bool Mine { get; init; }

    /// <summary>Only those passed, or only those still open.</summary>
    public bool? Passed { get; init; }
}

/// <summary>A course for people.</summary>
public sealed record AssignCourse
{
    /// <summary>The course.</summary>
    [MaxLength(80)]
    public required string Course { get; init; }

    /// <summary>Who has to pass it, such as PER-2.</summary>
    [MinLength(1), MaxLength(500)]
    public required List<string> People { get; init; }

    /// <summary>Why, as those people read it.</summary>
    [MinLength(5), MaxLength(500)]
    public required string Reason { get; init; }

    /// <summary>Days until it is due.</summary>
    [Range(1, 180)]
    public int Days { get; init; } = 30;

    /// <summary>The record that caused it, such as DOC-4 or RISK-2.</summary>
    [MaxLength(80)]
    public string? Because { get; init; }
}

/// <summary>Training that somebody had elsewhere.</summary>
public sealed record RecordExternalTraining
{
    /// <summary>Who, such as PER-2.</summary>
    [MaxLength(80)]
    public required string Person { get; init; }

    /// <summary>What it was.</summary>
    [MinLength(3), MaxLength(200)]
    public required string Title { get; init; }

    /// <summary>Who gave it.</summary>
    [MinLength(2), MaxLength(200)]
    public required string Provider { get; init; }

    /// <summary>When it ended.</summary>
    public required DateOnly On { get; init; }

    /// <summary>Until when it counts.</summary>
    public DateOnly? ValidUntil { get; init; }

    /// <summary>The certificate.</summary>
    public GivenFile? File { get; init; }
}

/// <summary>The answers of a quiz.</summary>
public sealed record AnswerQuiz : OneRecord
{
    /// <summary>An option for each question, counted from 1, as <c>question=2</c>.</summary>
    [MinLength(1), MaxLength(30)]
    public required List<string> Answers { get; init; }
}

/// <summary>A course in the list.</summary>
public sealed record CourseRow(
    string Id,
    string Title,
    int Minutes,
    int PassMark,
    int RefreshDays,
    IReadOnlyList<string> Audience,
    string Outcome,
    int Lessons,
    int Open,
    int Valid,
    int Late
);

/// <summary>A course with its lessons.</summary>
public sealed record CourseView(
    string Id,
    string Title,
    int Minutes,
    int PassMark,
    int Asked,
    int RefreshDays,
    string Outcome,
    string IntroHtml,
    IReadOnlyList<Lesson> Lessons
);

/// <summary>Who has to pass what.</summary>
public sealed record AssignmentView(
    string Ref,
    string CourseId,
    string Title,
    string PersonRef,
    string Person,
    string Why,
    DateOnly DueOn,
    DateTime? PassedAt,
    int? Score,
    DateOnly? ValidUntil
);

/// <summary>Training that somebody had elsewhere.</summary>
public sealed record ExternalTrainingView(
    string Ref,
    string PersonRef,
    string Person,
    string Title,
    string Provider,
    DateOnly On,
    DateOnly? ValidUntil,
    string? FileName,
    string? FileSha256
);

/// <summary>A question without its answer.</summary>
public sealed record QuizQuestionView(string Id, string Ask, IReadOnlyList<string> Options);

/// <summary>A drawn quiz. Its reference is read when it is told, which is after it was stored.</summary>
public sealed class QuizView(
    QuizAttempt attempt,
    string courseId,
    string title,
    int passMark,
    IReadOnlyList<QuizQuestionView> questions
)
{
    /// <summary>The attempt.</summary>
    public string Ref => attempt.Ref;

    /// <summary>The course.</summary>
    public string CourseId => courseId;

    /// <summary>The course's title.</summary>
    public string Title => title;

    /// <summary>Right answers needed, in per cent.</summary>
    public int PassMark => passMark;

    /// <summary>The questions.</summary>
    public IReadOnlyList<QuizQuestionView> Questions => questions;
}

/// <summary>An answer and what would have been right.</summary>
public sealed record JudgedAnswer(string Ask, string Given, string RightAnswer, bool Right, string Why);

/// <summary>How a quiz went.</summary>
public sealed record QuizResult(
    string Ref,
    string Assignment,
    int Score,
    int PassMark,
    bool Passed,
    IReadOnlyList<JudgedAnswer> Answers,
    DateOnly? ValidUntil
);
