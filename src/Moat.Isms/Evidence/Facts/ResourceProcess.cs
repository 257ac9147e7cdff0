using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Evidence.Checks;
using Moat.Isms.Kernel;
using Moat.Knowledge.Checks;

namespace Moat.Isms.Evidence.Facts;

/// <summary>Which resources to list.</summary>
public sealed record ListResources : ListInput
{
    /// <summary>Only those of a kind, such as s3.bucket.</summary>
    [MaxLength(80)]
    public string? Kind { get; init; }

    /// <summary>Only those that a source told of, such as SRC-1.</summary>
    [MaxLength(400)]
    public string? ToldBy { get; init; }

    /// <summary>Only gone ones, or only those that are there.</summary>
    public bool? Gone { get; init; }
}

/// <summary>A resource in the list.</summary>
public sealed record ResourceRow(
    string Ref,
    int Version,
    string Kind,
    string Name,
    string ExternalId,
    string ToldBy,
    string? Asset,
    DateTime ObservedAt,
    DateTime LastSeenAt,
    DateTime? GoneAt
);

/// <summary>An outcome over time.</summary>
public sealed record OutcomeSpan(string Check, CheckOutcome Outcome, DateTime Since, DateTime? Until, string Detail);

/// <summary>A fact in the history of a resource.</summary>
public sealed record FactRow(DateTime ObservedAt, string Sha256, string Content);

/// <summary>A resource with what is known of it.</summary>
public sealed record ResourceView(
    string Ref,
    int Version,
    string Kind,
    string KindTitle,
    string Name,
    string ExternalId,
    string ToldBy,
    string? Asset,
    DateTime ObservedAt,
    DateTime LastSeenAt,
    DateTime? GoneAt,
    bool Stale,
    IReadOnlyList<OutcomeSpan> Outcomes,
    IReadOnlyList<FactRow> Facts,
    IReadOnlyList<ExceptionRow> Exceptions
);

/// <summary>The asset that a resource is.</summary>
public sealed record JoinResource : ChangeRecord
{
    /// <summary>The asset, such as AST-4.</summary>
    [MaxLength(80)]
    public required string Asset { get; init; }
}

/// <summary>Resources that facts are collected about.</summary>
[Process("resources", "What facts are collected about: repositories, buckets, registered models, runs.")]
public sealed class ResourceProcess(MoatDb db, CheckEvaluation checks, CheckAlarm alarm, CheckExceptions exceptions)
{
    private const int MostSpans = 300;
    private const int MostFacts = 50;
    private static readonly Pager<Resource> Pages = new();

    /// <summary>A page of the resources.</summary>
    [Query("list", Permission.ReadIsms, "List resources that facts are collected about")]
    public Task<Page<ResourceRow>> List(ListResources input, CancellationToken ct)
    {
        var query = db.Set<Resource>().AsQueryable();
        if (input.Kind is { } kind)
            query = query.Where(r => r.Kind == kind);
        if (input.ToldBy is { } teller)
            query = query.Where(r => r.ToldBy == teller);
        if (input.Gone is { } gone)
            query = query.Where(r => r.GoneAt != null == gone);
        var assets = db.Set<Asset>();
        return Pages.Page(
            db,
            query,
            input,
            r => new ResourceRow(
                "RES-" + r.Number,
                r.Version,
                r.Kind,
                r.Name,
                r.ExternalId,
                r.ToldBy,
                assets.Where(a => a.Id == r.AssetId).Select(a => "AST-" + a.Number).FirstOrDefault(),
                r.ObservedAt,
                r.LastSeenAt,
                r.GoneAt
            ),
            ct
        );
    }

    /// <summary>A resource with its facts and how it stood under checks.</summary>
    [Query("get", Permission.ReadIsms, "Read a resource with its facts and how it stood under checks over time")]
    public async Task<ResourceView> Get(OneRecord input, CancellationToken ct)
    {
        var resource = await db.One<Resource>(input.Ref, ct);
        var kind = ResourceKind.Of(resource.Kind);
        var asset = await db.Set<Asset>()
            .Where(a => a.Id == resource.AssetId)
            .Select(a => "AST-" + a.Number)
            .FirstOrDefaultAsync(ct);
        var spans = await db.Set<CheckInterval>()
            .Where(i => i.ResourceId == resource.Id)
            .OrderByDescending(i => i.Until)
            .ThenByDescending(i => i.Since)
            .Take(MostSpans)
            .ToListAsync(ct);
        var facts = await db.Set<ResourceFact>()
            .Where(f => f.ResourceId == resource.Id)
            .OrderByDescending(f => f.ObservedAt)
            .Take(MostFacts)
            .Select(f => new FactRow(f.ObservedAt, f.Sha256, f.Content))
            .ToListAsync(ct);
        return new ResourceView(
            resource.Ref,
            resource.Version,
            resource.Kind,
            kind.Title,
            resource.Name,
            resource.ExternalId,
            resource.ToldBy,
            asset,
            resource.ObservedAt,
            resource.LastSeenAt,
            resource.GoneAt,
            resource.GoneAt is null && resource.StaleAt < db.Now,
            [
                .. spans.Select(s => new OutcomeSpan(
                    s.Check,
                    s.Outcome,
                    CheckInterval.Moment(s.Since),
                    s.Until == CheckInterval.Open ? null : CheckInterval.Moment(s.Until),
                    s.Detail
                )),
            ],
            facts,
            await exceptions.List(new ListExceptions { Resource = resource.Ref, Over = true }, ct)
        );
    }

    /// <summary>Says which asset a resource is.</summary>
    [Operation(
        "join",
        Permission.EditAssets,
        "Say which asset a resource is; what fails on it is a task if that is a crown jewel"
    )]
    public async Task<Done> Join(JoinResource input, CancellationToken ct)
    {
        var resource = await db.One<Resource>(input, ct);
        resource.AssetId = (await db.One<Asset>(input.Asset, ct)).Id;
        await alarm.Follow([resource], ct);
        return new Done(resource);
    }

    /// <summary>
    /// Writes down since when nobody tells of a resource: its outcomes are unknown from there on. Done by the server
    /// itself.
    /// </summary>
    [
        Daily(DailyTurn.Facts),
        Operation(
            "keep-current",
            Permission.EditEvidence,
            "Write down of which resources nobody tells any more; their outcomes become unknown"
        )
    ]
    public async Task<Tally> KeepCurrent(Nothing input, CancellationToken ct)
    {
        var silent = 0;
        var kinds = await db.Set<Resource>()
            .Where(r => r.GoneAt == null)
            .Select(r => r.Kind)
            .Distinct()
            .ToListAsync(ct);
        foreach (var group in kinds.GroupBy(k => ResourceKind.Of(k).StaleAfterHours))
        {
            var (inGroup, old) = (group.ToList(), db.Now.AddHours(-group.Key));
            var vouched = db.Set<CheckInterval>()
                .Where(i => i.Until == CheckInterval.Open && i.Outcome != CheckOutcome.Unknown);
            var stale = await db.Set<Resource>()
                .Where(r =>
                    r.GoneAt == null
                    && inGroup.Contains(r.Kind)
                    && r.LastSeenAt < old
                    && vouched.Any(i => i.ResourceId == r.Id)
                )
                .ToListAsync(ct);
            foreach (var resource in stale)
                await checks.WentSilent(resource, resource.LastSeenAt.AddHours(group.Key), ct);
            silent += stale.Count;
        }
        return new Tally(silent, []);
    }
}
