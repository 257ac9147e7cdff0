using System.Text.Json.Nodes;
using Moat.Isms.Evidence.Collectors;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Kernel;

namespace Moat.Hosting;

/// <summary>How a run ends, and what the operator has to know of it that is no business of the organisation.</summary>
internal sealed record ReadSource(FinishCollectorRun Finish, string? Unexpected);

/// <summary>
/// One run of a source. What is fetched is taken in as it comes, so a run that is cut off loses nothing it had;
/// whatever goes wrong on the way ends the run in words, so that none seems to go on when it does not.
/// </summary>
internal sealed class SourceReading(InstallationWork work, Organization organization, BegunRun run, TimeProvider clock)
{
    private const int BatchSize = 100;
    private static readonly TimeSpan LongestRun = TimeSpan.FromHours(1);
    private readonly List<ObservedFact> _batch = [];
    private readonly List<string> _missing = [];
    private readonly List<StatedLimit> _limits = [];
    private bool _hidden;
    private int _count;
    private string? _failure;
    private string? _unexpected;
    private DateTime? _retryAt;

    /// <summary>Reads the source to its end, or as far as it goes.</summary>
    public async Task<ReadSource> Read(IEnumerable<ICollector> collectors, CancellationToken ct)
    {
        var collector = collectors.FirstOrDefault(c => c.Kind == run.Kind);
        if (collector is null)
            _failure = $"This version of Moat has no collector for {run.Kind}.";
        else if (run.Opened.Access is not { } access)
            _failure = run.Opened.Problem;
        else
        {
            await Guarded(() => Fetch(collector, access, ct), ct);
            // What came before a failure counts.
            await Guarded(() => Receive(ct), ct);
        }
        return new ReadSource(Finish(collector), _unexpected);
    }

    private async Task Guarded(Func<Task> step, CancellationToken ct)
    {
        try
        {
            await step();
        }
        catch (CollectorFailed e)
        {
            (_failure, _retryAt) = (e.Message, e.RetryAt);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            _failure = $"The run was stopped after {LongestRun.TotalMinutes} minutes.";
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            (_failure, _unexpected) = (
                "What the source told could not be taken in; the server's log says why.",
                e.Message
            );
            _batch.Clear();
        }
    }

    private async Task Fetch(ICollector collector, CollectorAccess access, CancellationToken ct)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limited.CancelAfter(LongestRun);
        await foreach (var collected in collector.Collect(access, limited.Token))
        {
            if (collected is StatedLimit limit)
                _limits.Add(limit);
            _missing.AddRange(Missing(collected));
            _hidden |= collected is NotRead { HidesResources: true };
            if (collected is CollectedBill bill)
                _missing.AddRange(await Offer(bill, ct));
            if (collected is not CollectedFact fact)
                continue;
            _batch.Add(Observed(fact));
            if (_batch.Count >= BatchSize)
                await Receive(ct);
        }
    }

    private FinishCollectorRun Finish(ICollector? collector) =>
        new()
        {
            Run = run.RunId,
            Outcome =
                _failure is not null ? RunOutcome.Failed
                : _missing.Count > 0 ? RunOutcome.Partial
                : RunOutcome.Complete,
            Message = Cut(Says(), 2000),
            Missing = [.. _missing.Take(500)],
            Listed = _failure is null && !_hidden ? [.. collector!.Lists(run.Opened.Access!)] : [],
            RetryAt = _retryAt,
        };

    private string Says()
    {
        if (_failure is not null)
            return $"{_failure} {_count} resources had come until then and count.";
        var read =
            _missing.Count > 0
                ? $"{_count} resources; {_missing.Count} things could not be read."
                : $"{_count} resources.";
        return string.Join(' ', _limits.Select(l => $"Not told by this source: {l.Value} ({l.Why}).").Prepend(read));
    }

    private async Task Receive(CancellationToken ct)
    {
        if (_batch.Count == 0)
            return;
        await work.Run<CollectorRuns, ReceiveCollected, IntakeResult>(
            organization,
            p => p.Receive,
            new ReceiveCollected { Run = run.RunId, Facts = [.. _batch] },
            ct
        );
        _count += _batch.Count;
        _batch.Clear();
    }

    /// <summary>
    /// Offers what a bill changes; one that the register cannot take is told in the run and keeps its fact.
    /// </summary>
    private async Task<IReadOnlyList<string>> Offer(CollectedBill bill, CancellationToken ct)
    {
        try
        {
            var offer = new OfferBill
            {
                Source = run.SourceRef,
                File = new GivenFile { Name = Cut(bill.FileName.Replace('/', '-'), 200), Content = bill.Content },
            };
            await work.Run<CollectedBills, OfferBill, Tally>(organization, p => p.Offer, offer, ct);
            return [];
        }
        catch (InputInvalid wrong)
        {
            return [Cut($"the models of the bill: {wrong.Errors[0].Message}", 400)];
        }
    }

    private ObservedFact Observed(CollectedFact fact)
    {
        var at = clock.GetUtcNow().UtcDateTime.ToMillisecond();
        return new ObservedFact(
            fact.Kind,
            run.SourceRef,
            Cut(fact.ExternalId, 400),
            Cut(fact.Name, 400),
            at,
            FactText.Of(fact.Content)
        );
    }

    private IEnumerable<string> Missing(Collected collected) =>
        collected switch
        {
            NotRead not => [Cut($"{not.What}: {not.Why}", 400)],
            CollectedFact fact when fact.Content["unknown"] is JsonObject reasons => reasons
                .Where(r => !IsLimit(r.Key, r.Value?.ToString()))
                .Select(r => Cut($"{fact.Name}, {r.Key}: {r.Value}", 400)),
            _ => [],
        };

    private bool IsLimit(string value, string? why) => _limits.Any(l => l.Value == value && l.Why == why);

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..(most - 1)] + "…";
}
