using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.People;

namespace Moat.Isms.Work.Digests;

/// <summary>A line of a digest.</summary>
public sealed record DigestLine(string Ref, string Title, string Purpose, DateOnly DueOn, string? For, bool Escalated);

/// <summary>A digest to send now. Never leaves the server but as mail.</summary>
public sealed record DigestMail(
    Guid Delivery,
    string Name,
    string Email,
    string Organization,
    DateOnly On,
    IReadOnlyList<DigestLine> Lines,
    int More
);

/// <summary>Digests to send now.</summary>
public sealed record DigestMails(IReadOnlyList<DigestMail> Mails);

/// <summary>How sending went.</summary>
public sealed record TellDigest
{
    /// <summary>Which.</summary>
    public required Guid Delivery { get; init; }

    /// <summary>sent, not-needed or failed.</summary>
    public required MailState State { get; init; }

    /// <summary>What the mail server said.</summary>
    [MaxLength(1000)]
    public required string Result { get; init; }

    /// <summary>Whether the mail server refused for good, so that trying again is of no use.</summary>
    public bool Final { get; init; }
}

/// <summary>
/// What the server itself does so that digests go out: decides who gets one today, takes them, and keeps how it went.
/// </summary>
[Process(DigestProcess.Name, DigestProcess.Summary)]
public sealed class DigestRounds(MoatDb db, CurrentCaller caller)
{
    private const int MostLines = 20;
    private const int Batch = 20;

    /// <summary>
    /// Decides who gets a digest today: on working days after six in the morning (UTC), when something is due today or
    /// new since the last working day; on Mondays also when something is overdue or due within the week. Nobody who
    /// left, is away or does not want it.
    /// </summary>
    [Operation("prepare", Permission.System, "Decide who gets a digest today")]
    public async Task<Tally> Prepare(Nothing input, CancellationToken ct)
    {
        var (today, now) = (db.Today, db.Now);
        if (!DigestRecipients.IsTime(now))
            return new Tally(0, []);
        var recipients = await db.Set<Person>()
            .Where(DigestRecipients.Of(db))
            .OrderBy(p => p.Number)
            .Select(p => p.Id)
            .ToListAsync(ct);
        foreach (var person in recipients)
            db.Add(
                new MailDelivery
                {
                    OrganizationId = caller.OrganizationId,
                    Id = Guid.CreateVersion7(new DateTimeOffset(now)),
                    PersonId = person,
                    On = today,
                    NextAt = now,
                }
            );
        return new Tally(recipients.Count, []);
    }

    /// <summary>Takes digests whose time has come, with what they say now.</summary>
    [Operation("take", Permission.System, "Take digests to send now")]
    public async Task<DigestMails> Take(Nothing input, CancellationToken ct)
    {
        var now = db.Now;
        var waiting = await DigestsWaiting.Due(db).OrderBy(m => m.NextAt).Take(Batch).ToListAsync(ct);
        var people = await db.Set<Person>()
            .Where(p => waiting.Select(w => w.PersonId).Contains(p.Id))
            .ToDictionaryAsync(p => p.Id, ct);
        var name = await db.Organizations.Where(o => o.Id == caller.OrganizationId).Select(o => o.Name).FirstAsync(ct);
        var mails = new List<DigestMail>();
        foreach (var mail in waiting)
        {
            mail.Take(now);
            var (lines, more) = await Lines(mail.PersonId, ct);
            mails.Add(
                new DigestMail(
                    mail.Id,
                    people[mail.PersonId].Name,
                    people[mail.PersonId].Email,
                    name,
                    mail.On,
                    lines,
                    more
                )
            );
        }
        return new DigestMails(mails);
    }

    /// <summary>Keeps how sending went.</summary>
    [Operation("tell", Permission.System, "Keep how sending a digest went")]
    public async Task<Tally> Tell(TellDigest input, CancellationToken ct)
    {
        var mail =
            await db.Set<MailDelivery>().FirstOrDefaultAsync(m => m.Id == input.Delivery, ct)
            ?? throw new NotFound("digest");
        mail.Tried(input.State, input.Result, input.Final, db.Now);
        return new Tally(1, []);
    }

    private async Task<(IReadOnlyList<DigestLine> Lines, int More)> Lines(Guid person, CancellationToken ct)
    {
        var mine = db.Set<WorkItem>()
            .Where(t => t.State == WorkState.Open && (t.OwnerId == person || t.EscalatedToId == person));
        var lines = await mine.OrderBy(t => t.DueOn)
            .ThenBy(t => t.Number)
            .Take(MostLines)
            .Select(t => new DigestLine(
                "TASK-" + t.Number,
                t.Title,
                t.Purpose,
                t.DueOn,
                db.Set<Person>().Where(p => p.Id == t.ForId).Select(p => p.Name).FirstOrDefault(),
                t.OwnerId != person
            ))
            .ToListAsync(ct);
        return (lines, lines.Count < MostLines ? 0 : await mine.CountAsync(ct) - lines.Count);
    }
}
