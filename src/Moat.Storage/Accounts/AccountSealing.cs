using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Moat.Isms.Kernel.Journal;

namespace Moat.Storage.Accounts;

/// <summary>
/// Seals accounts as they are saved, whoever saves them. What is stored must fit its seal before it is changed:
/// otherwise the next change would put a seal on what somebody wrote behind the product's back.
/// </summary>
internal sealed class AccountSealing(JournalKeys keys) : SaveChangesInterceptor
{
    /// <inheritdoc />
    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    )
    {
        var db = (AccountsDb)eventData.Context!;
        foreach (var account in Touched(db))
            await Seal(db, account, cancellationToken);
        return result;
    }

    /// <inheritdoc />
    public override InterceptionResult<int> SavingChanges(
        DbContextEventData eventData,
        InterceptionResult<int> result
    ) =>
        Touched((AccountsDb)eventData.Context!).Count == 0
            ? result
            : throw new NotSupportedException("Accounts are saved with SaveChangesAsync.");

    private async Task Seal(AccountsDb db, Guid id, CancellationToken ct)
    {
        if (
            await db.Users.FindAsync([id], ct) is not { } account
            || db.Entry(account) is not { State: not EntityState.Deleted } entry
        )
            return;
        var isNew = entry.State == EntityState.Added;
        if (!isNew && !db.Mended.Contains(id))
            await MustFit(db, id, ct);
        await db.UserTokens.Where(t => t.UserId == id).LoadAsync(ct);
        await db.UserLogins.Where(l => l.UserId == id).LoadAsync(ct);
        await db.UserClaims.Where(c => c.UserId == id).LoadAsync(ct);
        // Of two who change an account at the same moment one fails, also where they change its second factor only.
        var stamp = entry.Property(a => a.ConcurrencyStamp);
        if (!isNew && stamp.CurrentValue == stamp.OriginalValue)
            stamp.CurrentValue = Guid.CreateVersion7().ToString();
        var whole = new WholeAccount
        {
            Account = account,
            Tokens = Kept<IdentityUserToken<Guid>>(db, t => t.UserId == id),
            Logins = Kept<IdentityUserLogin<Guid>>(db, l => l.UserId == id),
            Claims = Kept<IdentityUserClaim<Guid>>(db, c => c.UserId == id),
        };
        entry.Property(a => a.Seal).CurrentValue = AccountSeal.Make(
            db.Model,
            whole,
            keys.ForSealing(othersExist: !isNew || await db.Users.AnyAsync(ct))
        );
    }

    private async Task MustFit(AccountsDb db, Guid id, CancellationToken ct)
    {
        var stored = await SealedAccounts
            .Whole(db, db.Users.Where(a => a.Id == id))
            .AsNoTracking()
            .FirstOrDefaultAsync(ct);
        if (stored is not null && !AccountSeal.Fits(db.Model, stored, keys))
            throw SealedAccounts.Changed();
    }

    private static List<T> Kept<T>(AccountsDb db, Func<T, bool> its)
        where T : class =>
        [
            .. db
                .ChangeTracker.Entries<T>()
                .Where(e => e.State is not (EntityState.Deleted or EntityState.Detached))
                .Select(e => e.Entity)
                .Where(its),
        ];

    private static List<Guid> Touched(AccountsDb db) =>
        [
            .. db
                .ChangeTracker.Entries()
                .Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted)
                .Select(OwnerOf)
                .OfType<Guid>()
                .Distinct(),
        ];

    private static Guid? OwnerOf(EntityEntry entry) =>
        entry.Entity switch
        {
            Account account => account.Id,
            IdentityUserToken<Guid> token => token.UserId,
            IdentityUserLogin<Guid> login => login.UserId,
            IdentityUserClaim<Guid> claim => claim.UserId,
            _ => null,
        };
}
