using Moat.Isms.Anchors;

namespace Moat.Hosting.Anchors;

/// <summary>How sending went.</summary>
/// <param name="Outcome">In a word.</param>
/// <param name="Says">In a sentence.</param>
/// <param name="Receipt">What proves it.</param>
public sealed record AnchorResult(AnchorOutcome Outcome, string Says, string? Receipt = null)
{
    /// <summary>The place holds the checkpoint.</summary>
    public static AnchorResult Held(string says, string? receipt = null) => new(AnchorOutcome.Held, says, receipt);

    /// <summary>It did not work this time.</summary>
    public static AnchorResult Failed(string says) => new(AnchorOutcome.Failed, says);

    /// <summary>The place holds what this journal is no continuation of.</summary>
    public static AnchorResult Contradicted(string says) => new(AnchorOutcome.Contradicted, says);
}

/// <summary>The root of an earlier size of the journal, and the proof that it is a beginning of a later one.</summary>
public delegate Task<BeginningProof> Prover(long from, long to, CancellationToken ct);

/// <summary>A place outside that can be sent a checkpoint.</summary>
public interface IAnchorPlace
{
    /// <summary>What it is called.</summary>
    AnchorTarget Target { get; }

    /// <summary>Sends a checkpoint. What goes wrong is an answer; it throws only when the server stops.</summary>
    /// <param name="organization">The organisation's slug.</param>
    /// <param name="anchor">What to send.</param>
    /// <param name="prove">Answers what the journal says of an earlier size.</param>
    /// <param name="ct">The server stops.</param>
    Task<AnchorResult> Send(string organization, OutgoingAnchor anchor, Prover prove, CancellationToken ct);
}
