using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.People;

namespace Moat.Isms.Work.Digests;

/// <summary>Whether the caller wants the digest.</summary>
public sealed record ChooseDigest
{
    /// <summary>True to get it, false not to.</summary>
    public required bool Wanted { get; init; }
}

/// <summary>The caller's choice, and how the last one went.</summary>
public sealed record MyDigest(bool Wanted, DateOnly? LastOn, MailState? LastState);

/// <summary>A digest in the log.</summary>
public sealed record DigestRow(
    DateOnly On,
    string Person,
    MailState State,
    int Attempts,
    DateTime? LastAt,
    string? Result
);

/// <summary>Digests by e-mail: at most one a day, and only when there is something new to say.</summary>
[Process(Name, Summary)]
public sealed class DigestProcess(MoatDb db, CurrentCaller caller)
{
    internal const string Name = "digests";
    internal const string Summary =
        "What is due, by e-mail: at most one a day for each person, and only when there is something to say.";
    private const int MostShown = 200;

    /// <summary>The caller's choice.</summary>
    [Query("mine", Permission.Work, "Whether you get the digest, and how the last one went")]
    public async Task<MyDigest> Mine(Nothing input, CancellationToken ct)
    {
        var me = caller.Value.PersonId;
        var last = await db.Set<MailDelivery>()
            .Where(m => m.PersonId == me)
            .OrderByDescending(m => m.On)
            .Select(m => new { m.On, m.State })
            .FirstOrDefaultAsync(ct);
        return new MyDigest(
            !await db.Set<DigestChoice>().AnyAsync(c => c.PersonId == me && !c.Wanted, ct),
            last?.On,
            last?.State
        );
    }

    /// <summary>Chooses to get it or not.</summary>
    [PeopleOnly, Operation("choose", Permission.Work, "Choose to get the digest or not")]
    public async Task<MyDigest> Choose(ChooseDigest input, CancellationToken ct)
    {
        if (caller.Value.PersonId is not { } me)
            throw new RuleBroken("digests.choose.person", "Only a person gets digests.");
        if (await db.Set<DigestChoice>().FirstOrDefaultAsync(c => c.PersonId == me, ct) is { } known)
            known.Wanted = input.Wanted;
        else
            await db.Enter(new DigestChoice { PersonId = me, Wanted = input.Wanted }, ct);
        return new MyDigest(input.Wanted, null, null);
    }

    /// <summary>What was sent to whom, and what the mail server said.</summary>
    [Query("list", Permission.EditPeople, "Which digests were sent to whom, and what the mail server said")]
    public async Task<IReadOnlyList<DigestRow>> List(Nothing input, CancellationToken ct) =>
        await db.Set<MailDelivery>()
            .OrderByDescending(m => m.On)
            .ThenBy(m => m.Id)
            .Take(MostShown)
            .Select(m => new DigestRow(
                m.On,
                db.Set<Person>().Where(p => p.Id == m.PersonId).Select(p => p.Name).First(),
                m.State,
                m.Attempts,
                m.LastAt,
                m.Result
            ))
            .ToListAsync(ct);
}
