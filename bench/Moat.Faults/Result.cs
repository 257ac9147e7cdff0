namespace Moat.Faults;

/// <summary>One line of the table: what was done, how often, how often the promise held, and what was seen.</summary>
/// <param name="Fault">What was done to the installation.</param>
/// <param name="Tried">How often.</param>
/// <param name="Broken">How often a promise was broken.</param>
/// <param name="Seen">Figures beside it, and the first of what was broken.</param>
internal sealed record Result(string Fault, int Tried, int Broken, string Seen)
{
    public override string ToString() => FormattableString.Invariant($"| {Fault} | {Tried:N0} | {Broken} | {Seen} |");
}

/// <summary>How a run is chosen and repeated.</summary>
/// <param name="Seed">The same seed draws the same moments, orders and inputs.</param>
/// <param name="Kills">How many kills on each database.</param>
/// <param name="Requests">How many requests of roles at operations at least.</param>
/// <param name="Failovers">How many faults of a cluster.</param>
internal sealed record Plan(int Seed, int Kills, int Requests, int Failovers);

/// <summary>A fault that cannot be tried here, and why.</summary>
internal sealed class LeftOut(string why) : Exception(why);
