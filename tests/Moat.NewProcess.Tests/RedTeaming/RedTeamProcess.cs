using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;

namespace Moat.RedTeaming;

/// <summary>An exercise that was done.</summary>
public sealed record CreateExercise
{
    /// <summary>What was attacked, and how.</summary>
    [MinLength(3), MaxLength(200)]
    public required string Title { get; init; }

    /// <summary>What was found.</summary>
    [MinLength(3), MaxLength(4000)]
    public required string Found { get; init; }

    /// <summary>When it was done.</summary>
    public required DateOnly DoneOn { get; init; }

    /// <summary>When it comes round.</summary>
    public required DateOnly NextOn { get; init; }
}

/// <summary>An exercise as people read it.</summary>
public sealed record ExerciseRow(string Ref, string Title, string Found, DateOnly DoneOn, DateOnly NextOn);

/// <summary>Attacks on own models.</summary>
[Process("red-teaming", "Attacks on own models that are tried on purpose, and what they found.")]
public sealed class RedTeamProcess(MoatDb db)
{
    /// <summary>The exercises, the latest first.</summary>
    [Query("list", Permission.ReadIsms, "List the attacks on own models that were tried")]
    public async Task<IReadOnlyList<ExerciseRow>> List(Nothing input, CancellationToken ct) =>
        await db.Set<RedTeamExercise>()
            .OrderByDescending(e => e.Number)
            .Take(200)
            .Select(e => new ExerciseRow("REDT-" + e.Number, e.Title, e.Found, e.DoneOn, e.NextOn))
            .ToListAsync(ct);

    /// <summary>Enters one.</summary>
    [ProvenInPack, Operation("create", Permission.EditRisks, "Enter an attack on an own model that was tried")]
    public async Task<Done> Create(CreateExercise input, CancellationToken ct) =>
        new(
            await db.Enter(
                new RedTeamExercise
                {
                    Title = input.Title,
                    Found = input.Found,
                    DoneOn = input.DoneOn,
                    NextOn = input.NextOn,
                },
                ct
            )
        );
}
