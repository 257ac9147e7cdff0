using Microsoft.EntityFrameworkCore;
using Moat.Isms.Context;
using Moat.Isms.Controls;
using Moat.Isms.Evidence.Counting;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.Risks;

namespace Moat.Isms.StatementOfApplicability;

/// <summary>Reads the rows of a Statement of Applicability from the controls and what justifies them.</summary>
public sealed class SoaSource(MoatDb db, ControlCounting counting)
{
    /// <summary>
    /// The rows of today in the order of Annex A, own controls last. Proposed rows are not decisions and stand as
    /// undecided.
    /// </summary>
    public async Task<IReadOnlyList<SoaRow>> Rows(CancellationToken ct) => await Rows(db, await counting.All(ct), ct);

    /// <summary>
    /// The same with states that are known already; without any, rows say nothing of what they rest on.
    /// </summary>
    internal static async Task<IReadOnlyList<SoaRow>> Rows(
        MoatDb db,
        IReadOnlyDictionary<string, ControlStanding>? standings,
        CancellationToken ct
    )
    {
        var controls = await db.Set<Control>()
            .AsNoTracking()
            .Of(null)
            .OrderBy(c => c.Order)
            .ThenBy(c => c.Number)
            .ToListAsync(ct);
        var owners = await db.Set<Person>().AsNoTracking().ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        var risks = await db.Unchanged((nameof(SoaSource), nameof(Risks)), () => Risks(db, ct), ct);
        var obligations = await db.Set<Obligation>()
            .AsNoTracking()
            .Where(o => o.Standing == Standing.Adopted)
            .OrderBy(o => o.Number)
            .ToListAsync(ct);
        return
        [
            .. controls.Select(c => new SoaRow(
                c.Code,
                c.Title,
                c.Standing == Standing.Adopted ? c.Applicability : Applicability.Undecided,
                c.ReasonKinds,
                c.Justification,
                risks.GetValueOrDefault(c.Id) ?? [],
                [.. obligations.Where(o => o.Controls.Contains(c.Code)).Select(o => o.Name)],
                c.Implementation,
                c.HowDone,
                c.OwnerId is { } owner ? owners.GetValueOrDefault(owner) : null,
                standings?.GetValueOrDefault(c.Code)?.State
            )),
        ];
    }

    /// <summary>What a publication would lack, row by row.</summary>
    public static IReadOnlyList<FieldError> Missing(IReadOnlyList<SoaRow> rows) =>
        rows.Count == 0
            ? [new FieldError("soa", "No control has been drafted yet. Complete the interview, or draft the controls.")]
            : [.. rows.SelectMany(Missing)];

    /// <summary>Who decided the rows, each as it stands.</summary>
    public Task<List<string>> PreparedBy(CancellationToken ct) =>
        db.Set<Control>()
            .Where(c => c.Standing == Standing.Adopted)
            .Select(c => c.ChangedBy)
            .Distinct()
            .ToListAsync(ct);

    private static IEnumerable<FieldError> Missing(SoaRow row)
    {
        if (row.Applicability == Applicability.Undecided)
        {
            yield return new FieldError(
                row.Code,
                "It is not decided whether it applies. Adopt or change the proposal."
            );
            yield break;
        }
        if (string.IsNullOrWhiteSpace(row.Justification))
            yield return new FieldError(row.Code, "The reason is missing.");
        foreach (var open in OpenText.In(row.Justification, row.HowDone))
            yield return new FieldError(row.Code, $"To decide: {open}");
        if (row.Applicability == Applicability.Excluded)
            yield break;
        if (row.ReasonKinds.Count == 0)
            yield return new FieldError(
                row.Code,
                "It does not say whether risk, law, contract or good practice calls for it."
            );
        if (row.ReasonKinds.Contains("risk") && row.Risks.Count == 0)
            yield return new FieldError(row.Code, "It names a risk as its reason, but treats none in the register.");
        if (row.ReasonKinds.Any(r => r is "law" or "contract") && row.Obligations.Count == 0)
            yield return new FieldError(
                row.Code,
                "It names law or contract as its reason, but no adopted obligation asks for it."
            );
        if (row.Owner is null)
            yield return new FieldError(row.Code, "The owner is missing.");
        if (row.Implementation == Implementation.Unknown)
            yield return new FieldError(row.Code, "The implementation state is missing.");
    }

    // Two short reads: joined and sorted by the database, each link would carry a text of its own.
    private static async Task<IReadOnlyDictionary<Guid, IReadOnlyList<string>>> Risks(MoatDb db, CancellationToken ct)
    {
        var risks = await db.Set<Risk>()
            .Where(r => r.Standing == Standing.Adopted)
            .Select(r => new { r.Id, r.Number })
            .ToDictionaryAsync(r => r.Id, r => (r.Number, Ref: $"RISK-{r.Number}"), ct);
        var links = await db
            .Links.Where(l => l.Type == LinkTypes.Treats)
            .Select(l => new { l.FromId, l.ToId })
            .ToListAsync(ct);
        return links
            .Where(l => risks.ContainsKey(l.ToId))
            .GroupBy(l => l.FromId, l => risks[l.ToId])
            .ToDictionary(g => g.Key, g => (IReadOnlyList<string>)[.. g.OrderBy(r => r.Number).Select(r => r.Ref)]);
    }
}
