using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Evidence.Checks;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;
using Moat.Isms.Work;
using Moat.Knowledge.Checks;

namespace Moat.Tests;

/// <summary>
/// Facts: stored when they change, once whoever repeats them, in their place when they come late; outcomes of checks as
/// intervals.
/// </summary>
public sealed class FactTests
{
    private const string Open = """{"name":"acme-weights","publicByPolicy":true,"publicByAcl":false}""";
    private const string Shut = """{"name":"acme-weights","publicByPolicy":false,"publicByAcl":false}""";
    private static int _events;

    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task A_fact_is_stored_when_it_changes_and_an_unchanged_one_moves_only_when_it_was_last_told_of(
        string database
    )
    {
        await using var company = await Company.Found(database);
        Assert.Equal(new EventsReceived(1, 0, 1, 0, 0, 0), await Tell(company, Event(company, Shut)));
        var size = await Journal(company);
        // Read before it moves: what moves without an entry is not remembered.
        Assert.Equal(company.Clock.GetUtcNow().UtcDateTime, (await Resource(company)).LastSeenAt);
        Assert.Single((await Listed(company)).Items);
        company.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, (await Tell(company, Event(company, Shut))).Unchanged);
        Assert.Equal(company.Clock.GetUtcNow().UtcDateTime, Assert.Single((await Listed(company)).Items).LastSeenAt);
        var view = await Resource(company);
        Assert.Single(view.Facts);
        Assert.Equal(company.Clock.GetUtcNow().UtcDateTime, view.LastSeenAt);
        Assert.Equal(size, await Journal(company));

