using Moat.Isms.Evidence.Collectors;
using Moat.Isms.Kernel;
using Moat.Isms.Objectives;

namespace Moat.Hosting;

/// <summary>
/// What an ISMS does by itself each day, as the installation and through operations like everybody else: gives courses
/// to those who joined, changed roles or whose pass runs out, asks for evidence before it ends, and keeps the day's
/// readiness.
/// </summary>
public sealed partial class DailyRound(
    InstallationWork work,
    OperationCatalog catalog,
    IMeasuring prometheus,
    TimeProvider clock,
    ILogger<DailyRound> log
)
{
    /// <summary>Does the round of every organisation once; what was done today already changes nothing.</summary>
    public async Task RunOnce(CancellationToken ct)
    {
        foreach (var organization in await work.Organizations(ct))
        {
            await Ask(organization, ct);
            foreach (var operation in catalog.Daily)
                await Do(organization, operation.Name, ct);
        }
    }

    /// <summary>Asks Prometheus for the numbers of objectives; the asking happens outside every transaction.</summary>
    private async Task Ask(Organization organization, CancellationToken ct)
    {
        try
        {
            foreach (
                var query in (
                    await work.Run<ObjectiveMeasuring, Nothing, PendingQueries>(
                        organization,
                        p => p.Queries,
                        new Nothing(),
                        ct
                    )
                ).Queries
            )
                await Ask(organization, query, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Failed("measuring", organization.Slug, e.Message);
        }
    }

    /// <summary>
    /// Asks for one number. What goes wrong with it is told to the objective's owner and keeps no other from being
    /// asked for.
    /// </summary>
    private async Task Ask(Organization organization, PendingQuery query, CancellationToken ct)
    {
        try
        {
            var reading = await Answer(query, ct);
            await work.Run<ObjectiveMeasuring, TakeReading, Done>(
                organization,
                p => p.Take,
                new TakeReading
                {
                    Ref = query.Ref,
                    Day = query.Day,
                    Value = reading.Value,
                    Why = reading.Why,
                },
                ct
            );
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Failed($"measuring of {query.Ref}", organization.Slug, e.Message);
        }
    }

    private async Task<Reading> Answer(PendingQuery query, CancellationToken ct)
    {
        if (query.Opened.Access is not { } access)
            return new Reading(null, query.Opened.Problem);
        try
        {
            return query.Span is { } span
                ? await prometheus.Measure(access, query.Query, span, ct)
                : await prometheus.Measure(access, query.Query, clock.GetUtcNow().UtcDateTime, ct);
        }
        catch (CollectorFailed e)
        {
            return new Reading(null, e.Message);
        }
    }

    private async Task Do(Organization organization, string operation, CancellationToken ct)
    {
        try
        {
            await work.Do(organization, operation, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // One organisation's trouble is not another's; the next round tries again.
            Failed(operation, organization.Slug, e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The daily {Operation} of {Organization} did not work: {Why}")]
    private partial void Failed(string operation, string organization, string why);
}
