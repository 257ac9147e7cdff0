using System.Reflection;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Risks;
using Moat.Knowledge;

namespace Moat.Isms.Improvement;

/// <summary>Compares what is known about threats with what an organisation saw last, and makes news of it.</summary>
public sealed class ThreatComparer(MoatDb db, KnowledgeBase knowledge, NewsDesk desk)
{
    private const string Shipped = "moat";
    private const string Atlas = "atlas";

    /// <summary>An entry of a catalogue as it is compared.</summary>
    internal sealed record Entry(string Id, string Digest);

    /// <summary>What is new and what is different against the last look; nothing at the first.</summary>
    internal sealed record Difference(
        bool First,
        IReadOnlyList<string> New,
        IReadOnlyList<string> Changed,
        IReadOnlyList<string> Gone
    );

    /// <summary>
    /// Compares the shipped catalogue, and makes news of what concerns threats that this organisation has risks of, or
    /// that are new.
    /// </summary>
    public async Task<ThreatComparison> CompareShipped(CancellationToken ct)
    {
        var release = Version();
        var found = await Compare(Shipped, release, [.. knowledge.Threats.Select(t => new Entry(t.Id, Digest(t)))], ct);
        var struck = await StruckThreats(ct);
        var news = 0;
        foreach (var id in found.New)
            news += await Enter(
                NewsKind.NewThreat,
                $"New threat in the catalogue: {knowledge.ThreatById[id].Title}",
                $"Moat {release}",
                id,
                knowledge.ThreatById[id].AppliesWhen,
                [id],
                ct
            );
        foreach (var id in found.Changed.Where(struck.Contains))
            news += await Enter(
                NewsKind.ChangedThreat,
                $"The catalogue says more about: {knowledge.ThreatById[id].Title}",
                $"Moat {release}",
                id,
                "Ids, controls, starting values or the text changed. Compare them with your assessment.",
                [id],
                ct
            );
        return new ThreatComparison(release, found.First, found.New.Count, found.Changed.Count, found.Gone.Count, news);
    }

    /// <summary>Compares a release of MITRE ATLAS in the same way.</summary>
    internal async Task<ThreatComparison> Compare(AtlasRelease release, CancellationToken ct)
    {
        var found = await Compare(
            Atlas,
            release.Version,
            [.. release.Techniques.Select(t => new Entry(t.Id, t.Digest))],
            ct
        );
        var struck = await StruckThreats(ct);
        var (techniques, origin, news) = (
            release.Techniques.ToDictionary(t => t.Id),
            $"MITRE ATLAS {release.Version}",
            0
        );
        foreach (var technique in found.New.Select(id => techniques[id]))
            news += await Enter(
                NewsKind.NewTechnique,
                $"New technique {technique.Id}: {technique.Name}",
                origin,
                technique.Id,
                technique.Description,
                Concerned(technique),
                ct
            );
        foreach (
            var technique in found.Changed.Select(id => techniques[id]).Where(t => Concerned(t).Any(struck.Contains))
        )
            news += await Enter(
                NewsKind.ChangedTechnique,
                $"{technique.Id} {technique.Name} is described anew",
                origin,
                technique.Id,
                technique.Description,
                Concerned(technique),
                ct
            );
        return new ThreatComparison(
            release.Version,
            found.First,
            found.New.Count,
            found.Changed.Count,
            found.Gone.Count,
            news
        );
    }

    /// <summary>Threats of the catalogue that name the technique, what it is a part of, or a part of it.</summary>
    private List<string> Concerned(AtlasTechnique technique) =>
        [
            .. knowledge
                .Threats.Where(t =>
                    t.Atlas.Any(a =>
                        a == technique.Id
                        || a == technique.Whole
                        || a.StartsWith(technique.Id + ".", StringComparison.Ordinal)
                    )
                )
                .Select(t => t.Id),
        ];

    private async Task<int> Enter(
        NewsKind kind,
        string title,
        string origin,
        string about,
        string summary,
        List<string> threats,
        CancellationToken ct
    )
    {
        await desk.Enter(
            new ThreatNews
            {
                Title = title.Cut(300),
                Kind = kind,
                Origin = origin,
                About = about,
                Summary = summary.Cut(4000),
                Threats = threats,
                ReceivedOn = db.Today,
            },
            ct
        );
        return 1;
    }

    private async Task<Difference> Compare(
        string catalogue,
        string release,
        IReadOnlyList<Entry> now,
        CancellationToken ct
    )
    {
        var seen = await db.Set<SeenCatalogue>().FirstOrDefaultAsync(s => s.Catalogue == catalogue, ct);
        List<string> digests = [.. now.OrderBy(e => e.Id, StringComparer.Ordinal).Select(e => $"{e.Id}={e.Digest}")];
        if (seen is null)
        {
            await db.Enter(
                new SeenCatalogue
                {
                    Catalogue = catalogue,
                    Release = release,
                    Digests = digests,
                },
                ct
            );
            return new Difference(true, [], [], []);
        }
        var before = seen.Digests.Select(d => d.Split('=')).ToDictionary(d => d[0], d => d[1]);
        (seen.Release, seen.Digests) = (release, digests);
        return new Difference(
            false,
            [.. now.Where(e => !before.ContainsKey(e.Id)).Select(e => e.Id)],
            [.. now.Where(e => before.TryGetValue(e.Id, out var old) && old != e.Digest).Select(e => e.Id)],
            [.. before.Keys.Except(now.Select(e => e.Id))]
        );
    }

    private async Task<HashSet<string>> StruckThreats(CancellationToken ct) =>
        [
            .. await db.Set<Risk>()
                .Where(r => r.Standing == Standing.Adopted && r.ThreatId != null)
                .Select(r => r.ThreatId!)
                .Distinct()
                .ToListAsync(ct),
        ];

    private static string Digest(ThreatEntry threat) =>
        Digests.Of(
            JsonSerializer.Serialize(
                new
                {
                    threat.Title,
                    threat.Atlas,
                    threat.Owasp,
                    threat.Nist,
                    threat.Harms,
                    threat.Assets,
                    threat.Controls.Prevent,
                    threat.Controls.Detect,
                    threat.Controls.Recover,
                    L = threat.Start.Likelihood.Base,
                    I = threat.Start.Impact.Base,
                    threat.Body,
                }
            )
        );

    private static string Version() =>
        typeof(ThreatComparer)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion.Split('+')[0]
        ?? "of now";
}
