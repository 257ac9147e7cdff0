namespace Moat.Knowledge;

/// <summary>A sub-clause of ISO/IEC 27001:2022, clauses 4 to 10.</summary>
public sealed class ClauseEntry : Entry
{
    /// <summary>Whether it only groups others.</summary>
    public required bool Heading { get; init; }

    /// <summary>Which of the ten steps it belongs to.</summary>
    public required int Step { get; init; }

    /// <summary>What it asks, in one plain sentence.</summary>
    public string? Asks { get; init; }

    /// <summary>What makes it Documented.</summary>
    public List<RuleHint> Documented { get; init; } = [];

    /// <summary>What makes it Operating.</summary>
    public List<RuleHint> Operating { get; init; } = [];

    /// <summary>What makes it Improving.</summary>
    public List<RuleHint> Improving { get; init; } = [];

    /// <summary>Sorts clauses in reading order.</summary>
    [YamlDotNet.Serialization.YamlIgnore]
    public int Order => OrderOf(Id);

    private const int AfterAllClauses = 90;

    /// <summary>Sorts the numbers of clauses in reading order, and those of Annex A behind them.</summary>
    public static int OrderOf(string id) =>
        id.Split('.')
            .Select(p => p == "A" ? AfterAllClauses : int.Parse(p, System.Globalization.CultureInfo.InvariantCulture))
            .Concat([0, 0])
            .Take(3)
            .Aggregate(0, (sum, p) => sum * 100 + p);
}

/// <summary>
/// A readiness rule of a clause: which records make it true, for how long, and what to do when they do not.
/// </summary>
public sealed class RuleHint
{
    /// <summary>The rule's id; the readiness process knows how to compute it.</summary>
    public required string Rule { get; init; }

    /// <summary>How old the records may be.</summary>
    public required string MaxAge { get; init; }

    /// <summary>The next step.</summary>
    public required string Next { get; init; }

    /// <summary>The page where it is done, below the organisation.</summary>
    public required string Link { get; init; }

    /// <summary>The age in days.</summary>
    [YamlDotNet.Serialization.YamlIgnore]
    public int MaxAgeDays => Age.Days(MaxAge);
}
