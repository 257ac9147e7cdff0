using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;
using Moat.Isms.Work;
using Moat.Reports.Pack;

namespace Moat.Tests;

/// <summary>A clock that is set back keeps nobody from working, and nobody can overlook it.</summary>
public sealed class ClockTests
{
    private static readonly DateTime Begin = new(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc);

    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task A_write_after_the_clock_was_set_back_is_kept_and_an_entry_says_so_once(string database)
    {
        await using var company = await Company.Found(database);
        await Asset(company, "Before");
        company.Clock.AdjustTime(company.Clock.GetUtcNow().AddDays(-43));
        await Asset(company, "After");
        await Asset(company, "After that");
        var back = new ListJournal { Operation = JournalWriter.ClockWentBack };
        var told = Assert.Single(
            (await company.Run<JournalProcess, ListJournal, JournalPage>(p => p.List, back)).Items
        );
        Assert.Equal(
            "The clock was set back by 43 days: entry 1 is from 2026-03-02 09:00:00 UTC, entry 2 from 2026-01-18 09:00:00 UTC.",
            told.Reason
        );
        Assert.Equal((3, "Moat"), (told.Sequence, told.Actor));
        var check = await company.Run<JournalProcess, Nothing, JournalCheck>(p => p.Verify, new Nothing());
        Assert.True(check.Holds, string.Join('\n', check.Findings));
        Assert.StartsWith(
            "The clock was set back by 43 days at entry 2",
            Assert.Single(check.Remarks),
            StringComparison.Ordinal
        );
        var pack = Packs.Verify(
            (await company.Run<PackProcess, Nothing, MadeFile>(p => p.Make, new Nothing())).Content
        );
        Assert.True(pack.Holds, string.Join('\n', pack.Findings));
        Assert.Equal(check.Remarks, pack.Remarks);
        var state = await company.Run<JournalProcess, Nothing, CheckpointView>(p => p.Checkpoint, new Nothing());
        Assert.Equal(told.Reason, Assert.Single(state.SetBack));
    }

    [Fact]
    public async Task Jitter_is_not_told()
    {
        await using var company = await Company.Found("sqlite");
        company.Clock.AdjustTime(company.Clock.GetUtcNow() - JournalReading.Jitter);
        await Asset(company, "A moment before");
        Assert.Empty((await company.Run<JournalProcess, Nothing, JournalCheck>(p => p.Verify, new Nothing())).Remarks);
        Assert.Equal(2, await company.Read(db => db.Journal.CountAsync()));
    }

    [Fact]
    public async Task The_ISMS_manager_gets_one_task_for_each_time()
    {
        await using var company = await RuleTests.Completed("sqlite");
        var system = Caller.System(company.Owner.OrganizationId, "acme");
        Task<JournalKept> Keep() =>
            company.Run<KeyProcess, Nothing, JournalKept>(p => p.KeepCurrent, new Nothing(), system);
        Assert.Equal(0, (await Keep()).Told);
        for (var time = 1; time <= 2; time++)
        {
            company.Clock.AdjustTime(company.Clock.GetUtcNow().AddHours(-5));
            await Asset(company, $"Model {time}");
            Assert.Equal(1, (await Keep()).Told);
            Assert.Equal(0, (await Keep()).Told);
        }
        var tasks = await company.Read(db =>
            db.Set<WorkItem>().Where(t => t.Title.StartsWith("Find out why the server's clock")).ToListAsync()
        );
        Assert.Equal(2, tasks.Count);
        Assert.All(tasks, t => Assert.Contains("set back by 5 hours", t.Why, StringComparison.Ordinal));
    }

    [Fact]
    public void Exactly_the_steps_back_that_are_more_than_jitter_are_told() =>
        Prop.ForAll(
                Gen.Choose(-10_000, 20_000).ListOf().Where(s => s.Count is > 0 and < 60).ToArbitrary(),
                steps =>
                {
                    var (reading, at) = (new JournalReading(), Begin);
                    reading.Read(Entry(0, at), () => []);
                    foreach (var (step, index) in steps.Select((s, i) => (s, i)))
                    {
                        at = at.AddMilliseconds(step);
                        reading.Read(Entry(index + 1, at), () => []);
                    }
                    return reading.Findings.Count == 0
                        && reading.Remarks.Count
                            == steps.Count(s => TimeSpan.FromMilliseconds(-s) > JournalReading.Jitter);
                }
            )
            .QuickCheckThrowOnFailure();

    private static JournalEntry Entry(long sequence, DateTime at) =>
        JournalEntry.Write(Caller.System(Guid.Empty, "acme"), sequence, at, "assets.create", null, new JsonArray());

    private static Task<Done> Asset(Company company, string name) =>
        company.Run<AssetRegister, CreateAsset, Done>(p => p.Create, new CreateAsset { Name = name, Kind = "model" });
}
