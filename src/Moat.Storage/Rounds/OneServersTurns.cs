using System.Collections.Concurrent;

namespace Moat.Storage.Rounds;

/// <summary>The turns of a server that shares its work with no other: it remembers while it runs.</summary>
public sealed class OneServersTurns : IRoundTurns
{
    private readonly ConcurrentDictionary<string, DateTime> _done = new(StringComparer.Ordinal);

    /// <inheritdoc />
    public Task<bool> Take(Round round, DateTime now, DateTime until, CancellationToken ct) =>
        Task.FromResult(!_done.TryGetValue(round.Work, out var done) || done < round.For);

    /// <inheritdoc />
    public Task<bool> Keep(Round round, DateTime until, CancellationToken ct) => Task.FromResult(true);

    /// <inheritdoc />
    public Task Done(Round round, CancellationToken ct)
    {
        _done[round.Work] = round.For;
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task GiveBack(Round round, CancellationToken ct) => Task.CompletedTask;
}
