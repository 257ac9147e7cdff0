using Microsoft.EntityFrameworkCore;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Kernel;
using Moat.Knowledge.Checks;

namespace Moat.Isms.Evidence.Checks;

/// <summary>
/// How much of a period checks passed, weighted by the time of each resource under each check. Unknown is not passing.
/// </summary>
/// <param name="From">First moment of the period.</param>
/// <param name="To">Its last moment.</param>
/// <param name="Share">Passing time of all time that was observed, 0 to 1; null when nothing was observed.</param>
/// <param name="PassingHours">Hours of resources that passed.</param>
/// <param name="FailingHours">Hours of resources that failed.</param>
/// <param name="UnknownHours">Hours of resources whose outcome was unknown.</param>
/// <param name="FailingNow">Resources under a check that fails now.</param>
/// <param name="UnknownNow">Resources under a check whose outcome is unknown now.</param>
/// <param name="Watched">Resources under a check now.</param>
public sealed record InForce(
    DateTime From,
    DateTime To,
    double? Share,
    double PassingHours,
    double FailingHours,
    double UnknownHours,
    int FailingNow,
    int UnknownNow,
    int Watched
)
{
    /// <summary>The share as auditors read it, such as 99.4 %; never rounded up to 100 %.</summary>
    public string Percent =>
        Share is not { } share
            ? "not observed"
            : string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{(share >= 1 ? 100 : Math.Min(99.9, Math.Round(share * 100, 1))):0.#} %"
            );
}

/// <summary>Computes how much of a period checks were in force.</summary>
public sealed class InForceReading(MoatDb db)
{
    /// <summary>The period that is looked at when none is named.</summary>
    public const int UsualDays = 90;

    private const double Hour = 3_600_000;

    /// <summary>Over all the given checks.</summary>
    public async Task<InForce> Of(IReadOnlyCollection<string> checks, int days, CancellationToken ct)
    {
        var key = (nameof(InForce), string.Join(' ', checks), days, CheckReading.Hour(db));
        return await db.Unchanged(key, () => Compute(checks, days, ct), ct);
    }

    private async Task<InForce> Compute(IReadOnlyCollection<string> checks, int days, CancellationToken ct)
    {
        var (from, to) = (db.Now.AddDays(-days), db.Now);
        var (start, end) = (CheckInterval.Milliseconds(from), CheckInterval.Milliseconds(to));
        var sums = await db.Set<CheckInterval>()
            .Where(i => checks.Contains(i.Check) && i.Until > start && i.Since <= end)
            .GroupBy(i => i.Outcome)
            .Select(g => new
            {
                Outcome = g.Key,
                Time = g.Sum(i => (i.Until < end ? i.Until : end) - (i.Since > start ? i.Since : start)),
                Now = g.Count(i => i.Until == CheckInterval.Open),
            })
            .ToListAsync(ct);
        var silent = await Silent(checks, start, end, ct);
        double Hours(CheckOutcome outcome) => sums.Where(s => s.Outcome == outcome).Sum(s => s.Time) / Hour;
        int Now(CheckOutcome outcome) => sums.Where(s => s.Outcome == outcome).Sum(s => s.Now);
        var passing =
            Hours(CheckOutcome.Passing) - silent.Where(s => s.Outcome == CheckOutcome.Passing).Sum(s => s.Time) / Hour;
        var failing =
            Hours(CheckOutcome.Failing) - silent.Where(s => s.Outcome == CheckOutcome.Failing).Sum(s => s.Time) / Hour;
        var unknown = Hours(CheckOutcome.Unknown) + silent.Sum(s => s.Time) / Hour;
        var all = passing + failing + unknown;
        var quiet = silent.Count;
        return new InForce(
            from,
            to,
            all > 0 ? passing / all : null,
            passing,
            failing,
            unknown,
            Now(CheckOutcome.Failing) - silent.Count(s => s.Outcome == CheckOutcome.Failing),
            Now(CheckOutcome.Unknown) + quiet,
            sums.Sum(s => s.Now)
        );
    }

    /// <summary>
    /// Time since resources were last told of that is too long to vouch for: their outcome is unknown from there on.
    /// </summary>
    private async Task<List<(CheckOutcome Outcome, double Time)>> Silent(
        IReadOnlyCollection<string> checks,
        long start,
        long end,
        CancellationToken ct
    )
    {
        var result = new List<(CheckOutcome, double)>();
        var kinds = await db.Set<Resource>()
            .Where(r => r.GoneAt == null)
            .Select(r => r.Kind)
            .Distinct()
            .ToListAsync(ct);
        foreach (var group in kinds.GroupBy(k => ResourceKind.Of(k).StaleAfterHours))
        {
            var old = db.Now.AddHours(-group.Key);
            var inGroup = group.ToList();
            var rows = await (
                from resource in db.Set<Resource>()
                where resource.GoneAt == null && inGroup.Contains(resource.Kind) && resource.LastSeenAt < old
                join interval in db.Set<CheckInterval>() on resource.Id equals interval.ResourceId
                where
                    interval.Until == CheckInterval.Open
                    && checks.Contains(interval.Check)
                    && interval.Outcome != CheckOutcome.Unknown
                select new
                {
                    interval.Outcome,
                    interval.Since,
                    resource.LastSeenAt,
                }
            ).ToListAsync(ct);
            result.AddRange(
                rows.Select(r =>
                    (
                        r.Outcome,
                        (double)(
                            end
                            - Math.Max(
                                Math.Max(start, r.Since),
                                CheckInterval.Milliseconds(r.LastSeenAt.AddHours(group.Key))
                            )
                        )
                    )
                )
            );
        }
        return result;
    }
}
