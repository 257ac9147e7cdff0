using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Kernel;

namespace Moat.Isms.Incidents.Intake;

/// <summary>Alerts of monitoring, each time something began once, until a person decides about them.</summary>
[Process("alerts", "What monitoring told, grouped and told once, and whether it was an incident (A.8.16, A.5.25).")]
public sealed class AlertProcess(MoatDb db, TriageDesk triage, IncidentDesk desk)
{
    private const int LongestLabels = 16_000;
    private static readonly Pager<Alert> Pages = new();
    private static readonly string[] NamingLabels =
    [
        "asset",
        "model",
        "dataset",
        "service",
        "endpoint",
        "deployment",
        "job",
    ];

    /// <summary>
    /// Takes alerts in. The same alert told again changes nothing; one that ended does not end its incident.
    /// </summary>
    [Operation(
        "receive",
        Permission.EditEvidence,
        "Take in alerts of a monitoring; what was told already changes nothing"
    )]
    public async Task<AlertsReceived> Receive(ReceiveAlerts input, CancellationToken ct)
    {
        var signing = await db.Set<AlertSource>().Where(s => s.RemovedAt == null).Select(s => s.Name).ToListAsync(ct);
        if (input.Alerts.Select(a => AlertSource.NameOf(a.Source)).FirstOrDefault(signing.Contains) is { } name)
            throw new RuleBroken(
                "alerts.receive.signed",
                $"Alerts of {name} are taken only with its signature, at hooks/signed/{name}."
            );
        return await Take(input.Alerts, ct);
    }

    /// <summary>Takes alerts in whose sender is known.</summary>
    internal async Task<AlertsReceived> Take(IReadOnlyList<GivenAlert> alerts, CancellationToken ct)
    {
        var (opened, resolved, repeated, joined) = (0, 0, 0, 0);
        var all = await KnownAlerts.Read(db, alerts, ct);
        foreach (var given in alerts.OrderBy(a => a.Resolved))
        {
            var known = all.Find(given);
            if (known is null)
            {
                if (await Enter(given, all, ct))
                    joined++;
                opened++;
                if (given.Resolved)
                    resolved++;
            }
            else if (given.Resolved && known.ResolvedAt is null)
            {
                await Resolve(known, all.Ended(given), ct);
                resolved++;
            }
            else
            {
                repeated++;
            }
        }
        return new AlertsReceived(opened, resolved, repeated, joined);
    }

    /// <summary>A page of the alerts.</summary>
    [Query("list", Permission.ReadIsms, "List alerts")]
    public Task<Page<AlertRow>> List(ListAlerts input, CancellationToken ct)
    {
        var query = db.Set<Alert>().AsQueryable();
        if (input.State is { } state)
            query = query.Where(a => a.State == state);
        if (input.Firing is { } firing)
            query = query.Where(a => (a.ResolvedAt == null) == firing);
        return Pages.Page(db, query, input, View(), ct);
    }

    /// <summary>One alert.</summary>
    [Query("get", Permission.ReadIsms, "Read an alert")]
    public async Task<AlertRow> Get(OneRecord input, CancellationToken ct)
    {
        var id = (await db.One<Alert>(input.Ref, ct)).Id;
        return await db.Set<Alert>().Where(a => a.Id == id).Select(View()).FirstAsync(ct);
    }

