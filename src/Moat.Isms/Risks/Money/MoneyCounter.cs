using System.Collections.Concurrent;

namespace Moat.Isms.Risks.Money;

/// <summary>What was counted last for an organisation, and whether it answers what was asked.</summary>
public sealed record CountedMoney(bool IsCurrent, MoneyFigures? Figures, DateTime? At);

/// <summary>
/// Counts money at risk beside the requests that ask for it: one question at a time in this process, and of each
/// organisation only the newest that waits. It remembers what it counted last, so that a reader has figures meanwhile.
/// </summary>
public sealed class MoneyCounter(TimeProvider clock) : IDisposable
{
    /// <summary>Questions about no more risks than this take no longer than a reader may wait.</summary>
    public const int AtOnce = 300;

    private readonly ConcurrentDictionary<Guid, Place> _places = new();
    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _end = new();

    /// <summary>The figures, if they come within the reader's patience, or those before them.</summary>
    public async Task<CountedMoney> Ask(
        Guid organization,
        MoneyQuestion question,
        TimeSpan patience,
        CancellationToken ct
    )
    {
        var place = _places.GetOrAdd(organization, static _ => new Place());
        if (place.Last is { } last && last.Key == question.Key)
            return new CountedMoney(true, last.Figures, last.At);
        if (question.Risks.Count <= AtOnce)
            place.Keep(Counted(question, ct));
        else
            await Wait(place.Want(question, BeginCounting), patience, ct);
        return place.Last is { } now
            ? new CountedMoney(now.Key == question.Key, now.Figures, now.At)
            : new CountedMoney(false, null, null);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
    }

    private static async Task Wait(Task counting, TimeSpan patience, CancellationToken ct)
    {
        await counting.WaitAsync(patience, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ct.ThrowIfCancellationRequested();
        if (counting.IsFaulted)
            await counting;
    }

    private Answered Counted(MoneyQuestion question, CancellationToken ct) =>
        new(question.Key, MoneySimulation.Count(question, ct), clock.GetUtcNow().UtcDateTime);

    // What a request carries with it, such as the note of what it reads, is not for what outlives it.
    private Task BeginCounting(Place place)
    {
        using var _ = ExecutionContext.SuppressFlow();
        var end = _end.Token;
        return Task.Run(() => CountWanted(place, end), end);
    }

    private async Task CountWanted(Place place, CancellationToken end)
    {
        await _turn.WaitAsync(end);
        try
        {
            place.Keep(Counted(place.TakeWanted(), end));
        }
        finally
        {
            _turn.Release();
        }
    }

    private sealed record Answered(string Key, MoneyFigures Figures, DateTime At);

    /// <summary>What an organisation asked, and what was answered.</summary>
    private sealed class Place
    {
        private readonly Lock _lock = new();
        private (string Key, Task Task)? _counting;
        private (MoneyQuestion Question, Task Task)? _wanted;
        private volatile Answered? _last;

        /// <summary>What was counted last.</summary>
        public Answered? Last => _last;

        public void Keep(Answered answer) => _last = answer;

        /// <summary>
        /// The counting that will answer the question: one that runs, or the one that waits, which answers the newest.
        /// </summary>
        public Task Want(MoneyQuestion question, Func<Place, Task> begin)
        {
            lock (_lock)
            {
                if (_counting is { Task.IsCompleted: false } running && running.Key == question.Key)
                    return running.Task;
                // What begins takes the question only when this lock is left.
                var task = _wanted?.Task ?? begin(this);
                _wanted = (question, task);
                return task;
            }
        }

        /// <summary>The newest question that waits; from now on it is being counted.</summary>
        public MoneyQuestion TakeWanted()
        {
            lock (_lock)
            {
                var wanted = _wanted!.Value;
                (_counting, _wanted) = ((wanted.Question.Key, wanted.Task), null);
                return wanted.Question;
            }
        }
    }
}
