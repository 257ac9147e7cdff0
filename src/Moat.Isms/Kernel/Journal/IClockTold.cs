namespace Moat.Isms.Kernel.Journal;

/// <summary>Tells people that the journal says the server's clock was set back (A.8.17).</summary>
public interface IClockTold
{
    /// <summary>Opens a task for each entry that tells of it and has none; answers how many.</summary>
    Task<int> Open(CancellationToken ct);
}
