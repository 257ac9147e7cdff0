using System.Linq.Expressions;
using Moat.Isms.Kernel;

namespace Moat.Isms.Evidence.Collectors;

/// <summary>Whether an organisation has sources that are due to be read.</summary>
public static class SourcesWaiting
{
    /// <summary>Asks it now.</summary>
    public static Expression<Func<Organization, bool>> Now(MoatDb db)
    {
        var now = db.Now;
        return o =>
            db.Set<CollectorSource>().Any(s => s.OrganizationId == o.Id && s.PausedAt == null && s.NextRunAt <= now);
    }
}
