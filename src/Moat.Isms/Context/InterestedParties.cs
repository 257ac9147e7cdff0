using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;

namespace Moat.Isms.Context;

/// <summary>An interested party as people read it.</summary>
public sealed record PartyView(
    string Ref,
    int Version,
    string Name,
    string Needs,
    string Answer,
    Standing Standing,
    string? WhyProposed
);

/// <summary>Somebody whose needs count.</summary>
public sealed record CreateParty
{
    /// <summary>Who.</summary>
    [MinLength(2), MaxLength(200)]
    public required string Name { get; init; }

    /// <summary>What they need and expect.</summary>
    [MinLength(5), MaxLength(2000)]
    public required string Needs { get; init; }

    /// <summary>How the ISMS answers it.</summary>
    [MinLength(2), MaxLength(2000)]
    public required string Answer { get; init; }
}

/// <summary>Changes to an interested party; a changed proposal is adopted.</summary>
public sealed record EditParty : ChangeRecord
{
    /// <summary>Who.</summary>
    [MinLength(2), MaxLength(200)]
    public string? Name { get; init; }

    /// <summary>What they need and expect.</summary>
    [MinLength(5), MaxLength(2000)]
    public string? Needs { get; init; }

    /// <summary>How the ISMS answers it.</summary>
    [MinLength(2), MaxLength(2000)]
    public string? Answer { get; init; }
}

/// <summary>Interested parties (clause 4.2).</summary>
[Process("parties", "Whose needs the ISMS must meet (4.2).")]
public sealed class InterestedParties(MoatDb db)
{
    /// <summary>The parties.</summary>
    [Query("list", Permission.ReadIsms, "List interested parties")]
    public async Task<IReadOnlyList<PartyView>> List(ListContext input, CancellationToken ct) =>
        await db.Set<InterestedParty>()
            .Of(input.Standing)
            .OrderBy(p => p.Number)
            .Take(500)
            .Select(p => new PartyView(
                "PTY-" + p.Number,
                p.Version,
                p.Name,
                p.Needs,
                p.Answer,
                p.Standing,
                p.WhyProposed
            ))
            .ToListAsync(ct);

    /// <summary>Enters a party.</summary>
    [Operation("create", Permission.EditContext, "Enter an interested party")]
    public async Task<Done> Create(CreateParty input, CancellationToken ct) =>
        new(
            await db.Enter(
                new InterestedParty
                {
                    Name = input.Name,
                    Needs = input.Needs,
                    Answer = input.Answer,
                },
                ct
            )
        );

    /// <summary>Changes a party.</summary>
    [Operation("edit", Permission.EditContext, "Change an interested party")]
    public async Task<Done> Edit(EditParty input, CancellationToken ct)
    {
        var party = await db.One<InterestedParty>(input, ct);
        party.Name = input.Name ?? party.Name;
        party.Needs = input.Needs ?? party.Needs;
        party.Answer = input.Answer ?? party.Answer;
        party.Adopt();
        return new Done(party);
    }
}
