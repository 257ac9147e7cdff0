using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Context;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.Suppliers;
using Moat.Isms.Work;
using Moat.Knowledge;
using Moat.Knowledge.Playbooks;

namespace Moat.Isms.Incidents.Duties;

/// <summary>Finds out which duties to notify an incident brings, drafts their notices and keeps their clocks.</summary>
public sealed class DutyDesk(MoatDb db, CurrentCaller caller, KnowledgeBase knowledge, WorkList work)
{
    private const string FromAware = "aware";

    /// <summary>Looks again which duties apply; what was sent or declined by a person stays. <paramref name="because"/> says why facts take duties away.</summary>
    public async Task Consider(Incident incident, string? because, CancellationToken ct)
    {
        var flags = (await db.Set<CompanyProfile>().FirstOrDefaultAsync(ct))?.Facts.ToHashSet() ?? [];
        var known = await db.Set<NotificationDuty>().Where(d => d.IncidentId == incident.Id).ToListAsync(ct);
        foreach (var entry in knowledge.Duties)
        {
            var duty = known.FirstOrDefault(d => d.DutyId == entry.Id);
            // A duty that facts take away is kept with the reason: that nobody was told has to be explained as well.
            var concerns = entry.Applies.Holds(flags) && entry.When.All(incident.Facts.Contains);
            if (concerns && duty is null && !IsReplaced(entry, incident)) duty = await Enter(incident, entry, flags, ct);
            if (duty is null) continue;
            var arises = concerns && entry.Arises(incident.Facts);
            if (arises && duty.State == DutyState.Lapsed) duty.Resume();
            else if (!arises && duty.State == DutyState.Open) await Lapse(duty, Away(entry, incident, because), ct);
            if (duty.State == DutyState.Open) await Clocks(incident, duty, entry, ct);
        }
    }

    /// <summary>Facts that take a duty away without another one in its place.</summary>
    internal static IReadOnlySet<string> TakesAway(KnowledgeBase knowledge) =>
        knowledge.Duties.SelectMany(d => d.Unless).Except(knowledge.Duties.SelectMany(d => d.When)).ToHashSet();

    /// <summary>Moves the deadlines of what was not sent, and makes them tasks.</summary>
    public async Task Clocks(Incident incident, NotificationDuty duty, DutyEntry entry, CancellationToken ct)
    {
        var notices = await Notices(duty, ct);
        foreach (var notice in notices.Where(n => n.SentAt is null))
        {
            if (entry.Stages.FirstOrDefault(s => s.Id == notice.Stage) is { } stage) notice.DueAt = DueAt(incident, stage, notices);
            await work.Ensure(
                duty, Purpose(notice), $"Notify: {notice.Title} ({incident.Ref})".Cut(300),
                $"{duty.Source}: due {notice.DueAt.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC, to {notice.To}.".Cut(1000), incident.LeadId, DateOnly.FromDateTime(notice.DueAt), ct);
        }
    }

    /// <summary>The notices of a duty in their order, tracked.</summary>
    public async Task<List<DutyNotice>> Notices(NotificationDuty duty, CancellationToken ct)
    {
        var stored = await db.Set<DutyNotice>().Where(n => n.NotificationId == duty.Id).ToListAsync(ct);
        return [.. stored.Concat(db.Set<DutyNotice>().Local.Where(n => n.NotificationId == duty.Id)).DistinctBy(n => n.Id).OrderBy(n => n.Position)];
    }

    /// <summary>The task of a notice is done.</summary>
    public Task Settle(NotificationDuty duty, DutyNotice notice, string outcome, CancellationToken ct) => work.Settle(duty, Purpose(notice), outcome.Cut(500), ct);

