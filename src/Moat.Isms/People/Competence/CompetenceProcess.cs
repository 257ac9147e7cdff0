using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.People.Responsibilities;
using Moat.Isms.Work;
using Moat.Knowledge;

namespace Moat.Isms.People.Competence;

/// <summary>A competence that a role needs.</summary>
public sealed record AddCompetence
{
    /// <summary>The role's key, such as data-steward.</summary>
    [MaxLength(80)]
    public required string Role { get; init; }

    /// <summary>What the holder must be able to do, and how that is seen.</summary>
    [MinLength(5), MaxLength(1000)]
    public required string What { get; init; }
}

/// <summary>A judgement of somebody's competence.</summary>
public sealed record JudgeCompetence : OneRecord
{
    /// <summary>The person; the holder of the role when left out.</summary>
    [MaxLength(80)]
    public string? Person { get; init; }

    /// <summary>Whether it is there.</summary>
    public required bool Shown { get; init; }

    /// <summary>education, training or experience.</summary>
    public required CompetenceGround Ground { get; init; }

    /// <summary>What it rests on, or what is missing.</summary>
    [MinLength(5), MaxLength(2000)]
    public required string What { get; init; }

    /// <summary>For a gap: what is done about it.</summary>
    [MinLength(5), MaxLength(2000)]
    public string? Step { get; init; }

    /// <summary>For a gap: by when.</summary>
    public DateOnly? StepBy { get; init; }
}

/// <summary>Whether a step closed a gap.</summary>
public sealed record CheckCompetence : ChangeRecord
{
    /// <summary>Whether it worked.</summary>
    public required bool Closed { get; init; }

    /// <summary>How one knows.</summary>
    [MinLength(5), MaxLength(2000)]
    public required string How { get; init; }
}

/// <summary>
/// A competence of a role, its holder and how it stands: shown, gap, closed, or open while nobody judged it.
/// </summary>
public sealed record CompetenceView(
    string Ref,
    string RoleKey,
    string Role,
    string What,
    Standing Standing,
    string? PersonRef,
    string? Person,
    string State,
    string? ProofRef,
    int? ProofVersion,
    CompetenceGround? Ground,
    string? Proof,
    string? JudgedBy,
    DateOnly? JudgedOn,
    string? Step,
    DateOnly? StepBy,
    DateOnly? CheckedOn,
    string? CheckedHow
);

/// <summary>What the holders of roles must be able to do, and how one knows that they can (clause 7.2).</summary>
[Process(
    "competence",
    "What holders of roles must be able to do, the proof that they can, and what is done about gaps (7.2)."
)]
public sealed class CompetenceProcess(MoatDb db, CurrentCaller caller, KnowledgeBase knowledge, WorkList work)
{
    /// <summary>Every competence of every role with its holder and how it stands.</summary>
    [Query(
        "list",
        Permission.ReadIsms,
        "List what roles need, who holds them, and what is shown, missing or not judged"
    )]
    public async Task<IReadOnlyList<CompetenceView>> List(Nothing input, CancellationToken ct)
    {
        var needs = await db.Set<CompetenceNeed>().Of(null).OrderBy(n => n.Number).Take(1000).ToListAsync(ct);
        var proofs = (await db.Set<CompetenceProof>().OrderBy(p => p.Number).ToListAsync(ct)).ToLookup(p =>
            (p.NeedId, p.PersonId)
        );
        var holders = (
            await (
                from role in db.Set<RoleAssignment>()
                where role.PersonId != null && role.Standing == Standing.Adopted
                join person in db.Set<Person>() on role.PersonId equals person.Id
                select new { role.Key, Person = person }
            ).ToListAsync(ct)
        ).ToLookup(h => h.Key, h => h.Person);
        return
        [
            .. needs.SelectMany(
                need => holders[need.RoleKey].DefaultIfEmpty(),
                (need, holder) =>
                    View(need, holder, holder is null ? null : proofs[(need.Id, holder.Id)].LastOrDefault())
            ),
        ];
    }

    /// <summary>Takes over what the content says that roles need.</summary>
    [Operation("draft", Permission.EditTraining, "Draft the competence that adopted roles need")]
    public async Task<Tally> Draft(Nothing input, CancellationToken ct)
    {
        var known = (
            await db.Set<CompetenceNeed>().Where(n => n.Source != null).Select(n => n.Source!).ToListAsync(ct)
        ).ToHashSet();
        var count = 0;
        foreach (
            var role in await db.Set<RoleAssignment>()
                .Where(r => r.Standing == Standing.Adopted)
                .OrderBy(r => r.Number)
                .ToListAsync(ct)
        )
        foreach (var (index, what) in (knowledge.RoleById.GetValueOrDefault(role.Key)?.Competence ?? []).Index())
        {
            var source = $"role:{role.Key}:{index}";
            if (!known.Add(source))
                continue;
            var need = await db.Enter(
                new CompetenceNeed
                {
                    RoleKey = role.Key,
                    RoleTitle = role.Title,
                    What = what,
                },
                ct
            );
            need.Propose("The role cannot be held without it.", source);
            count++;
        }
        return new Tally(count, []);
    }

