using Microsoft.EntityFrameworkCore;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.Work;
using Moat.Knowledge.Checks;

namespace Moat.Isms.Evidence.Checks;

/// <summary>
/// Failures that somebody answers for until a day. They stay failures in every number; only the alarm holds back.
/// </summary>
[Process(CheckProcess.Name, CheckProcess.Summary)]
public sealed class CheckExceptions(MoatDb db, CheckBook book, CheckAlarm alarm, WorkList work)
{
    private const int LongestDays = 366;
    private const int DaysBefore = 14;
    private const int MostShown = 500;
    private const string Ends = "exception-ends";

    /// <summary>The exceptions, those that end first on top.</summary>
    [Query(
        "exceptions",
        Permission.ReadIsms,
        "List exceptions from checks with who answers for each, why and until when"
    )]
    public async Task<IReadOnlyList<ExceptionRow>> List(ListExceptions input, CancellationToken ct)
    {
        var today = db.Today;
        var query = db.Set<CheckException>().AsQueryable();
        if (input.Check is { } check)
            query = query.Where(e => e.Check == check);
        if (input.Resource is { } reference && await db.One<Resource>(reference, ct) is { Id: var id })
            query = query.Where(e => e.ResourceId == id);
        if (!input.Over)
            query = query.Standing(today);
        var rows = await (
            from exception in query
            join resource in db.Set<Resource>() on exception.ResourceId equals resource.Id
            join owner in db.Set<Person>() on exception.OwnerId equals owner.Id
            orderby exception.Until, exception.Number
            select new
            {
                exception,
                Resource = resource.Name,
                ResourceNumber = resource.Number,
                Owner = owner.Name,
                OwnerNumber = owner.Number,
            }
        )
            .Take(MostShown)
            .ToListAsync(ct);
        var titles = await book.Titles(ct);
        return
        [
            .. rows.Select(r => new ExceptionRow(
                r.exception.Ref,
                r.exception.Version,
                r.exception.Check,
                titles.GetValueOrDefault(r.exception.Check, r.exception.Check),
                $"RES-{r.ResourceNumber}",
                r.Resource,
                $"PER-{r.OwnerNumber}",
                r.Owner,
                r.exception.Reason,
                r.exception.From,
                r.exception.Until,
                r.exception.Stands(today),
                r.exception.EndedAt,
                r.exception.EndedBecause
            )),
        ];
    }

    /// <summary>Lets somebody answer for a failure until a day. It stays a failure.</summary>
    [Operation(
        "except",
        Permission.EditControls,
        "Let somebody answer for a failing resource until a day, with the reason"
    )]
    public async Task<Done> Except(ExceptCheck input, CancellationToken ct)
    {
        if (!(await book.Titles(ct)).ContainsKey(input.Ref))
            throw new NotFound(input.Ref);
        if (input.Until < db.Today)
            throw new InputInvalid("until", "This day is over.");
        if (input.Until > db.Today.AddDays(LongestDays))
            throw new InputInvalid("until", "At most a year ahead; decide again then.");
        var resource = await db.One<Resource>(input.Resource, ct);
        var owner = await db.One<Person>(input.Owner, ct);
        if (!await Fails(input.Ref, resource, ct))
            throw new InputInvalid(
                "resource",
                $"{resource.Ref} {resource.Name} does not fail this check now, so there is nothing to answer for."
            );
        if (await Standing(input.Ref, resource, ct) is { } known)
            throw new RuleBroken(
                "checks.except.once",
                $"{known.Ref} stands until {known.Until:yyyy-MM-dd}. End it first, then decide again."
            );
        var exception = await db.Enter(
            new CheckException
            {
                Check = input.Ref,
                ResourceId = resource.Id,
                OwnerId = owner.Id,
                Reason = input.Reason,
                From = db.Today,
                Until = input.Until,
            },
            ct
        );
        await alarm.Follow([resource], ct);
        return new Done(exception);
    }

    /// <summary>Ends an exception before its last day; a crown jewel that still fails is a task again.</summary>
    [Operation("end-exception", Permission.EditControls, "End an exception from a check before its last day")]
    public async Task<Done> End(EndException input, CancellationToken ct)
    {
        var exception = await db.One<CheckException>(input, ct);
        if (!exception.Stands(db.Today))
            throw new RuleBroken("checks.end-exception.stands", $"{exception.Ref} is over already.");
        exception.End(input.Reason, db.Now);
        await work.Settle(exception, Ends, "It was ended.", ct);
        await alarm.Follow([await db.One<Resource>($"{exception.ResourceId}", ct)], ct);
        return new Done(exception);
    }

    /// <summary>
    /// Asks owners two weeks before an exception ends, and brings the tasks of crown jewels in line with what fails
    /// now. Done every day by the server itself.
    /// </summary>
    [
        Daily(DailyTurn.Registers),
        Operation(
            "keep-current",
            Permission.EditControls,
            "Ask owners two weeks before an exception ends, and raise what fails on crown jewels"
        )
    ]
    public async Task<Tally> KeepCurrent(Nothing input, CancellationToken ct)
    {
        var asked = 0;
        var titles = await book.Titles(ct);
        var asking = db.Set<WorkItem>().Where(t => t.Purpose == Ends && t.State == WorkState.Open);
        var (today, soon) = (db.Today, db.Today.AddDays(DaysBefore));
        foreach (
            var exception in await db.Set<CheckException>()
                .Where(e =>
                    (e.EndedAt == null && e.Until <= soon && e.Until >= today) || asking.Any(t => t.SubjectId == e.Id)
                )
                .ToListAsync(ct)
        )
        {
            var resource = await db.One<Resource>($"{exception.ResourceId}", ct);
            if (!exception.Stands(db.Today))
                await work.Settle(exception, Ends, "It is over.", ct);
            else if (!await Fails(exception.Check, resource, ct))
                await work.Settle(exception, Ends, "The check does not fail any more.", ct);
            else
            {
                await Ask(exception, resource, titles.GetValueOrDefault(exception.Check, exception.Check), ct);
                asked++;
            }
        }
        await alarm.FollowAll(ct);
        return new Tally(asked, []);
    }

    private Task Ask(CheckException exception, Resource resource, string check, CancellationToken ct) =>
        work.OpenOnce(
            exception,
            new NewWork(
                Ends,
                $"{exception.Ref} ends on {exception.Until:yyyy-MM-dd}: {resource.Name} still fails '{check}'".Cut(300),
                $"Mend it before, or let somebody decide again. It was excepted because: {exception.Reason}".Cut(1000),
                exception.OwnerId,
                exception.Until
            ),
            ct
        );

    /// <summary>What nobody told of for too long is unknown, not failing.</summary>
    private async Task<bool> Fails(string check, Resource resource, CancellationToken ct) =>
        resource.GoneAt is null
        && resource.StaleAt >= db.Now
        && await db.Set<CheckInterval>()
            .AnyAsync(
                i =>
                    i.ResourceId == resource.Id
                    && i.Check == check
                    && i.Until == CheckInterval.Open
                    && i.Outcome == CheckOutcome.Failing,
                ct
            );

    private Task<CheckException?> Standing(string check, Resource resource, CancellationToken ct) =>
        db.Set<CheckException>()
            .Standing(db.Today)
            .FirstOrDefaultAsync(e => e.Check == check && e.ResourceId == resource.Id, ct);
}
