using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Rules;

namespace Moat.Isms.Looks;

/// <summary>Says that records are still true.</summary>
public sealed record RecordLook
{
    /// <summary>What was looked at, such as SCP-1 or AST-4.</summary>
    [MinLength(1), MaxLength(200)]
    public required List<string> Refs { get; init; }

    /// <summary>Why it is still true, in a sentence about these records.</summary>
    [MinLength(20), MaxLength(2000)]
    public required string Because { get; init; }
}

/// <summary>Of which record.</summary>
public sealed record ListLooks
{
    /// <summary>Its reference; without one the latest looks at anything.</summary>
    [MaxLength(40)]
    public string? Of { get; init; }
}

/// <summary>A look at a record.</summary>
public sealed record LookView(string SubjectRef, DateOnly On, string By, string Because);

/// <summary>Reviews that end in "still true".</summary>
[Process("looks", "That a person looked again at scope, roles, assets, parties or a plan and found it still true.")]
public sealed class LookProcess(MoatDb db, CurrentCaller caller, RecordFinder records)
{
    private static readonly string[] Kinds = ["SCP", "ROLE", "AST", "ISS", "PTY", "OBL", "COMM", "OUT"];

    /// <summary>The latest looks.</summary>
    [Query("list", Permission.ReadIsms, "Who looked at a record again and found it still true")]
    public async Task<IReadOnlyList<LookView>> List(ListLooks input, CancellationToken ct) =>
        await db.Set<Look>()
            .Where(l => input.Of == null || l.SubjectRef == input.Of)
            .OrderByDescending(l => l.CreatedAt)
            .Take(200)
            .Select(l => new LookView(l.SubjectRef, l.On, l.By, l.Because))
            .ToListAsync(ct);

    /// <summary>Keeps that a person looked.</summary>
    [
        PeopleOnly,
        Operation("record", Permission.EditContext, "Say that you looked at records again and why they are still true")
    ]
    public async Task<Tally> Record(RecordLook input, CancellationToken ct)
    {
        if (caller.Value is not { PersonId: { } person, Door: "ui" })
            throw new RuleBroken(
                "looks.record.person",
                "Only a person who is signed in can have looked. A program changes records, it does not review them."
            );
        if (!Substance.Says(input.Because))
            throw new InputInvalid("because", "Say in a sentence what you compared it with and why it is still true.");
        var found = await records.All(input.Refs, ct);
        if (found.FirstOrDefault(r => !Kinds.Contains(RecordKind.Of(r.GetType()).Prefix)) is { } other)
            throw new InputInvalid(
                "refs",
                $"{other.Ref} has a review of its own. Here you look at scope, roles, assets, issues, parties, obligations, the communication plan and what is done outside."
            );
        foreach (var record in found)
            await db.Enter(
                new Look
                {
                    SubjectRef = record.Ref,
                    Because = input.Because,
                    By = caller.Value.Name,
                    ById = person,
                    On = db.Today,
                },
                ct
            );
        return new Tally(found.Count, []);
    }
}

/// <summary>When each record was last looked at by a person.</summary>
internal static class LookDays
{
    /// <summary>
    /// The days of looks at records of a kind, and of a person's own changes to one of them, by reference.
    /// </summary>
    public static async Task<ILookup<string, DateOnly>> Read(
        RuleSource source,
        string prefix,
        string[] operations,
        CancellationToken ct
    )
    {
        var start = prefix + "-";
        var looks = await source
            .Db.Set<Look>()
            .Where(l => l.SubjectRef.StartsWith(start))
            .Select(l => new { l.SubjectRef, l.On })
            .ToListAsync(ct);
        var changes = source
            .Acts.ByRef(operations)
            .SelectMany(g => g, (g, act) => (Ref: g.Key, act.On))
            .Where(x => x.Ref.StartsWith(start, StringComparison.Ordinal));
        return looks.Select(l => (Ref: l.SubjectRef, l.On)).Concat(changes).ToLookup(x => x.Ref, x => x.On);
    }
}
