using System.Text.Json.Nodes;
using Moat.Isms.Evidence.Collectors;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Kernel;

namespace Moat.Server.Host;

/// <summary>
/// Reads sources when they are due. What is fetched is taken in as it comes, so a run that is cut off loses nothing it had; the
/// fetching itself happens outside every transaction.
/// </summary>
public sealed partial class CollectorRunner(InstallationWork work, IEnumerable<ICollector> collectors, TimeProvider clock, ILogger<CollectorRunner> log) : BackgroundService
{
    private const int BatchSize = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestRun = TimeSpan.FromHours(1);

    /// <summary>Reads every source that is due, once.</summary>
    public async Task RunDue(CancellationToken ct)
    {
        foreach (var organization in await work.Organizations(ct))
            foreach (var source in (await work.Run<CollectorRuns, Nothing, DueSources>(organization, p => p.Due, new Nothing(), ct)).Refs)
                await Read(organization, source, ct);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await RunDue(stoppingToken);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    // The database may be away for a while; the next round tries again.
                    Failed("sources", e.Message);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops. A run that goes on is told as interrupted by the next one.
        }
    }

    private async Task Read(Organization organization, string source, CancellationToken ct)
    {
        try
        {
            var run = await work.Run<CollectorRuns, BeginRun, BegunRun>(organization, p => p.Begin, new BeginRun { Source = source }, ct);
            var collector = collectors.First(c => c.Kind == run.Kind);
            var finish = await Fetch(organization, collector, run, ct);
            await work.Run<CollectorRuns, FinishRun, Tally>(organization, p => p.Finish, finish, ct);
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

    private async Task<FinishRun> Fetch(Organization organization, ICollector collector, BegunRun run, CancellationToken ct)
    {
        var (batch, missing, hidden, count) = (new List<ObservedFact>(), new List<string>(), false, 0);
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limited.CancelAfter(LongestRun);
        string? failure = null;
        try
        {
            await foreach (var collected in collector.Collect(run.Access, limited.Token))
            {
                missing.AddRange(Missing(collected));
                hidden |= collected is NotRead { HidesResources: true };
                if (collected is CollectedBill bill) missing.AddRange(await Offer(organization, run, bill, ct));
                if (collected is not CollectedFact fact) continue;
                batch.Add(Observed(run, fact));
                count++;
                if (batch.Count >= BatchSize) await Receive(organization, run, batch, ct);
            }
        }
        catch (CollectorFailed e)
        {
            failure = e.Message;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            failure = $"The run was stopped after {LongestRun.TotalMinutes} minutes.";
        }
        await Receive(organization, run, batch, ct);
        var outcome = failure is not null ? RunOutcome.Failed : missing.Count > 0 ? RunOutcome.Partial : RunOutcome.Complete;
        return new FinishRun
        {
            Run = run.RunId,
            Outcome = outcome,
            Message = failure is not null ? Cut($"{failure} {count} resources had come until then and count.", 2000) : missing.Count > 0 ? $"{count} resources; {missing.Count} things could not be read." : $"{count} resources.",
            Missing = [.. missing.Take(500)],
            Listed = failure is null && !hidden ? [.. collector.Lists(run.Access)] : [],
        };
    }

    private async Task Receive(Organization organization, BegunRun run, List<ObservedFact> batch, CancellationToken ct)
    {
        if (batch.Count == 0) return;
        await work.Run<CollectorRuns, ReceiveCollected, IntakeResult>(organization, p => p.Receive, new ReceiveCollected { Run = run.RunId, Facts = [.. batch] }, ct);
        batch.Clear();
    }

    /// <summary>Offers what a bill changes; one that the register cannot take is told in the run and keeps its fact.</summary>
    private async Task<IReadOnlyList<string>> Offer(Organization organization, BegunRun run, CollectedBill bill, CancellationToken ct)
    {
        try
        {
            var offer = new OfferBill { Source = run.SourceRef, File = new GivenFile { Name = Cut(bill.FileName.Replace('/', '-'), 200), Content = bill.Content } };
            await work.Run<CollectedBills, OfferBill, Tally>(organization, p => p.Offer, offer, ct);
            return [];
        }
        catch (InputInvalid wrong)
        {
            return [Cut($"the models of the bill: {wrong.Errors[0].Message}", 400)];
        }
    }

    private ObservedFact Observed(BegunRun run, CollectedFact fact)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var at = new DateTime(now.Ticks - now.Ticks % TimeSpan.TicksPerMillisecond, DateTimeKind.Utc);
        return new ObservedFact(fact.Kind, run.SourceRef, Cut(fact.ExternalId, 400), Cut(fact.Name, 400), at, FactText.Of(fact.Content));
    }

    private static IEnumerable<string> Missing(Collected collected) => collected switch
    {
        NotRead not => [Cut($"{not.What}: {not.Why}", 400)],
        CollectedFact fact when fact.Content["unknown"] is JsonObject reasons => reasons.Select(r => Cut($"{fact.Name}, {r.Key}: {r.Value}", 400)),
        _ => [],
    };

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..(most - 1)] + "…";

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reading {Source} did not work: {Why}")]
    private partial void Failed(string source, string why);
}
