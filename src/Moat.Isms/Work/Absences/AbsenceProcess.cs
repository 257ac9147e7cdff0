using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.People;

namespace Moat.Isms.Work.Absences;

/// <summary>Somebody will be away.</summary>
public sealed record CreateAbsence
{
    /// <summary>First day away.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last day away.</summary>
    public required DateOnly Until { get; init; }

    /// <summary>Who does what is due meanwhile, such as PER-2.</summary>
    [MaxLength(80)]
    public required string Deputy { get; init; }

    /// <summary>Whether tasks that are open already go to the deputy as well, and come back afterwards.</summary>
    public bool HandOver { get; init; }

    /// <summary>Who is away; oneself when left out. A manager may say it for others.</summary>
    [MaxLength(80)]
    public string? Person { get; init; }
}

/// <summary>Somebody who may stand in.</summary>
public sealed record PossibleDeputy(string Ref, string Name);

/// <summary>Which absences to list.</summary>
public sealed record ListAbsences
{
    /// <summary>Also those that have ended.</summary>
    public bool Past { get; init; }
}

/// <summary>An absence as people read it.</summary>
public sealed record AbsenceRow(
    string Ref,
    int Version,
    string Person,
    DateOnly From,
    DateOnly Until,
    string Deputy,
    bool HandsOver,
    bool Now,
    DateTime? EndedAt,
    int Tasks,
    bool Mine
);

/// <summary>What an absence does at once, and what stays with the person because nobody else may decide it.</summary>
public sealed class BegunAbsence(Absence absence, int handedOver, IReadOnlyList<FieldError> stays)
{
    /// <summary>The absence's reference.</summary>
    public string Ref => absence.Ref;

    /// <summary>Its version.</summary>
    public int Version => absence.Version;

    /// <summary>How many open tasks went to the deputy.</summary>
    public int HandedOver => handedOver;

    /// <summary>Tasks that stay, with the reason.</summary>
    public IReadOnlyList<FieldError> Stays => stays;
}

/// <summary>Who is away, and who does what is due meanwhile.</summary>
[Process("absences", "Who is away, who stands in, and what nobody can do instead of them.")]
public sealed class AbsenceProcess(MoatDb db, CurrentCaller caller, Handover handover, Deputies deputies)
{
    private const int LongestDays = 400;
    private const int MostShown = 200;

    /// <summary>Absences. Members see those that concern them.</summary>
    [Query("list", Permission.Work, "List who is away and who stands in; members see what concerns them")]
    public async Task<IReadOnlyList<AbsenceRow>> List(ListAbsences input, CancellationToken ct)
    {
        var (me, today) = (caller.Value.PersonId, db.Today);
        var query = db.Set<Absence>().AsQueryable();
        if (!input.Past)
            query = query.Where(a => a.EndedAt == null && a.Until >= today);
        if (!caller.Value.May(Permission.ReadIsms))
            query = query.Where(a => a.PersonId == me || a.DeputyId == me);
        var (people, tasks) = (db.Set<Person>(), db.Set<WorkItem>());
        return await query
            .OrderByDescending(a => a.From)
            .ThenBy(a => a.Number)
            .Take(MostShown)
            .Select(a => new AbsenceRow(
                "ABS-" + a.Number,
                a.Version,
                people.Where(p => p.Id == a.PersonId).Select(p => p.Name).First(),
                a.From,
                a.Until,
                people.Where(p => p.Id == a.DeputyId).Select(p => p.Name).First(),
                a.HandsOver,
                a.EndedAt == null && a.From <= today && a.Until >= today,
                a.EndedAt,
                tasks.Count(t => t.ForId == a.PersonId && t.State == WorkState.Open),
                a.PersonId == me
            ))
            .ToListAsync(ct);
    }

    /// <summary>Who may stand in for the caller.</summary>
    [Query("deputies", Permission.Work, "Who may stand in for you while you are away")]
    public async Task<IReadOnlyList<PossibleDeputy>> Deputies(Nothing input, CancellationToken ct)
    {
        var (me, today) = (caller.Value.PersonId, db.Today);
        var people = await db.Set<Person>()
            .Where(p => p.Id != me && (p.LeftOn == null || p.LeftOn >= today))
            .OrderBy(p => p.Name)
            .Take(MostShown)
            .Select(p => new { p.Number, p.Name })
            .ToListAsync(ct);
        return [.. people.Select(p => new PossibleDeputy($"PER-{p.Number}", p.Name))];
    }

