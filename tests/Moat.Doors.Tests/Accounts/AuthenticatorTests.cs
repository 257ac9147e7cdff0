using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Moat.Hosting.Accounts;
using Moat.Server.Accounts;
using Moat.Storage.Accounts;

namespace Moat.Tests;

/// <summary>
/// Codes of authenticators: right by their RFC, each good once on all servers, and of no use to who reads the database.
/// </summary>
[TakesLong]
public sealed partial class AuthenticatorTests
{
    private const string Key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    // RFC 6238, appendix B, of whose eight digits authenticators show six.
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_RFC(long seconds, string code)
    {
        Assert.Equal("12345678901234567890"u8.ToArray(), TotpCode.Decode(Key));
        Assert.Equal(seconds / 30, TotpCode.StepOf(Key, code, DateTimeOffset.FromUnixTimeSeconds(seconds)));
    }

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void A_clock_may_be_off_by_half_a_minute(int steps, bool taken)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
        var code = TotpCode.Of(TotpCode.Decode(Key), 60_000_000 + steps);
        Assert.Equal(taken, TotpCode.StepOf(Key, code, now) is not null);
        foreach (var wrong in new[] { "", "28708", "2870822", "abcdef", "٢٨٧٠٨٢" })
            Assert.Null(TotpCode.StepOf(Key, wrong, now));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_code_lets_in_once_however_many_servers_are_asked_at_once(string database)
    {
        await using var acme = await Acme.Found(
            listens: true,
            postgres: database == "sqlite" ? null : await PostgresCluster.NewServedDatabase()
        );
        string[] servers = [acme.Url, await acme.Another()];
        var (key, _) = await TurnOn(acme);
        var code = TotpCode.Of(TotpCode.Decode(key), TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30 + 1);
        var tries = await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(async n =>
                {
                    using var browser = new Browser(servers[n % 2], $"203.0.{n}.9");
                    return await browser.SignIn(code: code);
                })
        );
        Assert.Single(tries, inside => inside);
        using var later = new Browser(servers[1], "198.51.100.1");
        Assert.False(await later.SignIn(code: code));
    }

    [Fact]
    public async Task Keys_are_encrypted_and_recovery_codes_hashed_where_they_are_kept()
    {
        await using var acme = await Acme.Found(listens: true);
        var (key, codes) = await TurnOn(acme);
        Assert.Equal(10, codes.Count);
        await using var scope = acme.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AccountsDb>();
        var kept = string.Join('\n', db.UserTokens.Select(t => t.Value));
        Assert.DoesNotContain(key, kept, StringComparison.OrdinalIgnoreCase);
        foreach (var code in codes)
            Assert.DoesNotContain(RecoveryCodes.Plain(code), kept, StringComparison.OrdinalIgnoreCase);

        using var browser = new Browser(acme.Url);
        Assert.True(await browser.SignIn(code: codes[3].ToUpperInvariant()));
        using var again = new Browser(acme.Url);
        Assert.False(await again.SignIn(code: codes[3]));
        Assert.True(await again.SignIn(code: codes[4].Replace("-", " ", StringComparison.Ordinal)));
        Assert.Contains("8 recovery codes are left", await again.Read("/account"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_from_before_is_encrypted_when_it_is_first_used()
    {
        await using var acme = await Acme.Found(listens: true);
        await using (var scope = acme.Services.CreateAsyncScope())
        {
            var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
            var db = scope.ServiceProvider.GetRequiredService<AccountsDb>();
            var ada = (await accounts.FindByNameAsync("ada@acme.test"))!;
            db.UserTokens.Add(
                new IdentityUserToken<Guid>
                {
                    UserId = ada.Id,
                    LoginProvider = "[AspNetUserStore]",
                    Name = "AuthenticatorKey",
                    Value = Key,
                }
            );
            await db.SaveChangesAsync();
            await accounts.SetTwoFactorEnabledAsync(ada, true);
        }
        using var browser = new Browser(acme.Url);
        Assert.False(await browser.SignIn());
        Assert.True(
            await browser.SignIn(
                code: TotpCode.Of(TotpCode.Decode(Key), TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30)
            )
        );
        await using var after = acme.Services.CreateAsyncScope();
        Assert.StartsWith(
            "protected:",
            after.ServiceProvider.GetRequiredService<AccountsDb>().UserTokens.Single().Value,
            StringComparison.Ordinal
        );
    }

    private static async Task<(string Key, IReadOnlyList<string> Codes)> TurnOn(Acme acme)
    {
        using var browser = new Browser(acme.Url, "192.0.2.77");
        Assert.True(await browser.SignIn());
        var key = ShownKey()
            .Match(await browser.Read("/account"))
            .Groups[1]
            .Value.Replace(" ", "", StringComparison.Ordinal);
        var step = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30;
        using var on = await browser.Post(
            "/account",
            ("_handler", "totp-on"),
            ("code", TotpCode.Of(TotpCode.Decode(key), step))
        );
        var page = await on.Content.ReadAsStringAsync();
        return (key, [.. ShownCode().Matches(page).Select(m => m.Groups[1].Value)]);
    }

    [GeneratedRegex("<code>([A-Z2-7 ]+)</code>")]
    private static partial Regex ShownKey();

    [GeneratedRegex("<li>([a-z2-9-]{19})</li>")]
    private static partial Regex ShownCode();
}
