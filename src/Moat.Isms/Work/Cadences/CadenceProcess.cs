using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.People.Responsibilities;
using Moat.Knowledge;

namespace Moat.Isms.Work.Cadences;

/// <summary>What has to happen again and again, how often, by whom, and what proves that it did.</summary>
[Process("cadences", "What has to happen again and again: how often, by whom, and what proves that it did (8.1, 9.1).")]
public sealed class CadenceProcess(MoatDb db, KnowledgeBase knowledge, CadenceBook book, CadenceProofs proofs)
{
    private const int MostShown = 300;
    private const int MostTimes = 100;
    private const int LongestBack = 120;

    /// <summary>The cadences, those that are missed first.</summary>
    [Query(
        "list",
        Permission.ReadIsms,
        "List what has to happen again and again, with when it is due and when it last happened"
    )]
    public async Task<IReadOnlyList<CadenceRow>> List(ListCadences input, CancellationToken ct)
    {
        var rows = await Rows(db.Set<Cadence>().Of(null), ct);
        return
        [
            .. rows.Where(r => input.State is { } state ? r.State == state : r.State != CadenceState.Retired)
                .OrderByDescending(r => r.State == CadenceState.Missed)
                .ThenBy(r => r.NextOn ?? DateOnly.MaxValue),
        ];
    }

    /// <summary>One cadence with how it went before.</summary>
    [Query("get", Permission.ReadIsms, "Read a cadence with how it went each time")]
    public async Task<CadenceView> Get(OneRecord input, CancellationToken ct)
    {
        var cadence = await db.One<Cadence>(input.Ref, ct);
        var times = await db.Set<CadenceTime>()
            .Where(t => t.CadenceId == cadence.Id)
            .OrderByDescending(t => t.DueOn)
            .Take(MostTimes)
            .Select(t => new CadenceTimeRow(t.DueOn, t.Outcome, t.MetOn, t.Proof))
            .ToListAsync(ct);
        return new CadenceView(
            (await Rows(db.Set<Cadence>().Where(c => c.Id == cadence.Id), ct))[0],
            cadence.RetiredBecause,
            times
        );
    }

    /// <summary>Enters a cadence that nobody proposed.</summary>
    [Operation("create", Permission.EditContext, "Enter something that has to happen again and again")]
    public async Task<Done> Create(CreateCadence input, CancellationToken ct)
    {
        if (knowledge.Processes.All(p => p.Id != input.Process))
            throw new InputInvalid("process", $"One of: {string.Join(", ", knowledge.Processes.Select(p => p.Id))}.");
        await Role(input.Role, ct);
        await proofs.Check(input.Proofs, ct);
        Ahead(input.NextOn);
        var cadence = await db.Enter(
            new Cadence
            {
                Title = input.Title,
                What = input.What,
                Process = input.Process,
                Requirement = input.Requirement,
                EveryMonths = input.EveryMonths,
                LeadDays = input.LeadDays,
                RoleKey = input.Role,
                OwnerId = await db.OwnerId(input.Owner, ct),
                Proofs = [.. input.Proofs.Distinct()],
            },
            ct
        );
        await book.Begin(cadence, input.NextOn, ct);
        await book.Ask(cadence, ct);
        return new Done(cadence);
    }

    /// <summary>Changes a cadence; a proposal becomes real by it.</summary>
    [Operation("edit", Permission.EditContext, "Change a cadence; a changed proposal is adopted")]
    public async Task<Done> Edit(EditCadence input, CancellationToken ct)
    {
        var cadence = await db.One<Cadence>(input, ct);
        if (cadence.RetiredAt is not null)
            throw new RuleBroken("cadences.edit.retired", $"{cadence.Ref} is retired. Enter a new one.");
        await Role(input.Role, ct);
        await proofs.Check(input.Proofs ?? [], ct);
        Ahead(input.NextOn);
        (cadence.Title, cadence.What) = (input.Title ?? cadence.Title, input.What ?? cadence.What);
        (cadence.EveryMonths, cadence.LeadDays) = (
            input.EveryMonths ?? cadence.EveryMonths,
            input.LeadDays ?? cadence.LeadDays
        );
        cadence.RoleKey = input.Role ?? cadence.RoleKey;
        if (input.Owner is not null)
            cadence.OwnerId = await db.OwnerId(input.Owner, ct);
        if (input.Proofs is not null)
            await book.ProveBy(cadence, input.Proofs, ct);
        cadence.Adopt();
        if (cadence.NextOn is null)
            await book.Begin(cadence, input.NextOn, ct);
        else if (input.NextOn is { } next)
            cadence.Move(next, db.Today);
        await book.Ask(cadence, ct);
        return new Done(cadence);
    }

