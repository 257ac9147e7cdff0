using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Knowledge.Checks;

namespace Moat.Isms.Evidence.Checks;

/// <summary>Reads how resources stand under checks.</summary>
public sealed class CheckReading(MoatDb db)
{
    private sealed record Row(
        Guid Id,
        int Number,
        string Name,
        string Kind,
        DateTime LastSeenAt,
        string Check,
        CheckOutcome Outcome,
        long Since,
        string Detail,
        int? Asset
    );

    /// <summary>Resources under the given checks whose outcome is one of these, the longest first.</summary>
    public async Task<IReadOnlyList<(string Check, CheckedResource Resource)>> Standing(
        IReadOnlyCollection<string> checks,
        IReadOnlyCollection<CheckOutcome> outcomes,
        int most,
        CancellationToken ct
    )
    {
        var key = (nameof(Standing), string.Join(' ', checks), string.Join(' ', outcomes), most, Hour(db));
        return await db.Unchanged(key, () => Read(checks, [.. outcomes], most, ct), ct);
    }

    /// <summary>
    /// Silence leaves no entry in the journal, so what depends on it is remembered for an hour at most.
    /// </summary>
    internal static long Hour(MoatDb db) => db.Now.Ticks / TimeSpan.TicksPerHour;

    private async Task<IReadOnlyList<(string Check, CheckedResource Resource)>> Read(
        IReadOnlyCollection<string> checks,
        List<CheckOutcome> all,
        int most,
        CancellationToken ct
    )
    {
        var rows = await (
            from interval in db.Set<CheckInterval>()
            where
                checks.Contains(interval.Check)
                && interval.Until == CheckInterval.Open
                && all.Contains(interval.Outcome)
            join resource in db.Set<Resource>() on interval.ResourceId equals resource.Id
            join known in db.Set<Asset>() on resource.AssetId equals known.Id into assets
            from asset in assets.DefaultIfEmpty()
            orderby interval.Since
            select new Row(
                resource.Id,
                resource.Number,
                resource.Name,
                resource.Kind,
                resource.LastSeenAt,
                interval.Check,
                interval.Outcome,
                interval.Since,
                interval.Detail,
                asset == null ? null : asset.Number
            )
        )
            .Take(most)
            .ToListAsync(ct);
        var today = db.Today;
        var ids = rows.Select(r => r.Id).Distinct().ToList();
        var exceptions = (
            await (
                from exception in db.Set<CheckException>().Standing(today)
                where checks.Contains(exception.Check) && ids.Contains(exception.ResourceId)
                join owner in db.Set<Person>() on exception.OwnerId equals owner.Id
                select new { exception, Owner = owner.Name }
            ).ToListAsync(ct)
        ).ToLookup(
            e => (e.exception.Check, e.exception.ResourceId),
            e => new AnsweredFailure(e.exception.Ref, e.Owner, e.exception.Reason, e.exception.Until)
        );
        return [.. rows.Select(r => (r.Check, View(r, exceptions[(r.Check, r.Id)].MaxBy(e => e.Until))))];
    }

    /// <summary>How many resources have which outcome under each check now.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<CheckOutcome, int>>> Counts(
        CancellationToken ct
    ) =>
        await db.Unchanged(
            nameof(CheckReading),
            async () =>
            {
                var rows = await db.Set<CheckInterval>()
                    .Where(i => i.Until == CheckInterval.Open)
                    .GroupBy(i => new { i.Check, i.Outcome })
                    .Select(g => new
                    {
                        g.Key.Check,
                        g.Key.Outcome,
                        Count = g.Count(),
                    })
                    .ToListAsync(ct);
                return (IReadOnlyDictionary<string, IReadOnlyDictionary<CheckOutcome, int>>)
                    rows.GroupBy(r => r.Check)
                        .ToDictionary(
                            g => g.Key,
                            g => (IReadOnlyDictionary<CheckOutcome, int>)g.ToDictionary(r => r.Outcome, r => r.Count)
                        );
            },
            ct
        );

    private CheckedResource View(Row row, AnsweredFailure? excepted)
    {
        var staleAt = row.LastSeenAt.AddHours(ResourceKind.Of(row.Kind).StaleAfterHours);
        var stale = staleAt < db.Now;
        return new CheckedResource(
            $"RES-{row.Number}",
            row.Name,
            stale ? CheckOutcome.Unknown : row.Outcome,
            stale ? staleAt : CheckInterval.Moment(row.Since),
            stale ? "Nobody told of it since." : row.Detail,
            row.Asset is { } number ? $"AST-{number}" : null,
            excepted
        );
    }
}
