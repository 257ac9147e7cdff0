using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;

namespace Moat.Isms.Work.Cadences;

/// <summary>A proof that was found: when, and what.</summary>
public sealed record FoundProof(DateTime At, string What);

/// <summary>Finds what proves that a cadence happened.</summary>
public sealed class CadenceProofs(MoatDb db, OperationCatalog catalog, ICadenceEvidence evidence)
{
    private const string Operation = "journal:";
    private const string Evidence = "evidence:";

    /// <summary>Throws <see cref="InputInvalid"/> for a proof that can never be found.</summary>
    public async Task Check(IReadOnlyCollection<string> proofs, CancellationToken ct)
    {
        foreach (var proof in proofs)
            if (proof.StartsWith(Operation, StringComparison.Ordinal))
            {
                if (catalog.Find(proof[Operation.Length..]) is not { ChangesRecords: true })
                    throw new InputInvalid(
                        "proofs",
                        $"There is no operation {proof[Operation.Length..]} that changes a record."
                    );
            }
            else if (!proof.StartsWith(Evidence, StringComparison.Ordinal))
            {
                throw new InputInvalid(
                    "proofs",
                    $"Write journal:soa.publish for an operation or evidence:A.8.13 for a control's evidence, not '{proof}'."
                );
            }
            else if (proof[Evidence.Length..] is var code && !await evidence.Knows(code, ct))
            {
                throw new InputInvalid("proofs", $"There is no control {code}.");
            }
    }

    /// <summary>The latest proof between two moments, or null.</summary>
    public async Task<FoundProof?> Last(
        IReadOnlyCollection<string> proofs,
        DateTime since,
        DateTime until,
        CancellationToken ct
    )
    {
        var found = new List<FoundProof>();
        var operations = proofs
            .Where(p => p.StartsWith(Operation, StringComparison.Ordinal))
            .Select(p => p[Operation.Length..])
            .ToList();
        if (
            operations.Count > 0
            && await db
                .Journal.Where(e => operations.Contains(e.Operation) && e.At > since && e.At <= until)
                .OrderByDescending(e => e.Sequence)
                .Select(e => new
                {
                    e.At,
                    e.Operation,
                    e.Subjects,
                })
                .FirstOrDefaultAsync(ct)
                is { } entry
        )
            found.Add(
                new FoundProof(
                    entry.At,
                    $"{entry.Operation} {entry.Subjects.Split(' ').FirstOrDefault(r => !r.StartsWith("TASK-", StringComparison.Ordinal))}".Trim()
                )
            );
        var codes = proofs
            .Where(p => p.StartsWith(Evidence, StringComparison.Ordinal))
            .Select(p => p[Evidence.Length..])
            .ToList();
        if (codes.Count > 0 && await evidence.Last(codes, since, until, ct) is { } item)
            found.Add(item);
        return found.MaxBy(f => f.At);
    }
}
