using System.Linq.Expressions;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;

namespace Moat.Isms.Anchors;

/// <summary>
/// Whether an organisation has a checkpoint that is to be sent outside, wants one sent, or does not know yet which
/// places the operator names.
/// </summary>
public static class AnchorsWaiting
{
    /// <summary>Asks it now, of a server with these places.</summary>
    public static Expression<Func<Organization, bool>> Now(MoatDb db, AnchorTargets targets)
    {
        var (now, today) = (db.Now, db.Today.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc));
        var (named, count) = (targets.All.Select(t => t.Place).ToList(), targets.All.Count);
        return o =>
            db.Set<JournalHead>()
                .Any(h =>
                    h.OrganizationId == o.Id
                    && (
                        db.Set<AnchorPlace>().Count(p => p.OrganizationId == o.Id && named.Contains(p.Place)) != count
                        || db.Set<AnchorPlace>().Any(p => p.OrganizationId == o.Id && !named.Contains(p.Place))
                        || db.Set<AnchorPlace>()
                            .Any(p =>
                                p.OrganizationId == o.Id
                                && (
                                    (p.Waiting != null && p.NextAt <= now)
                                    || (
                                        h.Size > p.AskedSize
                                        && db.Journal.Any(e =>
                                            e.OrganizationId == o.Id
                                            && e.Sequence >= p.AskedSize
                                            && e.Operation != AnchorOutbox.Telling
                                            && (
                                                p.AskedAt == null
                                                || p.AskedAt < today
                                                || AnchorOccasions.InJournal.Contains(e.Operation)
                                            )
                                        )
                                    )
                                )
                            )
                    )
                );
    }
}
