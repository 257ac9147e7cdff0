using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Kernel;
using Moat.Isms.Work;
using Moat.Knowledge.Checks;

namespace Moat.Isms.Evidence.Checks;

/// <summary>
/// A failing check on a crown jewel is a task of its owner, unless somebody answers for the failure; the third failure
/// of it in 90 days asks for a decision about a nonconformity (10.2). The task closes by itself when the check passes.
/// </summary>
public sealed class CheckAlarm(MoatDb db, WorkList work, CheckBook book) : IAssetFollower
{
    private const int DaysLookedBack = 90;
    private const int FailuresThatRecur = 3;
    private const string Prefix = "check:";
    private static readonly TimeSpan Due = TimeSpan.FromDays(7);

    private readonly Dictionary<
        (Guid Resource, string Check),
        (Check Check, Resource Resource, string? Detail)
    > _news = [];

    /// <summary>A check began to fail.</summary>
    public void Failed(Check check, Resource resource, string detail) =>
        _news[(resource.Id, check.Id)] = (check, resource, detail);

    /// <summary>A check passes again, or is not about the resource any more.</summary>
    public void Passed(Check check, Resource resource) => _news[(resource.Id, check.Id)] = (check, resource, null);

    /// <summary>Opens and closes tasks for what was told since the last time.</summary>
    public async Task Raise(CancellationToken ct)
    {
        var news = _news.Values.Where(n => n.Resource.AssetId is not null).ToList();
        _news.Clear();
        if (news.Count == 0)
            return;
        await db.Flush(ct);
        var resources = news.Select(n => n.Resource).Distinct().ToList();
        var (jewels, excepted) = (await Jewels(resources, ct), await Excepted(resources, ct));
        foreach (var (check, resource, detail) in news)
        {
            if (!jewels.TryGetValue(resource.AssetId!.Value, out var jewel))
                continue;
            if (detail is null)
                await work.Settle(resource, Purpose(check), "The check passes.", ct);
            else if (!excepted.ContainsKey((resource.Id, check.Id)))
                await Open(check, resource, jewel, detail, ct);
        }
    }

    /// <summary>
    /// Brings the tasks of these resources in line with what fails on them now, after an asset became a crown jewel or
    /// none, a resource became another asset, or an exception began or ended. A failure that has its task MUST NOT get
    /// another, nor one whose task a person dropped.
    /// </summary>
    public async Task Follow(IReadOnlyCollection<Resource> resources, CancellationToken ct)
    {
        if (resources.Count == 0)
            return;
        await db.Flush(ct);
        var ids = resources.Select(r => r.Id).ToList();
        var failing = await db.Set<CheckInterval>()
            .Where(i =>
                ids.Contains(i.ResourceId) && i.Until == CheckInterval.Open && i.Outcome == CheckOutcome.Failing
            )
            .ToListAsync(ct);
        var tasks = (
            await db.Set<WorkItem>()
                .Where(t => ids.Contains(t.SubjectId) && t.Purpose.StartsWith(Prefix) && t.State != WorkState.Done)
                .ToListAsync(ct)
        ).ToLookup(t => (t.SubjectId, t.Purpose));
        var (jewels, excepted) = (await Jewels(resources, ct), await Excepted(resources, ct));
        var checks = (await book.All(ct)).ToDictionary(c => c.Id);
        foreach (var resource in resources)
        {
            var jewel = resource.AssetId is { } asset ? jewels.GetValueOrDefault(asset) : null;
            await Quiet(
                resource,
                jewel,
                tasks.Where(t => t.Key.SubjectId == resource.Id).SelectMany(t => t),
                excepted,
                ct
            );
            if (jewel is null || resource.GoneAt is not null)
                continue;
            foreach (
                var failure in failing.Where(f =>
                    f.ResourceId == resource.Id
                    && !excepted.ContainsKey((f.ResourceId, f.Check))
                    && checks.ContainsKey(f.Check)
                )
            )
                if (
                    !tasks[(resource.Id, Prefix + failure.Check)]
                        .Any(t => t.State == WorkState.Open || CheckInterval.Milliseconds(t.CreatedAt) >= failure.Since)
                )
                    await Open(checks[failure.Check], resource, jewel, failure.Detail, ct);
        }
    }

    /// <summary>The same for what an asset is.</summary>
    public async Task Follow(Asset asset, CancellationToken ct) =>
        await Follow(await db.Set<Resource>().Where(r => r.AssetId == asset.Id).ToListAsync(ct), ct);

