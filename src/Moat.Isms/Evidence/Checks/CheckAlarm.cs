using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Kernel;
using Moat.Isms.Work;
using Moat.Knowledge.Checks;

namespace Moat.Isms.Evidence.Checks;

/// <summary>
/// A failing check on a crown jewel is a task of its owner; the third failure of it in 90 days asks for a decision about a
/// nonconformity (10.2). The task closes by itself when the check passes.
/// </summary>
public sealed class CheckAlarm(MoatDb db, WorkList work)
{
    private const int DaysLookedBack = 90;
    private const int FailuresThatRecur = 3;
    private static readonly TimeSpan Due = TimeSpan.FromDays(7);

    private readonly Dictionary<(Guid Resource, string Check), (Check Check, Resource Resource, string? Detail)> _news = [];

    /// <summary>A check began to fail.</summary>
    public void Failed(Check check, Resource resource, string detail) => _news[(resource.Id, check.Id)] = (check, resource, detail);

    /// <summary>A check passes again, or is not about the resource any more.</summary>
    public void Passed(Check check, Resource resource) => _news[(resource.Id, check.Id)] = (check, resource, null);

    /// <summary>Opens and closes tasks for what was told since the last time.</summary>
    public async Task Raise(CancellationToken ct)
    {
        var news = _news.Values.Where(n => n.Resource.AssetId is not null).ToList();
        _news.Clear();
        if (news.Count == 0) return;
        var assets = news.Select(n => n.Resource.AssetId).Distinct().ToList();
        var jewels = await db.Set<Asset>().Where(a => a.CrownJewel && assets.Contains(a.Id)).ToDictionaryAsync(a => a.Id, ct);
        foreach (var (check, resource, detail) in news)
        {
            if (!jewels.TryGetValue(resource.AssetId!.Value, out var jewel)) continue;
            if (detail is null) await work.Settle(resource, Purpose(check), "The check passes.", ct);
            else await Open(check, resource, jewel, detail, ct);
        }
    }

    /// <summary>What the task of a failing check is known by.</summary>
    public static string Purpose(Check check) => $"check:{check.Id}";

    /// <summary>The purpose of a task that asks whether a check which keeps failing is a nonconformity.</summary>
    public const string Recurs = "nonconformity";

    /// <summary>The question of that task; it tells which check it is about.</summary>
    public static string Question(Check check, Resource resource) => $"Decide: is '{check.Title}' on {resource.Name} a nonconformity?".Cut(300);

    private async Task Open(Check check, Resource resource, Asset jewel, string detail, CancellationToken ct)
    {
        var due = DateOnly.FromDateTime(db.Now + Due);
        await work.Ensure(resource, Purpose(check), $"{resource.Name}: {check.Title}".Cut(300), $"{check.Why} Found: {detail}".Cut(1000), jewel.OwnerId, due, ct);
        var since = CheckInterval.Milliseconds(db.Now.AddDays(-DaysLookedBack));
        var earlier = await db.Set<CheckInterval>().CountAsync(
            i => i.ResourceId == resource.Id && i.Check == check.Id && i.Outcome == CheckOutcome.Failing && i.Since >= since, ct);
        // The failure of now is not stored yet.
        if (earlier + 1 < FailuresThatRecur) return;
        await work.OpenOnce(
            resource,
            new NewWork(Recurs, Question(check, resource), $"It failed {earlier + 1} times in {DaysLookedBack} days, so mending it each time does not reach the cause (10.2).", null, due), ct);
    }
}
