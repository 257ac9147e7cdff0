using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;

namespace Moat.Isms.Context;

/// <summary>An issue as people read it.</summary>
public sealed record IssueView(
    string Ref,
    int Version,
    string Title,
    IssueSide Side,
    string Effect,
    bool IsClimate,
    bool? Relevant,
    Standing Standing,
    string? WhyProposed
);

/// <summary>An internal or external issue.</summary>
public sealed record CreateIssue
{
    /// <summary>The issue in a few words.</summary>
    [MinLength(3), MaxLength(200)]
    public required string Title { get; init; }

    /// <summary>internal or external.</summary>
    public required IssueSide Side { get; init; }

    /// <summary>What it does to the security of the company.</summary>
    [MinLength(5), MaxLength(2000)]
    public required string Effect { get; init; }
}

/// <summary>Changes to an issue; a changed proposal is adopted.</summary>
public sealed record EditIssue : ChangeRecord
{
    /// <summary>The issue in a few words.</summary>
    [MinLength(3), MaxLength(200)]
    public string? Title { get; init; }

    /// <summary>What it does to the security of the company.</summary>
    [MinLength(5), MaxLength(2000)]
    public string? Effect { get; init; }

    /// <summary>For climate change: whether it is relevant here.</summary>
    public bool? Relevant { get; init; }

    /// <summary>What made it different, such as a management review (MREV-2) or an incident.</summary>
    [MaxLength(80)]
    public string? Because { get; init; }
}

/// <summary>Internal and external issues (clause 4.1).</summary>
[Process(
    "issues",
    "What inside and outside the company bears on its security (4.1), with the decision on climate change."
)]
public sealed class ContextIssues(MoatDb db, RecordFinder records, ILearnedChanges learned)
{
    /// <summary>The issues.</summary>
    [Query("list", Permission.ReadIsms, "List internal and external issues")]
    public async Task<IReadOnlyList<IssueView>> List(ListContext input, CancellationToken ct) =>
        await db.Set<ContextIssue>()
            .Of(input.Standing)
            .OrderBy(i => i.Number)
            .Take(500)
            .Select(i => new IssueView(
                "ISS-" + i.Number,
                i.Version,
                i.Title,
                i.Side,
                i.Effect,
                i.IsClimate,
                i.Relevant,
                i.Standing,
                i.WhyProposed
            ))
            .ToListAsync(ct);

    /// <summary>Enters an issue.</summary>
    [Operation("create", Permission.EditContext, "Enter an issue")]
    public async Task<Done> Create(CreateIssue input, CancellationToken ct) =>
        new(
            await db.Enter(
                new ContextIssue
                {
                    Title = input.Title,
                    Side = input.Side,
                    Effect = input.Effect,
                },
                ct
            )
        );

    /// <summary>Changes an issue, or decides on climate change.</summary>
    [Operation("edit", Permission.EditContext, "Change an issue, or decide whether climate change is relevant")]
    public async Task<Done> Edit(EditIssue input, CancellationToken ct)
    {
        var issue = await db.One<ContextIssue>(input, ct);
        if (input.Relevant is not null && !issue.IsClimate)
            throw new InputInvalid("relevant", "Only the entry on climate change takes this decision.");
        issue.Title = input.Title ?? issue.Title;
        issue.Effect = input.Effect ?? issue.Effect;
        issue.Relevant = input.Relevant ?? issue.Relevant;
        issue.Adopt();
        if (input.Because is { } because)
            await learned.Because(issue, await records.One(because, ct), LinkTypes.LearnedFrom, ct);
        return new Done(issue);
    }
}

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
