using Moat.Isms.Kernel;

namespace Moat.Isms.Objectives;

/// <summary>A number that was measured for an objective (clause 9.1).</summary>
public sealed class Measurement : Record
{
    /// <summary>The objective.</summary>
    public required Guid ObjectiveId { get; init; }

    /// <summary>First day that it is about.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last day.</summary>
    public required DateOnly To { get; init; }

    /// <summary>The number.</summary>
    public required decimal Value { get; init; }

    /// <summary>
    /// The target of that day. Null in numbers taken before targets were kept with them; those are held against
    /// today's.
    /// </summary>
    public decimal? Target { get; init; }

    /// <summary>Who or what took it.</summary>
    public required string TakenBy { get; init; }

    /// <summary>What has to be said about it.</summary>
    public string? Note { get; init; }

    /// <summary>When it was withdrawn, because it was wrong.</summary>
    public DateTime? WithdrawnAt { get; private set; }

    /// <summary>Why it was withdrawn.</summary>
    public string? WithdrawnBecause { get; private set; }

    /// <summary>Withdraws it: it stays readable and counts for nothing.</summary>
    public void Withdraw(string because, DateTime at)
    {
        if (WithdrawnAt is not null)
            throw new RuleBroken("objectives.withdraw-measurement.once", "This number is already withdrawn.");
        (WithdrawnAt, WithdrawnBecause) = (at, because);
    }
}

/// <summary>What becomes of an objective after a look at its numbers.</summary>
public enum Conclusion
{
    /// <summary>It stays as it is.</summary>
    Keep,

    /// <summary>The target becomes harder.</summary>
    Raise,

    /// <summary>The target becomes easier.</summary>
    Lower,

    /// <summary>It is not pursued any more.</summary>
    Drop,
}

/// <summary>What somebody made of the numbers of an objective (clause 9.1).</summary>
public sealed class ObjectiveEvaluation : Record
{
    /// <summary>The objective.</summary>
    public required Guid ObjectiveId { get; init; }

    /// <summary>The day.</summary>
    public required DateOnly On { get; init; }

    /// <summary>Who.</summary>
    public required string By { get; init; }

    /// <summary>What the numbers told.</summary>
    public required string Text { get; init; }

    /// <summary>What follows.</summary>
    public required Conclusion Conclusion { get; init; }

    /// <summary>The target until then, where it moved.</summary>
    public decimal? TargetBefore { get; init; }

    /// <summary>The target since then, where it moved.</summary>
    public decimal? Target { get; init; }
}
