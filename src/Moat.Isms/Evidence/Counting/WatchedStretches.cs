using Microsoft.EntityFrameworkCore;
using Moat.Isms.Evidence.Checks;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Rules;
using Moat.Knowledge;
using Moat.Knowledge.Checks;

namespace Moat.Isms.Evidence.Counting;

/// <summary>
/// Since when each check saw something pass. A resource that nobody told of for too long passes nothing: silence is
/// unknown. A stretch may have gaps as long as those between two pieces of evidence of a weekly kind. What a sender
/// dates back counts from its arrival, and a check of the company's own counts once a person wrote it, for controls
/// that ask for facts.
/// </summary>
public sealed class WatchedStretches(MoatDb db, CheckBook book, KnowledgeBase knowledge)
{
    private const int LongestGapDays = 21;
    private const int LookBackDays = 400;
    private const int MostIntervals = 5000;

    // How much later than they were observed facts may arrive and still count from when they were observed.
    private static readonly long Delay = (long)TimeSpan.FromDays(7).TotalMilliseconds;

    private sealed record Passing(string Check, long Since, int Count);

    /// <summary>For each control under a check, the stretch that reaches to now.</summary>
    public async Task<IReadOnlyDictionary<string, WatchedStretch>> ByControl(CancellationToken ct)
    {
        var now = await PassingNow(ct);
        var since = await Extended(now, ct);
        var byPerson = (await PersonActs.Read(db, ["checks.create", "checks.import"], ct)).ByRef(
            "checks.create",
            "checks.import"
        );
        bool Shows(Check check, string control) =>
            check.IsShipped || (byPerson.Contains(check.Id) && AsksForFacts(control));
        return (await book.All(ct))
            .Where(c => now.ContainsKey(c.Id))
            .SelectMany(c =>
                c.Controls.Where(control => Shows(c, control)).Select(control => (Control: control, Check: c))
            )
            .GroupBy(c => c.Control)
            .ToDictionary(
                g => g.Key,
                g => new WatchedStretch(
                    g.Min(c => since[c.Check.Id]),
                    g.Sum(c => now[c.Check.Id].Count),
                    [.. g.Select(c => c.Check.Title).Order(StringComparer.Ordinal)]
                )
            );
    }

    private async Task<Dictionary<string, Passing>> PassingNow(CancellationToken ct)
    {
        var rows = new List<Passing>();
        var kinds = await db.Set<Resource>()
            .Where(r => r.GoneAt == null)
            .Select(r => r.Kind)
            .Distinct()
            .ToListAsync(ct);
        foreach (var group in kinds.GroupBy(k => ResourceKind.Of(k).StaleAfterHours))
        {
            var (fresh, inGroup) = (db.Now.AddHours(-group.Key), group.ToList());
            rows.AddRange(
                (
                    await (
                        from interval in db.Set<CheckInterval>()
                        where interval.Until == CheckInterval.Open && interval.Outcome == CheckOutcome.Passing
                        join resource in db.Set<Resource>() on interval.ResourceId equals resource.Id
                        where resource.GoneAt == null && inGroup.Contains(resource.Kind) && resource.LastSeenAt >= fresh
                        group interval by interval.Check into g
                        select new
                        {
                            g.Key,
                            Since = g.Min(i => i.Since),
                            Arrived = g.Min(i => i.CreatedAt),
                            Count = g.Count(),
                        }
                    ).ToListAsync(ct)
                ).Select(r => new Passing(r.Key, Arrived(r.Since, r.Arrived), r.Count))
            );
        }
        return rows.GroupBy(r => r.Check)
            .ToDictionary(g => g.Key, g => new Passing(g.Key, g.Min(r => r.Since), g.Sum(r => r.Count)));
    }

    /// <summary>Goes further back over intervals that ended, where what passes now began to pass only lately.</summary>
    private async Task<Dictionary<string, DateOnly>> Extended(Dictionary<string, Passing> now, CancellationToken ct)
    {
        var enough = CheckInterval.Milliseconds(db.Now.AddDays(-KindCounting.RequiredDays(0)));
        var young = now.Values.Where(p => p.Since > enough).Select(p => p.Check).ToList();
        var from = CheckInterval.Milliseconds(db.Now.AddDays(-LookBackDays));
        var ended =
            young.Count == 0
                ? []
                : await db.Set<CheckInterval>()
                    .Where(i =>
                        young.Contains(i.Check)
                        && i.Outcome == CheckOutcome.Passing
                        && i.Until != CheckInterval.Open
                        && i.Until > from
                    )
                    .OrderByDescending(i => i.Until)
                    .Take(MostIntervals)
                    .Select(i => new
                    {
                        i.Check,
                        i.Since,
                        i.Until,
                        i.CreatedAt,
                    })
                    .ToListAsync(ct);
        var byCheck = ended.ToLookup(i => i.Check, i => (Arrived(i.Since, i.CreatedAt), i.Until));
        return now.Values.ToDictionary(
            p => p.Check,
            p => DateOnly.FromDateTime(CheckInterval.Moment(Back(p.Since, byCheck[p.Check])))
        );
    }

    private bool AsksForFacts(string control) =>
        knowledge.ControlById.GetValueOrDefault(control)?.Evidence.Any(h => h.Kind == EvidenceFit.Fact) ?? true;

    private static long Arrived(long since, DateTime at) => Math.Max(since, CheckInterval.Milliseconds(at) - Delay);

    private static long Back(long since, IEnumerable<(long Since, long Until)> ended)
    {
        var gap = (long)TimeSpan.FromDays(LongestGapDays).TotalMilliseconds;
        foreach (var interval in ended.OrderByDescending(i => i.Until))
        {
            if (since - interval.Until > gap)
                break;
            since = Math.Min(since, interval.Since);
        }
        return since;
    }
}
