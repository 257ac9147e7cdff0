using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;

namespace Moat.Isms.Incidents;

/// <summary>What incidents touch, also what this operation said a moment ago.</summary>
internal static class IncidentTouches
{
    /// <summary>Ids of what the incident affects.</summary>
    public static async Task<List<Guid>> Touched(this MoatDb db, Incident incident, CancellationToken ct)
    {
        await db.Flush(ct);
        return await db
            .Links.Where(l => l.FromId == incident.Id && l.Type == LinkTypes.Affects)
            .Select(l => l.ToId)
            .Distinct()
            .ToListAsync(ct);
    }
}
