using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Controls;
using Moat.Isms.Evidence;
using Moat.Isms.Incidents.Duties;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.Suppliers;
using Moat.Isms.Versions;
using Moat.Knowledge.Playbooks;

namespace Moat.Isms.Incidents;

/// <summary>Incidents from the first sign to the end (A.5.24-A.5.28).</summary>
[Process(Name, Summary)]
public sealed class IncidentProcess(
    MoatDb db,
    CurrentCaller caller,
    IncidentDesk desk,
    DutyDesk duties,
    FactAnswers answers,
    RecordFinder records,
    VersionNames versions
)
{
    internal const string Name = "incidents";
    internal const string Summary =
        "Incidents from the first report or alert to what was learned, with their clocks (A.5.24-A.5.28, A.6.8).";

    private static readonly TimelineKind[] ByHand =
    [
        TimelineKind.Note,
        TimelineKind.Decision,
        TimelineKind.Containment,
    ];

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
        var incident = await NotClosed(input, ct);
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
        var incident = await NotClosed(input, ct);
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

    /// <summary>Says that a state was reached.</summary>
    [Operation(
        "advance",
        Permission.HandleIncidents,
        "Say that an incident is open, contained, eradicated or recovered, when and how"
    )]
    public async Task<Done> Advance(AdvanceIncident input, CancellationToken ct)
    {
        var incident = await NotClosed(input, ct);
        var at = db.Happened(input.At);
        if (input.To > IncidentState.Open)
            await MustBeAssessed(incident, ct);
        var skipped = incident.LeftOut(input.To);
        incident.Advance(input.To, at, input.SkipBecause);
        if (skipped.Count > 0)
            await desk.Note(
                incident,
                at,
                TimelineKind.Decision,
                $"Left out: {string.Join(", ", skipped.Select(s => s.Words().ToLowerInvariant()))}. {input.SkipBecause}",
                ct
            );
        await desk.Note(incident, at, TimelineKind.State, $"{input.To.Words()}: {input.How}", ct);
        await duties.Recount(incident, ct);
        await duties.DraftAgain(incident, ct);
        await desk.AskLead(incident, ct);
        return new Done(incident);
    }

    /// <summary>It came back.</summary>
    [Operation(
        "reopen",
        Permission.HandleIncidents,
        "Reopen an incident that came back or was not over, with what shows it"
    )]
    public async Task<Done> Reopen(ReopenIncident input, CancellationToken ct)
    {
        var incident = await db.One<Incident>(input, ct);
        incident.Reopen(db.Now);
        await duties.Recount(incident, ct);
        await desk.Note(incident, db.Now, TimelineKind.State, $"Reopened, round {incident.Round}: {input.Reason}", ct);
        await desk.AskLead(incident, ct);
        return new Done(incident);
    }

    /// <summary>Adds to the timeline. Entries are never changed; a wrong one is corrected by another.</summary>
    [
        ProvenInPack,
        Operation(
            "note",
            Permission.HandleIncidents,
            "Add an entry, and perhaps a file as evidence, to the timeline of an incident"
        )
    ]
    public async Task<Done> Note(NoteIncident input, CancellationToken ct)
    {
        var incident = await db.One<Incident>(input.Ref, ct);
        if (!ByHand.Contains(input.Kind))
            throw new InputInvalid("kind", "One of note, decision, containment.");
        var at = db.Happened(input.At);
        var item = input.File is { } file
            ? await desk.Keep(incident, $"{incident.Ref}: {input.Text}", file, input.TakenFrom ?? "not said", ct)
            : null;
        await desk.Note(incident, at, item is null ? input.Kind : TimelineKind.Evidence, input.Text, ct, item?.Id);
        return new Done(incident);
    }

    /// <summary>Evidence changes hands; the chain says who had it when, and that it is still the same.</summary>
    [
        ProvenInPack,
        Operation(
            "hand-over",
            Permission.HandleIncidents,
            "Write down that evidence of an incident went into other hands"
        )
    ]
    public async Task<Done> HandOver(HandOverEvidence input, CancellationToken ct)
    {
        var incident = await db.One<Incident>(input.Ref, ct);
        var item = await db.One<EvidenceItem>(input.Evidence, ct);
        var last =
            await db.Set<CustodyEntry>()
                .Where(c => c.IncidentId == incident.Id && c.EvidenceId == item.Id)
                .OrderByDescending(c => c.Position)
                .FirstOrDefaultAsync(ct)
            ?? throw new InputInvalid("evidence", $"{item.Ref} is not evidence of {incident.Ref}.");
        await desk.HandOver(incident, item, last.To, input.To, input.Purpose, ct);
        await desk.Note(
            incident,
            db.Now,
            TimelineKind.Evidence,
            $"{item.Ref} handed from {last.To} to {input.To}: {input.Purpose}",
            ct,
            item.Id
        );
        return new Done(incident);
    }

    /// <summary>Gives somebody a part in the response.</summary>
    [Operation(
        "assign",
        Permission.HandleIncidents,
        "Give somebody a part in the response: lead, scribe, communications or a role"
    )]
    public async Task<Done> Assign(AssignResponder input, CancellationToken ct)
    {
        var incident = await NotClosed(input, ct);
        var person = await db.One<Person>(input.Person, ct);
        var part = input.Part.Trim().ToLowerInvariant();
        var known = await db.Set<Responder>()
            .FirstOrDefaultAsync(r => r.IncidentId == incident.Id && r.Part == part, ct);
        if (known is null)
            await db.Enter(
                new Responder
                {
                    IncidentId = incident.Id,
                    Part = part,
                    PersonId = person.Id,
                },
                ct
            );
        else
            known.PersonId = person.Id;
        if (part == IncidentDesk.LeadPart)
            incident.LeadId = person.Id;
        await desk.Note(
            incident,
            db.Now,
            TimelineKind.Decision,
            $"{person.Name} takes the part: {part.Replace('-', ' ')}",
            ct
        );
        await duties.DraftAgain(incident, ct);
        await desk.AskLead(incident, ct);
        return new Done(incident);
    }

    /// <summary>Ends an incident. The review and every duty come first.</summary>
    [
        ProvenInPack,
        Operation(
            "close",
            Permission.HandleIncidents,
            "Close an incident that was reviewed, or one of low severity with the reason why not"
        )
    ]
    public async Task<Done> Close(CloseIncident input, CancellationToken ct)
    {
        var incident = await db.One<Incident>(input, ct);
        var open = await db.Set<NotificationDuty>()
            .Where(d => d.IncidentId == incident.Id && d.State == DutyState.Open)
            .OrderBy(d => d.Number)
            .ToListAsync(ct);
        if (open.Count > 0)
            throw new RuleBroken(
                "incidents.close.duties",
                $"A duty to notify is open: {string.Join(", ", open.Select(d => $"{d.Ref} {d.Title}"))}. Send what is due, or say why it does not apply."
            );
        incident.Close(input.NoReviewBecause, db.Now);
        await MustBeDecided(incident, ct);
        await desk.Note(
            incident,
            db.Now,
            TimelineKind.State,
            incident.NoReviewBecause is { } because ? $"Closed without a review: {because}" : "Closed.",
            ct
        );
        await desk.AskLead(incident, ct);
        return new Done(incident);
    }

    private async Task<Incident> NotClosed(ChangeRecord input, CancellationToken ct)
    {
        var incident = await db.One<Incident>(input, ct);
        return incident.State == IncidentState.Closed
            ? throw new RuleBroken("incidents.change.closed", $"{incident.Ref} is closed. Reopen it first.")
            : incident;
    }

    private async Task MustBeAssessed(Incident incident, CancellationToken ct)
    {
        if (!incident.IsAssessed)
            throw new RuleBroken(
                "incidents.advance.assessed",
                $"Nobody has said how bad {incident.Ref} is. Say first what was lost and what is true of it, or set a severity with the reason."
            );
        if ((await db.Touched(incident, ct)).Count == 0)
            throw new RuleBroken(
                "incidents.advance.affected",
                $"{incident.Ref} touches nothing yet. Name the assets, suppliers or failed controls first."
            );
    }

    private async Task MustBeDecided(Incident incident, CancellationToken ct)
    {
        var open = await duties.Undecided(incident, ct);
        if (open.Count > 0)
            throw new RuleBroken(
                "incidents.close.questions",
                $"A duty to notify may still arise. Answer with yes or no in the assessment of {incident.Ref}: {string.Join(", ", open.Select(f => f.Replace('-', ' ')))}.",
                [.. open.Select(f => new FieldError(f, IncidentFacts.All.GetValueOrDefault(f, f)))]
            );
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
