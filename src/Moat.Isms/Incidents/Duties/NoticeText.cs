using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.Suppliers;
using Moat.Knowledge;

namespace Moat.Isms.Incidents.Duties;

/// <summary>
/// The text of notices: drafted from what is known of the incident, and drafted again as long as nobody wrote in it.
/// </summary>
public sealed class NoticeText(MoatDb db, CurrentCaller caller, KnowledgeBase knowledge)
{
    // What a notice says about the incident itself, in the order in which it is taken in later.
    private static readonly (string Field, string Words)[] Told =
    [
        ("what", "What happened"),
        ("since", "Since"),
        ("aware", "Known to us since"),
        ("affected", "Affected"),
        ("measures", "Measures taken"),
        ("contact", "Contact"),
    ];

    /// <summary>Drafts the notices that nobody wrote in and nobody sent, from what is known now.</summary>
    public async Task Draft(
        Incident incident,
        NotificationDuty duty,
        IEnumerable<DutyNotice> notices,
        CancellationToken ct
    )
    {
        if (!knowledge.DutyById.TryGetValue(duty.DutyId, out var entry))
            return;
        IReadOnlyDictionary<string, string>? known = null;
        foreach (var notice in notices.Where(n => n is { SentAt: null, WrittenBy: null }))
            if (entry.Stages.FirstOrDefault(s => s.Id == notice.Stage) is { } stage)
                notice.Draft = Filled(stage.Draft, known ??= await Known(incident, ct));
    }

    /// <summary>A template with what is known in its fields.</summary>
    public static string Filled(string template, IReadOnlyDictionary<string, string> known) =>
        known
            .Aggregate(
                template,
                (text, field) => text.Replace("{{" + field.Key + "}}", field.Value, StringComparison.Ordinal)
            )
            .Cut(20000);

    /// <summary>
    /// What is known now and does not stand in a text yet, to be added to it; null when all of it does.
    /// </summary>
    public async Task<string?> Newer(Incident incident, string text, CancellationToken ct)
    {
        var known = await Known(incident, ct);
        var missing = Told.Where(t => !text.Contains(known[t.Field], StringComparison.Ordinal)).ToList();
        return missing.Count == 0
            ? null
            : $"## Known on {Moment(db.Now)}\n\n{string.Join("\n", missing.Select(t => $"- {t.Words}: {known[t.Field].ReplaceLineEndings(" ")}"))}\n";
    }

    /// <summary>
    /// What is filled into a draft, as it is known now; a person goes over the text before it is sent.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, string>> Known(Incident incident, CancellationToken ct)
    {
        var touched = await db.Touched(incident, ct);
        var names = await db.Set<Asset>()
            .Where(a => touched.Contains(a.Id))
            .OrderBy(a => a.Number)
            .Select(a => a.Name)
            .ToListAsync(ct);
        names.AddRange(
            await db.Set<Supplier>()
                .Where(s => touched.Contains(s.Id))
                .OrderBy(s => s.Number)
                .Select(s => s.Name)
                .ToListAsync(ct)
        );
        var lead = await db.Set<Person>()
            .Where(p => p.Id == incident.LeadId)
            .Select(p => p.Name + ", " + p.Email)
            .FirstOrDefaultAsync(ct);
        var measures = await Measures(incident, ct);
        return new Dictionary<string, string>
        {
            ["incident"] = $"{incident.Ref} {incident.Title}",
            ["what"] = incident.What,
            ["since"] = incident.OccurredAt is { } since ? Moment(since) : "not known yet",
            ["aware"] = Moment(incident.AwareAt),
            ["affected"] = names.Count == 0 ? "being determined" : string.Join(", ", names),
            ["measures"] = measures.Count == 0 ? "being taken" : string.Join("; ", measures),
            ["contact"] = lead ?? caller.Value.Name,
            ["company"] = await db
                .Organizations.Where(o => o.Id == caller.OrganizationId)
                .Select(o => o.Name)
                .FirstAsync(ct),
        };
    }

    /// <summary>What was done to stop the harm, also by this very operation.</summary>
    private async Task<List<string>> Measures(Incident incident, CancellationToken ct)
    {
        await db.Flush(ct);
        return await db.Set<TimelineEntry>()
            .Where(t => t.IncidentId == incident.Id && t.Kind == TimelineKind.Containment)
            .OrderBy(t => t.At)
            .ThenBy(t => t.Position)
            .Select(t => t.Text)
            .ToListAsync(ct);
    }

    private static string Moment(DateTime at) => at.ToString("d MMMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
