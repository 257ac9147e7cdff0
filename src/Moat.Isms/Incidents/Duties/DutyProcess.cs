using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Evidence;
using Moat.Isms.Kernel;
using Moat.Knowledge;

namespace Moat.Isms.Incidents.Duties;

/// <summary>Duties to notify and their clocks.</summary>
[Process(
    "duties",
    "Duties to tell authorities, people and customers about an incident, with their clocks and the proof (A.5.24, A.5.26)."
)]
public sealed class DutyProcess(
    MoatDb db,
    CurrentCaller caller,
    KnowledgeBase knowledge,
    DutyDesk duties,
    NoticeText text,
    IncidentDesk desk
)
{
    /// <summary>Duties, those with the next deadline first.</summary>
    [Query("list", Permission.ReadIsms, "List duties to notify with their deadlines")]
    public async Task<IReadOnlyList<DutyView>> List(ListDuties input, CancellationToken ct)
    {
        var query = db.Set<NotificationDuty>().AsQueryable();
        if (input.State is { } state)
            query = query.Where(d => d.State == state);
        return await db.DutyViews(query.OrderByDescending(d => d.Number).Take(input.Limit), ct);
    }

    /// <summary>One duty.</summary>
    [Query("get", Permission.ReadIsms, "Read a duty to notify, its notices and the proof that they were sent")]
    public async Task<DutyView> Get(OneRecord input, CancellationToken ct)
    {
        var id = (await db.One<NotificationDuty>(input.Ref, ct)).Id;
        return (await db.DutyViews(db.Set<NotificationDuty>().Where(d => d.Id == id), ct))[0];
    }

    /// <summary>Writes the text of a notice.</summary>
    [Operation("write", Permission.HandleIncidents, "Write the text of a notice before it is sent")]
    public async Task<Done> Write(WriteNotice input, CancellationToken ct)
    {
        var (duty, notice) = await Unsent(input, input.Stage, ct);
        (notice.Draft, notice.WrittenBy) = (input.Text, caller.Value.Name);
        return new Done(duty);
    }

    /// <summary>Adds to a text that somebody wrote what became known since.</summary>
    [Operation(
        "take-in",
        Permission.HandleIncidents,
        "Add to the text of a notice what is known of the incident now and does not stand in it yet"
    )]
    public async Task<Done> TakeIn(TakeInFacts input, CancellationToken ct)
    {
        var (duty, notice) = await Unsent(input, input.Stage, ct);
        var newer =
            await text.Newer(await IncidentOf(duty, ct), notice.Draft, ct)
            ?? throw new RuleBroken(
                "duties.take-in.newer",
                $"Everything that is known stands in \"{notice.Title}\" already."
            );
        (notice.Draft, notice.WrittenBy) = ($"{notice.Draft.TrimEnd()}\n\n{newer}".Cut(20000), caller.Value.Name);
        return new Done(duty);
    }

    /// <summary>Says that a notice was sent, with the proof.</summary>
    [Operation("send", Permission.HandleIncidents, "Say that a notice was sent: when, how, and the proof")]
    public async Task<Done> Send(SendNotice input, CancellationToken ct)
    {
        var (duty, notice) = await Unsent(input, input.Stage, ct);
        var incident = await IncidentOf(duty, ct);
        var at = db.Happened(input.At, incident.AwareAt, "Nobody knew of the incident then.");
        await text.Draft(incident, duty, [notice], ct);
        var proof = input.File is { } file
            ? await desk.Keep(incident, $"{incident.Ref}: proof that \"{notice.Title}\" was sent", file, notice.To, ct)
            : await desk.KeepMinutes(
                $"{incident.Ref}: {notice.Title}, as it was sent",
                FileName(duty, notice),
                Letter(notice, at, input.How),
                incident.DetectedAt,
                ["A.5.5", "A.5.26"],
                730,
                ct
            );
        notice.Sent(at, caller.Value.Name, input.How, proof.Id);
        await db.Connect(proof, LinkTypes.Evidences, duty, ct);
        await duties.Settle(duty, notice, $"Sent: {input.How}", ct);
        var late =
            at > notice.DueAt
                ? $", {Math.Ceiling((at - notice.DueAt).TotalHours).ToString(CultureInfo.InvariantCulture)} hours late"
                : "";
        await desk.Note(
            incident,
            at,
            TimelineKind.Notice,
            $"Sent to {notice.To}: {notice.Title} ({duty.Source}){late}. {input.How}",
            ct,
            proof.Id
        );
        if ((await duties.Notices(duty, ct)).All(n => n.SentAt is not null))
            duty.Fulfil();
        else if (knowledge.DutyById.TryGetValue(duty.DutyId, out var entry))
            await duties.Clocks(incident, duty, entry, ct);
        return new Done(duty);
    }

    /// <summary>Somebody answers for that a duty does not apply.</summary>
    [
        PeopleOnly,
        Operation(
            "decline",
            Permission.HandleIncidents,
            "Decide that a duty to notify does not apply, with the reason and one's name"
        )
    ]
    public async Task<Done> Decline(DeclineDuty input, CancellationToken ct)
    {
        if (caller.Value.PersonId is null)
            throw new RuleBroken("duties.decline.person", "Only a person can answer for that nobody is told.");
        var duty = await db.One<NotificationDuty>(input, ct);
        duty.Decline(input.Reason, caller.Value.Name);
        var incident = await IncidentOf(duty, ct);
        foreach (var notice in await duties.Notices(duty, ct))
            await duties.Settle(duty, notice, $"Does not apply: {input.Reason}", ct);
        await desk.Note(
            incident,
            db.Now,
            TimelineKind.Decision,
            $"{duty.Source} does not apply ({caller.Value.Name}): {input.Reason}",
            ct
        );
        return new Done(duty);
    }

    /// <summary>A declined duty applies after all.</summary>
    [Operation(
        "resume",
        Permission.HandleIncidents,
        "Take back that a duty does not apply; its clocks run since the company knew"
    )]
    public async Task<Done> Resume(ChangeRecord input, CancellationToken ct)
    {
        var duty = await db.One<NotificationDuty>(input, ct);
        if (duty.State != DutyState.Declined)
            throw new RuleBroken("duties.resume.declined", $"{duty.Ref} is {duty.State.Words().ToLowerInvariant()}.");
        duty.Resume();
        var incident = await IncidentOf(duty, ct);
        await duties.DraftAgain(incident, ct);
        if (knowledge.DutyById.TryGetValue(duty.DutyId, out var entry))
            await duties.Clocks(incident, duty, entry, ct);
        await desk.Note(incident, db.Now, TimelineKind.Decision, $"{duty.Source} applies after all.", ct);
        return new Done(duty);
    }

    /// <summary>The text of a notice as a file.</summary>
    [Query("download", Permission.ReadIsms, "Download the text of a notice")]
    public async Task<MadeFile> Download(OneNotice input, CancellationToken ct)
    {
        var duty = await db.One<NotificationDuty>(input.Ref, ct);
        var notice =
            (await duties.Notices(duty, ct)).FirstOrDefault(n => n.Stage == input.Stage)
            ?? throw new NotFound(input.Stage);
        return new MadeFile(
            FileName(duty, notice),
            "text/markdown; charset=utf-8",
            EvidenceKeeper.Bytes($"# {notice.Title}\n\nTo: {notice.To}\n\n{notice.Draft}\n")
        );
    }

    private async Task<(NotificationDuty, DutyNotice)> Unsent(ChangeRecord input, string stage, CancellationToken ct)
    {
        var duty = await db.One<NotificationDuty>(input, ct);
        if (duty.State != DutyState.Open)
            throw new RuleBroken("duties.notice.open", $"{duty.Ref} is {duty.State.Words().ToLowerInvariant()}.");
        var notice =
            (await duties.Notices(duty, ct)).FirstOrDefault(n => n.Stage == stage)
            ?? throw new InputInvalid("stage", $"{duty.Ref} has no notice '{stage}'.");
        return notice.SentAt is null
            ? (duty, notice)
            : throw new RuleBroken(
                "duties.notice.once",
                $"\"{notice.Title}\" was sent on {notice.SentAt:yyyy-MM-dd HH:mm} UTC."
            );
    }

    private async Task<Incident> IncidentOf(NotificationDuty duty, CancellationToken ct) =>
        await db.Set<Incident>().FirstAsync(i => i.Id == duty.IncidentId, ct);

    private static string FileName(NotificationDuty duty, DutyNotice notice) => $"{duty.Ref}-{notice.Stage}.md";

    private static string Letter(DutyNotice notice, DateTime at, string how) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"# {notice.Title}\n\nTo: {notice.To}\n\nSent: {at:yyyy-MM-dd HH:mm} UTC, {how}\n\n{notice.Draft}\n"
        );
}
