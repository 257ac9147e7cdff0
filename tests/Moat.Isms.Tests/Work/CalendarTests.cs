using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Moat.Isms.Kernel;
using Moat.Isms.Work;
using Moat.Isms.Work.Calendar;

namespace Moat.Tests;

/// <summary>
/// The calendar of the organisation, the secret address of a person, and what lists cost with ten thousand tasks.
/// </summary>
public sealed class CalendarTests
{
    // One of them tells PostgreSQL whose rows these are.
    private const int MostStatementsOfAList = 4;
    private const int MostStatementsOfAMonth = 14;

    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task A_month_runs_from_monday_to_sunday_and_holds_what_the_records_say(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        var dana = await company.As(Role.Member, "Dana");
        await company.As(Role.Member, "Ivo");
        var risk = await AbsenceTests.Risk(company, "PER-1");
        var task = await AbsenceTests.Action(company, risk, "Sign batches", "PER-2", new DateOnly(2026, 4, 30));
        var cadence = await CadenceTests.Create(
            company,
            new()
            {
                Title = "Read the access log of the weights",
                What = "Every reader is known.",
                Process = "monitoring",
                Requirement = "A.8.16",
                EveryMonths = 1,
                LeadDays = 7,
                Owner = "PER-1",
                NextOn = new DateOnly(2026, 4, 15),
            }
        );
        await company.Do(
            "absences.create",
            new
            {
                from = "2026-04-28",
                until = "2026-05-06",
                deputy = "PER-3",
                person = "PER-2",
            }
        );
        var april = await Month(company, "2026-04");
        Assert.Equal((new DateOnly(2026, 3, 30), new DateOnly(2026, 5, 3)), (april.From, april.To));
        Assert.Equal([cadence, "ABS-1", task], april.Entries.Where(e => e.On.Month == 4).Select(e => e.Ref));
        Assert.Equal(["cadence"], (await Month(company, "2026-07")).Entries.Select(e => e.Kind));
        Assert.Equal(["away", "task"], (await Month(company, "2026-04", dana)).Entries.Select(e => e.Kind));
        Assert.Equal(new DateOnly(2026, 3, 1), (await Month(company, null)).Month);
        await Assert.ThrowsAsync<InputInvalid>(() => Month(company, "2026-13"));
        Assert.Equal(
            "month",
            (await Assert.ThrowsAsync<InputInvalid>(() => Month(company, "1999-01"))).Errors[0].Field
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_secret_address_tells_its_person_until_it_is_revoked_or_the_person_may_not_enter_any_more(
        string database
    )
    {
        await using var company = await RuleTests.Drafted(database);
        var risk = await AbsenceTests.Risk(company, "PER-1");
        await company.As(Role.Member, "Dana");
        await AbsenceTests.Action(company, risk, "Of somebody else", "PER-2");
        var mine = await AbsenceTests.Action(company, risk, "Sign batches", "PER-1");
        var first = await Make(company, new MakeCalendarAddress());
        Assert.Contains((await Feed(company, first)).Entries, e => e.Ref == mine);
        Assert.DoesNotContain((await Feed(company, first)).Entries, e => e.Title == "Of somebody else");
        var second = await Make(company, new MakeCalendarAddress { Everything = true, Titles = true });
        await Assert.ThrowsAsync<NotFound>(() => Feed(company, first));
        var all = await Feed(company, second);
        Assert.True(all.Titles && all.Entries.Any(e => e.Title == "Of somebody else"));
        await Assert.ThrowsAsync<NotFound>(() => Feed(company, new string('x', 43)));
        Assert.Equal(
            1,
            (await company.Run<CalendarProcess, Nothing, Tally>(p => p.RevokeAddress, new Nothing())).Count
        );
        await Assert.ThrowsAsync<NotFound>(() => Feed(company, second));
        Assert.Null(
            (await company.Run<CalendarProcess, Nothing, MyCalendarAddress>(p => p.Address, new Nothing())).MadeAt
        );
        // Somebody without a membership, such as one whose access was taken away, has an address that opens nothing.
        var lea = await company.As(Role.Member, "Lea");
        await Assert.ThrowsAsync<NotFound>(async () =>
            await Feed(company, await Make(company, new MakeCalendarAddress(), lea))
        );
        await Assert.ThrowsAsync<InputInvalid>(() => Make(company, new MakeCalendarAddress { Everything = true }, lea));
        Assert.DoesNotContain(
            second,
            await company.Read(async db =>
                string.Concat(
                    await db
                        .Journal.Where(e => e.Operation == "calendar.make-address")
                        .Select(e => e.Changes)
                        .ToListAsync()
                )
            ),
            StringComparison.Ordinal
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Lists_counts_and_months_cost_the_same_with_ten_thousand_tasks(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        await Copy(
            company,
            database,
            await AbsenceTests.Action(company, await AbsenceTests.Risk(company, "PER-1"), "Sign batches", "PER-1")
        );
        var counts = await company.Run<WorkProcess, CountWork, WorkCounts>(p => p.Counts, new CountWork());
        Assert.True(counts.Overdue + counts.Week + counts.Later >= 10_000);
        Assert.InRange(
            await Statements(
                company,
                async s =>
                    await s.Run(
                        s.Of<WorkProcess>().List,
                        new ListWork
                        {
                            Sort = "due",
                            Due = DueBand.Overdue,
                            Limit = 50,
                        },
                        CancellationToken.None
                    )
            ),
            1,
            MostStatementsOfAList
        );
        Assert.InRange(
            await Statements(
                company,
                async s =>
                    await s.Run(s.Of<WorkProcess>().Counts, new CountWork { Mine = true }, CancellationToken.None)
            ),
            1,
            2
        );
        Assert.InRange(
            await Statements(
                company,
                async s =>
                    await s.Run(
                        s.Of<CalendarProcess>().Month,
                        new ShowMonth { Month = "2026-03" },
                        CancellationToken.None
                    )
            ),
            1,
            MostStatementsOfAMonth
        );
        Assert.True((await Month(company, "2026-03")).More);
    }

    private static async Task<int> Statements(Company company, Func<IsmsSession, Task> act)
    {
        await using var scope = company.Scope(company.Owner);
        using var statements = new HeardStatements();
        await act(scope.ServiceProvider.GetRequiredService<IsmsSession>());
        return statements.All.Count;
    }

    /// <summary>
    /// Copies a task ten thousand times, past every operation: how they came there does not matter to what lists cost.
    /// </summary>
    private static async Task Copy(Company company, string database, string task)
    {
        await using var scope = company.Scope(company.Owner);
        var connection = scope.ServiceProvider.GetRequiredService<MoatDb>().Database.GetDbConnection();
        await connection.OpenAsync();
        var (numbers, id, due, open) =
            database == "sqlite"
                ? (
                    "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000) SELECT i FROM n) AS n",
                    "printf('00000000-0000-7000-8000-%012d', i)",
                    "date('2026-03-05', (i % 60 - 30) || ' days')",
                    "SELECT 1"
                )
                : (
                    "generate_series(1, 10000) AS n(i)",
                    "('00000000-0000-7000-8000-' || lpad(i::text, 12, '0'))::uuid",
                    "date '2026-03-05' + (i % 60 - 30)",
                    "SELECT set_config('moat.organization', '*', false)"
                );
        foreach (
            var sql in new[]
            {
                open,
                $"INSERT INTO work_item (organization_id, id, number, version, created_at, changed_at, changed_by, search, title, why, purpose, subject_ref, subject_id, owner_id, due_on, state) SELECT organization_id, {id}, 100000 + i, version, created_at, changed_at, changed_by, search, title, why, purpose, subject_ref, subject_id, owner_id, {due}, state FROM work_item, {numbers} WHERE number = {task.Split('-')[1]}",
            }
        )
        {
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync();
        }
    }

    private static Task<MonthView> Month(Company company, string? month, Caller? caller = null) =>
        company.Run<CalendarProcess, ShowMonth, MonthView>(p => p.Month, new ShowMonth { Month = month }, caller);

    private static async Task<string> Make(Company company, MakeCalendarAddress input, Caller? caller = null) =>
        (
            await company.Run<CalendarProcess, MakeCalendarAddress, MadeCalendarAddress>(
                p => p.MakeAddress,
                input,
                caller
            )
        )
            .Path.Split('/')[^1]
            .Replace(".ics", "", StringComparison.Ordinal);

    private static Task<CalendarFeed> Feed(Company company, string secret) =>
        company.Run<CalendarProcess, ReadFeed, CalendarFeed>(
            p => p.Feed,
            new ReadFeed { Secret = secret },
            Caller.System(company.Owner.OrganizationId, "acme")
        );
}
