using Microsoft.EntityFrameworkCore;
using Moat.Isms.Incidents.Duties;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Knowledge.Playbooks;

namespace Moat.Isms.Incidents;

/// <summary>Handling incidents: who responds, and from one state to the next until the end (A.5.26).</summary>
[Process(Name, Summary)]
public sealed class IncidentProcess(MoatDb db, IncidentDesk desk, DutyDesk duties)
{
    internal const string Name = "incidents";
    internal const string Summary =
        "Incidents from the first report or alert to what was learned, with their clocks (A.5.24-A.5.28, A.6.8).";

    /// <summary>Says that a state was reached.</summary>
    [Operation(
        "advance",
        Permission.HandleIncidents,
        "Say that an incident is open, contained, eradicated or recovered, when and how"
    )]
    public async Task<Done> Advance(AdvanceIncident input, CancellationToken ct)
    {
        var incident = await db.NotClosed(input, ct);
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

    /// <summary>Gives somebody a part in the response.</summary>
    [Operation(
        "assign",
        Permission.HandleIncidents,
        "Give somebody a part in the response: lead, scribe, communications or a role"
    )]
    public async Task<Done> Assign(AssignResponder input, CancellationToken ct)
    {
        var incident = await db.NotClosed(input, ct);
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
}