    /// <summary>The same for everything that fails on a crown jewel or has a task.</summary>
    public async Task FollowAll(CancellationToken ct)
    {
        var (jewels, intervals, tasks) = (
            db.Set<Asset>().Where(a => a.CrownJewel),
            db.Set<CheckInterval>(),
            db.Set<WorkItem>().Where(t => t.State == WorkState.Open && t.Purpose.StartsWith(Prefix))
        );
        await Follow(
            await db.Set<Resource>()
                .Where(r =>
                    (
                        jewels.Any(a => a.Id == r.AssetId)
                        && intervals.Any(i =>
                            i.ResourceId == r.Id && i.Until == CheckInterval.Open && i.Outcome == CheckOutcome.Failing
                        )
                    ) || tasks.Any(t => t.SubjectId == r.Id)
                )
                .ToListAsync(ct),
            ct
        );
    }

    /// <summary>What the task of a failing check is known by.</summary>
    public static string Purpose(Check check) => Prefix + check.Id;

    /// <summary>The purpose of a task that asks whether a check which keeps failing is a nonconformity.</summary>
    public const string Recurs = "nonconformity";

    /// <summary>The question of that task; it tells which check it is about.</summary>
    public static string Question(Check check, Resource resource) =>
        $"Decide: is '{check.Title}' on {resource.Name} a nonconformity?".Cut(300);

    private async Task Quiet(
        Resource resource,
        Asset? jewel,
        IEnumerable<WorkItem> tasks,
        Dictionary<(Guid, string), CheckException> excepted,
        CancellationToken ct
    )
    {
        foreach (var task in tasks.Where(t => t.State == WorkState.Open).ToList())
        {
            if (jewel is null)
                await work.Settle(resource, task.Purpose, "It is no crown jewel any more.", ct);
            else if (excepted.GetValueOrDefault((resource.Id, task.Purpose[Prefix.Length..])) is { } exception)
                await work.Settle(
                    resource,
                    task.Purpose,
                    $"{exception.Ref}: somebody answers for it until {exception.Until:yyyy-MM-dd}.",
                    ct
                );
        }
    }

    private async Task<Dictionary<Guid, Asset>> Jewels(IReadOnlyCollection<Resource> resources, CancellationToken ct)
    {
        var assets = resources.Select(r => r.AssetId).OfType<Guid>().Distinct().ToList();
        return await db.Set<Asset>().Where(a => assets.Contains(a.Id) && a.CrownJewel).ToDictionaryAsync(a => a.Id, ct);
    }

    private async Task<Dictionary<(Guid, string), CheckException>> Excepted(
        IReadOnlyCollection<Resource> resources,
        CancellationToken ct
    )
    {
        var ids = resources.Select(r => r.Id).ToList();
        var standing = await db.Set<CheckException>()
            .Standing(db.Today)
            .Where(e => ids.Contains(e.ResourceId))
            .ToListAsync(ct);
        return standing.GroupBy(e => (e.ResourceId, e.Check)).ToDictionary(g => g.Key, g => g.MaxBy(e => e.Until)!);
    }

    private async Task Open(Check check, Resource resource, Asset jewel, string detail, CancellationToken ct)
    {
        var due = DateOnly.FromDateTime(db.Now + Due);
        await work.Ensure(
            resource,
            Purpose(check),
            $"{resource.Name}: {check.Title}".Cut(300),
            $"{check.Why} Found: {detail}".Cut(1000),
            jewel.OwnerId,
            due,
            ct
        );
        var failures = await Failures(check, resource, ct);
        if (failures < FailuresThatRecur)
            return;
        await work.OpenOnce(
            resource,
            new NewWork(
                Recurs,
                Question(check, resource),
                $"It failed {failures} times in {DaysLookedBack} days, so mending it each time does not reach the cause (10.2).",
                null,
                due
            ),
            ct
        );
    }

    /// <summary>How often it failed lately.</summary>
    private Task<int> Failures(Check check, Resource resource, CancellationToken ct)
    {
        var since = CheckInterval.Milliseconds(db.Now.AddDays(-DaysLookedBack));
        return db.Set<CheckInterval>()
            .CountAsync(
                i =>
                    i.ResourceId == resource.Id
                    && i.Check == check.Id
                    && i.Outcome == CheckOutcome.Failing
                    && i.Since >= since,
                ct
            );
    }
}
