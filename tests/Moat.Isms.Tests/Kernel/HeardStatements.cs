using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Moat.Tests;

/// <summary>The statements of this flow of execution, whatever runs beside it.</summary>
internal sealed class HeardStatements
    : IObserver<DiagnosticListener>,
        IObserver<KeyValuePair<string, object?>>,
        IDisposable
{
    private static readonly AsyncLocal<HeardStatements?> Current = new();
    private readonly List<IDisposable> _subscriptions = [];

    public HeardStatements()
    {
        Current.Value = this;
        _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    /// <summary>Their texts, in order.</summary>
    public List<string> All { get; } = [];

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name)
            _subscriptions.Add(value.Subscribe(this));
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (
            Current.Value == this
            && value.Key == RelationalEventId.CommandExecuted.Name
            && value.Value is CommandExecutedEventData told
        )
            All.Add(told.Command.CommandText);
    }

    public void OnCompleted() { }

    public void OnError(Exception error) { }

    public void Dispose() => _subscriptions.ForEach(s => s.Dispose());
}
