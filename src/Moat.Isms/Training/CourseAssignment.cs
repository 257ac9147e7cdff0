using Moat.Isms.Kernel;

namespace Moat.Isms.Training;

/// <summary>That somebody has to pass a course, and that they did (clauses 7.2 and 7.3).</summary>
[RecordKind(
    "TRN",
    "training",
    Page = "training/list#{ref}",
    One = "course",
    Many = "courses",
    Shows = "7.3",
    Everyones = true,
    Column = ThreadColumn.DocumentsAndPeople
)]
public sealed class CourseAssignment : Referenced
{
    /// <summary>The course's id in the content.</summary>
    public required string CourseId { get; init; }

    /// <summary>Its title when it was assigned.</summary>
    public required string Title { get; init; }

    /// <summary>Who has to pass it.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>Which rule or person asks for it.</summary>
    public required string Why { get; init; }

    /// <summary>By when.</summary>
    public required DateOnly DueOn { get; init; }

    /// <summary>When it was passed.</summary>
    public DateTime? PassedAt { get; private set; }

    /// <summary>The score of that attempt, in per cent.</summary>
    public int? Score { get; private set; }

    /// <summary>Until when the pass counts.</summary>
    public DateOnly? ValidUntil { get; private set; }

    /// <summary>When it ended without a pass.</summary>
    public DateTime? EndedAt { get; private set; }

    /// <summary>Why it ended.</summary>
    public string? EndedBecause { get; private set; }

    /// <inheritdoc />
    public override string Caption => Title;

    /// <summary>Whether it is still to be passed.</summary>
    public bool IsOpen => PassedAt is null && EndedAt is null;

    /// <summary>Passes it.</summary>
    public void Pass(int score, DateTime at, int daysItCounts) =>
        (Score, PassedAt, ValidUntil) = (score, at, DateOnly.FromDateTime(at).AddDays(daysItCounts));

    /// <summary>Ends it without a pass.</summary>
    public void End(string because, DateTime at) => (EndedBecause, EndedAt) = (because, at);
}

/// <summary>One attempt at a course's quiz.</summary>
[RecordKind(
    "QUIZ",
    "training",
    PartOfAnother = true,
    One = "quiz",
    Many = "quizzes",
    Column = ThreadColumn.DocumentsAndPeople
)]
public sealed class QuizAttempt : Referenced
{
    /// <summary>The assignment.</summary>
    public required Guid AssignmentId { get; init; }

    /// <summary>Who answers.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>The course's title.</summary>
    public required string Title { get; init; }

    /// <summary>Ids of the questions that were drawn, in the order asked.</summary>
    public required List<string> Questions { get; init; }

    /// <summary>What was answered, as <c>question=option</c>.</summary>
    public List<string> Answers { get; private set; } = [];

    /// <summary>When it was handed in.</summary>
    public DateTime? FinishedAt { get; private set; }

    /// <summary>Right answers in per cent.</summary>
    public int? Score { get; private set; }

    /// <summary>Whether it reached the pass mark.</summary>
    public bool? Passed { get; private set; }

    /// <inheritdoc />
    public override string Caption => $"Quiz: {Title}";

    /// <summary>Hands it in.</summary>
    public void Finish(List<string> answers, int score, bool passed, DateTime at)
    {
        if (FinishedAt is not null)
            throw new RuleBroken("training.answer.once", "This quiz is already handed in. Begin another one.");
        (Answers, Score, Passed, FinishedAt) = (answers, score, passed, at);
    }
}

/// <summary>Training that somebody had elsewhere.</summary>
[RecordKind("EXT", "training", Column = ThreadColumn.DocumentsAndPeople)]
public sealed class ExternalTraining : Referenced
{
    /// <summary>Who had it.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>What it was.</summary>
    public required string Title { get; init; }

    /// <summary>Who gave it.</summary>
    public required string Provider { get; init; }

    /// <summary>When it ended.</summary>
    public required DateOnly On { get; init; }

    /// <summary>Until when it counts.</summary>
    public DateOnly? ValidUntil { get; init; }

    /// <summary>Name of the certificate's file.</summary>
    public string? FileName { get; init; }

    /// <summary>SHA-256 of it, hex.</summary>
    public string? FileSha256 { get; init; }

    /// <inheritdoc />
    public override string Caption => Title;
}