    /// <summary>Adds a competence that a role needs here.</summary>
    [Operation("create", Permission.EditTraining, "Add a competence that a role needs")]
    public async Task<Done> Create(AddCompetence input, CancellationToken ct)
    {
        var role =
            await db.Set<RoleAssignment>()
                .FirstOrDefaultAsync(r => r.Key == input.Role && r.Standing == Standing.Adopted, ct)
            ?? throw new InputInvalid("role", $"No adopted role has the key '{input.Role}'.");
        return new Done(
            await db.Enter(
                new CompetenceNeed
                {
                    RoleKey = role.Key,
                    RoleTitle = role.Title,
                    What = input.What,
                },
                ct
            )
        );
    }

    /// <summary>Judges whether a person has it, and plans what is done about a gap.</summary>
    [Operation(
        "judge",
        Permission.EditTraining,
        "Judge whether somebody has a competence, on what that rests, and what is done about a gap"
    )]
    public async Task<Done> Judge(JudgeCompetence input, CancellationToken ct)
    {
        var need = await db.One<CompetenceNeed>(input.Ref, ct);
        var holder = await db.Set<RoleAssignment>()
            .Where(r => r.Key == need.RoleKey)
            .Select(r => r.PersonId)
            .FirstOrDefaultAsync(p => p != null, ct);
        var person = input.Person is { } named
            ? await db.One<Person>(named, ct)
            : await db.Set<Person>().FirstOrDefaultAsync(p => p.Id == holder, ct)
                ?? throw new InputInvalid("person", $"Nobody holds the role {need.RoleTitle}; name the person.");
        if (person.Id == caller.Value.PersonId)
            throw new RuleBroken(
                "competence.judge.self",
                "Nobody judges their own competence. Ask somebody who has seen the work."
            );
        if (!input.Shown && (input.Step is null || input.StepBy is null))
            throw new InputInvalid(input.Step is null ? "step" : "stepBy", "A gap needs a step and a date.");
        need.Adopt();
        var proof = await db.Enter(
            new CompetenceProof
            {
                NeedId = need.Id,
                PersonId = person.Id,
                Ground = input.Ground,
                What = input.What,
                Shown = input.Shown,
                JudgedBy = caller.Value.Name,
                JudgedOn = db.Today,
                Step = input.Shown ? null : input.Step,
                StepBy = input.Shown ? null : input.StepBy,
            },
            ct
        );
        if (!input.Shown)
            await work.Ensure(
                proof,
                "competence",
                $"{input.Step} ({person.Name})".Cut(300),
                $"Closes the gap: {need.What}".Cut(1000),
                person.Id,
                input.StepBy!.Value,
                ct
            );
        return new Done(proof);
    }

    /// <summary>Says whether the step closed the gap, and how one knows (7.2 c).</summary>
    [Operation(
        "check",
        Permission.EditTraining,
        "Say whether the step against a competence gap worked, and how one knows"
    )]
    public async Task<Done> Check(CheckCompetence input, CancellationToken ct)
    {
        var proof = await db.One<CompetenceProof>(input, ct);
        if (proof.PersonId == caller.Value.PersonId)
            throw new RuleBroken(
                "competence.judge.self",
                "Nobody judges their own competence. Ask somebody who has seen the work."
            );
        proof.Check(input.Closed, input.How, db.Today);
        await work.Settle(proof, "competence", input.How, ct);
        return new Done(proof);
    }

    private static CompetenceView View(CompetenceNeed need, Person? holder, CompetenceProof? proof) =>
        new(
            need.Ref,
            need.RoleKey,
            need.RoleTitle,
            need.What,
            need.Standing,
            holder?.Ref,
            holder?.Name,
            proof switch
            {
                null => "open",
                { Shown: true } => "shown",
                { Closed: true } => "closed",
                _ => "gap",
            },
            proof?.Ref,
            proof?.Version,
            proof?.Ground,
            proof?.What,
            proof?.JudgedBy,
            proof?.JudgedOn,
            proof?.Step,
            proof?.StepBy,
            proof?.CheckedOn,
            proof?.CheckedHow
        );
}
