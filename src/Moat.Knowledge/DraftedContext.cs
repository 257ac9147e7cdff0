namespace Moat.Knowledge;

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
