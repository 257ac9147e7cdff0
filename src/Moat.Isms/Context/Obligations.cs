using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;

namespace Moat.Isms.Context;

/// <summary>An obligation as people read it.</summary>
public sealed record ObligationView(
    string Ref,
    int Version,
    string Name,
    ObligationKind Kind,
    string Asks,
    IReadOnlyList<string> Controls,
    Standing Standing,
    string? WhyProposed
);

/// <summary>Something the company must do.</summary>
public sealed record CreateObligation
{
    /// <summary>Its name.</summary>
    [MinLength(2), MaxLength(200)]
    public required string Name { get; init; }

    /// <summary>law, contract or standard.</summary>
    public required ObligationKind Kind { get; init; }

    /// <summary>What it asks of the company.</summary>
    [MinLength(5), MaxLength(2000)]
    public required string Asks { get; init; }

    /// <summary>Controls that answer it, such as A.5.34.</summary>
    [MaxLength(60)]
    public List<string> Controls { get; init; } = [];
}

/// <summary>Changes to an obligation; a changed proposal is adopted.</summary>
public sealed record EditObligation : ChangeRecord
{
    /// <summary>Its name.</summary>
    [MinLength(2), MaxLength(200)]
    public string? Name { get; init; }

    /// <summary>What it asks of the company.</summary>
    [MinLength(5), MaxLength(2000)]
    public string? Asks { get; init; }

    /// <summary>Controls that answer it.</summary>
    [MaxLength(60)]
    public List<string>? Controls { get; init; }
}

/// <summary>Obligations by law and contract (clause 4.2, A.5.31).</summary>
[Process("obligations", "What law and contracts ask of the company (4.2, A.5.31).")]
public sealed class Obligations(MoatDb db)
{
    /// <summary>The obligations.</summary>
    [Query("list", Permission.ReadIsms, "List obligations by law and contract")]
    public async Task<IReadOnlyList<ObligationView>> List(ListContext input, CancellationToken ct) =>
        await db.Set<Obligation>()
            .Of(input.Standing)
            .OrderBy(o => o.Number)
            .Take(500)
            .Select(o => new ObligationView(
                "OBL-" + o.Number,
                o.Version,
                o.Name,
                o.Kind,
                o.Asks,
                o.Controls,
                o.Standing,
                o.WhyProposed
            ))
            .ToListAsync(ct);

    /// <summary>Enters an obligation.</summary>
    [Operation("create", Permission.EditContext, "Enter an obligation")]
    public async Task<Done> Create(CreateObligation input, CancellationToken ct) =>
        new(
            await db.Enter(
                new Obligation
                {
                    Name = input.Name,
                    Kind = input.Kind,
                    Asks = input.Asks,
                    Controls = [.. input.Controls],
                },
                ct
            )
        );

    /// <summary>Changes an obligation.</summary>
    [Operation("edit", Permission.EditContext, "Change an obligation")]
    public async Task<Done> Edit(EditObligation input, CancellationToken ct)
    {
        var obligation = await db.One<Obligation>(input, ct);
        obligation.Name = input.Name ?? obligation.Name;
        obligation.Asks = input.Asks ?? obligation.Asks;
        obligation.Controls = input.Controls is null ? obligation.Controls : [.. input.Controls];
        obligation.Adopt();
        return new Done(obligation);
    }
}
