using Microsoft.EntityFrameworkCore;
using Moat.Isms.Controls;
using Moat.Isms.Evidence;
using Moat.Isms.Evidence.Grades;
using Moat.Isms.Incidents.Duties;
using Moat.Isms.Kernel;
using Moat.Isms.People.Responsibilities;
using Moat.Isms.Work;

namespace Moat.Isms.Incidents;

/// <summary>What is known when an incident is opened.</summary>
/// <param name="Title">What happened, in a few words.</param>
/// <param name="What">What happened.</param>
/// <param name="OccurredAt">When it began, if known.</param>
/// <param name="DetectedAt">When the first sign was seen.</param>
/// <param name="AwareAt">When a person knew.</param>
/// <param name="LeadId">Who leads; the incident lead when left out.</param>
/// <param name="Assessed">Whether somebody has assessed it already.</param>
public sealed record NewIncident(
    string Title,
    string What,
    DateTime? OccurredAt,
    DateTime DetectedAt,
    DateTime AwareAt,
    Guid? LeadId,
    bool Assessed
);

/// <summary>
/// What several processes do with incidents, inside their operations: open them, write the timeline, keep evidence.
/// </summary>
public sealed class IncidentDesk(
    MoatDb db,
    CurrentCaller caller,
    WorkList work,
    EvidenceKeeper keeper,
    SeverityRating severity,
    DutyDesk duties
)
{
    internal const string LeadPart = "lead";
    private const string LeadRole = "incident-lead";

    /// <summary>A moment that a person gave; without a zone it is UTC.</summary>
    public static DateTime Utc(DateTime given) =>
        (given.Kind == DateTimeKind.Local ? given.ToUniversalTime() : given).ToMillisecond();

    /// <summary>Opens an incident on what it touches.</summary>
    public async Task<Incident> Open(NewIncident known, IEnumerable<Referenced> touched, CancellationToken ct)
    {
        var lead = known.LeadId ?? await UsualLead(ct);
        var incident = new Incident
        {
            Title = known.Title,
            What = known.What,
            LeadId = lead,
        };
        incident.Happened(known.OccurredAt, known.DetectedAt, known.AwareAt, db.Now);
        await db.Enter(incident, ct);
        foreach (var record in touched)
            await db.Connect(incident, LinkTypes.Affects, record, ct);
        await Note(incident, incident.AwareAt, TimelineKind.State, $"Opened as {incident.Ref}.", ct);
        if (known.Assessed)
            incident.Advance(IncidentState.Open, db.Now);
        if (lead is { } person)
            await db.Enter(
                new Responder
                {
                    IncidentId = incident.Id,
                    Part = LeadPart,
                    PersonId = person,
                },
                ct
            );
        await Consider(incident, ct);
        return incident;
    }

    /// <summary>What follows from what is known now: severity, duties with clocks, and whose task it is.</summary>
    public async Task Consider(Incident incident, CancellationToken ct, string? because = null)
    {
        await severity.Rate(incident, ct);
        foreach (var news in await duties.Consider(incident, because, ct))
            await Note(incident, db.Now, news.Lapsed ? TimelineKind.Decision : TimelineKind.State, news.Text, ct);
        await duties.DraftAgain(incident, ct);
        await AskLead(incident, ct);
    }

    /// <summary>The one task of whoever leads, with the next step.</summary>
    public async Task AskLead(Incident incident, CancellationToken ct)
    {
        foreach (var (state, (purpose, title, why, days)) in NextSteps)
        {
            if (state == incident.State)
                await work.Ensure(
                    incident,
                    purpose,
                    $"{title}: {incident.Ref} {incident.Title}".Cut(300),
                    why,
                    incident.LeadId,
                    db.Today.AddDays(days),
                    ct
                );
            else
                await work.Settle(incident, purpose, $"It is {incident.State.Words().ToLowerInvariant()}.", ct);
        }
    }

    /// <summary>Adds an entry to the timeline.</summary>
    public async Task<TimelineEntry> Note(
        Incident incident,
        DateTime at,
        TimelineKind kind,
        string text,
        CancellationToken ct,
        Guid? evidence = null
    )
    {
        incident.Noted ??= await db.Set<TimelineEntry>().CountAsync(t => t.IncidentId == incident.Id, ct);
        incident.Noted++;
        var entry = await db.Enter(
            new TimelineEntry
            {
                IncidentId = incident.Id,
                Position = incident.Noted.Value,
                At = at,
                Kind = kind,
                Text = text.Cut(4000),
                By = caller.Value.Name,
                EvidenceId = evidence,
            },
            ct
        );
        // What was done against it belongs into every notice that is still to be sent.
        if (kind == TimelineKind.Containment)
            await duties.DraftAgain(incident, ct);
        return entry;
    }

    /// <summary>Keeps a file as evidence of the incident, with the first hand it came from.</summary>
    public async Task<EvidenceItem> Keep(
        Incident incident,
        string title,
        GivenFile file,
        string takenFrom,
        CancellationToken ct
    )
    {
        var item = await keeper.Keep(
            new EvidenceContent(title.Cut(300), EvidenceKind.File, file.Content, FileName: Path.GetFileName(file.Name)),
            await Frame(incident.DetectedAt, ["A.5.28"], ct),
            ct
        );
        await db.Connect(item, LinkTypes.Evidences, incident, ct);
        await HandOver(incident, item, takenFrom, caller.Value.Name, "Collected", ct);
        return item;
    }

    /// <summary>Writes down that evidence changed hands.</summary>
    public async Task<CustodyEntry> HandOver(
        Incident incident,
        EvidenceItem item,
        string from,
        string to,
        string purpose,
        CancellationToken ct
    )
    {
        var position =
            1
            + await db.Set<CustodyEntry>().CountAsync(c => c.IncidentId == incident.Id && c.EvidenceId == item.Id, ct);
        return await db.Enter(
            new CustodyEntry
            {
                IncidentId = incident.Id,
                EvidenceId = item.Id,
                Position = position,
                At = db.Now,
                From = from.Cut(300),
                To = to.Cut(300),
                Purpose = purpose.Cut(1000),
                Sha256 = item.Sha256,
            },
            ct
        );
    }

    /// <summary>Keeps minutes as evidence of the controls that they show at work.</summary>
    public async Task<EvidenceItem> KeepMinutes(
        string title,
        string name,
        string markdown,
        DateTime from,
        IReadOnlyCollection<string> controls,
        int validDays,
        CancellationToken ct
    ) =>
        await keeper.Keep(
            new EvidenceContent(
                title.Cut(300),
                EvidenceKind.File,
                EvidenceKeeper.Bytes(markdown),
                FileName: name,
                Origin: EvidenceOrigin.Moat
            ),
            await Frame(from, controls, ct) with
            {
                ValidDays = validDays,
            },
            ct
        );

    private async Task<IncidentFrame> Frame(DateTime from, IReadOnlyCollection<string> wanted, CancellationToken ct)
    {
        var controls = await db.Set<Control>()
            .Of(null)
            .Where(c => wanted.Contains(c.Code))
            .Select(c => c.Code)
            .ToListAsync(ct);
        return new IncidentFrame
        {
            Controls = controls,
            Clauses = controls.Count == 0 ? ["8.1"] : [],
            PeriodFrom = DateOnly.FromDateTime(from),
            PeriodTo = db.Today,
            Classification = EvidenceClass.Confidential,
        };
    }

    private Task<Guid?> UsualLead(CancellationToken ct) =>
        db.Set<RoleAssignment>()
            .Where(r => r.Key == LeadRole && r.Standing == Standing.Adopted)
            .Select(r => r.PersonId)
            .FirstOrDefaultAsync(ct);

    private static readonly Dictionary<IncidentState, (string Purpose, string Title, string Why, int Days)> NextSteps =
        new()
        {
            [IncidentState.New] = (
                "assess-incident",
                "Assess",
                "Until somebody says what is affected and how badly, no clock is certain (A.5.25).",
                0
            ),
            [IncidentState.Open] = (
                "contain",
                "Contain",
                "Every hour until it is contained costs more than the containment.",
                0
            ),
            [IncidentState.Contained] = (
                "recover",
                "Bring back to normal",
                "What is switched off or rolled back is missing to somebody.",
                2
            ),
            [IncidentState.Eradicated] = (
                "restore",
                "Bring back to normal",
                "The cause is gone; what was switched off is still missing to somebody.",
                1
            ),
            [IncidentState.Recovered] = (
                "review-incident",
                "Hold the review",
                "What nobody talks about happens again (A.5.27).",
                10
            ),
            [IncidentState.Reviewed] = ("close-incident", "Close", "Everything is said; only the end is missing.", 5),
        };

    internal sealed record IncidentFrame : EvidenceFrame;
}
