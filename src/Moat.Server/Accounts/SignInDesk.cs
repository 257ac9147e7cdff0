using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Identity;
using Moat.Hosting.Accounts;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Storage.Accounts;

namespace Moat.Server.Accounts;

/// <summary>
/// Signs somebody in. Wrong attempts count for the account together with the network or the known browser they come
/// from, so that guesses are slowed while their victim gets in (OWASP device cookies; NIST SP 800-63B-4, 3.2.2). An
/// address that nobody has is answered and counted like one that somebody has.
/// </summary>
public sealed partial class SignInDesk(
    SignInManager<Account> signIn,
    AccountHasher hasher,
    GuessLimits guesses,
    KnownDevices devices,
    SealedAccounts seals,
    ILogger<SignInDesk> log
)
{
    private static readonly GuessLimit FromOnePlace = new(8, TimeSpan.FromMinutes(15));
    private static readonly GuessLimit FromStrangers = new(50, TimeSpan.FromHours(1));

    private UserManager<Account> Accounts => signIn.UserManager;

    /// <summary>
    /// Signs in with password and, where the account asks for it, a code; false when any of it is wrong or was tried
    /// too often. Throws <see cref="RuleBroken"/> where they are right and somebody changed the account in the
    /// database.
    /// </summary>
    public async Task<bool> Try(HttpContext http, string email, string password, string code)
    {
        var folded = PeopleDirectory.Fold(email);
        var account = await Accounts.FindByNameAsync(folded);
        var device = account is null ? null : devices.Of(http, account);
        var place = GuessLimits.Bucket(
            folded,
            device is null ? NetworkOf(http.Connection.RemoteIpAddress) : $"device {device}"
        );
        if (!await IsOpen(folded, place, device is not null, http.RequestAborted))
            return false;
        if (!await MayEnter(account, password, code, http.RequestAborted))
            return false;
        await guesses.Empty(place, http.RequestAborted);
        devices.Remember(http, account!);
        await signIn.SignInAsync(account!, isPersistent: false);
        return true;
    }

    /// <summary>The network of an address: what one customer of a provider usually has.</summary>
    internal static string NetworkOf(IPAddress? address)
    {
        if (address is null)
            return "";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        var length = address.AddressFamily == AddressFamily.InterNetwork ? 3 : 7;
        return Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, length));
    }

    private async Task<bool> IsOpen(string email, string place, bool known, CancellationToken ct) =>
        await guesses.Take(place, FromOnePlace, ct)
        && (known || await guesses.Take(GuessLimits.Bucket(email, "strangers"), FromStrangers, ct));

    private async Task<bool> MayEnter(Account? account, string password, string code, CancellationToken ct)
    {
        try
        {
            if (!await IsPassword(account, password) || !await IsCode(account!, code))
                return false;
            await seals.MustFit(account!.Id, ct);
            return true;
        }
        catch (RuleBroken changed) when (changed.RuleId == SealedAccounts.Rule)
        {
            ChangedOutside(account!.Id);
            throw;
        }
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Nobody was signed in with the account {Account}: it was changed in the database and not by Moat"
    )]
    private partial void ChangedOutside(Guid account);

    private async Task<bool> IsPassword(Account? account, string password)
    {
        if (account?.PasswordHash is not null)
            return await Accounts.CheckPasswordAsync(account, password);
        hasher.VerifyNobody(password);
        return false;
    }

    private async Task<bool> IsCode(Account account, string code)
    {
        if (!await Accounts.GetTwoFactorEnabledAsync(account))
            return true;
        if (RecoveryCodes.Looks(code))
            return (await Accounts.RedeemTwoFactorRecoveryCodeAsync(account, RecoveryCodes.Plain(code))).Succeeded;
        return await Accounts.VerifyTwoFactorTokenAsync(
            account,
            TokenOptions.DefaultAuthenticatorProvider,
            code.Replace(" ", "", StringComparison.Ordinal)
        );
    }
}
