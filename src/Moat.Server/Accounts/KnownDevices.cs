using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Moat.Server.Host;
using Moat.Storage.Accounts;

namespace Moat.Server.Accounts;

/// <summary>
/// Knows a browser again in which an account has signed in before, by a cookie that only this installation can write
/// (OWASP device cookies). It opens nothing: it only counts wrong passwords apart from those of strangers, so that
/// nobody outside can lock a person out.
/// </summary>
public sealed class KnownDevices(IDataProtectionProvider protection, TimeProvider clock)
{
    private const string Prefix = "moat-device-";
    private static readonly TimeSpan Lasts = TimeSpan.FromDays(180);
    private readonly IDataProtector _protector = protection.CreateProtector("Moat.Accounts.KnownDevice");

    /// <summary>What tells this browser from others, or null where the account never signed in.</summary>
    public string? Of(HttpContext http, Account account)
    {
        if (!http.Request.Cookies.TryGetValue(NameOf(account), out var kept))
            return null;
        try
        {
            return
                _protector.Unprotect(kept).Split('.') is [var owner, var device, var until]
                && owner == account.Id.ToString("N")
                && long.Parse(until, CultureInfo.InvariantCulture) > clock.GetUtcNow().ToUnixTimeSeconds()
                ? device
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Knows this browser from now on.</summary>
    public void Remember(HttpContext http, Account account)
    {
        var device = Of(http, account) ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var until = (clock.GetUtcNow() + Lasts).ToUnixTimeSeconds();
        var kept = _protector.Protect(string.Create(CultureInfo.InvariantCulture, $"{account.Id:N}.{device}.{until}"));
        http.Response.Cookies.Append(NameOf(account), kept, OwnCookie.Lasting(http, Lasts));
    }

    // One for each account that signs in here. The name says of which only to whoever knows its id.
    private static string NameOf(Account account) =>
        Prefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(account.Id.ToString("N"))))[..12];
}
