using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Controls;
using Moat.Isms.Evidence.Counting;
using Moat.Isms.Kernel;
using Moat.Isms.Risks.Money;

namespace Moat.Isms.Risks;

/// <summary>
/// How well each crown jewel is protected: over the adopted risks that threaten it, weighted by inherent score, the
/// share that is assessed and whose treating controls evidence shows today. To accept a risk protects nothing: what is
/// accepted, and what a year is expected to cost, stand beside it.
/// </summary>
public sealed class CrownJewels(MoatDb db, MoneyAtRisk money, ControlCounting counting)
{
    private const int MostShown = 12;

    /// <summary>The crown jewels, the least protected first.</summary>
    public async Task<IReadOnlyList<CrownJewel>> Protection(CancellationToken ct)
    {
        var jewels = await db.Set<Asset>()
            .AsNoTracking()
            .Of(null)
            .Where(a => a.CrownJewel && a.InScope)
            .OrderByDescending(a => a.Need)
            .ThenBy(a => a.Number)
            .Take(MostShown)
            .ToListAsync(ct);
        if (jewels.Count == 0)
            return [];
        var ids = jewels.Select(j => j.Id).ToList();
        var risks = (
            await (
                from link in db.Links
                where link.Type == LinkTypes.Threatens && ids.Contains(link.ToId)
                join risk in db.Set<Risk>() on link.FromId equals risk.Id
                where risk.Standing == Standing.Adopted
                select new { Jewel = link.ToId, Risk = risk }
            )
                .AsNoTracking()
                .ToListAsync(ct)
        ).ToLookup(x => x.Jewel, x => x.Risk);
        var working = await WorkingControls([.. risks.SelectMany(r => r).Select(r => r.Id).Distinct()], ct);
        var losses = money.Yearly(risks.SelectMany(r => r));
        return
        [
            .. jewels
                .Select(j => View(j, [.. risks[j.Id]], working, losses))
                .OrderBy(j => j.Protection)
                .ThenByDescending(j => j.ExpectedLoss),
        ];
    }

    private CrownJewel View(
        Asset jewel,
        List<Risk> risks,
        ILookup<Guid, bool> working,
        IReadOnlyDictionary<Guid, long> losses
    )
    {
        var weight = risks.Sum(Weight);
        var held = risks.Sum(r => Weight(r) * InForce(r, working[r.Id]));
        var top = risks
            .OrderByDescending(r => Math.Max(r.CurrentScore, r.InherentScore))
            .ThenBy(r => r.Number)
            .FirstOrDefault();
        return new CrownJewel(
            jewel.Ref,
            jewel.Name,
            jewel.Kind,
            jewel.NeedsConfidentiality,
            jewel.NeedsIntegrity,
            jewel.NeedsAvailability,
            top?.Ref,
            top?.Title,
            weight == 0 ? 0 : held / weight,
            risks.Count,
            risks.Count(r => r.AcceptedUntil >= db.Today),
            (long)Math.Min(long.MaxValue, risks.Sum(r => (decimal)losses.GetValueOrDefault(r.Id)))
        );
    }

    // A risk that nobody assessed weighs like a high one: unknown is not safe.
    private static int Weight(Risk risk) => risk.InherentScore == 0 ? 15 : risk.InherentScore;

    // In per cent: the share of its controls that evidence shows today.
    private static int InForce(Risk risk, IEnumerable<bool> controls)
    {
        if (risk.AssessedAt is null)
            return 0;
        var states = controls.ToList();
        return states.Count == 0 ? 0 : 100 * states.Count(inForce => inForce) / states.Count;
    }

    private async Task<ILookup<Guid, bool>> WorkingControls(List<Guid> risks, CancellationToken ct)
    {
        var standings = await counting.All(ct);
        var treating = await (
            from link in db.Links
            where link.Type == LinkTypes.Treats && risks.Contains(link.ToId)
            join control in db.Set<Control>() on link.FromId equals control.Id
            where control.Standing == Standing.Adopted && control.Applicability == Applicability.Applicable
            select new { Risk = link.ToId, control.Code }
        ).ToListAsync(ct);
        return treating.ToLookup(t => t.Risk, t => standings[t.Code].State >= ControlState.Shown);
    }
}
