using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Knowledge;

namespace Moat.Isms.Controls;

/// <summary>The controls and clauses that an input names.</summary>
internal static class NamedRequirements
{
    /// <summary>
    /// The controls with these codes. Throws <see cref="InputInvalid"/> where one is not there, with the advice.
    /// </summary>
    public static async Task<List<Control>> Controls(
        this MoatDb db,
        IReadOnlyCollection<string> codes,
        CancellationToken ct,
        string advice = ""
    )
    {
        var found = await db.Set<Control>().Where(c => codes.Contains(c.Code)).ToListAsync(ct);
        return codes.Except(found.Select(c => c.Code)).FirstOrDefault() is { } unknown
            ? throw new InputInvalid("controls", $"There is no control {unknown}.{advice}")
            : found;
    }

    /// <summary>Throws <see cref="InputInvalid"/> where there is no such clause.</summary>
    public static void MustHaveClauses(this KnowledgeBase knowledge, IEnumerable<string> clauses)
    {
        if (clauses.FirstOrDefault(c => knowledge.Clauses.All(k => k.Id != c)) is { } unknown)
            throw new InputInvalid("clauses", $"There is no clause {unknown}.");
    }
}
