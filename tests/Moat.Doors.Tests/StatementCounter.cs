using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Moat.Tests;

/// <summary>
/// Counts what the database is asked while an address is answered, whatever else the server and other tests do.
/// </summary>
internal sealed class StatementCounter
    : IObserver<DiagnosticListener>,
        IObserver<KeyValuePair<string, object?>>,
        IDisposable
{
    private readonly ConcurrentBag<IDisposable> _subscribed = [];
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly HttpContextAccessor _requests = new();

    public StatementCounter() => _subscribed.Add(DiagnosticListener.AllListeners.Subscribe(this));

    /// <summary>How many statements the requests with this mark needed.</summary>
    public int Of(string mark) => _counts.GetValueOrDefault(mark);

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "Microsoft.EntityFrameworkCore")
            _subscribed.Add(value.Subscribe(this));
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (
            value.Key == "Microsoft.EntityFrameworkCore.Database.Command.CommandExecuted"
            && _requests.HttpContext?.Request.Headers["X-Counted"] is [{ } mark, ..]
        )
            _counts.AddOrUpdate(mark, 1, (_, count) => count + 1);
    }

    public void OnCompleted() { }

    public void OnError(Exception error) { }

    public void Dispose()
    {
        foreach (var subscription in _subscribed)
            subscription.Dispose();
    }
}
