namespace Moat.Isms.Evidence;

/// <summary>
/// Tells how many documents in force name a control: they say what is to be done and show little of it being done.
/// </summary>
public interface INamedControls
{
    /// <summary>How many name each control, by its code.</summary>
    Task<IReadOnlyDictionary<string, int>> Count(CancellationToken ct);
}
