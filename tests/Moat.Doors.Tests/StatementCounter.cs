using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace Moat.Tests;

/// <summary>
/// Counts what the database is asked while an address is answered, whatever else the server and other tests do.
/// </summary>
internal sealed class StatementCounter : StatementListener
{
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly HttpContextAccessor _requests = new();

    /// <summary>How many statements the requests with this mark needed.</summary>
    public int Of(string mark) => _counts.GetValueOrDefault(mark);

    protected override void Heard(string statement)
    {
        if (_requests.HttpContext?.Request.Headers["X-Counted"] is [{ } mark, ..])
            _counts.AddOrUpdate(mark, 1, (_, count) => count + 1);
    }
}
