using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Context;
using Moat.Isms.Kernel;
using Moat.Isms.Work;
using Moat.Knowledge;
using Moat.Knowledge.Playbooks;

namespace Moat.Isms.Incidents.Duties;

/// <summary>What became of a duty, for the timeline.</summary>
/// <param name="Text">In words.</param>
/// <param name="Lapsed">Whether it does not apply.</param>
public sealed record DutyNews(string Text, bool Lapsed);

/// <summary>Finds out which duties to notify an incident brings, drafts their notices and keeps their clocks.</summary>
public sealed class DutyDesk(MoatDb db, CurrentCaller caller, KnowledgeBase knowledge, WorkList work, NoticeText text)
{
    /// <summary>
    /// Looks again which duties apply, and tells what changed; what was sent or declined by a person stays.
    /// <paramref name="because"/> says why answers take duties away.
    /// </summary>
    public async Task<IReadOnlyList<DutyNews>> Consider(Incident incident, string? because, CancellationToken ct)
    {
        var (flags, news) = (await Flags(ct), new List<DutyNews>());
        var known = await db.Set<NotificationDuty>().Where(d => d.IncidentId == incident.Id).ToListAsync(ct);
        foreach (var entry in knowledge.Duties)
        {
            var duty = known.FirstOrDefault(d => d.DutyId == entry.Id);
            var (isNew, before) = (duty is null, duty?.State);
            // A duty that facts take away is kept with the reason: that nobody was told has to be explained as well.
            var concerns = entry.Applies.Holds(flags) && entry.When.All(incident.Facts.Contains);
            if (concerns && duty is null && !IsReplaced(entry, incident.Facts))
                duty = await Enter(incident, entry, flags, ct);
            if (duty is null)
                continue;
            var arises = concerns && entry.Arises(incident.Facts);
            if (arises && duty.State == DutyState.Lapsed)
                duty.Resume();
            else if (!arises && duty.State == DutyState.Open)
                await Lapse(duty, Away(entry, incident, because), ct);
            if (duty.State == DutyState.Open)
                await Clocks(incident, duty, entry, ct);
            if (isNew || duty.State != before)
                news.Add(await News(duty, isNew, ct));
        }
        return news;
    }

    /// <summary>Open duties that these facts would end without another in their place.</summary>
    public async Task<IReadOnlyList<string>> Ended(
        Incident incident,
        IReadOnlyCollection<string> facts,
        CancellationToken ct
    )
    {
        var open = await db.Set<NotificationDuty>()
            .Where(d => d.IncidentId == incident.Id && d.State == DutyState.Open)
            .OrderBy(d => d.Number)
            .ToListAsync(ct);
        if (open.Count == 0)
            return [];
        var flags = await Flags(ct);
        return
        [
            .. open.Where(d =>
                    knowledge.DutyById.TryGetValue(d.DutyId, out var entry)
                    && !(entry.Applies.Holds(flags) && entry.Arises(facts))
                    && !IsReplaced(entry, facts)
                )
                .Select(d => $"{d.Ref} {d.Source}"),
        ];
    }

    /// <summary>Those of the facts that take a duty away without another one in its place.</summary>
    public IEnumerable<string> Settling(IEnumerable<string> facts) => facts.Where(TakesAway.Contains);

    /// <summary>The next question of each duty that an answer could still bring.</summary>
    public async Task<IReadOnlyList<string>> Undecided(Incident incident, CancellationToken ct)
    {
        var flags = await Flags(ct);
        return
        [
            .. knowledge
                .Duties.Where(d => d.Applies.Holds(flags))
                .SelectMany(d => d.Undecided(incident.Facts, incident.RuledOut).Take(1))
                .Distinct(),
        ];
    }

    /// <summary>Drafts again what nobody wrote in, because more is known now.</summary>
    public async Task DraftAgain(Incident incident, CancellationToken ct)
    {
        // Which are open is asked of the records themselves: this operation may have changed it.
        foreach (
            var duty in (
                await db.Set<NotificationDuty>().Where(d => d.IncidentId == incident.Id).ToListAsync(ct)
            ).Where(d => d.State == DutyState.Open)
        )
            await text.Draft(incident, duty, await Notices(duty, ct), ct);
    }

    /// <summary>Moves the deadlines of all open duties, because a moment that they count from changed.</summary>
    public async Task Recount(Incident incident, CancellationToken ct)
    {
        foreach (
            var duty in (
                await db.Set<NotificationDuty>().Where(d => d.IncidentId == incident.Id).ToListAsync(ct)
            ).Where(d => d.State == DutyState.Open)
        )
            if (knowledge.DutyById.TryGetValue(duty.DutyId, out var entry))
                await Clocks(incident, duty, entry, ct);
    }

    /// <summary>Facts that a duty asks for which concerns this company.</summary>
    public async Task<IReadOnlyList<string>> Asked(CancellationToken ct)
    {
        var flags = await Flags(ct);
        return
        [
            .. knowledge.Duties.Where(d => d.Applies.Holds(flags)).SelectMany(d => d.When.Concat(d.Unless)).Distinct(),
        ];
    }

