using Moat.Storage.Rounds;

namespace Moat.Hosting.Rounds;

/// <summary>
/// A round that this server took. It is kept while it lasts, and given up where another server may have taken it over:
/// then the database could not be reached for as long as a round is held.
/// </summary>
internal sealed class HeldRound(IRoundTurns turns, Round round, TimeProvider clock)
{
    private static readonly TimeSpan Pause = RecurringRounds.Hold / 4;
    private DateTime _until = clock.GetUtcNow().UtcDateTime + RecurringRounds.Hold;

    /// <summary>Does it. One that fails is over as well: the next tries again.</summary>
    public async Task Do(RecurringWork work, CancellationToken stopping)
    {
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var keeping = Keep(lost, over.Token);
        try
        {
            await work.Round(lost.Token);
        }
        finally
        {
            await over.CancelAsync();
            await keeping;
            // Whoever stops has to give back still, so this is not cut off.
            await (
                stopping.IsCancellationRequested
                    ? turns.GiveBack(round, CancellationToken.None)
                    : turns.Done(round, CancellationToken.None)
            );
        }
    }

    private async Task Keep(CancellationTokenSource lost, CancellationToken over)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(over))
                if (!await IsKept(over))
                    await lost.CancelAsync();
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The round is over.
        }
    }

    private async Task<bool> IsKept(CancellationToken over)
    {
        var until = clock.GetUtcNow().UtcDateTime + RecurringRounds.Hold;
        try
        {
            if (!await turns.Keep(round, until, over))
                return false;
            _until = until;
        }
        catch (Exception) when (!over.IsCancellationRequested)
        {
            // The database is away; until the hold ends, nobody else can have taken the round.
        }
        return clock.GetUtcNow().UtcDateTime < _until;
    }
}
