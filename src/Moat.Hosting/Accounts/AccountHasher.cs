using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Moat.Storage.Accounts;

namespace Moat.Hosting.Accounts;

/// <summary>
/// Hashes passwords, and works as long for an address that nobody has as for one that somebody has: who listens to the
/// clock learns nothing about who has an account.
/// </summary>
public sealed class AccountHasher : PasswordHasher<Account>
{
    private static readonly Account Nobody = new();
    private readonly Lazy<string> _nobodys;
    private long _verified;

    /// <summary>A hasher.</summary>
    public AccountHasher() =>
        _nobodys = new Lazy<string>(() => HashPassword(Nobody, RandomNumberGenerator.GetHexString(32)));

    /// <summary>How many passwords were compared with a hash since the start.</summary>
    public long Verified => Interlocked.Read(ref _verified);

    /// <inheritdoc />
    public override PasswordVerificationResult VerifyHashedPassword(
        Account user,
        string hashedPassword,
        string providedPassword
    )
    {
        Interlocked.Increment(ref _verified);
        return base.VerifyHashedPassword(user, hashedPassword, providedPassword);
    }

    /// <summary>Compares a password with the hash of nobody's.</summary>
    public void VerifyNobody(string password) => VerifyHashedPassword(Nobody, _nobodys.Value, password);
}
