namespace Moat.Isms.Kernel;

/// <summary>When in the daily round an operation has its turn: what others look at comes before them.</summary>
public enum DailyTurn
{
    /// <summary>What keeps the journal's own promises.</summary>
    Proof,

    /// <summary>What is told of the world, and how long it still counts.</summary>
    Facts,

    /// <summary>What registers ask of people.</summary>
    Registers,

    /// <summary>Who is away, and what comes round.</summary>
    People,

    /// <summary>What is late of all that was asked.</summary>
    Tasks,

    /// <summary>How ready the day left the ISMS.</summary>
    Readiness,
}

/// <summary>
/// The server does this operation itself each day, for every organisation; doing it again on the same day changes
/// nothing.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DailyAttribute(DailyTurn turn) : Attribute
{
    /// <summary>When in the round.</summary>
    public DailyTurn Turn { get; } = turn;
}

/// <summary>
/// The audit pack holds a proof of each entry that this operation left, because an auditor asks who decided it and
/// when.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProvenInPackAttribute : Attribute;
