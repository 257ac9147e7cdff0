using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;
using Moat.Isms.People;

namespace Moat.Storage.Accounts;

/// <summary>
/// The accounts behind the memberships of an organisation: each must be there and answer to the address that the
/// membership was given to. Whoever signs in with another address would act in that member's name. And each must be
/// what Moat stored last: its password and second factor too.
/// </summary>
internal sealed class MemberAccounts(MoatDb db, AccountsDb accounts, JournalKeys keys) : IKeptOutside
{
    /// <inheritdoc />
    public async IAsyncEnumerable<string> Faults([EnumeratorCancellation] CancellationToken ct)
    {
        var members = await db.Set<Membership>()
            .AsNoTracking()
            .Where(m => m.RevokedAt == null)
            .OrderBy(m => m.Number)
            .Select(m => new
            {
                m.Number,
                m.UserId,
                m.Email,
            })
            .ToListAsync(ct);
        var (read, unread) = await SealedAccounts.Read(accounts, [.. members.Select(m => m.UserId).Distinct()], ct);
        var known = read.ToDictionary(a => a.Account.Id);
        foreach (var member in members)
        {
            if (unread.Contains(member.UserId))
            {
                yield return $"ACC-{member.Number}: its account holds a value that Moat never writes.";
                continue;
            }
            // As Identity folds addresses to find them.
            var folded = member.Email.ToUpperInvariant();
            if (!known.TryGetValue(member.UserId, out var whole))
            {
                yield return $"ACC-{member.Number}: its account is gone.";
                continue;
            }
            var account = whole.Account;
            if (
                (account.Email, account.UserName, account.NormalizedEmail, account.NormalizedUserName)
                != (member.Email, member.Email, folded, folded)
            )
                yield return $"ACC-{member.Number}: its account answers to another address than {member.Email}.";
            if (account.Seal is null)
                yield return $"ACC-{member.Number}: its account has no seal, so it was not stored by Moat.";
            else if (!AccountSeal.Fits(accounts.Model, whole, keys))
                yield return $"ACC-{member.Number}: its account does not fit its seal; password, second factor or another part of it was changed.";
        }
    }
}
