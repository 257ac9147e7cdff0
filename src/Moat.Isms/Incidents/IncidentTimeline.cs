using Microsoft.EntityFrameworkCore;
using Moat.Isms.Evidence;
using Moat.Isms.Kernel;

namespace Moat.Isms.Incidents;

/// <summary>
/// What people add to the timeline of an incident, and whose hands its evidence goes through (A.5.28).
/// </summary>
[Process(IncidentProcess.Name, IncidentProcess.Summary)]
public sealed class IncidentTimeline(MoatDb db, IncidentDesk desk)
{
    private static readonly TimelineKind[] ByHand =
    [
        TimelineKind.Note,
        TimelineKind.Decision,
        TimelineKind.Containment,
    ];

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
}
