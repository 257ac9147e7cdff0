using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.People;

namespace Moat.Isms.Work.Calendar;

/// <summary>Which month to show.</summary>
public sealed record ShowMonth
{
    /// <summary>The month, such as 2026-03; this one when left out.</summary>
    [
        RegularExpression(
            "(19[5-9]|20[0-9]|21[0-9])[0-9]-(0[1-9]|1[0-2])",
            ErrorMessage = "Write a month from 1950 to 2199 as 2026-03."
        ),
        MaxLength(7)
    ]
    public string? Month { get; init; }

    /// <summary>Only what is due for the caller.</summary>
    public bool Mine { get; init; }
}

/// <summary>
/// A month with all that stands on its days, from the Monday before its first day to the Sunday after its last.
/// </summary>
public sealed record MonthView(
    DateOnly Month,
    DateOnly From,
    DateOnly To,
    DateOnly Today,
    IReadOnlyList<CalendarEntry> Entries,
    bool More
);

/// <summary>What a new calendar address tells.</summary>
public sealed record MakeCalendarAddress
{
    /// <summary>Also what is due for others; for those who may read the registers.</summary>
    public bool Everything { get; init; }

    /// <summary>
    /// Titles as well as references. They leave Moat with the calendar program, so choose it only where that program
    /// may hold them.
    /// </summary>
    public bool Titles { get; init; }
}

/// <summary>A calendar address; its secret part is shown once.</summary>
public sealed record MadeCalendarAddress(string Path) : IHoldsSecret;

/// <summary>The caller's calendar address, without its secret.</summary>
public sealed record MyCalendarAddress(DateTime? MadeAt, bool Everything, bool Titles);

/// <summary>The secret of a calendar address.</summary>
public sealed record ReadFeed
{
    /// <summary>The secret.</summary>
    [MaxLength(100)]
    public required string Secret { get; init; }
}

/// <summary>What a calendar program gets to know.</summary>
public sealed record CalendarFeed(string Organization, bool Titles, IReadOnlyList<CalendarEntry> Entries);

/// <summary>One calendar of all that is due, made from the records.</summary>
[Process(
    "calendar",
    "All that is due on one calendar: tasks, cadences, reviews, what ends; also for calendar programs."
)]
public sealed class CalendarProcess(MoatDb db, CurrentCaller caller, IEnumerable<ICalendarSource> sources)
{
    private const int MostOfASource = 300;
    private const int DaysBack = 30;
    private const int DaysAhead = 400;

    /// <summary>A month. Members see what is due for them.</summary>
    [Query("month", Permission.Work, "A month with all that is due; members see what is due for them")]
    public async Task<MonthView> Month(ShowMonth input, CancellationToken ct)
    {
        var first = input.Month is { } named
            ? DateOnly.ParseExact($"{named}-01", "yyyy-MM-dd", CultureInfo.InvariantCulture)
            : new DateOnly(db.Today.Year, db.Today.Month, 1);
        if (first.Year is < 2000 or > 2200)
            throw new InputInvalid("month", "Between 2000 and 2200.");
        var last = first.AddMonths(1).AddDays(-1);
        var (from, to) = (
            first.AddDays(-(((int)first.DayOfWeek + 6) % 7)),
            last.AddDays((7 - (int)last.DayOfWeek) % 7)
        );
        var mine = input.Mine || !caller.Value.May(Permission.ReadIsms);
        var (entries, more) = await Read(from, to, mine ? caller.Value.PersonId ?? Guid.Empty : null, ct);
        return new MonthView(first, from, to, db.Today, entries, more);
    }

    /// <summary>The caller's address, without its secret.</summary>
    [Query("address", Permission.Work, "Whether you have a calendar address and what it tells")]
    public async Task<MyCalendarAddress> Address(Nothing input, CancellationToken ct) =>
        await Open().Select(a => new MyCalendarAddress(a.CreatedAt, a.Everything, a.Titles)).FirstOrDefaultAsync(ct)
        ?? new MyCalendarAddress(null, false, false);

