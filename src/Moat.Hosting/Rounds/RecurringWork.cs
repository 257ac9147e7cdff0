namespace Moat.Hosting.Rounds;

/// <summary>Work that the installation does again and again.</summary>
/// <param name="Name">What it is called in the log and, for all servers, in the database.</param>
/// <param name="Every">How often: once in each such span of the clock, however many were missed.</param>
/// <param name="Round">What is done.</param>
public sealed record RecurringWork(string Name, TimeSpan Every, Func<CancellationToken, Task> Round)
{
    /// <summary>How long after the start of a server it is looked at first.</summary>
    public TimeSpan First { get; init; } = Every;

    /// <summary>Whether each server does it for itself, because it is about what only that server has.</summary>
    public bool OnEveryServer { get; init; }

    /// <summary>The moment for which a round is due that is begun now.</summary>
    public DateTime Due(DateTime now) => new(now.Ticks - now.Ticks % Every.Ticks, DateTimeKind.Utc);
}
