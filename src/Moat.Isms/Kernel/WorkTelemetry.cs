using System.Diagnostics.Metrics;

namespace Moat.Isms.Kernel;

/// <summary>
/// What an operator can watch of the work of a server beside its operations: how many and how they ended, never whose.
/// </summary>
public static class WorkTelemetry
{
    private static readonly Meter Meter = new(OperationTelemetry.Name);

    private static readonly Counter<long> Writes = Meter.CreateCounter<long>(
        "moat.writes",
        description: "Operations that change records"
    );

    private static readonly UpDownCounter<long> Waiting = Meter.CreateUpDownCounter<long>(
        "moat.writers.waiting",
        description: "Writers of this server that wait for their turn"
    );

    private static readonly Counter<long> Checks = Meter.CreateCounter<long>(
        "moat.checks",
        description: "Checks that were evaluated over a fact"
    );

    private static readonly Counter<long> Sources = Meter.CreateCounter<long>(
        "moat.collector.runs",
        description: "Sources that were read"
    );

    private static readonly Counter<long> Mails = Meter.CreateCounter<long>(
        "moat.mails",
        description: "Digests that were handed to the mail server"
    );

    private static readonly Counter<long> Anchors = Meter.CreateCounter<long>(
        "moat.anchors",
        description: "Checkpoints that were sent to places outside"
    );

    private static readonly Gauge<long> AnchorsBehind = Meter.CreateGauge<long>(
        "moat.anchors.behind",
        description: "Checkpoints that were to be outside and are not, after the last round of this server"
    );

    /// <summary>
    /// Tells of each kind of work that there was none yet, so that whoever watches sees the first failure as a change.
    /// </summary>
    public static void Begin()
    {
        None(Writes, "done", "refused", "conflict", "unavailable", "failed");
        None(Checks, "passing", "failing", "unknown", "not applicable");
        None(Sources, "complete", "partial", "failed");
        None(Mails, "sent", "failed");
        None(Anchors, "held", "failed", "contradicted");
        Waiting.Add(0);
        AnchorsBehind.Record(0);
    }

    /// <summary>An operation that changes records ended.</summary>
    public static void Wrote(string outcome) => One(Writes, outcome);

    /// <summary>A writer began to wait for its turn, or waits no longer.</summary>
    public static void Waits(bool begins) => Waiting.Add(begins ? 1 : -1);

    /// <summary>A check was evaluated.</summary>
    public static void Checked(Enum outcome) => One(Checks, outcome.Words());

    /// <summary>A source was read, or was not.</summary>
    public static void ReadSource(Enum outcome) => One(Sources, outcome.Words());

    /// <summary>A digest was handed over, or was not.</summary>
    public static void Mailed(bool sent) => One(Mails, sent ? "sent" : "failed");

    /// <summary>A checkpoint was sent outside.</summary>
    public static void Anchored(Enum outcome) => One(Anchors, outcome.Words());

    /// <summary>A round ended, and so many checkpoints are not where they were to be.</summary>
    public static void Behind(long checkpoints) => AnchorsBehind.Record(checkpoints);

    private static void None(Counter<long> of, params ReadOnlySpan<string> outcomes)
    {
        foreach (var outcome in outcomes)
            of.Add(0, new KeyValuePair<string, object?>("moat.outcome", outcome));
    }

    private static void One(Counter<long> of, string outcome) =>
        of.Add(1, new KeyValuePair<string, object?>("moat.outcome", outcome));
}
