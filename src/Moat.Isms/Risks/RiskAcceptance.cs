using Moat.Isms.Kernel;

namespace Moat.Isms.Risks;

/// <summary>An accepted residual risk: who, until when, and the exact state that was accepted.</summary>
[RecordKind(
    "ACPT",
    "risks",
    One = "acceptance",
    Many = "acceptances",
    Shows = "6.1.3/3 8.3/2",
    Column = ThreadColumn.RisksAndControls
)]
public sealed class RiskAcceptance : Referenced
{
    /// <summary>The risk.</summary>
    public required Guid RiskId { get; init; }

    /// <summary>Who owned the risk then; null in acceptances from before that was kept.</summary>
    public Guid? OwnerId { get; init; }

    /// <summary>Who accepted it.</summary>
    public required string AcceptedBy { get; init; }

    /// <summary>Why that is right.</summary>
    public required string Reason { get; init; }

    /// <summary>The last day it counts.</summary>
    public required DateOnly Until { get; init; }

    /// <summary>The risk's fields at that moment, as JSON.</summary>
    public required string FrozenState { get; init; }

    /// <summary>
    /// The highest score that its owner could accept alone that day; null in acceptances from before that was kept.
    /// </summary>
    public int? Appetite { get; init; }

    /// <summary>Whether it lies above the appetite, so that top management has to agree before it stands.</summary>
    [AddedLater("false")]
    public bool NeedsAgreement { get; init; }

    /// <summary>Who of top management agreed.</summary>
    public string? AgreedBy { get; private set; }

    /// <summary>When.</summary>
    public DateTime? AgreedAt { get; private set; }

    /// <summary>When it was ended before its time.</summary>
    public DateTime? WithdrawnAt { get; private set; }

    /// <summary>By what: withdrawn, assessed again, treated otherwise, or replaced by a later acceptance.</summary>
    public string? EndedBecause { get; private set; }

    /// <summary>Whether every signature that it needs is there.</summary>
    public bool IsSigned => !NeedsAgreement || AgreedAt is not null;

    /// <summary>Top management agrees to carry more than the appetite.</summary>
    public void Agree(string by, DateTime at) => (AgreedBy, AgreedAt) = (by, at);

    /// <summary>Ends it before its time.</summary>
    public void End(string because, DateTime at) => (EndedBecause, WithdrawnAt) = (because, at);

    /// <inheritdoc />
    public override string Caption => $"Acceptance by {AcceptedBy} until {Until:yyyy-MM-dd}";
}
