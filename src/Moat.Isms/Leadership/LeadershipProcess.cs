using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Context.Interviews;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.People.Responsibilities;
using Moat.Isms.Reviews;

namespace Moat.Isms.Leadership;

/// <summary>The commitment of who signs it, as top management.</summary>
public sealed record Commit
{
    /// <summary>What you commit to, in your own words.</summary>
    [MinLength(20), MaxLength(4000)]
    public required string Statement { get; init; }

    /// <summary>yourself, toolkit or consultant.</summary>
    public required ImplementationPath Path { get; init; }

    /// <summary>Money set aside, in EUR.</summary>
    [Range(0, 100_000_000)]
    public required int BudgetEur { get; init; }

    /// <summary>Working days set aside.</summary>
    [Range(0, 100_000)]
    public required int Days { get; init; }

    /// <summary>The management review that decided it, such as MREV-1.</summary>
    [MaxLength(80)]
    public string? DecidedIn { get; init; }
}

/// <summary>A commitment as people read it.</summary>
public sealed record CommitmentView(
    string Ref,
    string Statement,
    ImplementationPath Path,
    int BudgetEur,
    int Days,
    string GivenBy,
    DateOnly GivenOn
);

/// <summary>Who gives management's commitment here.</summary>
/// <param name="Reader">Whether the reader is one of them.</param>
/// <param name="Names">Who holds the role of top management.</param>
public sealed record Committers(bool Reader, IReadOnlyList<string> Names);

/// <summary>Commitment and resources (clauses 5.1 and 7.1).</summary>
[Process(Name, Summary)]
public sealed class LeadershipProcess(MoatDb db, CurrentCaller caller, TopManagement top)
{
    internal const string Name = "leadership";
    internal const string Summary = "What management wants and pays for, and what it has to see and decide (5.1, 7.1).";

    /// <summary>All commitments, the latest first.</summary>
    [Query("list", Permission.ReadIsms, "Read management's commitments")]
    public async Task<IReadOnlyList<CommitmentView>> List(Nothing input, CancellationToken ct) =>
        await db.Set<Commitment>()
            .OrderByDescending(c => c.Number)
            .Take(100)
            .Select(c => new CommitmentView(
                "COM-" + c.Number,
                c.Statement,
                c.Path,
                c.BudgetEur,
                c.Days,
                c.GivenBy,
                c.GivenOn
            ))
            .ToListAsync(ct);

    /// <summary>Who gives it here, and whether the reader does.</summary>
    [Query("committers", Permission.ReadIsms, "Who gives management's commitment here, and whether you do")]
    public async Task<Committers> Committers(Nothing input, CancellationToken ct)
    {
        var holders = await top.Holders(ct);
        var ids = holders.ToList();
        var names = await db.Set<Person>()
            .Where(p => ids.Contains(p.Id))
            .OrderBy(p => p.Number)
            .Select(p => p.Name)
            .ToListAsync(ct);
        return new Committers(caller.Value.PersonId is { } me && holders.Contains(me), names);
    }

    /// <summary>Top management commits itself; nobody does it for them.</summary>
    [
        ProvenInPack,
        ByPerson,
        Operation("commit", Permission.Approve, "Commit yourself, as top management, to a path and resources")
    ]
    public async Task<Done> Commit(Commit input, CancellationToken ct)
    {
        if (!await top.Holds(caller.Value.PersonId, ct))
            throw new RuleBroken(
                "leadership.commit.top-management",
                "You do not hold the role of top management. Whoever holds it gives the commitment in person (5.1)."
            );
        var review = input.DecidedIn is { } reference ? await db.One<ManagementReview>(reference, ct) : null;
        var commitment = await db.Enter(
            new Commitment
            {
                Statement = input.Statement,
                Path = input.Path,
                BudgetEur = input.BudgetEur,
                Days = input.Days,
                GivenBy = caller.Value.Name,
                GivenOn = db.Today,
            },
            ct
        );
        if (review is not null)
            await db.Connect(commitment, LinkTypes.DecidedIn, review, ct);
        return new Done(commitment);
    }
}
