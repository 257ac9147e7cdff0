using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Moat.Isms.Kernel;

/// <summary>
/// What an operator can watch of operations: which ran at which door, how long, and how they ended. Never who ran them,
/// on which record or with what: that is the journal's.
/// </summary>
public static class OperationTelemetry
{
    /// <summary>The name of the source of traces and of the meter.</summary>
    public const string Name = "Moat";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        "moat.operation.duration",
        "s",
        "How long operations take"
    );

    /// <summary>Runs an operation and tells how it went.</summary>
    public static async Task<object> Watch(Operation operation, string door, Func<Task<object>> run)
    {
        using var activity = Source.StartActivity(operation.Name);
        var begun = Stopwatch.GetTimestamp();
        var outcome = "failed";
        try
        {
            var answer = await run();
            outcome = "done";
            return answer;
        }
        catch (Exception e)
        {
            outcome = Outcome(e);
            if (outcome == "failed")
                activity?.SetStatus(ActivityStatusCode.Error);
            throw;
        }
        finally
        {
            activity?.SetTag("moat.door", door).SetTag("moat.outcome", outcome);
            if (operation.ChangesRecords)
                WorkTelemetry.Wrote(outcome);
            Duration.Record(
                Stopwatch.GetElapsedTime(begun).TotalSeconds,
                new("moat.operation", operation.Name),
                new("moat.door", door),
                new("moat.outcome", outcome)
            );
        }
    }

    private static string Outcome(Exception e) =>
        e switch
        {
            InputInvalid or RuleBroken or NotFound or Forbidden => "refused",
            Conflict => "conflict",
            Unavailable => "unavailable",
            OperationCanceledException => "given up",
            _ => "failed",
        };
}
