namespace Moat.Isms.Kernel.Rules;

/// <summary>A change of a record that the journal shows, and what taught it (clause 10).</summary>
/// <param name="RecordId">The record that changed.</param>
/// <param name="RecordRef">Its reference.</param>
/// <param name="CauseRef">The action, lesson, finding, incident … that it changed because of; the record itself after a
/// look that found nothing to change.</param>
/// <param name="Entry">The journal entry, by its sequence.</param>
/// <param name="At">When.</param>
/// <param name="What">Which of its fields changed, or that nothing had to.</param>
public sealed record ProvenChange(
    Guid RecordId,
    string RecordRef,
    string CauseRef,
    long Entry,
    DateTime At,
    string What
)
{
    /// <summary>What stands for a person's look that found nothing to change.</summary>
    public const string NoChange = "evaluated, no change needed";
}

/// <summary>Knows which changes of records the journal proves, and what taught each of them.</summary>
public interface IProvenChanges
{
    /// <summary>
    /// The proven changes since a moment, the earliest first, and one look per record that found nothing to change.
    /// </summary>
    Task<IReadOnlyList<ProvenChange>> Since(DateTime since, CancellationToken ct);
}