    /// <summary>Moves the deadlines of what was not sent, and makes them tasks.</summary>
    public async Task Clocks(Incident incident, NotificationDuty duty, DutyEntry entry, CancellationToken ct)
    {
        var notices = await Notices(duty, ct);
        foreach (var notice in notices.Where(n => n.SentAt is null))
        {
            if (entry.Stages.FirstOrDefault(s => s.Id == notice.Stage) is { } stage)
                notice.DueAt = NoticeClock.DueAt(incident, stage, notices);
            await work.Ensure(
                duty,
                Purpose(notice),
                $"Notify: {notice.Title} ({incident.Ref})".Cut(300),
                $"{duty.Source}: due {notice.DueAt.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC, to {notice.To}.".Cut(
                    1000
                ),
                incident.LeadId,
                DateOnly.FromDateTime(notice.DueAt),
                ct
            );
        }
    }

    /// <summary>The notices of a duty in their order, tracked.</summary>
    public async Task<List<DutyNotice>> Notices(NotificationDuty duty, CancellationToken ct)
    {
        await db.Flush(ct);
        return await db.Set<DutyNotice>()
            .Where(n => n.NotificationId == duty.Id)
            .OrderBy(n => n.Position)
            .ToListAsync(ct);
    }

    /// <summary>The task of a notice is done.</summary>
    public Task Settle(NotificationDuty duty, DutyNotice notice, string outcome, CancellationToken ct) =>
        work.Settle(duty, Purpose(notice), outcome.Cut(500), ct);

    private HashSet<string> TakesAway =>
        [.. knowledge.Duties.SelectMany(d => d.Unless).Except(knowledge.Duties.SelectMany(d => d.When))];

    private async Task<HashSet<string>> Flags(CancellationToken ct) =>
        (await db.Set<CompanyProfile>().FirstOrDefaultAsync(ct))?.Facts.ToHashSet() ?? [];

    private async Task<DutyNews> News(NotificationDuty duty, bool isNew, CancellationToken ct)
    {
        if (duty.State == DutyState.Lapsed)
            return new DutyNews(
                $"Duty does not apply: {duty.Source} ({duty.Ref}), {duty.Title}. {duty.DeclinedBecause}",
                Lapsed: true
            );
        var first = (await Notices(duty, ct)).FirstOrDefault(n => n.SentAt is null);
        return new DutyNews(
            $"Duty {(isNew ? "arises" : "applies again")}: {duty.Source} ({duty.Ref}), {duty.Title}.{(first is null ? "" : $" {first.Title} is due {Moment(first.DueAt)}.")}",
            Lapsed: false
        );
    }

    private async Task<NotificationDuty> Enter(
        Incident incident,
        DutyEntry entry,
        HashSet<string> flags,
        CancellationToken ct
    )
    {
        var duty = await db.Enter(
            new NotificationDuty
            {
                IncidentId = incident.Id,
                DutyId = entry.Id,
                Title = entry.Title.Cut(300),
                Source = entry.Source.Cut(200),
                Because = Why(entry, flags).Cut(4000),
            },
            ct
        );
        await db.Connect(duty, LinkTypes.CausedBy, incident, ct);
        var known = await text.Known(incident, ct);
        var notices = new List<DutyNotice>();
        foreach (var stage in entry.Stages)
        {
            var notice = new DutyNotice
            {
                NotificationId = duty.Id,
                Position = notices.Count + 1,
                Stage = stage.Id,
                Title = stage.Title.Cut(300),
                To = stage.To.Cut(300),
                DueAt = NoticeClock.DueAt(incident, stage, notices),
                Draft = NoticeText.Filled(stage.Draft, known),
            };
            notices.Add(await db.Enter(notice, ct));
        }
        return duty;
    }

    private async Task Lapse(NotificationDuty duty, string because, CancellationToken ct)
    {
        duty.Lapse(because.Cut(2000), caller.Value.Name);
        foreach (var notice in await Notices(duty, ct))
            await Settle(duty, notice, $"Does not apply: {because}", ct);
    }

    /// <summary>Whether another duty, with a shorter clock, stands in its place.</summary>
    private bool IsReplaced(DutyEntry entry, IReadOnlyCollection<string> facts) =>
        entry
            .Unless.Except(TakesAway)
            .Where(facts.Contains)
            .Any(f => knowledge.Duties.Any(d => d != entry && d.When.Contains(f) && d.When.All(facts.Contains)));

    private string Away(DutyEntry entry, Incident incident, string? because)
    {
        if (IsReplaced(entry, incident.Facts))
            return "Another duty with a shorter clock stands in its place.";
        var facts = entry.Unless.Where(incident.Facts.Contains).ToList();
        return facts.Count > 0
            ? $"{string.Join(" ", facts.Select(f => IncidentFacts.All.GetValueOrDefault(f, f)))} Yes: {because ?? "see the timeline"}"
            : $"What makes it apply is not so any more: {string.Join(", ", entry.When.Where(f => !incident.Facts.Contains(f)).Select(f => f.Replace('-', ' ')).DefaultIfEmpty("your company's profile"))}. {because}".TrimEnd();
    }

    private static string Why(DutyEntry entry, HashSet<string> flags)
    {
        var facts = entry.When.Select(f =>
            IncidentFacts.All.TryGetValue(f, out var question) ? $"\n{question} Yes." : ""
        );
        var company = FlagWords.Because(entry.Applies.Because(flags));
        var concerns = company.Length == 0 ? "" : $"\nIt concerns you {company}.";
        return $"{entry.Because}{string.Concat(facts)}{concerns}\nThe law as it was read on {entry.AsOf.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}.";
    }

    private static string Moment(DateTime at) => at.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Purpose(DutyNotice notice) => $"notice:{notice.Position}";
}
