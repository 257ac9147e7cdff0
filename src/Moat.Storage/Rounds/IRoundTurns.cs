namespace Moat.Storage.Rounds;

/// <summary>A round of recurring work, of the work's name and the moment for which it is done.</summary>
/// <param name="Work">Which work.</param>
/// <param name="For">The moment at which it was to begin; it is done once for each.</param>
public readonly record struct Round(string Work, DateTime For);

/// <summary>
/// Sees to it that a round is done once, whichever server does it. Who takes a round holds it for a while and has to
/// keep it as long as it lasts; a round that a dead server held is taken by another one.
/// </summary>
public interface IRoundTurns
{
    /// <summary>
    /// Takes a round until a moment. False where it was done, for this moment or a later one, or somebody else holds
    /// it.
    /// </summary>
    Task<bool> Take(Round round, DateTime now, DateTime until, CancellationToken ct);

    /// <summary>Holds a round that was taken for longer. False where another server has it by now.</summary>
    Task<bool> Keep(Round round, DateTime until, CancellationToken ct);

    /// <summary>The round is done; it and those that were missed before it are over.</summary>
    Task Done(Round round, CancellationToken ct);

    /// <summary>Gives a round back that was not finished, so that another server does it at once.</summary>
    Task GiveBack(Round round, CancellationToken ct);
}
