using System.Collections.Concurrent;
using System.Diagnostics;

namespace Moat.Faults.Cluster;

/// <summary>
/// Four clients that write and four that read, twenty times a second at most, and when each was answered: the longest
/// time without an answer is how long they stood still.
/// </summary>
internal sealed class Clients : IAsyncDisposable
{
    private const int Together = 4;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentQueue<TimeSpan> _written = new();
    private readonly ConcurrentQueue<TimeSpan> _read = new();
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly Writers _writers = new("cluster");
    private readonly HttpClient _client;
    private Task _running = Task.CompletedTask;

    public Clients(Uri address, string token)
    {
        _client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(15) };
        _client.DefaultRequestHeaders.Authorization = new("Bearer", token);
    }

    /// <summary>What they wrote.</summary>
    public Writers Written => _writers;

    /// <summary>How long they have been at it.</summary>
    public TimeSpan Now => _watch.Elapsed;

    /// <summary>Begins.</summary>
    public void Start() =>
        _running = Task.WhenAll(Enumerable.Range(0, Together).SelectMany(_ => new[] { Write(), Read() }));

    /// <summary>The longest time without an answer to a writer and to a reader since then.</summary>
    public (TimeSpan Writers, TimeSpan Readers) StoodStill(TimeSpan since) =>
        (Longest(_written, since), Longest(_read, since));

    /// <summary>Waits until a writer and a reader were answered after this.</summary>
    public async Task<bool> Answered(TimeSpan after, TimeSpan atMost)
    {
        while (Now - after < atMost)
        {
            if (_written.Any(at => at > after) && _read.Any(at => at > after))
                return true;
            await Task.Delay(50);
        }
        return false;
    }

    /// <summary>Forgets when answers came, up to now.</summary>
    public void Forget()
    {
        _written.Clear();
        _read.Clear();
    }

    /// <summary>Ends, and sends again what got no answer.</summary>
    public async Task End()
    {
        await _end.CancelAsync();
        await _running;
        for (var attempt = 0; attempt < 10 && !_writers.Unanswered.IsEmpty; attempt++)
            await _writers.SendAgain(_client);
    }

    private Task Write() =>
        Task.Run(async () =>
        {
            while (!_end.IsCancellationRequested)
            {
                if (await _writers.EnterNext(_client))
                    _written.Enqueue(Now);
                await Task.Delay(Pause);
            }
        });

    private Task Read() =>
        Task.Run(async () =>
        {
            while (!_end.IsCancellationRequested)
            {
                try
                {
                    using var answer = await _client.GetAsync(
                        new Uri("/api/v1/acme/assets?limit=20", UriKind.Relative)
                    );
                    if (answer.IsSuccessStatusCode)
                        _read.Enqueue(Now);
                }
                catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException)
                {
                    // Nobody answered; what counts is when somebody does again.
                }
                await Task.Delay(Pause);
            }
        });

    private TimeSpan Longest(ConcurrentQueue<TimeSpan> answers, TimeSpan since)
    {
        var (before, longest) = (since, TimeSpan.Zero);
        foreach (var at in answers.Where(at => at > since).Append(Now))
            (before, longest) = (at, at - before > longest ? at - before : longest);
        return longest;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _running;
        _client.Dispose();
        _end.Dispose();
    }
}
