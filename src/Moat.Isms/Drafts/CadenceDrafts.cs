using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Context.Interviews;
using Moat.Isms.Kernel;
using Moat.Isms.Work.Cadences;
using Moat.Knowledge;

namespace Moat.Isms.Drafts;

/// <summary>Drafts what has to happen again and again, from the processes and the company's flags.</summary>
public sealed class CadenceDrafts(MoatDb db, KnowledgeBase knowledge)
{
    /// <summary>Enters what is not drafted yet; answers how many.</summary>
    public async Task<int> Draft(DraftBasis basis, CancellationToken ct)
    {
        var known = (
            await db.Set<Cadence>().Where(c => c.Source != null).Select(c => c.Source!).ToListAsync(ct)
        ).ToHashSet();
        var fresh = knowledge
            .DraftedCadences.Where(c => c.Applies.Holds(basis.Flags) && known.Add($"cadence:{c.Id}"))
            .ToList();
        foreach (var drafted in fresh)
        {
            var process = knowledge.Processes.First(p => p.Id == drafted.Process);
            var cadence = await db.Enter(
                new Cadence
                {
                    Title = drafted.Title,
                    What = drafted.What,
                    Process = drafted.Process,
                    Requirement = drafted.Requirement,
                    EveryMonths = drafted.EveryMonths,
                    LeadDays = drafted.LeadDays,
                    RoleKey = drafted.Role ?? process.OwnerRole,
                    Proofs = [.. drafted.Proofs],
                },
                ct
            );
            var (from, because) = basis.For(drafted.Applies);
            cadence.Propose(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{drafted.Why}{(because.Length == 0 ? "" : $" It concerns you {because}.")} Process: {process.Title}, {process.Cadence.ToLowerInvariant()}."
                ),
                $"cadence:{drafted.Id}",
                from
            );
        }
        return fresh.Count;
    }
}
