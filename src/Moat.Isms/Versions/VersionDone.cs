using Moat.Isms.Kernel;

namespace Moat.Isms.Versions;

/// <summary>A version that was pushed, and what is to be said of the push.</summary>
public sealed class VersionDone(Referenced version) : Done(version)
{
    /// <summary>What was read of pointers, a sentence for each.</summary>
    public IReadOnlyList<string> Read { get; private set; } = [];

    /// <summary>What was not read, and what is known otherwise.</summary>
    public IReadOnlyList<string> Remarks { get; private set; } = [];

    /// <summary>Adds what was read of pointers and what is to be said.</summary>
    internal VersionDone Saying(IReadOnlyList<string> read, IEnumerable<string> remarks)
    {
        (Read, Remarks) = (read, [.. remarks, .. Remarks]);
        return this;
    }
}
