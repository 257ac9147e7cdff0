using System.Globalization;
using System.Text;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.Work.Calendar;
using Moat.Isms.Work.Webhooks;
using Moat.Server.Auth;

namespace Moat.Server.Doors;

/// <summary>
/// What is due, for calendar programs (iCalendar, RFC 5545), at <c>/calendar/{org}/{secret}.ics</c>. Such programs
/// cannot sign in, so the secret in the address lets in; whoever does not have it gets the same answer as for an
/// address that is not there.
/// </summary>
internal static class CalendarDoor
{
    private const string Type = "text/calendar; charset=utf-8";

    public static void MapCalendar(this IEndpointRouteBuilder endpoints) =>
        endpoints
            .MapMethods("/calendar/{org}/{secret}.ics", [HttpMethods.Get, HttpMethods.Head], Read)
            .WithMetadata(new PublicPageAttribute(), new ProgramDoor("ical"));

    private static async Task Read(
        HttpContext http,
        string org,
        string secret,
        CurrentCaller caller,
        AccessDirectory access,
        IsmsSession session,
        PublicAddress address,
        TimeProvider clock
    )
    {
        try
        {
            var organization = await access.Organization(org, http.RequestAborted) ?? throw new NotFound("calendar");
            caller.Value = Caller.System(organization.Id, organization.Slug, "ical");
            var feed = await session.Run(
                session.Of<CalendarProcess>().Feed,
                new ReadFeed { Secret = secret },
                http.RequestAborted
            );
            http.Response.ContentType = Type;
            await http.Response.WriteAsync(
                Write(feed, organization.Slug, address, clock.GetUtcNow().UtcDateTime),
                Encoding.UTF8,
                http.RequestAborted
            );
        }
        catch (Refusal refusal)
        {
            await Problems.Write(http, refusal is NotFound ? refusal : new NotFound("calendar"));
        }
    }

    /// <summary>The feed as iCalendar. Without titles it tells which record is due and nothing else.</summary>
    internal static string Write(CalendarFeed feed, string organization, PublicAddress address, DateTime now)
    {
        var calendar = new Ical.Net.Calendar { ProductId = "-//Moat//Moat//EN" };
        calendar.AddProperty("X-WR-CALNAME", $"{feed.Organization}: ISMS");
        calendar.AddProperty("REFRESH-INTERVAL;VALUE=DURATION", "PT6H");
        foreach (var entry in feed.Entries)
            calendar.Events.Add(Event(entry, feed.Titles, organization, address, now));
        return new CalendarSerializer().SerializeToString(calendar) ?? "";
    }

    private static CalendarEvent Event(
        CalendarEntry entry,
        bool titles,
        string organization,
        PublicAddress address,
        DateTime now
    )
    {
        // A task that moves is the same event on another day; each time of a cadence is one of its own.
        var day = entry.Kind is "cadence" or "notice"
            ? string.Create(CultureInfo.InvariantCulture, $"-{entry.On:yyyyMMdd}")
            : "";
        var found = new CalendarEvent
        {
            Uid = $"{entry.Ref}{day}@{organization}.moat",
            DtStamp = new CalDateTime(now, "UTC"),
            Start = new CalDateTime(entry.On),
            End = new CalDateTime((entry.Until ?? entry.On).AddDays(1)),
            Summary = titles ? $"{entry.Ref} {entry.Title}" : $"{entry.Ref} ({entry.Kind})",
            Transparency = TransparencyType.Transparent,
        };
        found.Categories.Add(entry.Kind);
        if (
            RecordKind.Parse(entry.Ref) is { } parsed
            && address.Of(organization, $"{parsed.Kind.Process}#{entry.Ref}") is { } link
        )
            found.Url = new Uri(link);
        return found;
    }
}
