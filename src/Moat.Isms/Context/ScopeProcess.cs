using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.Work;

namespace Moat.Isms.Context;

/// <summary>Changes to the scope; what is left out stays. An approved scope gets a new version.</summary>
public sealed record ChangeScope : ChangeLatest
{
    /// <summary>The sentence that stands on the certificate.</summary>
    [MinLength(20), MaxLength(2000)]
    public string? Statement { get; init; }

    /// <summary>Organisational, technical and physical boundaries.</summary>
    [MinLength(10), MaxLength(8000)]
    public string? Boundaries { get; init; }

    /// <summary>What is left out, each with reason and interface.</summary>
    [MinLength(2), MaxLength(8000)]
    public string? Exclusions { get; init; }
}

/// <summary>A version of the scope as people read it.</summary>
public sealed record ScopeView(
    string Ref,
    int Version,
    string Statement,
    string Boundaries,
    string Exclusions,
    ApprovalState State,
    string? ApprovedBy,
    DateTime? ApprovedAt,
    Standing Standing,
    string? WhyProposed
)
{
    /// <summary>Approved by who wrote it, because nobody else existed.</summary>
    public bool ApprovedAlone { get; init; }
}

/// <summary>All versions of the scope, the latest first.</summary>
public sealed record ScopeHistory(IReadOnlyList<ScopeView> Versions);

/// <summary>The scope of the ISMS (clause 4.3).</summary>
[Process("scope", "What the ISMS covers, its boundaries, and what is left out and why (4.3).")]
public sealed class ScopeProcess(MoatDb db, CurrentCaller caller, SecondPerson second, WorkList work)
{
    /// <summary>All versions, the latest first.</summary>
    [Query("list", Permission.ReadIsms, "Read the scope and its earlier versions")]
    public async Task<ScopeHistory> List(Nothing input, CancellationToken ct) =>
        new(
            await db.Set<Scope>()
                .Of(null)
                .OrderByDescending(s => s.Number)
                .Take(100)
                .Select(s => new ScopeView(
                    "SCP-" + s.Number,
                    s.Version,
                    s.Statement,
                    s.Boundaries,
                    s.Exclusions,
                    s.State,
                    s.ApprovedBy,
                    s.ApprovedAt,
                    s.Standing,
                    s.WhyProposed
                )
                {
                    ApprovedAlone = s.ApprovedAlone,
                })
                .ToListAsync(ct)
        );

    /// <summary>Whether the reader may approve the latest version, and who else could.</summary>
    [Query(
        "approval",
        Permission.ReadIsms,
        "Whether you may approve the latest version of the scope, and who else could"
    )]
    public async Task<SecondPersonView> Approval(Nothing input, CancellationToken ct)
    {
        var latest = await db.Set<Scope>().Of(null).OrderByDescending(s => s.Number).FirstOrDefaultAsync(ct);
        return await second.Look(
            latest is null ? [] : await second.Writer("scope", latest.Ref, latest.WrittenById, ct),
            ct
        );
    }

    /// <summary>Changes the draft, or begins a new version of an approved scope.</summary>
    [Operation("change", Permission.EditContext, "Change the scope; an approved one gets a new version")]
    public async Task<Done> Change(ChangeScope input, CancellationToken ct)
    {
        var latest = await db.Set<Scope>().Of(null).OrderByDescending(s => s.Number).FirstOrDefaultAsync(ct);
        NamedRecord.MustBe(latest, input);
        if (latest is null && (input.Statement is null || input.Boundaries is null || input.Exclusions is null))
            throw new InputInvalid("statement", "A first scope needs statement, boundaries and exclusions.");
        var scope = latest is { State: ApprovalState.Draft }
            ? latest
            : await db.Enter(
                new Scope
                {
                    Statement = latest?.Statement ?? "",
                    Boundaries = latest?.Boundaries ?? "",
                    Exclusions = latest?.Exclusions ?? "",
                },
                ct
            );
        scope.Statement = input.Statement ?? scope.Statement;
        scope.Boundaries = input.Boundaries ?? scope.Boundaries;
        scope.Exclusions = input.Exclusions ?? scope.Exclusions;
        scope.WrittenById = second.Account;
        scope.Adopt();
        return new Done(scope);
    }

    /// <summary>Puts a version in force; the version before is superseded.</summary>
    [
        ProvenInPack,
        ByPerson,
        Operation("approve", Permission.Approve, "Approve a version of the scope that somebody else wrote")
    ]
    public async Task<Done> Approve(ChangeRecord input, CancellationToken ct)
    {
        var scope = await db.One<Scope>(input, ct);
        scope.MustBeApprovable();
        await ClimateIsDecided(ct);
        var alone = await second.Must(
            "scope.approve.second-person",
            scope.Ref,
            await second.Writer("scope", scope.Ref, scope.WrittenById, ct),
            ct
        );
        foreach (
            var earlier in await db.Set<Scope>()
                .Where(s => s.State == ApprovalState.Approved && s.Id != scope.Id)
                .ToListAsync(ct)
        )
            earlier.Supersede();
        scope.Approve(caller.Value.Name, alone, db.Now);
        await work.Settle(scope, "approve", "Approved", ct);
        return new Done(scope);
    }

    // The scope is determined from the issues (4.3 a), so an issue that is still a question keeps it open.
    private async Task ClimateIsDecided(CancellationToken ct)
    {
        var open = await db.Set<ContextIssue>().Of(null).Where(i => i.IsClimate && i.Relevant == null).ToListAsync(ct);
        OpenText.MustBeClosed("scope.approve.issues", "The scope", open.Select(i => i.Told));
    }
}
