namespace Moat.Cli.Doctor;

/// <summary>How something that was looked at is.</summary>
internal enum Condition
{
    /// <summary>As it should be.</summary>
    Fine,

    /// <summary>Moat works, and somebody should look at it.</summary>
    Warning,

    /// <summary>Moat does not work, or not safely.</summary>
    Broken,
}

/// <summary>What was found out about one thing.</summary>
/// <param name="About">What was looked at.</param>
/// <param name="Condition">How it is.</param>
/// <param name="Says">What was found, in a sentence.</param>
/// <param name="Mend">What to do about it, in a sentence; null where it is fine.</param>
internal sealed record Finding(string About, Condition Condition, string Says, string? Mend = null)
{
    public static Finding Fine(string about, string says) => new(about, Condition.Fine, says);

    public static Finding Warning(string about, string says, string mend) => new(about, Condition.Warning, says, mend);

    public static Finding Broken(string about, string says, string mend) => new(about, Condition.Broken, says, mend);
}

/// <summary>All that was found.</summary>
/// <param name="Condition">The worst of it.</param>
/// <param name="Findings">One after the other.</param>
internal sealed record Diagnosis(Condition Condition, IReadOnlyList<Finding> Findings)
{
    public static Diagnosis Of(IReadOnlyList<Finding> findings) => new(findings.Max(f => f.Condition), findings);
}
