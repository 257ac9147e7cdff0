using Moat.Isms.Kernel;

namespace Moat.Isms.Documents;

/// <summary>What a time-stamping authority said: that a hash existed at a moment.</summary>
/// <param name="At">The moment, in UTC.</param>
/// <param name="Token">The signed token (RFC 3161, 2.4.2), which anybody can check with the authority's
/// certificate.</param>
public sealed record TimeStamp(DateTime At, byte[] Token);

/// <summary>A time-stamping authority outside, where the operator named one (RFC 3161).</summary>
public interface ITimeAuthority
{
    /// <summary>Whether one is named.</summary>
    bool IsConfigured { get; }

    /// <summary>
    /// Has a text's SHA-256 stamped. Throws <see cref="RuleBroken"/> when the authority does not answer, refuses, or
    /// answers something else.
    /// </summary>
    Task<TimeStamp> Stamp(string sha256, CancellationToken ct);
}
