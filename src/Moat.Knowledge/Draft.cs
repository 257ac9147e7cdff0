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

/// <summary>Assets to draft, and how they hang together.</summary>
public sealed class DraftedAssets
{
    /// <summary>The assets.</summary>
    public required List<DraftedAsset> Assets { get; init; }

    /// <summary>Their relations.</summary>
    public required List<DraftedRelation> Relations { get; init; }
}

/// <summary>An asset to draft.</summary>
public sealed class DraftedAsset
{
    /// <summary>Names it for relations.</summary>
    public required string Key { get; init; }

    /// <summary>Its kind.</summary>
    public required string Kind { get; init; }

    /// <summary>Draft one for each line of this answer.</summary>
    public string? Each { get; init; }

    /// <summary>Draft it only if these answers are empty.</summary>
    public List<string> Unless { get; init; } = [];

    /// <summary>Its name; <c>{line}</c> stands for the answer's line.</summary>
    public required string Name { get; init; }

    /// <summary>Which companies have it.</summary>
    public required Condition Applies { get; init; }

    /// <summary>Confidentiality, integrity, availability, 1 to 4.</summary>
    public required List<int> Needs { get; init; }

    /// <summary>For which companies its confidentiality starts at 4.</summary>
    public Condition? RestrictedWhen { get; init; }

    /// <summary>Whether it is a likely crown jewel.</summary>
    public required bool Crown { get; init; }

    /// <summary>Why it is proposed.</summary>
    public required string Why { get; init; }
}

/// <summary>A relation between drafted assets.</summary>
public sealed class DraftedRelation
{
    /// <summary>Keys it starts at.</summary>
    public required List<string> From { get; init; }

    /// <summary>Its meaning.</summary>
    public required string Type { get; init; }

    /// <summary>Keys it ends at.</summary>
    public required List<string> To { get; init; }
}

/// <summary>Parties, issues, obligations and the risk method to draft.</summary>
public sealed class DraftedContext
{
    /// <summary>Interested parties.</summary>
    public required List<DraftedParty> Parties { get; init; }

    /// <summary>Internal and external issues.</summary>
    public required List<DraftedIssue> Issues { get; init; }

    /// <summary>Obligations by law and contract.</summary>
    public required List<DraftedObligation> Obligations { get; init; }

    /// <summary>The risk method.</summary>
    public required DraftedMethod Method { get; init; }

    /// <summary>What the company probably wants to reach.</summary>
    public required List<DraftedBusinessObjective> Business { get; init; }
}

/// <summary>
/// A business objective to draft; <c>{key}</c> stands for the first line of that answer of the interview.
/// </summary>
public sealed class DraftedBusinessObjective
{
    /// <summary>Its id.</summary>
    public required string Key { get; init; }

    /// <summary>What the company wants to reach.</summary>
    public required string Title { get; init; }

    /// <summary>Whom it concerns.</summary>
    public required Condition Applies { get; init; }

    /// <summary>The answer that has to be given, such as trigger or asks=iso27001.</summary>
    public required string From { get; init; }

    /// <summary>Why security matters to it.</summary>
    public required string WhySecurity { get; init; }

    /// <summary>Why it is proposed.</summary>
    public required string Why { get; init; }

    /// <summary>Whether the date of the interview is its horizon.</summary>
    public bool ByDeadline { get; init; }
}

/// <summary>An interested party to draft.</summary>
public sealed class DraftedParty
{
    /// <summary>Its id.</summary>
    public required string Key { get; init; }

    /// <summary>Who.</summary>
    public required string Name { get; init; }

    /// <summary>Whom it concerns.</summary>
    public required Condition Applies { get; init; }

    /// <summary>What they need.</summary>
    public required string Needs { get; init; }

    /// <summary>How it is answered.</summary>
    public required string Answer { get; init; }
}

/// <summary>An issue to draft.</summary>
public sealed class DraftedIssue
{
    /// <summary>Its id.</summary>
    public required string Key { get; init; }

    /// <summary>internal or external.</summary>
    public required string Side { get; init; }

    /// <summary>Whether it is the decision on climate change.</summary>
    public bool Climate { get; init; }

    /// <summary>In a few words.</summary>
    public required string Title { get; init; }

    /// <summary>Whom it concerns.</summary>
    public required Condition Applies { get; init; }

    /// <summary>What it does.</summary>
    public required string Effect { get; init; }
}

/// <summary>An obligation to draft.</summary>
public sealed class DraftedObligation
{
    /// <summary>Its id.</summary>
    public required string Key { get; init; }

    /// <summary>law, contract or standard.</summary>
    public required string Kind { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Whom it concerns.</summary>
    public required Condition Applies { get; init; }

    /// <summary>What it asks.</summary>
    public required string Asks { get; init; }

    /// <summary>Controls that answer it.</summary>
    public required List<string> Controls { get; init; }
}

/// <summary>The risk method to draft.</summary>
public sealed class DraftedMethod
{
    /// <summary>Criteria for accepting and reassessing.</summary>
    public required string Criteria { get; init; }

    /// <summary>Highest acceptable score.</summary>
    public required int Appetite { get; init; }

    /// <summary>Score from which a risk is high.</summary>
    public required int High { get; init; }

    /// <summary>What likelihood 1 to 5 mean.</summary>
    public required List<string> Likelihood { get; init; }

    /// <summary>What impact 1 to 5 mean.</summary>
    public required List<string> Impact { get; init; }
}

/// <summary>A question to a supplier.</summary>
public sealed class SupplierQuestion
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>The question.</summary>
    public required string Ask { get; init; }

    /// <summary>What a good answer names.</summary>
    public required string Hint { get; init; }
}

/// <summary>An entry of the communication plan to draft.</summary>
public sealed class DraftedCommunication
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>What is said.</summary>
    public required string What { get; init; }

    /// <summary>When, or on which occasion.</summary>
    public required string When { get; init; }

    /// <summary>Days between two times.</summary>
    public int? EveryDays { get; init; }

    /// <summary>With whom.</summary>
    public required string WithWhom { get; init; }

    /// <summary>The role that does it.</summary>
    public required string OwnerRole { get; init; }

    /// <summary>How.</summary>
    public required string How { get; init; }

    /// <summary>Which companies need it.</summary>
    public required Condition Applies { get; init; }
}

/// <summary>Something to draft that has to happen again and again.</summary>
public sealed class DraftedCadence
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>What happens.</summary>
    public required string Title { get; init; }

    /// <summary>What exactly is done, and what shows that it was.</summary>
    public required string What { get; init; }

    /// <summary>Why it is proposed.</summary>
    public required string Why { get; init; }

    /// <summary>The process it belongs to.</summary>
    public required string Process { get; init; }

    /// <summary>The clause or control that asks for it.</summary>
    public required string Requirement { get; init; }

    /// <summary>How many months lie at most between two times.</summary>
    public required int EveryMonths { get; init; }

    /// <summary>How many days before its date somebody is asked.</summary>
    public required int LeadDays { get; init; }

    /// <summary>The role that does it; that of the process when left out.</summary>
    public string? Role { get; init; }

    /// <summary>What proves it: an operation or evidence for a control; a person when there is none.</summary>
    public required List<string> Proofs { get; init; }

    /// <summary>Which companies need it.</summary>
    public required Condition Applies { get; init; }
}