        company.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, (await Tell(company, Event(company, Open))).Changed);
        view = await Resource(company);
        Assert.Equal(2, view.Facts.Count);
        Assert.Equal(size + 1, await Journal(company));
        Assert.Equal(["Failing", "Passing"], Spans(view, "s3-no-public-policy"));
        Assert.Equal(
            "publicByPolicy is true",
            view.Outcomes.First(o => o is { Check: "s3-no-public-policy", Until: null }).Detail
        );
        Assert.Empty(await Findings(company));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_same_event_is_taken_in_once(string database)
    {
        await using var company = await Company.Found(database);
        var one = Event(company, Shut);
        await Tell(company, one, one);
        Assert.Equal(new EventsReceived(0, 1, 0, 0, 0, 0), await Tell(company, one));
        Assert.Equal(new EventsReceived(1, 1, 0, 1, 0, 0), await Tell(company, one, Event(company, Open, minutes: 1)));
        Assert.Equal(2, await company.Read(db => db.Set<ReceivedEvent>().CountAsync()));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_arrives_late_takes_its_place_in_the_past(string database)
    {
        await using var company = await Company.Found(database);
        await Tell(company, Event(company, Shut));
        company.Clock.Advance(TimeSpan.FromHours(10));
        await Tell(company, Event(company, Shut, name: "other"));
        await Tell(company, Event(company, """{"name":"acme-weights","publicByPolicy":false,"publicByAcl":true}"""));
        // It was open for a while six hours ago, and somebody tells only now.
        Assert.Equal(1, (await Tell(company, Event(company, Open, minutes: -360))).Late);
        var spans = (await Resource(company))
            .Outcomes.Where(o => o.Check == "s3-no-public-policy")
            .OrderBy(o => o.Since)
            .ToList();
        Assert.Equal([CheckOutcome.Passing, CheckOutcome.Failing, CheckOutcome.Passing], spans.Select(s => s.Outcome));
        Assert.Equal(
            (TimeSpan.FromHours(4), TimeSpan.FromHours(6)),
            (spans[0].Until!.Value - spans[0].Since, spans[1].Until!.Value - spans[1].Since)
        );
        Assert.Equal(3, (await Resource(company)).Facts.Count);
        Assert.Equal(1, (await Tell(company, Event(company, Open, minutes: -300))).Late);
        Assert.Equal(3, (await Resource(company)).Facts.Count);
        Assert.Empty(await Findings(company));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_arrives_late_does_not_overtake_a_later_look_that_found_nothing_changed(string database)
    {
        await using var company = await Company.Found(database);
        await Tell(company, Event(company, Shut));
        company.Clock.Advance(TimeSpan.FromHours(10));
        await Tell(company, Event(company, Shut, minutes: -10));
        // It was open for a while two hours ago; ten minutes ago somebody saw that it is shut.
        var told = await Tell(company, Event(company, Open, minutes: -120));
        Assert.Equal((0, 1), (told.Changed, told.Late));
        var view = await Resource(company);
        var spans = view.Outcomes.Where(o => o.Check == "s3-no-public-policy").OrderBy(o => o.Since).ToList();
        Assert.Equal([CheckOutcome.Passing, CheckOutcome.Failing, CheckOutcome.Passing], spans.Select(s => s.Outcome));
        Assert.Equal(
            (TimeSpan.FromMinutes(480), TimeSpan.FromMinutes(110)),
            (spans[0].Until!.Value - spans[0].Since, spans[1].Until!.Value - spans[1].Since)
        );
        Assert.Null(spans[2].Until);
        Assert.Equal(3, view.Facts.Count);
        Assert.Empty(await Findings(company));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Old_news_does_not_end_a_silence(string database)
    {
        await using var company = await Company.Found(database);
        await Tell(company, Event(company, Shut));
        company.Clock.Advance(TimeSpan.FromHours(1));
        await Tell(company, Event(company, Shut));
        company.Clock.Advance(TimeSpan.FromDays(10));
        await Tell(
            company,
            Event(company, Shut, minutes: -60 * 24 * 10 - 30),
            Event(company, Open, minutes: -60 * 24 * 10 - 40)
        );
        Assert.True((await Resource(company)).Stale);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_is_stamped_in_the_future_counts_from_its_arrival_and_silence_is_unknown(string database)
    {
        await using var company = await Company.Found(database);
        await Tell(company, Event(company, Shut, minutes: 600));
        Assert.Equal(company.Clock.GetUtcNow().UtcDateTime, (await Resource(company)).ObservedAt);
        company.Clock.Advance(TimeSpan.FromDays(10));
        Assert.True((await Resource(company)).Stale);
        var check = await Check(company, "s3-no-public-policy");
        Assert.Equal(CheckOutcome.Unknown, Assert.Single(check.Resources).Outcome);
        Assert.Equal((0.3, 1), (Math.Round(check.InForce.Share!.Value, 1), check.InForce.UnknownNow));
        // Written down by the server or when somebody tells again: the same is true either way.
        if (database == "sqlite")
            Assert.Equal(
                1,
                (await company.Run<ResourceProcess, Nothing, Tally>(p => p.KeepCurrent, new Nothing())).Count
            );
        if (database == "sqlite")
            Assert.Equal(
                0,
                (await company.Run<ResourceProcess, Nothing, Tally>(p => p.KeepCurrent, new Nothing())).Count
            );
        await Tell(company, Event(company, Shut));
        var view = await Resource(company);
        Assert.Equal(["Passing", "Unknown", "Passing"], Spans(view, "s3-no-public-policy"));
        var spans = view.Outcomes.Where(o => o.Check == "s3-no-public-policy").OrderBy(o => o.Since).ToList();
        Assert.Equal([spans[1].Since, spans[2].Since, null], spans.Select(s => s.Until));
        Assert.Equal(7, (spans[1].Until!.Value - spans[1].Since).TotalDays);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_discovered_resource_becomes_a_proposed_asset_or_joins_the_one_there_is_and_its_name_follows(
        string database
    )
    {
        await using var company = await Company.Found(database);
        var known = await company.Run<AssetRegister, CreateAsset, Done>(
            p => p.Create,
            new CreateAsset
            {
                Name = "acme-weights",
                Kind = "bucket",
                CrownJewel = true,
            }
        );
        await Tell(
            company,
            Event(company, Shut, name: "acme-weights"),
            Event(company, Shut.Replace("acme-weights", "acme-logs", StringComparison.Ordinal), name: "acme-logs")
        );
        var assets = (await company.Run<AssetReading, ListAssets, Page<AssetRow>>(p => p.List, new ListAssets())).Items;
        Assert.Equal(
            ["acme-weights Adopted", "acme-logs Proposed"],
            assets.OrderBy(a => a.Ref, StringComparer.Ordinal).Select(a => $"{a.Name} {a.Standing}")
        );
        Assert.Equal(known.Ref, (await Resource(company)).Asset);
        await Tell(
            company,
            Event(
                company,
                Shut.Replace("acme-weights", "acme-gold", StringComparison.Ordinal),
                name: "acme-weights",
                minutes: 1
            )
        );
        Assert.Contains(
            (await company.Run<AssetReading, ListAssets, Page<AssetRow>>(p => p.List, new ListAssets())).Items,
            a => a.Ref == known.Ref && a.Name == "acme-gold"
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_failure_on_a_crown_jewel_is_a_task_and_the_third_asks_whether_it_is_a_nonconformity(
        string database
    )
    {
        await using var company = await Company.Found(database);
        await company.Run<AssetRegister, CreateAsset, Done>(
            p => p.Create,
            new CreateAsset
            {
                Name = "acme-weights",
                Kind = "bucket",
                CrownJewel = true,
            }
        );
        foreach (var day in Enumerable.Range(0, 3))
        {
            await Tell(company, Event(company, Open));
            var open = await Tasks(company);
            Assert.Contains(
                open,
                t =>
                    t.Title == "acme-weights: No policy lets everybody in"
                    && t.Why.Contains("publicByPolicy is true", StringComparison.Ordinal)
            );
            Assert.Equal(day == 2, open.Any(t => t.Purpose == "nonconformity"));
            company.Clock.Advance(TimeSpan.FromDays(1));
            await Tell(company, Event(company, Shut));
            Assert.DoesNotContain(await Tasks(company), t => t.Purpose.StartsWith("check:", StringComparison.Ordinal));
            company.Clock.Advance(TimeSpan.FromHours(1));
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_wrong_event_is_named_and_nothing_of_its_batch_is_kept(string database)
    {
        await using var company = await Company.Found(database);
        var size = await Journal(company);
        Assert.Equal(
            "events[1].data",
            (await Refused(() => Tell(company, Event(company, Shut), Event(company, "[1]")))).Errors[0].Field
        );
        Assert.Equal(
            "events[0].id",
            (await Refused(() => Tell(company, Event(company, Shut) with { Id = "" }))).Errors[0].Field
        );
        Assert.Equal(
            "events[0].data",
            (await Refused(() => Tell(company, Event(company, $$"""{"name":"{{new string('x', 70_000)}}"}"""))))
                .Errors[0]
                .Field
        );
        Assert.Equal("events", (await Refused(() => Tell(company))).Errors[0].Field);
        Assert.Equal(
            (size, 0),
            (await Journal(company), await company.Read(db => db.Set<ReceivedEvent>().CountAsync()))
        );
    }

    private static Task<InputInvalid> Refused(Func<Task> act) => Assert.ThrowsAsync<InputInvalid>(act);

    [Theory, MemberData(nameof(Databases))]
    public async Task What_nobody_tells_of_any_more_stays_unknown_when_checks_are_renewed(string database)
    {
        await using var company = await Company.Found(database);
        await Tell(company, Event(company, Shut));
        var before = (await Resource(company))
            .Outcomes.Where(o => o.Outcome == CheckOutcome.Passing)
            .Select(o => o.Check)
            .ToList();
        Assert.NotEmpty(before);
        company.Clock.Advance(TimeSpan.FromDays(90));
        await company.Do("resources.keep-current", new { });
        company.Clock.Advance(TimeSpan.FromSeconds(1));
        await company.Do("checks.renew", new { });
        var open = await company.Read(db =>
            Task.FromResult(db.Set<CheckInterval>().Where(i => i.Until == CheckInterval.Open).ToList())
        );
        Assert.Superset(before.ToHashSet(), open.Select(i => i.Check).ToHashSet());
        Assert.All(open, i => Assert.Equal(CheckOutcome.Unknown, i.Outcome));
        // Told of again, it is known again.
        await Tell(company, Event(company, Shut));
        Assert.Contains(
            await company.Read(db =>
                Task.FromResult(db.Set<CheckInterval>().Where(i => i.Until == CheckInterval.Open).ToList())
            ),
            i => i.Outcome == CheckOutcome.Passing
        );
    }

    internal static GivenEvent Event(
        Company company,
        string data,
        int minutes = 0,
        string name = "acme-weights",
        string type = "s3.bucket"
    ) =>
        new()
        {
            Id = $"e-{Interlocked.Increment(ref _events)}",
            Source = "https://collector.acme.test",
            Type = type,
            Subject = $"arn:aws:s3:::{name}",
            Time = company.Clock.GetUtcNow().AddMinutes(minutes),
            Data = JsonDocument.Parse(data).RootElement,
        };

    internal static Task<EventsReceived> Tell(Company company, params GivenEvent[] events) =>
        company.Run<EventProcess, ReceiveEvents, EventsReceived>(
            p => p.Create,
            new ReceiveEvents { Events = [.. events] }
        );

    internal static Task<ResourceView> Resource(Company company, string reference = "RES-1") =>
        company.Run<ResourceProcess, OneRecord, ResourceView>(p => p.Get, new OneRecord { Ref = reference });

    private static Task<Page<ResourceRow>> Listed(Company company) =>
        company.Run<ResourceProcess, ListResources, Page<ResourceRow>>(p => p.List, new ListResources());

    internal static Task<CheckView> Check(Company company, string id) =>
        company.Run<CheckProcess, OneCheck, CheckView>(p => p.Get, new OneCheck { Ref = id });

    private static string[] Spans(ResourceView view, string check) =>
        [.. view.Outcomes.Where(o => o.Check == check).OrderByDescending(o => o.Since).Select(o => $"{o.Outcome}")];

    private static async Task<IReadOnlyList<WorkRow>> Tasks(Company company) =>
        (await company.Run<WorkProcess, ListWork, Page<WorkRow>>(p => p.List, new ListWork { Limit = 200 })).Items;

    private static Task<int> Journal(Company company) => company.Read(db => db.Journal.CountAsync());

    private static async Task<IReadOnlyList<string>> Findings(Company company) =>
        (await company.Run<JournalProcess, Nothing, JournalCheck>(p => p.Verify, new Nothing())).Findings;
}
