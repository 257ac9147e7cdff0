using System.Collections.Concurrent;

namespace Moat.Server.Shell;

/// <summary>
/// Remembers which organisations have laid their foundations already. A published statement is never taken back, so it
/// is asked for only until then.
/// </summary>
public sealed class KnownStages
{
    private readonly ConcurrentDictionary<Guid, bool> _founded = [];

    /// <summary>Whether the organisation has published its first Statement of Applicability.</summary>
    public async Task<bool> AreLaid(Guid organization, Func<Task<bool>> ask)
    {
        if (_founded.ContainsKey(organization))
            return true;
        var laid = await ask();
        if (laid)
            _founded[organization] = true;
        return laid;
    }
}
