using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel.Remembering;

namespace Moat.Isms.Kernel.Rules;

/// <summary>Something that a person did, as the journal has it.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="At">When.</param>
/// <param name="Actor">Whose account.</param>
/// <param name="By">The name.</param>
/// <param name="Refs">The records it touched; a person who changes more than twenty at once looked at none of
/// them.</param>
public sealed record PersonAct(string Operation, DateTime At, Guid Actor, string By, IReadOnlyList<string> Refs)
{
    /// <summary>On which day.</summary>
    public DateOnly On => At.Day();
}

/// <summary>
/// What people did, from the journal: acts of somebody who was signed in. What a token, an agent, the command line or
/// the server did is no decision and is not in here.
/// </summary>
public sealed class PersonActs
{
    /// <summary>The door of whoever is signed in.</summary>
    public const string SignedIn = "ui";

    private readonly ILookup<string, PersonAct> _byOperation;
    private readonly IReadOnlyCollection<string> _asked;

    private PersonActs(ILookup<string, PersonAct> byOperation, IReadOnlyCollection<string> asked) =>
        (_byOperation, _asked) = (byOperation, asked);

    /// <summary>Reads them in one statement.</summary>
    public static Task<PersonActs> Read(MoatDb db, IReadOnlyCollection<string> operations, CancellationToken ct) =>
        ReadingNote.Of(operations.Select(WhatWasRead.Act), () => ReadEntries(db, operations, ct));

    private static async Task<PersonActs> ReadEntries(
        MoatDb db,
        IReadOnlyCollection<string> operations,
        CancellationToken ct
    )
    {
        var found = await db
            .Journal.AsNoTracking()
            .Where(e => e.Door == SignedIn && e.ActorId != null && operations.Contains(e.Operation))
            .OrderBy(e => e.Sequence)
            .Select(e => new
            {
                e.Operation,
                e.At,
                e.ActorId,
                e.Actor,
                e.Subjects,
            })
            .ToListAsync(ct);
        var acts = found.Select(e => new PersonAct(
            e.Operation,
            e.At,
            e.ActorId!.Value,
            e.Actor,
            e.Subjects.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        ));
        return new PersonActs(acts.ToLookup(a => a.Operation), operations);
    }

    /// <summary>
    /// Those of some operations alone, so that what is computed from them follows from nothing else. Throws
    /// <see cref="InvalidOperationException"/> later, where another operation is asked about.
    /// </summary>
    public PersonActs Only(IReadOnlyCollection<string> operations) => new(_byOperation, operations);

    /// <summary>The acts of these operations, in order.</summary>
    public IReadOnlyList<PersonAct> Of(params string[] operations) =>
        [.. operations.SelectMany(o => _byOperation[Asked(o)]).OrderBy(a => a.At)];

    /// <summary>Whether a person did any of these.</summary>
    public bool Any(params string[] operations) => operations.Any(o => _byOperation.Contains(Asked(o)));

    private string Asked(string operation) =>
        _asked.Contains(operation)
            ? operation
            : throw new InvalidOperationException($"Rules that look at {operation} name it in their Acts.");

    /// <summary>The acts of these operations on each record.</summary>
    public ILookup<string, PersonAct> ByRef(params string[] operations) =>
        Of(operations).SelectMany(a => a.Refs, (a, reference) => (reference, a)).ToLookup(x => x.reference, x => x.a);
}
