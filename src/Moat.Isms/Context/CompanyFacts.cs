using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;

namespace Moat.Isms.Context;

/// <summary>Reads the facts from the company's profile.</summary>
public sealed class CompanyFacts(MoatDb db) : ICompanyFacts
{
    /// <inheritdoc />
    public async Task<HashSet<string>> Read(CancellationToken ct) =>
        (await db.Set<CompanyProfile>().FirstOrDefaultAsync(ct))?.Facts.ToHashSet() ?? [];
}
