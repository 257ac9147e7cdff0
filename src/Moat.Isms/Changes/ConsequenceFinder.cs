using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Context;
using Moat.Isms.Controls;
using Moat.Isms.Documents;
using Moat.Isms.Evidence.Checks;
using Moat.Isms.Kernel;
using Moat.Isms.Objectives;
using Moat.Isms.Risks;
using Moat.Isms.Suppliers;
using Moat.Knowledge;

namespace Moat.Isms.Changes;

/// <summary>
/// What a change probably touches (6.3 a): the processes where its kind begins and those that receive something from
/// them, and the records that its assets are connected with. It proposes; a person confirms.
/// </summary>
public sealed class ConsequenceFinder(MoatDb db, KnowledgeBase knowledge, CheckBook book)
{
    private const int MostOfAKind = 12;
    private const int MostDocuments = 8;

    /// <summary>Where each kind of change begins.</summary>
    public static IReadOnlyDictionary<ChangeKind, string[]> Begins { get; } =
        new Dictionary<ChangeKind, string[]>
        {
            [ChangeKind.ProductLine] = ["context", "asset-management", "risk-assessment", "objectives"],
            [ChangeKind.Cloud] = ["supplier-management", "asset-management", "access-management", "control-operation"],
            [ChangeKind.ModelClass] = ["asset-management", "risk-assessment", "control-selection", "training"],
            [ChangeKind.Reorganisation] = ["roles", "access-management", "competence", "communication"],
            [ChangeKind.Tool] = ["control-operation", "monitoring", "access-management"],
            [ChangeKind.Supplier] = ["supplier-management", "risk-assessment", "access-management"],
            [ChangeKind.Other] = ["context", "risk-assessment"],
        };

    /// <summary>What it probably touches.</summary>
    public async Task<Consequences> Of(IsmsChange change, CancellationToken ct)
    {
        var assets = await db
            .Links.Where(l => l.FromId == change.Id && l.Type == LinkTypes.Affects && l.ToKind == "AST")
            .Select(l => l.ToId)
            .ToListAsync(ct);
        var neighbours = await Neighbours(assets, ct);
        var risks = await RisksOf(assets, ct);
        var controls = await ControlsOf([.. risks.Select(r => r.Id)], ct);
        List<string> codes = [.. controls.Select(c => c.Code)];
        List<TouchedRecords> records =
        [
            new("Assets", neighbours),
            new("Suppliers", await SuppliersOf(assets, ct)),
            new(
                "Risks",
                [
                    .. risks
                        .Take(MostOfAKind)
                        .Select(r => new Related(
                            r.Ref,
                            r.Title,
                            r.CurrentScore > 0 ? $"stands at {r.CurrentScore}" : "not assessed"
                        )),
                ]
            ),
            new(
                "Controls",
                [.. controls.Take(MostOfAKind).Select(c => new Related(c.Ref, c.Caption, c.Implementation.Words()))]
            ),
            new("Documents", await DocumentsOf(codes, ct)),
            new("Objectives", await ObjectivesOf(assets, codes, ct)),
        ];
        return new Consequences(Touched(change.Kind), [.. records.Where(r => r.Records.Count > 0)]);
    }

    /// <summary>The processes where a kind of change begins, then those that receive something from them.</summary>
    public IReadOnlyList<TouchedProcess> Touched(ChangeKind kind)
    {
        var first = Begins[kind].Select(id => knowledge.Processes.First(p => p.Id == id)).ToList();
        var begins = first.Select(p => new TouchedProcess(p.Id, p.Title, "Such a change begins here"));
        var receives =
            from process in first
            from flow in process.Interactions
            join receiver in knowledge.Processes on flow.To equals receiver.Id
            select new TouchedProcess(
                receiver.Id,
                receiver.Title,
                $"Receives from {process.Title.ToLowerInvariant()}: {flow.Flows.ToLowerInvariant()}"
            );
        return [.. begins.Concat(receives).DistinctBy(p => p.Id)];
    }

    private async Task<IReadOnlyList<Related>> Neighbours(List<Guid> assets, CancellationToken ct)
    {
        var between = LinkTypes.BetweenAssets;
        var links = db.Links.Where(l =>
            between.Contains(l.Type) && l.ToKind == "AST" && (assets.Contains(l.FromId) || assets.Contains(l.ToId))
        );
        var rows = await (
            from asset in db.Set<Asset>()
            where
                asset.Standing == Standing.Adopted
                && (assets.Contains(asset.Id) || links.Any(l => l.FromId == asset.Id || l.ToId == asset.Id))
            orderby asset.CrownJewel descending, asset.Number
            select asset
        )
            .Take(MostOfAKind * 2)
            .ToListAsync(ct);
        return
        [
            .. rows.Select(a => new Related(
                a.Ref,
                a.Name,
                assets.Contains(a.Id) ? "named"
                    : a.CrownJewel ? "connected, a crown jewel"
                    : "connected"
            )),
        ];
    }

