using Moat.Isms.Kernel.Journal;

namespace Moat.Hosting;

/// <summary>
/// Ends the start before anything is served, where the server could not go on with the journals of its database.
/// </summary>
internal sealed class StartUpCheck(IServiceScopeFactory scopes) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<JournalKeyCheck>().MustHold(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
