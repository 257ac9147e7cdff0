using System.Linq.Expressions;
using Moat.Isms.Kernel;

namespace Moat.Isms.Evidence.Collectors;

/// <summary>Whether an organisation has sources that are due to be read.</summary>
public static class SourcesWaiting
{
    /// <summary>Asks it now.</summary>
    public static Expression<Func<Organization, bool>> Now(MoatDb db)
    {
        var due = db.Set<CollectorSource>().Due(db.Now);
        return o => due.Any(s => s.OrganizationId == o.Id);
    }

    /// <summary>The sources whose time has come.</summary>
    internal static IQueryable<CollectorSource> Due(this IQueryable<CollectorSource> sources, DateTime now) =>
        sources.Where(s => s.PausedAt == null && s.NextRunAt <= now);
}
