namespace Moat.Knowledge;

/// <summary>A course: lessons, and a bank of questions from which a quiz is drawn (clauses 7.2 and 7.3).</summary>
public sealed class CourseEntry : Entry
{
    /// <summary>Whom it is for: everyone, role ids, or <c>department:</c> and a word of its name.</summary>
    public required List<string> Audience { get; init; }

    /// <summary>Which companies it concerns.</summary>
    public required Condition Applies { get; init; }

    /// <summary>How long the lessons take.</summary>
    public required int Minutes { get; init; }

    /// <summary>Right answers needed, in per cent.</summary>
    public required int PassMark { get; init; }

    /// <summary>Questions drawn for one attempt.</summary>
    public required int Asked { get; init; }

    /// <summary>How long a pass counts, such as 365d.</summary>
    public required string Refresh { get; init; }

    /// <summary>Clauses that it serves.</summary>
    public required List<string> Clauses { get; init; }

    /// <summary>Controls that it serves.</summary>
    public required List<string> Controls { get; init; }

    /// <summary>What a person can do after it.</summary>
    public required string Outcome { get; init; }

    /// <summary>The bank.</summary>
    public required List<QuizQuestion> Questions { get; init; }

    /// <summary>How long a pass counts, in days.</summary>
    [YamlDotNet.Serialization.YamlIgnore]
    public int RefreshDays => Age.Days(Refresh);

    /// <summary>What stands before the first lesson.</summary>
    [YamlDotNet.Serialization.YamlIgnore]
    public string IntroHtml => Markdown.ToHtml(Parts[0]);

    /// <summary>The lessons in order.</summary>
    [YamlDotNet.Serialization.YamlIgnore]
    public IReadOnlyList<Lesson> Lessons => [.. Parts.Skip(1).Select(Lesson.Read)];

    private string[] Parts => ("\n" + Body).Split("\n## ");
}

/// <summary>One lesson.</summary>
public sealed record Lesson(string Title, string Html)
{
    internal static Lesson Read(string part)
    {
        var end = part.IndexOf('\n', StringComparison.Ordinal);
        return end < 0
            ? new Lesson(part.Trim(), "")
            : new Lesson(part[..end].Trim(), Markdown.ToHtml(part[(end + 1)..]));
    }
}

/// <summary>A question with one right answer.</summary>
public sealed class QuizQuestion
{
    /// <summary>Its id within the course.</summary>
    public required string Id { get; init; }

    /// <summary>The question.</summary>
    public required string Ask { get; init; }

    /// <summary>What can be answered.</summary>
    public required List<string> Options { get; init; }

    /// <summary>Which one is right, counted from 1.</summary>
    public required int Answer { get; init; }

    /// <summary>Why it is right.</summary>
    public required string Why { get; init; }
}
