using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Context;
using Moat.Isms.Controls;
using Moat.Isms.Kernel;
using Moat.Isms.Objectives;
using Moat.Isms.People;
using Moat.Isms.Risks;

namespace Moat.Isms.Alignment;

/// <summary>
/// Whether the ISMS serves the business (clauses 4.1, 5.1): what ties to a business objective, and who takes part.
/// </summary>
[Process(
    "alignment",
    "Whether objectives, crown jewels, risks and controls serve a business objective, and who takes part (4.1, 5.1)."
)]
public sealed class AlignmentProcess(
    MoatDb db,
    BusinessObjectives business,
    CrownJewels jewels,
    Participation participation
)
{
    /// <summary>Protection below which a crown jewel counts as weakly protected, in per cent.</summary>
    public const int Weak = 70;

    private const int TopRisks = 10;

    /// <summary>What ties to what.</summary>
    [Query(
        "show",
        Permission.ReadIsms,
        "What serves a business objective, what does not, where controls protect no crown jewel, and who takes part"
    )]
    public Task<AlignmentView> Show(Nothing input, CancellationToken ct) =>
        db.Unchanged(nameof(AlignmentProcess), () => Look(ct), ct);

    private async Task<AlignmentView> Look(CancellationToken ct)
    {
        var goals = await business.List(new ListContext(), ct);
        var map = await Read(ct);
        var ties = new Ties(
            map,
            goals.Where(g => g is { Standing: Standing.Adopted, EndedOn: null }).Select(g => g.Ref).ToHashSet()
        );
        var treating = map.Controls.ToLookup(c =>
            map.Treats[c.Id].Any(r => map.Threatens[r].Any(map.JewelIds.Contains))
        );
        var groups = new[]
        {
            Group("Security objectives", map.Objectives.Select(o => Record(o, o.OwnerId, map, ties.Direct(o.Id)))),
            Group("Crown jewels", map.Jewels.Select(a => Record(a, a.OwnerId, map, ties.Direct(a.Id)))),
            Group("Top risks", map.Top(TopRisks).Select(r => Record(r, r.OwnerId, map, ties.OfRisk(r.Id)))),
            Group("Controls", map.Controls.Select(c => Record(c, c.OwnerId, map, ties.OfControl(c.Id)))),
        };
        var weak = (await jewels.Protection(ct)).Where(j => j.Protection < Weak).ToList();
        return new AlignmentView(
            goals,
            groups,
            [.. treating[false].Select(c => Record(c, c.OwnerId, map, ties.OfControl(c.Id)))],
            weak,
            await participation.Read(ct),
            Sentence(goals, groups)
        );
    }

    private static string Sentence(IReadOnlyList<BusinessObjectiveView> goals, IReadOnlyList<AlignedGroup> groups)
    {
        var pursued = goals.Where(g => g is { Standing: Standing.Adopted, EndedOn: null }).ToList();
        if (pursued.Count == 0)
            return "Nobody said yet what the company wants to reach, so nothing can serve it.";
        var empty = pursued.Where(g => g.Ties.Count == 0).Select(g => g.Ref).ToList();
        var open = groups
            .Where(g => g.Tied < g.All)
            .Select(g => $"{g.All - g.Tied} of {g.All} {g.Name.ToLowerInvariant()}")
            .ToList();
        var first =
            open.Count == 0
                ? "Every objective, crown jewel, top risk and control serves a business objective."
                : $"No business objective is behind {string.Join(", ", open)}.";
        return empty.Count == 0 ? first : $"{first} Nothing serves {string.Join(" and ", empty)}.";
    }

    private static AlignedGroup Group(string name, IEnumerable<AlignedRecord> records)
    {
        var all = records.OrderBy(r => r.IsTied).ToList();
        return new AlignedGroup(name, all.Count, all.Count(r => r.IsTied), all);
    }

    private static AlignedRecord Record(
        Referenced record,
        Guid? owner,
        AlignmentMap map,
        (IReadOnlyList<string> Serves, string? Via) ties
    ) =>
        new(
            record.Ref,
            RecordKind.Of(record.GetType()).Process,
            record.Caption,
            owner is { } id ? map.People.GetValueOrDefault(id) : null,
            ties.Serves,
            ties.Via
        );

    private async Task<AlignmentMap> Read(CancellationToken ct)
    {
        var links = await db
            .Links.AsNoTracking()
            .Where(l => l.Type == LinkTypes.Treats || l.Type == LinkTypes.Threatens || l.Type == LinkTypes.Supports)
            .ToListAsync(ct);
        var goals = await db.Set<BusinessObjective>().AsNoTracking().ToDictionaryAsync(g => g.Id, g => g.Ref, ct);
        return new AlignmentMap(
            await db.Set<Objective>().AsNoTracking().Pursued().OrderBy(o => o.Number).ToListAsync(ct),
            await db.Set<Asset>()
                .AsNoTracking()
                .Where(a => a.CrownJewel && a.InScope && a.Standing == Standing.Adopted)
                .OrderBy(a => a.Number)
                .ToListAsync(ct),
            await db.Set<Risk>()
                .AsNoTracking()
                .Where(r => r.Standing == Standing.Adopted)
                .OrderBy(r => r.Number)
                .ToListAsync(ct),
            await db.Set<Control>()
                .AsNoTracking()
                .Where(c => c.Standing == Standing.Adopted && c.Applicability == Applicability.Applicable)
                .OrderBy(c => c.Order)
                .ThenBy(c => c.Number)
                .ToListAsync(ct),
            links.Where(l => l.Type == LinkTypes.Treats).ToLookup(l => l.FromId, l => l.ToId),
            links.Where(l => l.Type == LinkTypes.Threatens).ToLookup(l => l.FromId, l => l.ToId),
            links
                .Where(l => l.Type == LinkTypes.Supports && goals.ContainsKey(l.ToId))
                .ToLookup(l => l.FromId, l => goals[l.ToId]),
            await db.Set<Person>().AsNoTracking().ToDictionaryAsync(p => p.Id, p => p.Name, ct)
        );
    }

    /// <summary>Records and links that alignment is computed from.</summary>
    private sealed record AlignmentMap(
        IReadOnlyList<Objective> Objectives,
        IReadOnlyList<Asset> Jewels,
        IReadOnlyList<Risk> Risks,
        IReadOnlyList<Control> Controls,
        ILookup<Guid, Guid> Treats,
        ILookup<Guid, Guid> Threatens,
        ILookup<Guid, string> Supports,
        IReadOnlyDictionary<Guid, string> People
    )
    {
        public IReadOnlySet<Guid> JewelIds { get; } = Jewels.Select(j => j.Id).ToHashSet();

        public IEnumerable<Risk> Top(int most) =>
            Risks.OrderByDescending(r => Math.Max(r.CurrentScore, r.InherentScore)).ThenBy(r => r.Number).Take(most);
    }

    /// <summary>
    /// A risk serves what the assets it threatens serve, a control what the risks it treats serve; a tie by hand comes
    /// first.
    /// </summary>
    private sealed class Ties(AlignmentMap map, IReadOnlySet<string> pursued)
    {
        private readonly Dictionary<Guid, string> _names = map
            .Risks.ToDictionary(r => r.Id, r => r.Ref)
            .Concat(map.Jewels.ToDictionary(j => j.Id, j => j.Ref))
            .ToDictionary();

        public (IReadOnlyList<string> Serves, string? Via) Direct(Guid record) =>
            ([.. map.Supports[record].Where(pursued.Contains).Order(StringComparer.Ordinal)], null);

        public (IReadOnlyList<string> Serves, string? Via) OfRisk(Guid risk) =>
            Through(risk, map.Threatens[risk], Direct);

        public (IReadOnlyList<string> Serves, string? Via) OfControl(Guid control) =>
            Through(control, map.Treats[control], OfRisk);

        private (IReadOnlyList<string> Serves, string? Via) Through(
            Guid record,
            IEnumerable<Guid> next,
            Func<Guid, (IReadOnlyList<string> Serves, string? Via)> ties
        )
        {
            var own = Direct(record);
            if (own.Serves.Count > 0)
                return own;
            var found = next.Where(_names.ContainsKey)
                .Select(n => (Id: n, ties(n).Serves))
                .Where(n => n.Serves.Count > 0)
                .ToList();
            return found.Count == 0
                ? own
                : ([.. found.SelectMany(n => n.Serves).Distinct().Order(StringComparer.Ordinal)], _names[found[0].Id]);
        }
    }
}
