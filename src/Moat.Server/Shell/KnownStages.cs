using System.Collections.Concurrent;

namespace Moat.Server.Shell;

/// <summary>Remembers which organisations operate their ISMS already. A published statement is never taken back, so it is asked for only until then.</summary>
public sealed class KnownStages
{
    private readonly ConcurrentDictionary<Guid, bool> _operating = [];

    /// <summary>Whether the organisation has published its first Statement of Applicability.</summary>
    public async Task<bool> Operates(Guid organization, Func<Task<bool>> ask)
    {
        if (_operating.ContainsKey(organization)) return true;
        var operates = await ask();
        if (operates) _operating[organization] = true;
        return operates;
    }
}
