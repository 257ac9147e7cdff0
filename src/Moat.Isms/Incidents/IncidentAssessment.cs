using Moat.Isms.Assets;
using Moat.Isms.Controls;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.Suppliers;
using Moat.Isms.Versions;

namespace Moat.Isms.Incidents;

/// <summary>Assessing incidents: what happened, what it touches and how bad it is (A.5.25).</summary>
[Process(IncidentProcess.Name, IncidentProcess.Summary)]
public sealed class IncidentAssessment(
    MoatDb db,
    CurrentCaller caller,
    IncidentDesk desk,
    FactAnswers answers,
    RecordFinder records,
    VersionNames versions
)
{
    /// <summary>Opens an incident without a report or an alert.</summary>
    [Operation("create", Permission.HandleIncidents, "Open an incident that no report or alert told of")]
    public async Task<Done> Create(CreateIncident input, CancellationToken ct)
    {
        var detected = (input.DetectedAt ?? input.AwareAt) is { } seen ? IncidentDesk.Utc(seen) : db.Now;
        var known = new NewIncident(
            input.Title,
            input.What,
            input.OccurredAt is { } began ? IncidentDesk.Utc(began) : null,
            detected,
            input.AwareAt is { } aware ? IncidentDesk.Utc(aware) : detected,
            await db.OwnerId(input.Lead, ct),
            Assessed: false
        );
        return new Done(await desk.Open(known, await Touched(input.Affects, ct), ct));
    }

    /// <summary>Says what is known now: severity, duties and clocks are worked out again.</summary>
    [Operation(
        "assess",
        Permission.HandleIncidents,
        "Say what is known of an incident now; severity, duties to notify and their clocks follow"
    )]
    public async Task<Done> Assess(AssessIncident input, CancellationToken ct)
    {
        var incident = await db.NotClosed(input, ct);
        await answers.Take(incident, input, ct);
        incident.Title = input.Title ?? incident.Title;
        incident.What = input.What ?? incident.What;
        (incident.Confidentiality, incident.Integrity, incident.Availability) = (
            input.Confidentiality ?? incident.Confidentiality,
            input.Integrity ?? incident.Integrity,
            input.Availability ?? incident.Availability
        );
        if ((input.OccurredAt ?? input.DetectedAt ?? input.AwareAt) is not null)
            incident.Happened(
                input.OccurredAt is { } occurred ? IncidentDesk.Utc(occurred) : incident.OccurredAt,
                input.DetectedAt is { } detected ? IncidentDesk.Utc(detected) : incident.DetectedAt,
                input.AwareAt is { } aware ? IncidentDesk.Utc(aware) : incident.AwareAt,
                db.Now
            );
        if (input.Affects is { } affects)
            await db.ConnectOnly(incident, LinkTypes.Affects, await Touched(affects, ct), ct);
        var before = incident.Severity;
        if (incident.State == IncidentState.New)
            incident.Advance(IncidentState.Open, db.Now);
        await desk.Consider(incident, ct, input.FactsBecause);
        await desk.Note(
            incident,
            db.Now,
            TimelineKind.State,
            $"Assessed: {Sentence(incident, input.FactsBecause)}{(before == incident.Severity ? "" : $" Severity was {before.Words().ToLowerInvariant()}.")}",
            ct
        );
        return new Done(incident);
    }

    /// <summary>Sets the severity against what impact makes it, with a reason.</summary>
    [Operation(
        "rate",
        Permission.HandleIncidents,
        "Set the severity of an incident with a reason, or let the computed one stand"
    )]
    public async Task<Done> Rate(RateIncident input, CancellationToken ct)
    {
        var incident = await db.NotClosed(input, ct);
        incident.Judge(input.Severity, input.Reason);
        await desk.Note(
            incident,
            db.Now,
            TimelineKind.Decision,
            $"Severity {incident.Severity.Words().ToLowerInvariant()}{(incident.SetBecause is null ? ", as computed" : $": {incident.SetBecause}")}",
            ct
        );
        return new Done(incident);
    }

    private async Task<IReadOnlyList<Referenced>> Touched(List<string> references, CancellationToken ct)
    {
        var digests = references.Where(VersionNames.IsDigest).ToList();
        var others = references.Except(digests).ToList();
        List<Referenced> found = others.Count == 0 ? [] : [.. await records.All(others, ct)];
        foreach (var digest in digests)
            found.Add(await versions.One(digest, "affects", ct));
        return found.All(r => r is Asset or Supplier or Control or AssetVersion)
            ? [.. found.DistinctBy(r => r.Id)]
            : throw new InputInvalid(
                "affects",
                "Name assets, versions, suppliers and controls that failed, such as AST-3, AVER-2, sha256:9f86…, SUP-1 or CTL-8."
            );
    }

    private string Sentence(Incident incident, string? because)
    {
        string[] lost =
        [
            .. new[]
            {
                (incident.Confidentiality, "confidentiality"),
                (incident.Integrity, "integrity"),
                (incident.Availability, "availability"),
            }
                .Where(p => p.Item1)
                .Select(p => p.Item2),
        ];
        var facts = $"{Listed(" Facts", incident.Facts)}{Listed(" Not so", incident.RuledOut)}";
        return $"severity {incident.Severity.Words().ToLowerInvariant()}, {(lost.Length == 0 ? "no property known to be lost" : $"lost {string.Join(", ", lost)}")}.{facts}{(because is null ? "" : $" Because: {because}")} By {caller.Value.Name}.";
    }

    private static string Listed(string word, List<string> facts) =>
        facts.Count == 0 ? "" : $"{word}: {string.Join(", ", facts)}.";
}
