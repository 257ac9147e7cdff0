namespace Moat.Isms.Work.Cadences;

/// <summary>Finds evidence that a cadence names as its proof.</summary>
public interface ICadenceEvidence
{
    /// <summary>Whether there is a control of this code.</summary>
    Task<bool> Knows(string control, CancellationToken ct);

    /// <summary>The latest evidence that was put to one of the controls between two moments, or null.</summary>
    Task<FoundProof?> Last(IReadOnlyCollection<string> controls, DateTime since, DateTime until, CancellationToken ct);
}
