using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Moat.Collectors.Http;
using Moat.Isms.Evidence.Collectors;

namespace Moat.Collectors;

/// <summary>
/// A collector whose every trouble is told in words. A source may answer anything at all; what its collector did not
/// reckon with is logged for the operator and ends the reading like any other answer that cannot be used.
/// </summary>
public sealed class CarefulCollector(ICollector inner, ILogger<CarefulCollector> log) : ICollector, IMeasuring
{
    private static readonly Action<ILogger, string, Exception?> NotReckonedWith = LoggerMessage.Define<string>(
        LogLevel.Warning,
        new EventId(1, nameof(NotReckonedWith)),
        "A source of kind {Kind} answered in a form nobody expected"
    );

    /// <inheritdoc />
    public string Kind => inner.Kind;

    /// <inheritdoc />
    public string Title => inner.Title;

    /// <inheritdoc />
    public string LeastPrivilege => inner.LeastPrivilege;

    /// <inheritdoc />
    public string? SecretHint => inner.SecretHint;

    /// <inheritdoc />
    public IReadOnlyList<CollectorSetting> Settings => inner.Settings;

    /// <inheritdoc />
    public IReadOnlyList<string> Lists(CollectorAccess access) => inner.Lists(access);

    /// <inheritdoc />
    public Task<string> Test(CollectorAccess access, CancellationToken ct) => Carefully(() => inner.Test(access, ct));

    /// <inheritdoc />
    public async IAsyncEnumerable<Collected> Collect(
        CollectorAccess access,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        await using var found = inner.Collect(access, ct).GetAsyncEnumerator(ct);
        while (await Carefully(() => found.MoveNextAsync().AsTask()))
            yield return found.Current;
    }

    /// <inheritdoc />
    public Task<Reading> Measure(CollectorAccess access, string query, DateTime at, CancellationToken ct) =>
        Carefully(() => Measuring.Measure(access, query, at, ct));

    /// <inheritdoc />
    public Task<Reading> Measure(CollectorAccess access, string query, MeasuredSpan span, CancellationToken ct) =>
        Carefully(() => Measuring.Measure(access, query, span, ct));

    private IMeasuring Measuring => inner as IMeasuring ?? throw new CollectorFailed($"{Title} answers no queries.");

    private async Task<T> Carefully<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception e) when (e is not (CollectorFailed or OperationCanceledException))
        {
            NotReckonedWith(log, Kind, e);
            throw new CollectorFailed($"The source answered {SourceAnswer.Unexpected}.");
        }
    }
}