    private async Task<IReadOnlyList<Risk>> RisksOf(List<Guid> assets, CancellationToken ct)
    {
        var threatens = db.Links.Where(l => l.Type == LinkTypes.Threatens && assets.Contains(l.ToId));
        return await db.Set<Risk>()
            .Where(r => r.Standing == Standing.Adopted && threatens.Any(l => l.FromId == r.Id))
            .OrderByDescending(r => r.CurrentScore)
            .ThenBy(r => r.Number)
            .Take(100)
            .ToListAsync(ct);
    }

    private async Task<IReadOnlyList<Control>> ControlsOf(List<Guid> risks, CancellationToken ct)
    {
        var treats = db.Links.Where(l => l.Type == LinkTypes.Treats && risks.Contains(l.ToId));
        return await db.Set<Control>()
            .Where(c => c.Standing == Standing.Adopted && treats.Any(l => l.FromId == c.Id))
            .OrderByDescending(c => treats.Count(l => l.FromId == c.Id))
            .ThenBy(c => c.Order)
            .Take(60)
            .ToListAsync(ct);
    }

    private async Task<IReadOnlyList<Related>> SuppliersOf(List<Guid> assets, CancellationToken ct)
    {
        var supplied = db.Links.Where(l => l.Type == LinkTypes.SuppliedBy && assets.Contains(l.FromId));
        var rows = await db.Set<Supplier>()
            .Where(s => s.EndedOn == null && supplied.Any(l => l.ToId == s.Id))
            .OrderBy(s => s.Number)
            .Take(MostOfAKind)
            .ToListAsync(ct);
        return [.. rows.Select(s => new Related(s.Ref, s.Name, $"tier {s.Tier.Words().ToLowerInvariant()}"))];
    }

    /// <summary>Documents that say how these controls are done, those with the most of them first.</summary>
    internal async Task<IReadOnlyList<Related>> DocumentsOf(IReadOnlyCollection<string> codes, CancellationToken ct)
    {
        var documents = await db.Set<Document>()
            .Where(d => d.Standing == Standing.Adopted && d.RetiredAt == null)
            .ToListAsync(ct);
        return
        [
            .. documents
                .Select(d => (Document: d, Shared: d.Controls.Intersect(codes).ToList()))
                .Where(d => d.Shared.Count > 0)
                .OrderByDescending(d => d.Shared.Count)
                .ThenBy(d => d.Document.Number)
                .Take(MostDocuments)
                .Select(d => new Related(
                    d.Document.Ref,
                    d.Document.Title,
                    $"describes {string.Join(", ", d.Shared.Take(4))}{(d.Shared.Count > 4 ? " …" : "")}"
                )),
        ];
    }

    // Numbers that come from checks of these controls, and whatever serves the same business objective as a touched
    // asset.
    private async Task<IReadOnlyList<Related>> ObjectivesOf(List<Guid> assets, List<string> codes, CancellationToken ct)
    {
        var checks = (await book.All(ct)).Where(c => c.Controls.Intersect(codes).Any()).Select(c => c.Id).ToHashSet();
        var goals = await db.Set<Objective>().Pursued().OrderBy(o => o.Number).ToListAsync(ct);
        var served = await ServedWith(assets, ct);
        return
        [
            .. goals
                .Select(o =>
                    (
                        Goal: o,
                        Why: IsMeasuredBy(o, checks) ? "its number comes from a check of these controls"
                        : served.GetValueOrDefault(o.Id) is { } business ? $"serves {business}, as a touched asset does"
                        : null
                    )
                )
                .Where(o => o.Why is not null)
                .Take(MostOfAKind)
                .Select(o => new Related(o.Goal.Ref, o.Goal.Title, o.Why!)),
        ];
    }

    private static bool IsMeasuredBy(Objective goal, HashSet<string> checks) =>
        goal is { TakenFrom: MeasurementSource.Check, Query: { } asked }
        && asked.Split(',', StringSplitOptions.TrimEntries).Any(checks.Contains);

    // Objectives by their id, with the business objective that they share with one of these assets.
    private async Task<Dictionary<Guid, string>> ServedWith(List<Guid> assets, CancellationToken ct)
    {
        var supports = db.Links.Where(l => l.Type == LinkTypes.Supports);
        var shared = await (
            from business in db.Set<BusinessObjective>()
            where business.EndedOn == null
            join goal in supports on business.Id equals goal.ToId
            where goal.FromKind == "OBJ" && supports.Any(l => l.ToId == business.Id && assets.Contains(l.FromId))
            orderby business.Number
            select new
            {
                goal.FromId,
                business.Number,
                business.Title,
            }
        ).ToListAsync(ct);
        return shared.GroupBy(s => s.FromId).ToDictionary(g => g.Key, g => $"BIZ-{g.First().Number} {g.First().Title}");
    }
}
