using Microsoft.EntityFrameworkCore;
using Moat.Isms.Context;
using Moat.Isms.Context.Interviews;
using Moat.Isms.Controls;
using Moat.Isms.Kernel;
using Moat.Isms.Risks;
using Moat.Knowledge;

namespace Moat.Isms.Drafts;

/// <summary>
/// Drafts the 93 rows of Annex A: whether each is needed, why, and how a company of this kind does it.
/// </summary>
public sealed class ControlDrafts(MoatDb db, KnowledgeBase knowledge)
{
    /// <summary>
    /// Enters the rows that are missing and connects them with the risks they treat; answers how many were entered.
    /// </summary>
    public async Task<int> Draft(DraftBasis basis, CancellationToken ct)
    {
        var rows = await db.Set<Control>().ToDictionaryAsync(c => c.Code, ct);
        var obligations = await Obligations(ct);
        var entered = 0;
        foreach (var entry in knowledge.Controls)
        {
            List<Obligation> asking = [.. obligations.Where(o => o.Controls.Contains(entry.Id))];
            if (!rows.TryGetValue(entry.Id, out var control))
            {
                control = rows[entry.Id] = await db.Enter(
                    new Control
                    {
                        Code = entry.Id,
                        Title = entry.Title,
                        Order = entry.Order,
                    },
                    ct
                );
                Propose(control, entry, basis, asking);
                entered++;
            }
            else if (
                control.Standing == Standing.Proposed
                && IsNeeded(entry, basis, asking) != (control.Applicability == Applicability.Applicable)
            )
                Propose(control, entry, basis, asking);
        }
        await ConnectRisks(rows, ct);
        foreach (
            var control in rows.Values.Where(c =>
                c is { Standing: Standing.Proposed, Applicability: Applicability.Applicable }
            )
        )
            control.Justification = Reason(
                control,
                basis,
                [.. obligations.Where(o => o.Controls.Contains(control.Code))]
            );
        return entered;
    }

    // Left out only where the thing that it protects does not exist here (6.1.3 d); a threat that names it in general
    // brings it not back.
    private static bool IsNeeded(ControlEntry entry, DraftBasis basis, List<Obligation> asking) =>
        entry.Applies.Holds(basis.Flags) || asking.Count > 0;

    private static void Propose(Control control, ControlEntry entry, DraftBasis basis, List<Obligation> asking)
    {
        var source = $"annex-a:{entry.Id}";
        if (IsNeeded(entry, basis, asking))
        {
            control.Applicability = Applicability.Applicable;
            control.ReasonKinds = ReasonKinds(asking);
            control.Implementation = Implementation.NotStarted;
            var (from, because) = basis.For(entry.Applies);
            var first = SpokenWords.Fits(entry.NextStep, basis.Flags)
                ? $"First step: {entry.NextStep}"
                : "The risks and obligations below say what it is for.";
            control.Propose(
                $"{(because.Length > 0 ? $"Proposed {because}. " : "")}{first}",
                source,
                [.. from, .. asking.SelectMany(o => o.DraftedFrom)]
            );
            return;
        }
        control.Applicability = Applicability.Excluded;
        control.Justification = $"{entry.ExcludedBecause} This changes once we {FlagWords.Once(entry.Applies)}.";
        control.ReasonKinds = [];
        control.Implementation = Implementation.Unknown;
        var without = basis.Without(entry.Applies);
        control.Propose(
            $"Left out {without.Words}: nothing here calls for it. Adopt it as left out, or say what does.",
            source,
            without.From
        );
    }

    private async Task ConnectRisks(Dictionary<string, Control> rows, CancellationToken ct)
    {
        var risks = await db.Set<Risk>().Of(null).Where(r => r.ThreatId != null).OrderBy(r => r.Number).ToListAsync(ct);
        var linked = (
            await db.Links.Where(l => l.Type == LinkTypes.Treats).Select(l => new { l.FromId, l.ToId }).ToListAsync(ct)
        )
            .Select(l => (l.FromId, l.ToId))
            .ToHashSet();
        foreach (var risk in risks)
        {
            if (risk.ThreatId is null || !knowledge.ThreatById.TryGetValue(risk.ThreatId, out var threat))
                continue;
            foreach (var code in threat.Controls.All)
            {
                var control = rows[code];
                if (control.Applicability == Applicability.Excluded)
                    continue;
                if (control.Standing == Standing.Proposed && !control.ReasonKinds.Contains("risk"))
                    control.ReasonKinds = ["risk", .. control.ReasonKinds.Where(r => r != "good-practice")];
                if (linked.Add((control.Id, risk.Id)))
                    await db.Connect(control, LinkTypes.Treats, risk, ct, source: "catalogue");
            }
        }
    }

    // The content's reason where it speaks only of this company; else what calls for the control here, which the
    // statement lists beside it.
    private string Reason(Control control, DraftBasis basis, List<Obligation> asking)
    {
        var reason = knowledge.ControlById[control.Code].Reason;
        var why =
            SpokenWords.Fits(reason, basis.Flags) ? reason
            : control.ReasonKinds.Contains("risk") ? "It treats risks of our register."
            : asking.Count == 0 ? "It is good practice, and nothing about us stands against it."
            : "";
        return asking.Count == 0
            ? why
            : $"{why} Asked for by {string.Join(", ", asking.Select(o => o.Name))}.".TrimStart();
    }

    private static List<string> ReasonKinds(List<Obligation> obligations)
    {
        var kinds = obligations
            .Select(o =>
                o.Kind switch
                {
                    ObligationKind.Law => "law",
                    ObligationKind.Contract => "contract",
                    _ => "good-practice",
                }
            )
            .Distinct()
            .ToList();
        return kinds.Count > 0 ? kinds : ["good-practice"];
    }

    private Task<List<Obligation>> Obligations(CancellationToken ct) =>
        db.Set<Obligation>().Of(null).OrderBy(o => o.Number).ToListAsync(ct);
}
