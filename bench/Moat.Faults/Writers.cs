using System.Collections.Concurrent;
using System.Globalization;

namespace Moat.Faults;

/// <summary>Writers that enter assets as fast as they can, and keep what was answered and what was not.</summary>
internal sealed class Writers(string prefix)
{
    private int _next;

    /// <summary>Names whose entry was acknowledged.</summary>
    public ConcurrentDictionary<string, byte> Acknowledged { get; } = new(StringComparer.Ordinal);

    /// <summary>Names whose entry got no answer, or the answer that it could not be done now.</summary>
    public ConcurrentDictionary<string, byte> Unanswered { get; } = new(StringComparer.Ordinal);

    /// <summary>Answers that are neither: a promise of the door is broken.</summary>
    public ConcurrentDictionary<int, int> Odd { get; } = new();

    /// <summary>Writes with several clients at once until told to end.</summary>
    public Task Write(HttpClient client, int together, CancellationToken until) =>
        Task.WhenAll(
            Enumerable
                .Range(0, together)
                .Select(_ =>
                    Task.Run(
                        async () =>
                        {
                            while (!until.IsCancellationRequested && await Enter(client, Name())) { }
                        },
                        CancellationToken.None
                    )
                )
        );

    /// <summary>Sends again what got no answer, each with its key, until each is acknowledged.</summary>
    public async Task SendAgain(HttpClient client)
    {
        foreach (var name in Unanswered.Keys)
            if (await Served.Enter(client, name) is 200 or 201)
            {
                Unanswered.TryRemove(name, out var _);
                Acknowledged.TryAdd(name, 0);
            }
    }

    /// <summary>What is lost, doubled or stored although nobody sent it.</summary>
    public (int Lost, int Doubled) Compare(IReadOnlyDictionary<string, int> stored) =>
        (
            Acknowledged.Keys.Count(n => !stored.ContainsKey(n)),
            stored.Count(s => s.Key.StartsWith(prefix, StringComparison.Ordinal) && s.Value > 1)
        );

    /// <summary>Writes once; answers whether it was acknowledged.</summary>
    public async Task<bool> EnterNext(HttpClient client)
    {
        var name = Name();
        await Enter(client, name);
        return Acknowledged.ContainsKey(name);
    }

    private async Task<bool> Enter(HttpClient client, string name)
    {
        var status = await Served.Enter(client, name);
        if (status is 200 or 201)
            Acknowledged.TryAdd(name, 0);
        else if (status is 0 or 502 or 503 or 504)
            Unanswered.TryAdd(name, 0);
        else
            Odd.AddOrUpdate(status, 1, (_, n) => n + 1);
        return status != 0;
    }

    private string Name() =>
        string.Create(CultureInfo.InvariantCulture, $"{prefix}-{Interlocked.Increment(ref _next)}");
}
