using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Context;
using Moat.Isms.Context.Interviews;
using Moat.Isms.Kernel;
using Moat.Isms.Risks;
using Moat.Isms.Work;
using Moat.Isms.Work.Cadences;
using Moat.Knowledge;

namespace Moat.Isms.Drafts;

/// <summary>Which proposals to decide on.</summary>
public record DecideDrafts
{
    /// <summary>References such as AST-3 and RISK-1, at most 2,000.</summary>
    [MinLength(1), MaxLength(2000)]
    public required List<string> Refs { get; init; }
}

/// <summary>Proposals to reject, with the reason.</summary>
public sealed record RejectDrafts : DecideDrafts
{
    /// <summary>Why the company decides against them.</summary>
    [MinLength(3), MaxLength(2000)]
    public required string Reason { get; init; }
}

/// <summary>What a draft run entered.</summary>
public sealed record DraftSummary(int Context, int Assets, int Risks, int Controls, int Documents);

/// <summary>A proposal waiting for a person.</summary>
/// <param name="Ref">The proposed record.</param>
/// <param name="Process">Where it would live.</param>
/// <param name="Title">What it is.</param>
/// <param name="Detail">What it says.</param>
/// <param name="Why">Why it is proposed.</param>
/// <param name="From">The answers and assets that it rests on, in words.</param>
/// <param name="Open">What only the company can say; it has to be said before anything that prints it is
/// approved.</param>
public sealed record DraftView(
    string Ref,
    string Process,
    string Title,
    string Detail,
    string? Why,
    IReadOnlyList<string> From,
    IReadOnlyList<string> Open
);

/// <summary>How many proposals of a kind wait.</summary>
public sealed record DraftCount(string Process, string Prefix, int Proposed, int Adopted, int Rejected);

/// <summary>Proposals of one process, with the count for each.</summary>
public sealed record DraftList(IReadOnlyList<DraftCount> Counts, IReadOnlyList<DraftView> Items);

/// <summary>Which proposals to list.</summary>
public sealed record ListDrafts
{
    /// <summary>The process whose proposals to list, such as risks; all counts are answered in any case.</summary>
    [MaxLength(40)]
    public string? Of { get; init; }
}

/// <summary>The draft of the whole ISMS: nothing in it is real before a person adopts it.</summary>
[Process("draft", "What Moat proposes from the interview; a person adopts, edits or rejects each.")]
public sealed class DraftProcess(
    MoatDb db,
    KnowledgeBase knowledge,
    WholeDraft whole,
    RecordFinder records,
    DraftBoard board,
    WorkList work,
    CadenceBook cadences,
    ClassificationFlow flow
)
{
    /// <summary>Drafts what the answers call for and is not drafted yet. What people decided stays as it is.</summary>
    [Operation(
        "generate",
        Permission.EditContext,
        "Draft the ISMS from the interview; running it again only adds what is new"
    )]
    public async Task<DraftSummary> Generate(Nothing input, CancellationToken ct)
    {
        var profile = await db.Set<CompanyProfile>().FirstOrDefaultAsync(ct);
        if (profile?.CompletedAt is null)
            throw new RuleBroken(
                "draft.generate.interview",
                "Complete the interview first: the draft is made from its answers."
            );
        var basis = DraftBasis.Of(knowledge, profile);
        if (basis.Answers.Open.Count > 0)
            throw new RuleBroken(
                "draft.generate.answers",
                "The interview asks something that was not answered yet, and nothing is drafted from a guess.",
                [.. basis.Answers.Open.Select(f => new FieldError(f.Key, f.Label))]
            );
        return await whole.Draft(basis, ct);
    }

    /// <summary>What waits for a decision.</summary>
    [Query("list", Permission.ReadIsms, "Proposals that wait for a person, counted by process")]
    public Task<DraftList> List(ListDrafts input, CancellationToken ct) => board.Show(input.Of, ct);

    /// <summary>Makes proposals part of the ISMS.</summary>
    [Operation("adopt", Permission.Adopt, "Adopt proposals, singly or in bulk")]
    public async Task<Tally> Adopt(DecideDrafts input, CancellationToken ct)
    {
        var decided = await Decide(input, p => p.Adopt(), ct);
        foreach (var record in decided.OfType<Risk>())
            await work.EnsureAssessment(record, db.Today, ct);
        foreach (var record in decided.OfType<Scope>())
            await work.Ensure(
                record,
                "approve",
                "Approve the scope",
                "Everything else refers to an approved scope (4.3).",
                null,
                db.Today.AddDays(14),
                ct
            );
        foreach (var record in decided.OfType<Cadence>())
            await cadences.Begin(record, null, ct);
        return new Tally(decided.Count, []);
    }

    /// <summary>Decides against proposals and keeps the reason.</summary>
    [Operation("reject", Permission.Adopt, "Reject proposals with a reason")]
    public async Task<Tally> Reject(RejectDrafts input, CancellationToken ct)
    {
        var rejected = await Decide(input, p => p.Reject(), ct);
        await flow.Spread(rejected.OfType<Asset>(), ct);
        return new Tally(rejected.Count, []);
    }

    private async Task<List<Proposable>> Decide(DecideDrafts input, Action<Proposable> decide, CancellationToken ct)
    {
        var found = await records.All(input.Refs, ct);
        var wrong = found
            .Where(r => r is not Proposable)
            .Select(r => new FieldError("refs", $"{r.Ref} is never a proposal."))
            .ToList();
        if (wrong.Count > 0)
            throw new InputInvalid(wrong);
        var proposals = found.OfType<Proposable>().Where(p => p.Standing != Standing.Adopted).ToList();
        foreach (var proposal in proposals)
            decide(proposal);
        return proposals;
    }
}
