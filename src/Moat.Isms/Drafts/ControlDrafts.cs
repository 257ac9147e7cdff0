using Microsoft.EntityFrameworkCore;
using Moat.Isms.Context;
using Moat.Isms.Controls;
using Moat.Isms.Kernel;
using Moat.Isms.Risks;
using Moat.Knowledge;

namespace Moat.Isms.Drafts;

/// <summary>Drafts the 93 rows of Annex A: whether each is needed, why, and how a company of this kind does it.</summary>
public sealed class ControlDrafts(MoatDb db, KnowledgeBase knowledge)
{
    /// <summary>Enters the rows that are missing and connects them with the risks they treat; answers how many were entered.</summary>
    public async Task<int> Draft(IReadOnlySet<string> flags, CancellationToken ct)
    {
        var rows = await db.Set<Control>().ToDictionaryAsync(c => c.Code, ct);
        var obligations = await Obligations(ct);
        var entered = 0;
        foreach (var entry in knowledge.Controls.Where(e => !rows.ContainsKey(e.Id)))
        {
            rows[entry.Id] = await Enter(entry, flags, [.. obligations.Where(o => o.Controls.Contains(entry.Id))], ct);
            entered++;
        }
        await ConnectRisks(rows, ct);
        return entered;
    }

    private async Task<Control> Enter(ControlEntry entry, IReadOnlySet<string> flags, List<Obligation> obligations, CancellationToken ct)
    {
        var needed = entry.Applies.Holds(flags) || obligations.Count > 0;
        var control = await db.Enter(
            new Control
            {
                Code = entry.Id,
                Title = entry.Title,
                Order = entry.Order,
                Applicability = needed ? Applicability.Applicable : Applicability.Excluded,
                Justification = needed ? Included(entry, obligations) : entry.ExcludedBecause,
                ReasonKinds = needed ? ReasonKinds(obligations) : [],
                Implementation = needed ? Implementation.NotStarted : Implementation.Unknown,
            }, ct);
        var because = FlagWords.Because(entry.Applies.Because(flags));
        control.Propose(
            !needed ? $"Left out: {entry.ExcludedBecause}"
            : because.Length > 0 ? $"Proposed {because}. First step: {entry.NextStep}"
            : $"First step: {entry.NextStep}",
            $"annex-a:{entry.Id}");
        return control;
    }

    private async Task ConnectRisks(Dictionary<string, Control> rows, CancellationToken ct)
    {
        var risks = (await db.Set<Risk>().Where(r => r.ThreatId != null && r.Standing != Standing.Rejected).ToListAsync(ct))
            .Concat(db.Set<Risk>().Local.Where(r => r.Version == 0)).DistinctBy(r => r.Id).ToList();
        var linked = (await db.Links.Where(l => l.Type == LinkTypes.Treats).Select(l => new { l.FromId, l.ToId }).ToListAsync(ct))
            .Select(l => (l.FromId, l.ToId)).ToHashSet();
        foreach (var risk in risks)
        {
            if (risk.ThreatId is null || !knowledge.ThreatById.TryGetValue(risk.ThreatId, out var threat)) continue;
            foreach (var code in threat.Controls.All)
            {
                var control = rows[code];
                if (control.Standing == Standing.Proposed)
                {
                    // A risk that needs the control outweighs a profile that would leave it out.
                    if (control.Applicability == Applicability.Excluded) Include(control, knowledge.ControlById[code]);
                    if (!control.ReasonKinds.Contains("risk")) control.ReasonKinds = ["risk", .. control.ReasonKinds.Where(r => r != "good-practice")];
                }
                if (linked.Add((control.Id, risk.Id))) await db.Connect(control, LinkTypes.Treats, risk, ct, source: "catalogue");
            }
        }
    }

    private static void Include(Control control, ControlEntry entry)
    {
        control.Applicability = Applicability.Applicable;
        control.Justification = entry.Reason;
        control.Implementation = Implementation.NotStarted;
    }

    private static string Included(ControlEntry entry, List<Obligation> obligations) =>
        obligations.Count == 0 ? entry.Reason : $"{entry.Reason} Also asked for by {string.Join(", ", obligations.Select(o => o.Name))}.";

    private static List<string> ReasonKinds(List<Obligation> obligations)
    {
        var kinds = obligations.Select(o => o.Kind switch
        {
            ObligationKind.Law => "law",
            ObligationKind.Contract => "contract",
            _ => "good-practice",
        }).Distinct().ToList();
        return kinds.Count > 0 ? kinds : ["good-practice"];
    }

    private async Task<List<Obligation>> Obligations(CancellationToken ct) =>
        [.. (await db.Set<Obligation>().Where(o => o.Standing != Standing.Rejected).ToListAsync(ct))
            .Concat(db.Set<Obligation>().Local.Where(o => o.Version == 0)).DistinctBy(o => o.Id)];
}
