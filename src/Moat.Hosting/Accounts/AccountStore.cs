using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Moat.Storage.Accounts;
using Secret = Moat.Isms.People.Secret;

namespace Moat.Hosting.Accounts;

/// <summary>
/// Accounts as they are stored: the key of an authenticator encrypted with the installation's data-protection keys,
/// recovery codes as hashes. Who reads the database can use neither.
/// </summary>
internal sealed class AccountStore(
    AccountsDb db,
    IDataProtectionProvider protection,
    IdentityErrorDescriber? describer = null
) : UserOnlyStore<Account, AccountsDb, Guid>(db, describer)
{
    private const string Encrypted = "protected:";
    private const string Internal = "[AspNetUserStore]";
    private const string Codes = "RecoveryCodes";

    /// <inheritdoc />
    public override Task SetAuthenticatorKeyAsync(Account user, string key, CancellationToken cancellationToken) =>
        base.SetAuthenticatorKeyAsync(user, Encrypted + Of(user).Protect(key), cancellationToken);

    /// <inheritdoc />
    public override async Task<string?> GetAuthenticatorKeyAsync(Account user, CancellationToken cancellationToken)
    {
        var kept = await base.GetAuthenticatorKeyAsync(user, cancellationToken);
        if (kept is null)
            return null;
        if (kept.StartsWith(Encrypted, StringComparison.Ordinal))
            return Decrypted(user, kept[Encrypted.Length..]);
        // A key from before keys were encrypted.
        await SetAuthenticatorKeyAsync(user, kept, cancellationToken);
        await UpdateAsync(user, cancellationToken);
        return kept;
    }

    /// <inheritdoc />
    public override Task ReplaceCodesAsync(
        Account user,
        IEnumerable<string> recoveryCodes,
        CancellationToken cancellationToken
    ) => base.ReplaceCodesAsync(user, recoveryCodes.Select(Secret.Hash), cancellationToken);

    /// <inheritdoc />
    public override async Task<bool> RedeemCodeAsync(Account user, string code, CancellationToken cancellationToken)
    {
        var kept = (await GetTokenAsync(user, Internal, Codes, cancellationToken) ?? "").Split(
            ';',
            StringSplitOptions.RemoveEmptyEntries
        );
        var hash = Secret.Hash(code);
        if (!kept.Contains(hash))
            return false;
        await base.ReplaceCodesAsync(user, kept.Where(k => k != hash), cancellationToken);
        return true;
    }

    // Nobody's code is right when the installation's keys are others; the operator turns the authenticator off.
    private string? Decrypted(Account user, string kept)
    {
        try
        {
            return Of(user).Unprotect(kept);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private IDataProtector Of(Account user) =>
        protection.CreateProtector("Moat.Accounts.Authenticator", user.Id.ToString("N"));
}
