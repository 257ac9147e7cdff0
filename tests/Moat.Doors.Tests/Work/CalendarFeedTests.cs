using System.Net;
using System.Text.Json.Nodes;
using Moat.Isms.Work.Calendar;

namespace Moat.Tests;

/// <summary>
/// The calendar address as a calendar program reads it: without signing in, valid by RFC 5545, telling no more than was
/// chosen.
/// </summary>
public sealed class CalendarFeedTests
{
    [Fact]
    public async Task A_calendar_program_reads_it_without_signing_in_until_it_is_revoked()
    {
        await using var acme = await Acme.Found(listens: true);
        await acme.Do(
            "cadences.create",
            new JsonObject
            {
                ["title"] = "Restore triage, and its registry entry; then compare",
                ["what"] = "On an empty machine.",
                ["process"] = "control-operation",
                ["requirement"] = "A.8.13",
                ["everyMonths"] = 6,
                ["owner"] = "PER-1",
            }
        );
        using var client = new HttpClient { BaseAddress = new Uri(acme.Url) };
        var plain = await acme.Do<MadeCalendarAddress>("calendar.make-address", []);
        var text = await client.GetStringAsync(plain.Path);
        Assert.DoesNotContain("Restore", text, StringComparison.Ordinal);
        Assert.Contains("SUMMARY:CAD-1 (cadence)", text, StringComparison.Ordinal);

        var titled = await acme.Do<MadeCalendarAddress>("calendar.make-address", new JsonObject { ["titles"] = true });
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(plain.Path)).StatusCode);
        using var answer = await client.GetAsync(titled.Path);
        Assert.Equal("text/calendar", answer.Content.Headers.ContentType!.MediaType);
        text = await answer.Content.ReadAsStringAsync();
        using var head = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, titled.Path));
        Assert.Equal(
            (HttpStatusCode.OK, "text/calendar"),
            (head.StatusCode, head.Content.Headers.ContentType!.MediaType)
        );
        // A calendar that is published names its organiser (RFC 5546, 3.2.1); this one is a list of days and has no
        // method.
        Assert.DoesNotContain("METHOD:", text, StringComparison.Ordinal);
        MustBeValid(text);
        // Commas and semicolons are escaped (RFC 5545, 3.3.11).
        Assert.Contains(
            @"Restore triage\, and its registry entry\; then compare",
            text.Replace("\r\n ", "", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
        var read = Ical.Net.Calendar.Load(text)!;
        Assert.All(read.Events, e => Assert.True(e.IsAllDay && e.Transparency == "TRANSPARENT"));
        Assert.Equal(read.Events.Count, read.Events.Select(e => e.Uid).Distinct().Count());

        await acme.Do("calendar.revoke-address", []);
        using var gone = await client.GetAsync(titled.Path);
        using var never = await client.GetAsync("/calendar/acme/nothing.ics");
        using var elsewhere = await client.GetAsync("/calendar/nowhere/nothing.ics");
        Assert.Equal(
            [HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound],
            [gone.StatusCode, never.StatusCode, elsewhere.StatusCode]
        );
        Assert.Equal(await Said(gone), await Said(elsewhere));
    }

    // All but the number of the request.
    private static async Task<string> Said(HttpResponseMessage answer) =>
        (await answer.Content.ReadAsStringAsync()).Split("\"traceId\"")[0];

    private static void MustBeValid(string text)
    {
        Assert.StartsWith("BEGIN:VCALENDAR\r\n", text, StringComparison.Ordinal);
        Assert.EndsWith("END:VCALENDAR\r\n", text, StringComparison.Ordinal);
        Assert.All(
            text.Split("\r\n"),
            line =>
                Assert.True(
                    System.Text.Encoding.UTF8.GetByteCount(line) <= 75
                        && !line.Contains('\n', StringComparison.Ordinal),
                    line
                )
        );
        foreach (var property in new[] { "VERSION:2.0", "PRODID:" })
            Assert.Single(text.Split("\r\n"), l => l.StartsWith(property, StringComparison.Ordinal));
        foreach (var piece in text.Split("BEGIN:VEVENT\r\n").Skip(1))
        foreach (var property in new[] { "UID:", "DTSTAMP:", "DTSTART;VALUE=DATE:", "DTEND;VALUE=DATE:", "SUMMARY:" })
            Assert.Single(piece.Split("\r\n"), l => l.StartsWith(property, StringComparison.Ordinal));
    }
}
