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
