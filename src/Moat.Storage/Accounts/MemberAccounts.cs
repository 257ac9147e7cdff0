using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;
using Moat.Isms.People;

namespace Moat.Storage.Accounts;

/// <summary>
/// The accounts behind the memberships of an organisation: each must be there and answer to the address that the membership was given to. Whoever
/// signs in with another address would act in that member's name.
/// </summary>
internal sealed class MemberAccounts(MoatDb db, AccountsDb accounts) : IKeptOutside
{
    /// <inheritdoc />
    public async IAsyncEnumerable<string> Faults([EnumeratorCancellation] CancellationToken ct)
    {
        var members = await db.Set<Membership>().AsNoTracking().Where(m => m.RevokedAt == null).OrderBy(m => m.Number)
            .Select(m => new { m.Number, m.UserId, m.Email }).ToListAsync(ct);
        var ids = members.Select(m => m.UserId).ToList();
        var known = await accounts.Users.AsNoTracking().Where(a => ids.Contains(a.Id))
            .Select(a => new { a.Id, a.Email, a.UserName, a.NormalizedEmail, a.NormalizedUserName }).ToDictionaryAsync(a => a.Id, ct);
        foreach (var member in members)
        {
            // As Identity folds addresses to find them.
            var folded = member.Email.ToUpperInvariant();
            if (!known.TryGetValue(member.UserId, out var account)) yield return $"ACC-{member.Number}: its account is gone.";
            else if ((account.Email, account.UserName, account.NormalizedEmail, account.NormalizedUserName) != (member.Email, member.Email, folded, folded))
                yield return $"ACC-{member.Number}: its account answers to another address than {member.Email}.";
        }
    }
}
