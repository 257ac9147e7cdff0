using System.Diagnostics;

namespace Moat.Bench;

/// <summary>Counts the SQL statements that this process sends, by listening to what Entity Framework tells.</summary>
internal sealed class Statements : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private int _count;

    public Statements() => DiagnosticListener.AllListeners.Subscribe(this);

    public async Task<int> During(Func<Task> act)
    {
        var before = Volatile.Read(ref _count);
        await act();
        return Volatile.Read(ref _count) - before;
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "Microsoft.EntityFrameworkCore")
            value.Subscribe(this);
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Key == "Microsoft.EntityFrameworkCore.Database.Command.CommandExecuting")
            Interlocked.Increment(ref _count);
    }

    public void OnCompleted() { }

    public void OnError(Exception error) { }
}
