using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace Moat.Isms.Kernel;

/// <summary>
/// In which organisations something waits for the installation. It asks for all of them in one statement, so that an
/// organisation in which nothing happens costs nothing.
/// </summary>
public sealed class WaitingWork(MoatDb db, ITransactions transactions)
{
    /// <summary>
    /// The organisations for which the question holds. The question MUST compare the organisation of each record that
    /// it reads, for nothing else keeps them apart here.
    /// </summary>
    public async Task<IReadOnlyList<Organization>> Where(
        Func<MoatDb, Expression<Func<Organization, bool>>> question,
        CancellationToken ct
    )
    {
        await using var reading = await transactions.BeginReadOfAll(db, ct);
        return await db
            .Organizations.AsNoTracking()
            .IgnoreQueryFilters()
            .Where(question(db))
            .OrderBy(o => o.Slug)
            .ToListAsync(ct);
    }
}
