namespace Moat.Knowledge;

/// <summary>The interview's questions.</summary>
public sealed class Interview
{
    /// <summary>In the order they are asked.</summary>
    public required List<Question> Questions { get; init; }

    /// <summary>Every field of every question.</summary>
    [YamlDotNet.Serialization.YamlIgnore]
    public IEnumerable<QuestionField> Fields => Questions.SelectMany(q => q.Fields);
}

/// <summary>One question; one page.</summary>
public sealed class Question
{
    /// <summary>Its id in URLs.</summary>
    public required string Id { get; init; }

    /// <summary>The question.</summary>
    public required string Title { get; init; }

    /// <summary>Why it is asked.</summary>
    public required string Help { get; init; }

    /// <summary>What can be answered.</summary>
    public required List<QuestionField> Fields { get; init; }
}

/// <summary>One answer of a question.</summary>
public sealed class QuestionField
{
    /// <summary>The answer's key in answer files.</summary>
    public required string Key { get; init; }

    /// <summary>Its label.</summary>
    public required string Label { get; init; }

    /// <summary>text, number, date, choice, choices or lines.</summary>
    public required string Kind { get; init; }

    /// <summary>Whether the interview cannot be completed without it.</summary>
    public bool Required { get; init; }

    /// <summary>
    /// Which companies need it for the interview to be complete, beside those of <see cref="Required"/>.
    /// </summary>
    public Condition? RequiredWhen { get; init; }

    /// <summary>What can be chosen; for lines, what a line may end with after a colon.</summary>
    public List<QuestionOption> Options { get; init; } = [];
}

/// <summary>One choice.</summary>
public sealed class QuestionOption
{
    /// <summary>Its value in answer files.</summary>
    public required string Value { get; init; }

    /// <summary>Its label.</summary>
    public required string Label { get; init; }

    /// <summary>The label within a sentence, where it differs.</summary>
    public string? Words { get; init; }

    /// <summary>What it says about the company.</summary>
    public List<string> Flags { get; init; } = [];
}