    private async Task<NotificationDuty> Enter(Incident incident, DutyEntry entry, HashSet<string> flags, CancellationToken ct)
    {
        var duty = await db.Enter(
            new NotificationDuty { IncidentId = incident.Id, DutyId = entry.Id, Title = entry.Title.Cut(300), Source = entry.Source.Cut(200), Because = Why(entry, flags).Cut(4000) }, ct);
        await db.Connect(duty, LinkTypes.CausedBy, incident, ct);
        var fill = await Filling(incident, ct);
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
                DueAt = DueAt(incident, stage, notices),
                Draft = fill.Aggregate(stage.Draft, (text, field) => text.Replace("{{" + field.Key + "}}", field.Value, StringComparison.Ordinal)).Cut(20000),
            };
            notices.Add(await db.Enter(notice, ct));
        }
        return duty;
    }

    private async Task Lapse(NotificationDuty duty, string because, CancellationToken ct)
    {
        duty.Lapse(because.Cut(2000), caller.Value.Name);
        foreach (var notice in await Notices(duty, ct)) await Settle(duty, notice, $"Does not apply: {because}", ct);
    }

    /// <summary>Whether another duty, with a shorter clock, stands in its place.</summary>
    private bool IsReplaced(DutyEntry entry, Incident incident) => entry.Unless.Except(TakesAway(knowledge)).Any(incident.Facts.Contains);

    private string Away(DutyEntry entry, Incident incident, string? because)
    {
        if (IsReplaced(entry, incident)) return "Another duty with a shorter clock stands in its place.";
        var facts = entry.Unless.Where(incident.Facts.Contains).ToList();
        return facts.Count == 0
            ? "The facts of the incident changed: what makes it apply is not so."
            : $"{string.Join(" ", facts.Select(f => IncidentFacts.All.GetValueOrDefault(f, f)))} Yes: {because ?? "see the timeline"}";
    }

    private static DateTime DueAt(Incident incident, DutyStage stage, IEnumerable<DutyNotice> notices)
    {
        var before = stage.From == FromAware ? null : notices.FirstOrDefault(n => n.Stage == stage.From);
        return (before is null ? incident.AwareAt : before.SentAt ?? before.DueAt).AddHours(stage.Hours);
    }

    private static string Why(DutyEntry entry, HashSet<string> flags)
    {
        var facts = entry.When.Select(f => IncidentFacts.All.TryGetValue(f, out var question) ? $"\n{question} Yes." : "");
        var company = FlagWords.Because(entry.Applies.Because(flags));
        return $"{entry.Because}{string.Concat(facts)}{(company.Length == 0 ? "" : $"\nIt concerns you {company}.")}";
    }

    /// <summary>What is filled into a draft, as it is known now; a person goes over the text before it is sent.</summary>
    private async Task<Dictionary<string, string>> Filling(Incident incident, CancellationToken ct)
    {
        var touched = await db.Touched(incident, ct);
        var names = await db.Set<Asset>().Where(a => touched.Contains(a.Id)).OrderBy(a => a.Number).Select(a => a.Name).ToListAsync(ct);
        names.AddRange(await db.Set<Supplier>().Where(s => touched.Contains(s.Id)).OrderBy(s => s.Number).Select(s => s.Name).ToListAsync(ct));
        var lead = await db.Set<Person>().Where(p => p.Id == incident.LeadId).Select(p => p.Name + ", " + p.Email).FirstOrDefaultAsync(ct);
        var measures = await db.Set<TimelineEntry>().Where(t => t.IncidentId == incident.Id && t.Kind == TimelineKind.Containment).OrderBy(t => t.At).Select(t => t.Text).ToListAsync(ct);
        return new Dictionary<string, string>
        {
            ["incident"] = $"{incident.Ref} {incident.Title}",
            ["what"] = incident.What,
            ["since"] = incident.OccurredAt is { } since ? Moment(since) : "not known yet",
            ["aware"] = Moment(incident.AwareAt),
            ["affected"] = names.Count == 0 ? "being determined" : string.Join(", ", names),
            ["measures"] = measures.Count == 0 ? "being taken" : string.Join("; ", measures),
            ["contact"] = lead ?? caller.Value.Name,
            ["company"] = await db.Organizations.Where(o => o.Id == caller.OrganizationId).Select(o => o.Name).FirstAsync(ct),
        };
    }

    private static string Moment(DateTime at) => at.ToString("d MMMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Purpose(DutyNotice notice) => $"notice:{notice.Position}";
}
