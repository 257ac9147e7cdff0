using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Evidence.Checks;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Kernel;
using Moat.Knowledge.Checks;

namespace Moat.Isms.Improvement;

/// <summary>A check that shows whether an action works, on a resource.</summary>
/// <param name="Check">The check's id.</param>
/// <param name="Title">What it asks.</param>
/// <param name="ResourceRef">The resource.</param>
/// <param name="Resource">Its name.</param>
/// <param name="Outcome">How it stands now; null when it was never evaluated there.</param>
/// <param name="Since">Since when.</param>
/// <param name="FailedFrom">When it began to fail the last time, where it does not fail now.</param>
public sealed record EffectCheck(
    string Check,
    string Title,
    string ResourceRef,
    string Resource,
    CheckOutcome? Outcome,
    DateTime? Since,
    DateTime? FailedFrom
)
{
    internal Guid ActionId { get; init; }

    internal Guid ResourceId { get; init; }

    /// <summary>How it stands, as people read it.</summary>
    public string Words =>
        Outcome switch
        {
            null => $"\u201c{Title}\u201d was not evaluated yet.",
            CheckOutcome.Failing => $"\u201c{Title}\u201d fails since {Day(Since)}.",
            CheckOutcome.Passing when FailedFrom is not null =>
                $"\u201c{Title}\u201d failed from {Day(FailedFrom)} and passes since {Day(Since)}.",
            CheckOutcome.Passing => $"\u201c{Title}\u201d passes since {Day(Since)}.",
            _ => $"\u201c{Title}\u201d is unknown since {Day(Since)}.",
        };

    private static string Day(DateTime? at) => at?.ToString("d MMM yyyy", CultureInfo.InvariantCulture) ?? "";
}

/// <summary>Names the checks that show whether an action works, and reads how they stand (10.2 d).</summary>
public sealed class EffectChecks(MoatDb db, CheckBook book)
{
    /// <summary>Names a check for an action; on one resource one check speaks for an action.</summary>
    public async Task Name(CorrectiveAction action, string check, string? resource, CancellationToken ct)
    {
        if ((await book.All(ct)).All(c => c.Id != check))
            throw new InputInvalid("check", $"There is no check {check}.");
        var seen = resource is null ? await OnlyOne(check, ct) : await db.One<Resource>(resource, ct);
        if (!await db.Set<CheckInterval>().AnyAsync(i => i.Check == check && i.ResourceId == seen.Id, ct))
            throw new InputInvalid("resource", $"{seen.Ref} is not looked at by {check}.");
        var before = await db
            .Links.AsTracking()
            .Where(l => l.Type == LinkTypes.ShownBy && l.FromId == action.Id && l.ToId == seen.Id)
            .ToListAsync(ct);
        if (before.Any(l => l.Source == check))
            return;
        if (before.Count > 0)
            throw new RuleBroken(
                "actions.name-check.one",
                $"{action.Ref} is seen at {seen.Ref} by {before[0].Source} already. Take that back first."
            );
        await db.Connect(action, LinkTypes.ShownBy, seen, ct, check);
    }

    /// <summary>Takes a named check back.</summary>
    public async Task TakeBack(CorrectiveAction action, string check, CancellationToken ct)
    {
        var named = await db
            .Links.AsTracking()
            .Where(l => l.Type == LinkTypes.ShownBy && l.FromId == action.Id && l.Source == check)
            .ToListAsync(ct);
        if (named.Count == 0)
            throw new InputInvalid("check", $"{action.Ref} names no check {check}.");
        db.RemoveRange(named);
    }

    /// <summary>The checks that an action names.</summary>
    public Task<IReadOnlyList<EffectCheck>> Of(CorrectiveAction action, CancellationToken ct) =>
        Read(db.Links.Where(l => l.FromId == action.Id), ct);

    /// <summary>The checks that connect these records.</summary>
    internal Task<IReadOnlyList<EffectCheck>> Among(IReadOnlyCollection<Guid> records, CancellationToken ct)
    {
        var ids = records.ToList();
        return Read(db.Links.Where(l => ids.Contains(l.FromId) && ids.Contains(l.ToId)), ct);
    }

    private async Task<Resource> OnlyOne(string check, CancellationToken ct)
    {
        var watched = db.Set<CheckInterval>().Where(i => i.Check == check && i.Until == CheckInterval.Open);
        var found = await db.Set<Resource>()
            .Where(r => r.GoneAt == null && watched.Any(i => i.ResourceId == r.Id))
            .OrderBy(r => r.Number)
            .Take(2)
            .ToListAsync(ct);
        return found is [var only]
            ? only
            : throw new InputInvalid(
                "resource",
                found.Count == 0
                    ? $"{check} looks at no resource yet."
                    : $"{check} looks at several resources. Say which, such as {found[0].Ref}."
            );
    }

    private async Task<IReadOnlyList<EffectCheck>> Read(IQueryable<Link> among, CancellationToken ct)
    {
        var links = await among
            .Where(l => l.Type == LinkTypes.ShownBy && l.Source != null)
            .OrderBy(l => l.CreatedAt)
            .ToListAsync(ct);
        if (links.Count == 0)
            return [];
        var (resources, checks) = (links.Select(l => l.ToId).ToList(), links.Select(l => l.Source!).ToList());
        var titles = await book.Titles(ct);
        var known = await db.Set<Resource>()
            .AsNoTracking()
            .Where(r => resources.Contains(r.Id))
            .ToDictionaryAsync(r => r.Id, ct);
        var intervals = (
            await db.Set<CheckInterval>()
                .AsNoTracking()
                .Where(i => resources.Contains(i.ResourceId) && checks.Contains(i.Check))
                .ToListAsync(ct)
        ).ToLookup(i => (i.Check, i.ResourceId));
        return
        [
            .. links
                .Where(l => known.ContainsKey(l.ToId))
                .Select(l =>
                    Stands(
                        l,
                        titles.GetValueOrDefault(l.Source!, l.Source!),
                        known[l.ToId],
                        [.. intervals[(l.Source!, l.ToId)].OrderBy(i => i.Since)]
                    )
                ),
        ];
    }

    // Whoever is silent for too long vouches for nothing.
    private EffectCheck Stands(Link link, string title, Resource resource, IReadOnlyList<CheckInterval> intervals)
    {
        var last = intervals.Count == 0 ? null : intervals[^1];
        var isSilent = last is not null && resource.StaleAt < db.Now;
        var failed = intervals.LastOrDefault(i => i.Outcome == CheckOutcome.Failing && i != last);
        // What was learned in between, such as nothing, does not begin a new good time.
        var passing = intervals
            .SkipWhile(i => failed is not null && i.Since <= failed.Since)
            .FirstOrDefault(i => i.Outcome == CheckOutcome.Passing);
        var outcome = isSilent ? CheckOutcome.Unknown : last?.Outcome;
        DateTime? since =
            isSilent ? resource.StaleAt
            : last is null ? null
            : CheckInterval.Moment(outcome == CheckOutcome.Passing && passing is not null ? passing.Since : last.Since);
        return new EffectCheck(
            link.Source!,
            title,
            resource.Ref,
            resource.Name,
            outcome,
            since,
            failed is null ? null : CheckInterval.Moment(failed.Since)
        )
        {
            ActionId = link.FromId,
            ResourceId = link.ToId,
        };
    }
}
