using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;

namespace Moat.Storage.Accounts;

/// <summary>Asks accounts for their seals, and gives them new ones when the journal's key changes.</summary>
public sealed class SealedAccounts(AccountsDb db, JournalKeys keys)
{
    /// <summary>The rule that an account must fit its seal.</summary>
    public const string Rule = "account.seal";

    /// <summary>Whether the account is what Moat stored last.</summary>
    public async Task<bool> Fits(Guid account, CancellationToken ct) =>
        await Whole(db, db.Users.Where(a => a.Id == account)).AsNoTracking().FirstOrDefaultAsync(ct) is not { } stored
        || AccountSeal.Fits(db.Model, stored, keys);

    /// <summary>Throws <see cref="RuleBroken"/> where the account is not what Moat stored last.</summary>
    public async Task MustFit(Guid account, CancellationToken ct)
    {
        if (!await Fits(account, ct))
            throw Changed();
    }

    /// <summary>The accounts that are not what Moat stored last, or cannot be read at all.</summary>
    public async Task<IReadOnlyList<Guid>> Broken(CancellationToken ct)
    {
        var (all, unread) = await Read(db, await db.Users.OrderBy(a => a.Id).Select(a => a.Id).ToListAsync(ct), ct);
        return [.. all.Where(a => !AccountSeal.Fits(db.Model, a, keys)).Select(a => a.Account.Id), .. unread];
    }

    /// <summary>
    /// Reads accounts so that one that cannot be read, because it holds a value that Moat never writes, hides no other.
    /// </summary>
    internal static async Task<(List<WholeAccount> Read, List<Guid> Unread)> Read(
        AccountsDb db,
        List<Guid> ids,
        CancellationToken ct
    )
    {
        var (read, unread) = (new List<WholeAccount>(), new List<Guid>());
        if (await Among(ids) is { } all)
            return (all, unread);
        foreach (var id in ids)
            if (await Among([id]) is { } one)
                read.AddRange(one);
            else
                unread.Add(id);
        return (read, unread);

        async Task<List<WholeAccount>?> Among(List<Guid> some)
        {
            try
            {
                return await Whole(db, db.Users.Where(a => some.Contains(a.Id)).OrderBy(a => a.Id))
                    .AsNoTracking()
                    .ToListAsync(ct);
            }
            catch (Exception e)
                when (e
                        is FormatException
                            or InvalidCastException
                            or InvalidOperationException
                            or ArgumentException
                            or OverflowException
                )
            {
                return null;
            }
        }
    }

    /// <summary>
    /// Lets the operator save an account although somebody changed it behind the product's back; second factors that
    /// nobody vouches for go. False where the account is as Moat stored it.
    /// </summary>
    public async Task<bool> Mend(Account account, CancellationToken ct)
    {
        if (await Fits(account.Id, ct))
            return false;
        db.Mended.Add(account.Id);
        db.UserTokens.RemoveRange(await db.UserTokens.Where(t => t.UserId == account.Id).ToListAsync(ct));
        db.UserLogins.RemoveRange(await db.UserLogins.Where(l => l.UserId == account.Id).ToListAsync(ct));
        db.UserClaims.RemoveRange(await db.UserClaims.Where(c => c.UserId == account.Id).ToListAsync(ct));
        return true;
    }

    /// <summary>
    /// Seals every account with the newest key. One that does not fit its seal keeps it: a new key is no reason to
    /// believe it.
    /// </summary>
    public async Task Renew(CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        foreach (var account in await db.Users.OrderBy(a => a.Id).ToListAsync(ct))
        {
            if (!await Fits(account.Id, ct))
                continue;
            db.Entry(account).State = EntityState.Modified;
            await db.SaveChangesAsync(ct);
        }
    }

    /// <summary>Accounts with all that belongs to them, each set in one statement.</summary>
    internal static IQueryable<WholeAccount> Whole(AccountsDb db, IQueryable<Account> accounts) =>
        accounts.Select(a => new WholeAccount
        {
            Account = a,
            Tokens = db.UserTokens.Where(t => t.UserId == a.Id).ToList(),
            Logins = db.UserLogins.Where(l => l.UserId == a.Id).ToList(),
            Claims = db.UserClaims.Where(c => c.UserId == a.Id).ToList(),
        });

    /// <summary>Why nothing is done with an account that does not fit its seal, and the way out.</summary>
    internal static RuleBroken Changed() =>
        new(
            Rule,
            "This account was changed in the database and not by Moat, so nobody gets in with it. Tell whoever runs the server: 'moat verify' "
                + "names it, and 'moat user reset-password' gives it back."
        );
}
