using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Requirements;
using Moat.Isms.Risks;

namespace Moat.Isms.Audits;

/// <summary>How much attention a requirement calls for, and why.</summary>
public sealed record Weighed(string Requirement, string Title, string Kind, int Weight, IReadOnlyList<string> Reasons);

/// <summary>
/// Weighs every requirement for the audit programme: importance, earlier results, changes since the last look (9.2.2).
/// </summary>
public sealed class ProgrammeWeights(MoatDb db, RequirementRecords records, IReadiness readiness)
{
    private const int Most = 3;
    private const int WeakOperation = 50;

    /// <summary>Where a weakness makes every other requirement doubtful.</summary>
    private static readonly HashSet<string> Carrying = ["6.1.2", "6.1.3", "8.2", "8.3", "9.1", "10.2"];

    /// <summary>Every sub-clause and applicable control with its weight, in the order of the standard.</summary>
    public Task<IReadOnlyList<Weighed>> All(CancellationToken ct) =>
        db.Unchanged(nameof(ProgrammeWeights), () => Weigh(ct), ct);

    private async Task<IReadOnlyList<Weighed>> Weigh(CancellationToken ct)
    {
        var requirements = await readiness.Today(ct);
        var risks = await records.TreatedRisks(requirements.Select(r => r.Id), ct);
        var jewels = await Jewels(ct);
        var (_, high) = await RiskLimits.InForce(db, ct);
        var findings = (
            await db.Set<Finding>()
                .AsNoTracking()
                .Where(f => f.State != FindingState.Withdrawn && f.Grade != FindingGrade.Opportunity)
                .ToListAsync(ct)
        ).ToLookup(f => f.Requirement);
        var looked = await LastLook(ct);
        var documents = await records.Documents(ct);
        var controls = await records.Controls(ct);
        return
        [
            .. requirements.Select(r =>
            {
                var reasons = new List<string>();
                if (Carrying.Contains(r.Id))
                    reasons.Add("Everything else rests on it");
                if (Jewel(risks[r.Id], jewels, high) is { } jewel)
                    reasons.Add(jewel);
                if (findings[r.Id].MaxBy(f => f.Number) is { } finding)
                    reasons.Add(
                        $"{finding.Ref}, {finding.Grade.Words().ToLowerInvariant()}, was found in an earlier audit"
                    );
                if (Failing(r) is { } failing)
                    reasons.Add(failing);
                if (looked.TryGetValue(r.Id, out var at) && Changed(r.Id, at, documents, controls) is { } changed)
                    reasons.Add(changed);
                return new Weighed(
                    r.Id,
                    r.Title,
                    r.Kind,
                    Math.Min(Most, 1 + reasons.Count),
                    reasons.Count > 0 ? reasons : ["Once in the cycle is enough: nothing makes it stand out"]
                );
            }),
        ];
    }

    /// <summary>When a requirement was last looked at in an internal audit that was reported.</summary>
    private async Task<Dictionary<string, DateTime>> LastLook(CancellationToken ct) =>
        (
            await (
                from item in db.Set<AuditItem>()
                join audit in db.Set<Audit>() on item.AuditId equals audit.Id
                where audit.ReportedAt != null && item.ExaminedAt != null && item.Result != ExamineResult.NotExamined
                select new { item.Requirement, At = item.ExaminedAt!.Value }
            ).ToListAsync(ct)
        )
            .GroupBy(x => x.Requirement)
            .ToDictionary(g => g.Key, g => g.Max(x => x.At));

    /// <summary>Crown jewels by the risks that threaten them.</summary>
    private async Task<ILookup<Guid, string>> Jewels(CancellationToken ct) =>
        (
            await (
                from link in db.Links
                where link.Type == LinkTypes.Threatens
                join asset in db.Set<Asset>() on link.ToId equals asset.Id
                where asset.CrownJewel && asset.Standing == Standing.Adopted
                orderby asset.Number
                select new { Risk = link.FromId, asset.Name }
            ).ToListAsync(ct)
        ).ToLookup(x => x.Risk, x => x.Name);

    private static string? Jewel(IEnumerable<TreatedRisk> risks, ILookup<Guid, string> jewels, int high)
    {
        var worst = risks
            .Where(r => r.InherentScore >= high)
            .OrderByDescending(r => r.InherentScore)
            .ThenBy(r => r.Number)
            .FirstOrDefault(r => jewels[r.Id].Any());
        return worst is null
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"It treats {worst.Ref} (inherent {worst.InherentScore}), which threatens the crown jewel {jewels[worst.Id].First()}"
            );
    }

    private static string? Failing(RequirementView requirement)
    {
        if (requirement.Rules.FirstOrDefault(r => r.Rule == "control-in-force" && !r.Holds) is { } rule)
            return rule.Because;
        var operating = requirement.Doi.Operating;
        return requirement.Kind == "clause" && operating.Of > 0 && operating.Percent < WeakOperation
            ? $"{(operating.Held == 0 ? "Nothing" : "Little")} shows that it operates: {operating.Held} of {operating.Of} rules hold"
            : null;
    }

    private static string? Changed(
        string requirement,
        DateTime looked,
        ILookup<string, StandingRecord> documents,
        IReadOnlyDictionary<string, Controls.Control> controls
    )
    {
        if (controls.TryGetValue(requirement, out var control) && control.ChangedAt > looked)
            return $"{control.Ref} changed since the last look";
        return documents[requirement].FirstOrDefault(d => d.ChangedAt > looked) is { } document
            ? $"{document.Ref} {document.Title} changed since the last look"
            : null;
    }
}
