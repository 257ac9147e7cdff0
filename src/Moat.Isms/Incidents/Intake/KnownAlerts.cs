using Microsoft.EntityFrameworkCore;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Kernel;

namespace Moat.Isms.Incidents.Intake;

/// <summary>The alerts that a message may tell again, and those that it opens: read once for all of it.</summary>
internal sealed class KnownAlerts
{
    private readonly Dictionary<Guid, List<Alert>> _ofSameThing;
    private readonly DateTime _now;

    private KnownAlerts(IEnumerable<Alert> stored, DateTime now)
    {
        _ofSameThing = stored.GroupBy(a => a.SameThing).ToDictionary(g => g.Key, g => g.ToList());
        _now = now;
    }

    /// <summary>Reads what is known of what a message tells.</summary>
    public static async Task<KnownAlerts> Read(MoatDb db, IReadOnlyList<GivenAlert> told, CancellationToken ct)
    {
        var now = db.Now;
        var keys = told.Select(a => KeyOf(a, Began(a, now))).Distinct().ToList();
        var things = told.Where(a => a.StartsAt is null).Select(SameThing).Distinct().ToList();
        var stored = await db.Set<Alert>()
            .Where(a => keys.Contains(a.Key) || (things.Contains(a.SameThing) && a.ResolvedAt == null))
            .ToListAsync(ct);
        return new KnownAlerts(stored, now);
    }

    /// <summary>The alert that is told again, or none.</summary>
    public Alert? Find(GivenAlert told)
    {
        var known = _ofSameThing.GetValueOrDefault(SameThing(told), []);
        // Without a start it is the one that goes on.
        if (told.StartsAt is null && known.Find(a => a.ResolvedAt is null) is { } open)
            return open;
        // The same thing that ended and is told again within one moment is one alert.
        var key = KeyOf(told);
        return known.Find(a => a.Key == key);
    }

    /// <summary>A message opened an alert.</summary>
    public void Add(Alert opened)
    {
        if (!_ofSameThing.TryGetValue(opened.SameThing, out var known))
            _ofSameThing[opened.SameThing] = known = [];
        known.Add(opened);
    }

    /// <summary>When it began.</summary>
    public DateTime Began(GivenAlert told) => Began(told, _now);

    /// <summary>When it ended.</summary>
    public DateTime Ended(GivenAlert told) => Earlier(told.EndsAt, _now);

    /// <summary>Stands for source, group, fingerprint and start.</summary>
    public Guid KeyOf(GivenAlert told) => KeyOf(told, Began(told));

    /// <summary>Stands for source and fingerprint.</summary>
    public static Guid SameThing(GivenAlert told) => ObservedFact.KeyOf(told.Source, told.Fingerprint);

    private static Guid KeyOf(GivenAlert told, DateTime began) =>
        ObservedFact.KeyOf(told.Source, told.GroupKey ?? told.Fingerprint, told.Fingerprint, $"{began:O}");

    private static DateTime Began(GivenAlert told, DateTime now) => Earlier(told.StartsAt, now);

    // A clock that runs ahead does not put an alert into the future.
    private static DateTime Earlier(DateTimeOffset? told, DateTime now)
    {
        var at = told is { } moment ? IncidentDesk.Utc(moment.UtcDateTime) : now;
        return at > now ? now : at;
    }
}
