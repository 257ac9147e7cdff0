using Moat.Storage.Rounds;

namespace Moat.Hosting.Rounds;

/// <summary>
/// Does recurring work, round after round, whatever becomes of one of them: of several servers one does a round, and
/// what a dead one had begun is done by another. A service that throws would end the server, and the database may be
/// away for a while: a round that fails is told, and the next one tries again.
/// </summary>
internal sealed partial class RecurringRounds(
    IEnumerable<RecurringWork> works,
    IRoundTurns turns,
    TimeProvider clock,
    ILogger<RecurringRounds> log
) : BackgroundService
{
    /// <summary>
    /// How long a round is held without being kept: after that, its server is dead or cut off from the database. Longer
    /// than clocks of servers differ.
    /// </summary>
    public static readonly TimeSpan Hold = TimeSpan.FromMinutes(1);

    // A round that another server did not finish is found within this time.
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);
    private readonly OneServersTurns _own = new();

    /// <summary>Does a round where it is due and nobody else does it.</summary>
    public async Task Look(RecurringWork work, CancellationToken stopping)
    {
        try
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var round = new Round(work.Name, work.Due(now));
            IRoundTurns whose = work.OnEveryServer ? _own : turns;
            if (await whose.Take(round, now, now + Hold, stopping))
                await new HeldRound(whose, round, clock).Do(work, stopping);
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            Failed(work.Name, e.Message);
        }
    }

    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(works.Select(work => Go(work, stoppingToken)));

    private async Task Go(RecurringWork work, CancellationToken stopping)
    {
        try
        {
            await Task.Delay(work.First, clock, stopping);
            using var timer = new PeriodicTimer(work.Every < LongestPause ? work.Every : LongestPause, clock);
            do await Look(work, stopping);
            while (await timer.WaitForNextTickAsync(stopping));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The server stops. What it had begun was given back.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The round of {Work} did not work: {Why}")]
    private partial void Failed(string work, string why);
}
