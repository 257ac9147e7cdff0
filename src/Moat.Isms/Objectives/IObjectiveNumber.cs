using Moat.Isms.Kernel;

namespace Moat.Isms.Objectives;

/// <summary>A number that Moat takes from the records of one process, for objectives that name it.</summary>
[HandedIn]
public interface IObjectiveNumber
{
    /// <summary>Its name, as an objective asks for it.</summary>
    string Name { get; }

    /// <summary>What it counts.</summary>
    string Counts { get; }

    /// <summary>Over how many days it looks back; 0 for what stands now.</summary>
    int Days { get; }

    /// <summary>The number, or null when there is nothing to count.</summary>
    Task<decimal?> Take(CancellationToken ct);
}