    /// <summary>Makes an address for a calendar program; an earlier one ends.</summary>
    [
        PeopleOnly,
        Operation(
            "make-address",
            Permission.Work,
            "Make a secret address for your calendar program; it is shown once, and an earlier one ends"
        )
    ]
    public async Task<MadeCalendarAddress> MakeAddress(MakeCalendarAddress input, CancellationToken ct)
    {
        if (caller.Value.PersonId is not { } me)
            throw new RuleBroken("calendar.make-address.person", "Only a person has a calendar.");
        if (input.Everything && !caller.Value.May(Permission.ReadIsms))
            throw new InputInvalid("everything", "Your role sees what is due for you only.");
        foreach (var earlier in await Open().ToListAsync(ct))
            earlier.RevokedAt = db.Now;
        var secret = Secret.New();
        await db.Enter(
            new CalendarAddress
            {
                PersonId = me,
                SecretHash = Secret.Hash(secret),
                Everything = input.Everything,
                Titles = input.Titles,
            },
            ct
        );
        return new MadeCalendarAddress($"/calendar/{caller.Value.Organization}/{secret}.ics");
    }

    /// <summary>Revokes the address; calendar programs that have it get nothing any more.</summary>
    [Operation("revoke-address", Permission.Work, "Revoke your calendar address at once")]
    public async Task<Tally> RevokeAddress(Nothing input, CancellationToken ct)
    {
        var open = await Open().ToListAsync(ct);
        foreach (var address in open)
            address.RevokedAt = db.Now;
        return new Tally(open.Count, []);
    }

    /// <summary>
    /// What a calendar program gets. Throws <see cref="NotFound"/> for an address that never was, was revoked, or whose
    /// person may not enter any more.
    /// </summary>
    [Query("feed", Permission.System, "What a calendar address tells")]
    public async Task<CalendarFeed> Feed(ReadFeed input, CancellationToken ct)
    {
        var (hash, today) = (Secret.Hash(input.Secret), db.Today);
        var found =
            await (
                from address in db.Set<CalendarAddress>()
                where address.SecretHash == hash && address.RevokedAt == null
                join member in db.Set<Membership>() on address.PersonId equals member.PersonId
                where member.RevokedAt == null && (member.Until == null || member.Until >= today)
                select new
                {
                    address.PersonId,
                    address.Everything,
                    address.Titles,
                    member.Role,
                }
            ).FirstOrDefaultAsync(ct) ?? throw new NotFound("calendar");
        var name = await db.Organizations.Where(o => o.Id == caller.OrganizationId).Select(o => o.Name).FirstAsync(ct);
        var everything = found.Everything && found.Role.Allows(Permission.ReadIsms);
        var (entries, _) = await Read(
            today.AddDays(-DaysBack),
            today.AddDays(DaysAhead),
            everything ? null : found.PersonId,
            ct
        );
        return new CalendarFeed(name, found.Titles, entries);
    }

    private IQueryable<CalendarAddress> Open()
    {
        var me = caller.Value.PersonId;
        return db.Set<CalendarAddress>().Where(a => a.PersonId == me && a.RevokedAt == null);
    }

    private async Task<(IReadOnlyList<CalendarEntry> Entries, bool More)> Read(
        DateOnly from,
        DateOnly to,
        Guid? person,
        CancellationToken ct
    )
    {
        var (all, more) = (new List<CalendarEntry>(), false);
        foreach (var source in sources)
        {
            var told = await source.Within(new CalendarSpan(from, to, person, MostOfASource + 1), ct);
            more |= told.Count > MostOfASource;
            all.AddRange(told.Take(MostOfASource));
        }
        return (
            [
                .. all.OrderBy(e => e.On)
                    .ThenBy(e => e.Kind, StringComparer.Ordinal)
                    .ThenBy(e => e.Ref, StringComparer.Ordinal),
            ],
            more
        );
    }
}