    /// <summary>Says that it happened, where no record of Moat proves it.</summary>
    [Operation(
        "meet",
        Permission.EditEvidence,
        "Say that a cadence without a proof of its own happened, and where the result lies"
    )]
    public async Task<Done> Meet(MeetCadence input, CancellationToken ct)
    {
        var cadence = await db.One<Cadence>(input, ct);
        if (cadence.Proofs.Count > 0)
            throw new RuleBroken(
                "cadences.meet.by-record",
                $"{cadence.Ref} is met by {string.Join(" or ", cadence.Proofs)}. Do that; saying so is not enough."
            );
        var on = input.On ?? db.Today;
        if (on > db.Today)
            throw new InputInvalid("on", "That day has not come yet.");
        if (on < (cadence.LastMetOn ?? on.AddDays(-1)) || on.DayNumber < db.Today.DayNumber - LongestBack)
            throw new InputInvalid("on", "That day belongs to an earlier time.");
        await book.Meet(cadence, input.Outcome, on, ct);
        return new Done(cadence);
    }

    /// <summary>Gives a cadence up, with the reason.</summary>
    [Operation("retire", Permission.EditContext, "Give a cadence up, with the reason; what it kept stays")]
    public async Task<Done> Retire(RetireCadence input, CancellationToken ct)
    {
        var cadence = await db.One<Cadence>(input, ct);
        if (cadence.Standing != Standing.Adopted)
            throw new RuleBroken(
                "cadences.retire.adopted",
                $"{cadence.Ref} is {cadence.Standing.Words()} and was never in force. A proposal is rejected in the draft."
            );
        await book.Retire(cadence, input.Reason, ct);
        return new Done(cadence);
    }

    /// <summary>
    /// Opens tasks before dates, finds proofs, notes what was missed. Done every day by the server itself.
    /// </summary>
    [
        Daily(DailyTurn.People),
        Operation(
            "keep-current",
            Permission.EditEvidence,
            "Open the tasks of what comes round, find what proves it, note what was missed"
        )
    ]
    public async Task<Tally> KeepCurrent(Nothing input, CancellationToken ct) => new(await book.Round(ct), []);

    private async Task<List<CadenceRow>> Rows(IQueryable<Cadence> cadences, CancellationToken ct)
    {
        var (today, roles, people) = (db.Today, db.Set<RoleAssignment>(), db.Set<Person>());
        var found = await cadences
            .OrderBy(c => c.NextOn)
            .ThenBy(c => c.Number)
            .Take(MostShown)
            .Select(c => new
            {
                Cadence = c,
                Role = roles
                    .Where(r => r.Key == c.RoleKey)
                    .OrderBy(r => r.Number)
                    .Select(r => r.Title)
                    .FirstOrDefault(),
                Owner = people.Where(p => p.Id == c.OwnerId).Select(p => new { p.Number, p.Name }).FirstOrDefault(),
                Holder = people
                    .Where(p => roles.Any(r => r.Key == c.RoleKey && r.PersonId == p.Id))
                    .OrderBy(p => p.Number)
                    .Select(p => p.Name)
                    .FirstOrDefault(),
            })
            .ToListAsync(ct);
        return
        [
            .. found.Select(f => new CadenceRow
            {
                Ref = f.Cadence.Ref,
                Version = f.Cadence.Version,
                Title = f.Cadence.Title,
                What = f.Cadence.What,
                Process = f.Cadence.Process,
                Requirement = f.Cadence.Requirement,
                EveryMonths = f.Cadence.EveryMonths,
                LeadDays = f.Cadence.LeadDays,
                RoleKey = f.Cadence.RoleKey,
                Role = f.Role,
                OwnerRef = f.Owner is null ? null : $"PER-{f.Owner.Number}",
                Holder = f.Owner?.Name ?? f.Holder,
                Proofs = f.Cadence.Proofs,
                NextOn = f.Cadence.NextOn,
                LastMetOn = f.Cadence.LastMetOn,
                LastProof = f.Cadence.LastProof,
                MissedSince = f.Cadence.MissedSince,
                State = StateOf(f.Cadence, today),
                WhyProposed = f.Cadence.WhyProposed,
            }),
        ];
    }

    private static CadenceState StateOf(Cadence cadence, DateOnly today) =>
        cadence switch
        {
            { Standing: not Standing.Adopted } => CadenceState.Proposed,
            { RetiredAt: not null } => CadenceState.Retired,
            { MissedSince: not null } => CadenceState.Missed,
            { NextOn: { } next } when next < today => CadenceState.Missed,
            { NextOn: { } next } when next.AddDays(-cadence.LeadDays) <= today => CadenceState.Due,
            _ => CadenceState.Upcoming,
        };

    private async Task Role(string? key, CancellationToken ct)
    {
        if (
            key is not null
            && !knowledge.RoleById.ContainsKey(key)
            && !await db.Set<RoleAssignment>().AnyAsync(r => r.Key == key, ct)
        )
            throw new InputInvalid("role", $"There is no role {key}.");
    }

    private void Ahead(DateOnly? nextOn)
    {
        if (nextOn < db.Today)
            throw new InputInvalid(
                "nextOn",
                "That day has passed. A cadence that was missed stays missed; say when it happens next."
            );
    }
}
