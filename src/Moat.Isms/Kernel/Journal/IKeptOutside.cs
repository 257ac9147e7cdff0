namespace Moat.Isms.Kernel.Journal;

/// <summary>Content that lies outside the database and of which a record tells the hash.</summary>
[HandedIn]
public interface IKeptOutside
{
    /// <summary>What is gone or is not what its record tells, each in a sentence with the record's reference.</summary>
    IAsyncEnumerable<string> Faults(CancellationToken ct);
}
