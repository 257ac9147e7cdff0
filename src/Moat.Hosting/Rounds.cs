namespace Moat.Hosting;

/// <summary>How work in the background goes on: round after round, whatever becomes of one of them.</summary>
internal static class Rounds
{
    /// <summary>
    /// Does a round after the first pause and after each further one, until the server stops. A service that throws
    /// would end the server, and the database may be away for a while: a round that fails is told, and the next one
    /// tries again.
    /// </summary>
    public static async Task Go(
        TimeProvider clock,
        TimeSpan first,
        TimeSpan pause,
        Func<CancellationToken, Task> round,
        Action<Exception> failed,
        CancellationToken stopping
    )
    {
        try
        {
            await Task.Delay(first, clock, stopping);
            using var timer = new PeriodicTimer(pause, clock);
            do await Try(round, failed, stopping);
            while (await timer.WaitForNextTickAsync(stopping));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The server stops. What a round had begun is found and finished by the next server.
        }
    }

    private static async Task Try(
        Func<CancellationToken, Task> round,
        Action<Exception> failed,
        CancellationToken stopping
    )
    {
        try
        {
            await round(stopping);
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            failed(e);
        }
    }
}