    /// <summary>Decides about an alert and those of its group that wait with it.</summary>
    [Operation(
        "triage",
        Permission.HandleIncidents,
        "Decide whether an alert and those of its group that wait are an incident, with the reason"
    )]
    public async Task<Triaged> Triage(Triage input, CancellationToken ct)
    {
        var alert = await db.One<Alert>(input, ct);
        var group = await db.Set<Alert>()
            .Where(a =>
                a.Source == alert.Source
                && a.GroupKey == alert.GroupKey
                && a.State == SignalState.Waiting
                && a.Id != alert.Id
            )
            .OrderBy(a => a.Number)
            .ToListAsync(ct);
        List<Signal> signals = [alert, .. group];
        var ids = signals.Select(s => s.Id).ToList();
        var assets = await db
            .Links.Where(l => ids.Contains(l.FromId) && l.Type == LinkTypes.Affects)
            .Join(db.Set<Asset>(), l => l.ToId, a => a.Id, (_, a) => a)
            .Distinct()
            .ToListAsync(ct);
        var began = signals.OfType<Alert>().Min(a => a.StartsAt);
        return await triage.Decide(input, signals, $"{alert.Title}\n{alert.Description}".Trim(), began, assets, ct);
    }

    /// <summary>Enters an alert; answers whether it belongs to an incident that is still open.</summary>
    private async Task<bool> Enter(GivenAlert given, KnownAlerts all, CancellationToken ct)
    {
        var same = KnownAlerts.SameThing(given);
        var labels = given.Labels is { ValueKind: JsonValueKind.Object } told ? FactText.Of(told) : "{}";
        if (labels.Length > LongestLabels)
            throw new InputInvalid("labels", $"At most {LongestLabels:N0} characters of labels.");
        var alert = await db.Enter(
            new Alert
            {
                Key = all.KeyOf(given),
                SameThing = same,
                Source = given.Source,
                GroupKey = given.GroupKey ?? given.Fingerprint,
                Fingerprint = given.Fingerprint,
                Title = given.Title,
                Description = given.Description,
                Level = given.Level,
                Labels = labels,
                Link = given.Link,
                StartsAt = all.Began(given),
                ResolvedAt = given.Resolved ? all.Ended(given) : null,
            },
            ct
        );
        all.Add(alert);
        foreach (var asset in await db.Named(Names(labels), ct))
            await db.Connect(alert, LinkTypes.Affects, asset, ct);
        var before = await db.Set<Alert>()
            .Where(a => a.SameThing == same && a.IncidentId != null)
            .OrderByDescending(a => a.Number)
            .Select(a => a.IncidentId)
            .FirstOrDefaultAsync(ct);
        if (
            before is not null
            && await db.Set<Incident>().FirstOrDefaultAsync(i => i.Id == before && i.State != IncidentState.Closed, ct)
                is { } incident
        )
        {
            await triage.Join(alert, incident, $"The same alert fired again while {incident.Ref} is not closed.", ct);
            return true;
        }
        await triage.Ask(alert, ct);
        return false;
    }

    private async Task Resolve(Alert alert, DateTime ended, CancellationToken ct)
    {
        alert.ResolvedAt = ended;
        if (
            alert.IncidentId is { } id
            && await db.Set<Incident>().FirstOrDefaultAsync(i => i.Id == id, ct) is { } incident
        )
            await desk.Note(incident, ended, TimelineKind.Signal, $"{alert.Ref} ended: {alert.Title}", ct);
    }

    private static List<string> Names(string labels)
    {
        using var document = JsonDocument.Parse(labels);
        return
        [
            .. NamingLabels
                .Select(n =>
                    document.RootElement.TryGetProperty(n, out var value) && value.ValueKind == JsonValueKind.String
                        ? value.GetString()!
                        : ""
                )
                .Where(n => n.Length > 0)
                .Distinct(),
        ];
    }

    private System.Linq.Expressions.Expression<Func<Alert, AlertRow>> View()
    {
        var incidents = db.Set<Incident>();
        return a => new AlertRow(
            "ALERT-" + a.Number,
            a.Version,
            a.Title,
            a.Description,
            a.Level,
            a.Source,
            a.GroupKey,
            a.Fingerprint,
            a.Labels,
            a.Link,
            a.StartsAt,
            a.ResolvedAt,
            a.State,
            a.Reason,
            a.DecidedBy,
            incidents.Where(i => i.Id == a.IncidentId).Select(i => "INC-" + i.Number).FirstOrDefault()
        );
    }
}
