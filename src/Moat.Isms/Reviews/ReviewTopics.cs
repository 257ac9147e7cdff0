namespace Moat.Isms.Reviews;

/// <summary>A topic that every management review goes through (clause 9.3.2).</summary>
public sealed record ReviewTopic(string Key, string Clause, string Title, string Asks);

/// <summary>The topics of a review, in the order of the meeting.</summary>
public static class ReviewTopics
{
    /// <summary>What became of earlier decisions.</summary>
    public const string Actions = "actions";

    /// <summary>What changed inside and outside.</summary>
    public const string Issues = "issues";

    /// <summary>What changed in what parties expect.</summary>
    public const string Parties = "parties";

    /// <summary>What was wrong and what is done about it.</summary>
    public const string Nonconformities = "nonconformities";

    /// <summary>What is watched and measured.</summary>
    public const string Measurements = "measurements";

    /// <summary>What audits found.</summary>
    public const string Audits = "audits";

    /// <summary>How objectives stand.</summary>
    public const string Objectives = "objectives";

    /// <summary>What parties said.</summary>
    public const string Feedback = "feedback";

    /// <summary>How risks and their treatment stand.</summary>
    public const string Risks = "risks";

    /// <summary>What could get better.</summary>
    public const string Opportunities = "opportunities";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ReviewTopic> All { get; } =
    [
        new(
            Actions,
            "9.3.2 a",
            "What became of earlier decisions",
            "Is each decision of the last review done, and if not, does it still stand?"
        ),
        new(
            Issues,
            "9.3.2 b",
            "What changed around and inside the company",
            "Does the ISMS still fit the models, markets and laws of today, and those on the roadmap?"
        ),
        new(
            Parties,
            "9.3.2 c",
            "What is expected now that was not",
            "What do customers, authorities and suppliers of models ask for that they did not ask for last time?"
        ),
        new(
            Nonconformities,
            "9.3.2 d 1",
            "What was wrong, and what was done about it",
            "Do the same causes come back? Do corrective actions work?"
        ),
        new(
            Measurements,
            "9.3.2 d 2",
            "What was watched and measured",
            "What do checks, evidence and incidents say about models, data and endpoints?"
        ),
        new(Audits, "9.3.2 d 3", "What audits found", "Which findings are open, and what do they have in common?"),
        new(
            Objectives,
            "9.3.2 d 4",
            "How the objectives stand",
            "Which objective is kept, made harder, made easier or dropped?"
        ),
        new(
            Feedback,
            "9.3.2 e",
            "What interested parties said",
            "What did customers, users, auditors and colleagues tell you, and how often?"
        ),
        new(
            Risks,
            "9.3.2 f",
            "Risks and their treatment",
            "Which risks moved, which stay above the appetite, and what is late in the treatment plan?"
        ),
        new(
            Opportunities,
            "9.3.2 g",
            "What could get better",
            "Which improvement brings most for the crown jewels in the next months?"
        ),
    ];

    /// <summary>Whether there is such a topic.</summary>
    public static bool Knows(string key) => All.Any(t => t.Key == key);
}
