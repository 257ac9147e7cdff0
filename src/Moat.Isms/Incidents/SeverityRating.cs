using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Kernel;

namespace Moat.Isms.Incidents;

/// <summary>Computes how severe an incident is from what it does to which assets.</summary>
public sealed class SeverityRating(MoatDb db)
{
    /// <summary>Rates the incident by its impact.</summary>
    public async Task Rate(Incident incident, CancellationToken ct)
    {
        var touched = await db.Touched(incident, ct);
        var assets = await db.Set<Asset>().Where(a => touched.Contains(a.Id)).OrderBy(a => a.Number).ToListAsync(ct);
        var jewels = await JewelsBehind(assets, ct);
        var found = assets.Select(a => OfAsset(incident, a, jewels)).Concat(OfFacts(incident)).ToList();
        var severity = found.Select(f => f.Severity).DefaultIfEmpty(IncidentSeverity.Low).Max();
        var because = found
            .Where(f => f.Severity == severity)
            .Select(f => f.Because)
            .DefaultIfEmpty("Nothing of value is known to be affected yet")
            .Take(6);
        incident.Rate(severity, string.Join("\n", because));
    }

    private static (IncidentSeverity Severity, string Because) OfAsset(
        Incident incident,
        Asset asset,
        IReadOnlyDictionary<Guid, string> jewels
    )
    {
        var known = incident.Confidentiality || incident.Integrity || incident.Availability;
        var need = !known
            ? asset.Need - 1
            : new[]
            {
                incident.Confidentiality ? asset.NeedsConfidentiality : 0,
                incident.Integrity ? asset.NeedsIntegrity : 0,
                incident.Availability ? asset.NeedsAvailability : 0,
            }.Max();
        var jewel = asset.CrownJewel || jewels.ContainsKey(asset.Id);
        var severity = (need, jewel) switch
        {
            (>= 4, true) => IncidentSeverity.Critical,
            (>= 4, false) or (3, true) => IncidentSeverity.High,
            (3, false) or (2, true) => IncidentSeverity.Medium,
            _ => IncidentSeverity.Low,
        };
        var words =
            asset.CrownJewel ? ", a crown jewel"
            : jewels.TryGetValue(asset.Id, out var behind) ? $", on which the crown jewel {behind} depends"
            : "";
        return (
            severity,
            $"{asset.Name}{words}, needs level {Math.Max(need, 0)} of what was {(known ? "lost" : "possibly lost")}"
        );
    }

    private static IEnumerable<(IncidentSeverity Severity, string Because)> OfFacts(Incident incident)
    {
        foreach (var fact in incident.Facts)
            if (Least.TryGetValue(fact, out var least))
                yield return least;
    }

    /// <summary>Affected assets that a crown jewel is built by, trained on, kept in, served by or needs.</summary>
    private async Task<IReadOnlyDictionary<Guid, string>> JewelsBehind(
        IReadOnlyList<Asset> assets,
        CancellationToken ct
    )
    {
        var ids = assets.Select(a => a.Id).ToList();
        var rows = await (
            from link in db.Links
            where ids.Contains(link.ToId) && LinkTypes.BetweenAssets.Contains(link.Type)
            join asset in db.Set<Asset>() on link.FromId equals asset.Id
            where asset.CrownJewel && asset.Standing != Standing.Rejected && asset.Standing != Standing.Retired
            orderby asset.Number
            select new { link.ToId, asset.Name }
        ).ToListAsync(ct);
        return rows.GroupBy(r => r.ToId).ToDictionary(g => g.Key, g => g.First().Name);
    }

    private static readonly Dictionary<string, (IncidentSeverity, string)> Least = new()
    {
        [Knowledge.Playbooks.IncidentFacts.Death] = (IncidentSeverity.Critical, "Somebody died or may have"),
        [Knowledge.Playbooks.IncidentFacts.SeriousAiIncident] = (
            IncidentSeverity.Critical,
            "An AI system led to serious harm"
        ),
        [Knowledge.Playbooks.IncidentFacts.HighRiskToPeople] = (
            IncidentSeverity.High,
            "It is likely to be a high risk to people"
        ),
        [Knowledge.Playbooks.IncidentFacts.Significant] = (
            IncidentSeverity.High,
            "The service was severely disrupted or others suffered considerable damage"
        ),
        [Knowledge.Playbooks.IncidentFacts.Widespread] = (IncidentSeverity.High, "It was widespread"),
        [Knowledge.Playbooks.IncidentFacts.PersonalData] = (IncidentSeverity.Medium, "Personal data were affected"),
        [Knowledge.Playbooks.IncidentFacts.Customers] = (IncidentSeverity.Medium, "Customers were affected"),
    };
}
