using Microsoft.EntityFrameworkCore;

namespace Moat.Isms.Kernel.Journal;

/// <summary>
/// Whether the installation holds the key of every journal, asked before anything is served. A second server with a
/// data folder of its own, or one whose key was lost, would otherwise answer until the first write.
/// </summary>
public sealed class JournalKeyCheck(MoatDb db, CurrentCaller caller, ITransactions transactions, JournalKeys keys)
{
    /// <summary>
    /// Throws <see cref="Unavailable"/>, naming the organisation and what to do, where a key is missing.
    /// </summary>
    public async Task MustHold(CancellationToken ct)
    {
        if (await Missing(ct) is { } missing)
            throw new Unavailable(missing);
    }

    /// <summary>Which journal's key is missing and what to do, in words; null where all are held.</summary>
    public async Task<string?> Missing(CancellationToken ct)
    {
        foreach (var organization in await db.Organizations.AsNoTracking().OrderBy(o => o.Slug).ToListAsync(ct))
        {
            caller.Value = Caller.System(organization.Id, organization.Slug);
            await using var reading = await transactions.BeginRead(db, organization.Id, ct);
            var key = await db.Set<JournalHead>().AsNoTracking().Select(h => h.VerifierKey).FirstOrDefaultAsync(ct);
            if (key is not null && keys.Find(key) is null)
                return $"{organization.Slug}: {keys.Missing(key)} {keys.WhatToDo}";
        }
        return null;
    }
}
