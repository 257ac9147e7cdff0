using Moat.Isms.Assets;
using Moat.Isms.Evidence.Checks;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.Work;

namespace Moat.Tests;

/// <summary>
/// Exceptions have an owner, a reason and an end that somebody is asked about; the alarm of a crown jewel speaks when
/// it is due, and once.
/// </summary>
public sealed class CheckExceptionTests
{
    private const string Check = "s3-no-public-policy";
    private const string Open = """{"name":"acme-weights","publicByPolicy":true}""";
    private const string Shut = """{"name":"acme-weights","publicByPolicy":false}""";

    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task An_exception_is_for_a_failure_is_listed_and_ends_early(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        var owner = await Olga(company);
        await FactTests.Tell(company, FactTests.Event(company, Shut));
        Assert.Equal(
            "resource",
            (await Assert.ThrowsAsync<InputInvalid>(() => Except(company, owner))).Errors[0].Field
        );
        await FactTests.Tell(company, FactTests.Event(company, Open, minutes: 1));
        await Except(company, owner);
        Assert.Equal("checks.except.once", (await Assert.ThrowsAsync<RuleBroken>(() => Except(company, owner))).RuleId);

        var row = Assert.Single(await List(company, new ListExceptions()));
        Assert.Equal(
            ("EXC-1", "RES-1", owner, "Olga Owner", "The trade fair needs it", true),
            (row.Ref, row.ResourceRef, row.OwnerRef, row.Owner, row.Reason, row.Stands)
        );
        Assert.Equal("No policy lets everybody in", row.CheckTitle);
        Assert.Equal("EXC-1", Assert.Single((await FactTests.Resource(company)).Exceptions).Ref);
        var watched = await company.Run<ControlWatch, WatchControl, ControlWatched>(
            p => p.Control,
            new WatchControl { Ref = "A.5.15" }
        );
        Assert.Equal(
            "Olga Owner: The trade fair needs it",
            watched
                .NotPassing.Select(n => n.Resource.Exception)
                .OfType<AnsweredFailure>()
                .Select(e => $"{e.Owner}: {e.Reason}")
                .First()
        );
        Assert.Empty(await List(company, new ListExceptions { Check = "s3-versioning" }));

        await company.Do("checks.end-exception", new { @ref = "EXC-1", reason = "The fair is over" });
        Assert.Equal(
            "checks.end-exception.stands",
            (
                await Assert.ThrowsAsync<RuleBroken>(() =>
                    company.Do("checks.end-exception", new { @ref = "EXC-1", reason = "The fair is over" })
                )
            ).RuleId
        );
        Assert.Empty(await List(company, new ListExceptions()));
        row = Assert.Single(await List(company, new ListExceptions { Resource = "RES-1", Over = true }));
        Assert.Equal((false, "The fair is over"), (row.Stands, row.EndedBecause));
        Assert.All((await FactTests.Check(company, Check)).Resources, r => Assert.Null(r.Exception));
        company.Clock.Advance(TimeSpan.FromDays(20));
        Assert.Equal(
            "resource",
            (await Assert.ThrowsAsync<InputInvalid>(() => Except(company, owner))).Errors[0].Field
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Its_owner_is_asked_two_weeks_before_it_ends_and_the_alarm_holds_back_until_then(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        var owner = await Olga(company);
        await company.Run<AssetRegister, CreateAsset, Done>(
            p => p.Create,
            new CreateAsset
            {
                Name = "acme-weights",
                Kind = "bucket",
                CrownJewel = true,
            }
        );
        await FactTests.Tell(company, FactTests.Event(company, Open));
        Assert.Single(await Alarms(company));
        await Except(company, owner);
        Assert.Empty(await Alarms(company));
        // It passes and fails again: somebody still answers for it.
        await Pass(company, 1, Shut);
        await Pass(company, 1, Open);
        Assert.Empty(await Alarms(company));
        Assert.Empty(await Asked(company));

        for (var day = 2; day < 16; day++)
            await Pass(company, 1, Open);
        Assert.Equal(1, await KeepCurrent(company));
        await KeepCurrent(company);
        var task = Assert.Single(await Asked(company));
        Assert.Equal(("Olga Owner", new DateOnly(2026, 4, 1), "EXC-1"), (task.Owner, task.DueOn, task.SubjectRef));
        Assert.Empty(await Alarms(company));

        for (var day = 16; day < 32; day++)
            await Pass(company, 1, Open);
        await KeepCurrent(company);
        await KeepCurrent(company);
        Assert.Empty(await Asked(company));
        Assert.Single(await Alarms(company));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_ends_early_is_a_task_again_at_once(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        await company.Run<AssetRegister, CreateAsset, Done>(
            p => p.Create,
            new CreateAsset
            {
                Name = "acme-weights",
                Kind = "bucket",
                CrownJewel = true,
            }
        );
        await FactTests.Tell(company, FactTests.Event(company, Open));
        await Except(company, await Olga(company));
        await company.Do("checks.end-exception", new { @ref = "EXC-1", reason = "The fair is over" });
        Assert.Single(await Alarms(company));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_jewel_that_is_named_after_its_check_failed_is_a_task_once(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        await FactTests.Tell(company, FactTests.Event(company, Open));
        Assert.Empty(await Alarms(company));
        var asset = (await FactTests.Resource(company)).Asset!;
        await company.Do("assets.edit", new { @ref = asset, crownJewel = true });
        await company.Do(
            "assets.edit",
            new
            {
                @ref = asset,
                crownJewel = true,
                description = "The weights",
            }
        );
        await KeepCurrent(company);
        var alarm = Assert.Single(await Alarms(company));
        Assert.Contains("publicByPolicy is true", alarm.Why, StringComparison.Ordinal);
        // Who drops it has decided about this failure.
        await company.Do(
            "tasks.complete",
            new
            {
                @ref = alarm.Ref,
                outcome = "It is meant to be so",
                drop = true,
            }
        );
        await KeepCurrent(company);
        Assert.Empty(await Alarms(company));
        await Pass(company, 1, Shut);
        await Pass(company, 1, Open);
        Assert.Single(await Alarms(company));
        await company.Do("assets.edit", new { @ref = asset, crownJewel = false });
        Assert.Empty(await Alarms(company));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_failing_resource_that_becomes_a_jewel_s_is_a_task_once(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        await FactTests.Tell(company, FactTests.Event(company, Open));
        var (discovered, jewel) = (
            (await FactTests.Resource(company)).Asset!,
            await company.Run<AssetRegister, CreateAsset, Done>(
                p => p.Create,
                new CreateAsset
                {
                    Name = "The weights",
                    Kind = "bucket",
                    CrownJewel = true,
                }
            )
        );
        await company.Do("resources.join", new { @ref = "RES-1", asset = jewel.Ref });
        await company.Do("resources.join", new { @ref = "RES-1", asset = jewel.Ref });
        await KeepCurrent(company);
        Assert.Single(await Alarms(company));
        await company.Do("resources.join", new { @ref = "RES-1", asset = discovered });
        Assert.Empty(await Alarms(company));
    }

    private static async Task<string> Olga(Company company) =>
        (
            await company.Run<PeopleProcess, CreatePerson, Done>(
                p => p.Create,
                new CreatePerson { Name = "Olga Owner", Email = "olga@acme.test" }
            )
        ).Ref;

    private static Task<Done> Except(Company company, string owner) =>
        company.Run<CheckExceptions, ExceptCheck, Done>(
            p => p.Except,
            new ExceptCheck
            {
                Ref = Check,
                Resource = "RES-1",
                Owner = owner,
                Reason = "The trade fair needs it",
                Until = new DateOnly(2026, 4, 1),
            }
        );

    private static Task<IReadOnlyList<ExceptionRow>> List(Company company, ListExceptions input) =>
        company.Run<CheckExceptions, ListExceptions, IReadOnlyList<ExceptionRow>>(p => p.List, input);

    private static async Task Pass(Company company, int days, string fact)
    {
        company.Clock.Advance(TimeSpan.FromDays(days));
        await FactTests.Tell(company, FactTests.Event(company, fact));
    }

    private static async Task<int> KeepCurrent(Company company) =>
        (await company.Run<CheckExceptions, Nothing, Tally>(p => p.KeepCurrent, new Nothing())).Count;

    private static async Task<IReadOnlyList<WorkRow>> Alarms(Company company) =>
        [.. (await Tasks(company)).Where(t => t.Purpose == $"check:{Check}")];

    private static async Task<IReadOnlyList<WorkRow>> Asked(Company company) =>
        [.. (await Tasks(company)).Where(t => t.Purpose == "exception-ends")];

    private static async Task<IReadOnlyList<WorkRow>> Tasks(Company company) =>
        (await company.Run<WorkProcess, ListWork, Page<WorkRow>>(p => p.List, new ListWork { Limit = 200 })).Items;
}