    /// <summary>
    /// Says that somebody will be away. What only that person may decide is not delegated, and the answer names it.
    /// </summary>
    [Operation(
        "create",
        Permission.Work,
        "Say that you will be away and who stands in; what only you may decide stays with you and is named"
    )]
    public async Task<BegunAbsence> Create(CreateAbsence input, CancellationToken ct)
    {
        var person = await Person(input.Person, ct);
        var deputy = await db.One<Person>(input.Deputy, ct);
        if (input.Until < input.From)
            throw new InputInvalid("until", "The last day is before the first.");
        if (input.Until < db.Today)
            throw new InputInvalid("until", "This is over already.");
        if (input.Until.DayNumber - input.From.DayNumber > LongestDays)
            throw new InputInvalid(
                "until",
                $"At most {LongestDays} days. For longer, give the roles to somebody else."
            );
        if (deputy.Id == person.Id)
            throw new InputInvalid("deputy", "Somebody else.");
        if (deputy.LeftOn is { } left && left < input.Until)
            throw new InputInvalid("deputy", $"{deputy.Name} leaves on {left:yyyy-MM-dd}.");
        await NotAway(person, deputy, input, ct);
        var absence = await db.Enter(
            new Absence
            {
                PersonId = person.Id,
                From = input.From,
                Until = input.Until,
                DeputyId = deputy.Id,
                HandsOver = input.HandOver,
                RecordedById = caller.Value.IsPerson ? caller.Value.PersonId : null,
            },
            ct
        );
        var moved = absence.From <= db.Today ? await handover.Begin(absence, ct) : 0;
        return new BegunAbsence(absence, moved, await handover.Stays(absence, person, ct));
    }

    /// <summary>Ends an absence before its last day; what the deputy has not done comes back.</summary>
    [Operation("end", Permission.Work, "End an absence before its last day; what the deputy has not done comes back")]
    public async Task<Done> End(ChangeRecord input, CancellationToken ct)
    {
        var absence = await db.One<Absence>(input, ct);
        if (!caller.Value.IsManager && absence.PersonId != caller.Value.PersonId)
            throw new NotFound(input.Ref);
        await handover.End(absence, ct);
        return new Done(absence);
    }

    /// <summary>Lets absences begin and end on their days. Done every day by the server itself.</summary>
    [
        Daily(DailyTurn.People),
        Operation(
            "keep-current",
            Permission.EditPeople,
            "Let absences begin and end on their days, with the tasks that go and come back"
        )
    ]
    public async Task<Tally> KeepCurrent(Nothing input, CancellationToken ct)
    {
        var today = db.Today;
        var due = await db.Set<Absence>()
            .Where(a => a.EndedAt == null && ((a.BegunAt == null && a.From <= today) || a.Until < today))
            .OrderBy(a => a.Number)
            .ToListAsync(ct);
        foreach (var over in due.Where(a => a.Until < today))
            await handover.End(over, ct);
        deputies.Changed();
        foreach (var begins in due.Where(a => a.Until >= today))
            await handover.Begin(begins, ct);
        return new Tally(due.Count, []);
    }

    private async Task<Person> Person(string? reference, CancellationToken ct)
    {
        if (reference is { Length: > 0 } && caller.Value.IsManager)
            return await db.One<Person>(reference, ct);
        if (caller.Value.PersonId is not { } me)
            throw new InputInvalid("person", "Say who is away.");
        var person = await db.Set<Person>().FirstAsync(p => p.Id == me, ct);
        return string.IsNullOrEmpty(reference) || reference == person.Ref
            ? person
            : throw new RuleBroken(
                "absences.create.self",
                "You can say it for yourself only. A manager can say it for others."
            );
    }

    private async Task NotAway(Person person, Person deputy, CreateAbsence input, CancellationToken ct)
    {
        var (from, until) = (input.From, input.Until);
        var meanwhile = await db.Set<Absence>()
            .Where(a =>
                a.EndedAt == null
                && a.From <= until
                && a.Until >= from
                && (a.PersonId == person.Id || a.PersonId == deputy.Id)
            )
            .ToListAsync(ct);
        if (meanwhile.FirstOrDefault(a => a.PersonId == person.Id) is { } own)
            throw new RuleBroken(
                "absences.create.overlap",
                $"{own.Ref} says already that {person.Name} is away until {own.Until:yyyy-MM-dd}. End it first."
            );
        if (meanwhile.FirstOrDefault() is { } theirs)
            throw new RuleBroken(
                "absences.create.deputy-away",
                $"{deputy.Name} is away from {theirs.From:yyyy-MM-dd} to {theirs.Until:yyyy-MM-dd}. Name somebody who is there."
            );
    }
}
