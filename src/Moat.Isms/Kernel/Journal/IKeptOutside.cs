namespace Moat.Isms.Kernel.Journal;

/// <summary>
/// What no journal tells and of which a record tells the hash or the name: files, and accounts; and what the database
/// does by itself.
/// </summary>
[HandedIn]
public interface IKeptOutside
{
    /// <summary>Whether who makes an audit pack compares it while putting it in.</summary>
    bool IsPacked => false;

    /// <summary>What is gone or is not what its record tells, each in a sentence with the record's reference.</summary>
    IAsyncEnumerable<string> Faults(CancellationToken ct);
}
