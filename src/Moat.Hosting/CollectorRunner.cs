using Moat.Isms.Evidence.Collectors;
using Moat.Isms.Kernel;

namespace Moat.Hosting;

/// <summary>
/// Reads sources when they are due. What is fetched is taken in as it comes, so a run that is cut off loses nothing it
/// had; the fetching itself happens outside every transaction.
/// </summary>
public sealed partial class CollectorRunner(
    InstallationWork work,
    IEnumerable<ICollector> collectors,
    TimeProvider clock,
    ILogger<CollectorRunner> log
)
{
    /// <summary>Reads every source that is due, once.</summary>
    public async Task RunDue(CancellationToken ct)
    {
        foreach (var organization in await work.Waiting(SourcesWaiting.Now, ct))
        foreach (
            var source in (
                await work.Run<CollectorRuns, Nothing, DueSources>(organization, p => p.Due, new Nothing(), ct)
            ).Refs
        )
            await Read(organization, source, ct);
    }

    private async Task Read(Organization organization, string source, CancellationToken ct)
    {
        try
        {
            var run = await work.Run<CollectorRuns, BeginRun, BegunRun>(
                organization,
                p => p.Begin,
                new BeginRun { Source = source },
                ct
            );
            var read = await new SourceReading(work, organization, run, clock).Read(collectors, ct);
            if (read.Unexpected is { } unexpected)
                Failed(source, unexpected);
            WorkTelemetry.ReadSource(read.Finish.Outcome);
            await work.Run<CollectorRuns, FinishCollectorRun, Tally>(organization, p => p.Finish, read.Finish, ct);
        }
        catch (RuleBroken notDue) when (notDue.RuleId == "collectors.begin.due")
        {
            // Another server reads it already.
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Failed(source, e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reading {Source} did not work: {Why}")]
    private partial void Failed(string source, string why);
}
