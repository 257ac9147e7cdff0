using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Moat.Hosting.Accounts;
using Moat.Server.Accounts;
using Moat.Storage.Accounts;

namespace Moat.Tests;

/// <summary>
/// Guesses are slowed, the person they are aimed at gets in, and who has an account is nobody's to find out.
/// </summary>
public sealed class GuessTests
{
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Whoever_guesses_is_paused_on_every_server_and_the_person_gets_in(string database)
    {
        await using var acme = await Acme.Found(
            listens: true,
            postgres: database == "sqlite" ? null : await PostgresCluster.NewServedDatabase()
        );
        var another = await acme.Another();
        using var ada = new Browser(acme.Url, "198.51.100.1");
        Assert.True(await ada.SignIn());
        // The same network on two servers, the first four guesses here and the others there.
        for (var n = 0; n < 8; n++)
        {
            using var guesser = new Browser(n < 4 ? acme.Url : another, $"203.0.113.{n}");
            Assert.False(await guesser.SignIn($"a wrong guess {n}"));
        }
        using var lucky = new Browser(acme.Url, "203.0.113.200");
        Assert.False(await lucky.SignIn());
        using var travelling = new Browser(another, "192.0.2.1");
        Assert.True(await travelling.SignIn());
        // The browser that Ada used before is known, even from the network of whoever guesses.
        using var known = Known(acme.Url, ada, "203.0.113.9");
        Assert.True(await known.SignIn());
    }

    [Fact]
    public async Task Guesses_from_all_over_the_world_pause_strangers_and_not_a_known_browser()
    {
        await using var acme = await Acme.Found(listens: true);
        using var ada = new Browser(acme.Url, "198.51.100.1");
        Assert.True(await ada.SignIn());
        await using (var scope = acme.Services.CreateAsyncScope())
        {
            var guesses = scope.ServiceProvider.GetRequiredService<GuessLimits>();
            var (strangers, limit) = (
                GuessLimits.Bucket("ada@acme.test", "strangers"),
                new GuessLimit(50, TimeSpan.FromHours(1))
            );
            for (var n = 0; n < 50; n++)
                await guesses.Take(strangers, limit, CancellationToken.None);
        }
        using var stranger = new Browser(acme.Url, "192.0.2.1");
        Assert.False(await stranger.SignIn());
        using var known = Known(acme.Url, ada, "192.0.2.1");
        Assert.True(await known.SignIn());
        await using var unlocking = acme.Services.CreateAsyncScope();
        await unlocking
            .ServiceProvider.GetRequiredService<GuessLimits>()
            .Unlock(unlocking.ServiceProvider.GetRequiredService<AccountsDb>().Users.Single(), CancellationToken.None);
        Assert.True(await stranger.SignIn());
    }

    [Fact]
    public async Task A_known_browser_is_paused_by_its_own_guesses_only_and_a_forged_one_is_unknown()
    {
        await using var acme = await Acme.Found(listens: true);
        using var ada = new Browser(acme.Url, "198.51.100.1");
        Assert.True(await ada.SignIn());
        using var thief = Known(acme.Url, ada, "203.0.113.1");
        for (var n = 0; n < 8; n++)
            Assert.False(await thief.SignIn($"a wrong guess {n}"));
        Assert.False(await thief.SignIn());
        using var again = new Browser(acme.Url, "198.51.100.1");
        Assert.True(await again.SignIn());
        var forged = ada
            .Cookies.GetCookies(new Uri(acme.Url))
            .Single(c => c.Name.StartsWith("moat-device-", StringComparison.Ordinal));
        using var forger = new Browser(acme.Url, "203.0.113.1");
        forger.Cookies.Add(new Cookie(forged.Name, forged.Value[..^4] + "AAAA", "/", new Uri(acme.Url).Host));
        Assert.True(await forger.SignIn());
    }

    [Fact]
    public async Task A_known_and_an_unknown_address_are_answered_with_the_same_work_and_words()
    {
        await using var acme = await Acme.Found(listens: true);
        var hasher = acme.Services.GetRequiredService<AccountHasher>();
        var said = new List<(string Words, long Work)>();
        foreach (var email in new[] { "ada@acme.test", "nobody@acme.test", "no address", "" })
        {
            using var browser = new Browser(acme.Url, "203.0.113.1");
            var before = hasher.Verified;
            using var answer = await browser.Post(
                "/sign-in",
                ("email", email),
                ("password", "a wrong password here"),
                ("code", "")
            );
            var alert = (await answer.Content.ReadAsStringAsync()).Split("role=\"alert\"")[1].Split("</div>")[0];
            said.Add(($"{answer.StatusCode} {alert}", hasher.Verified - before));
        }
        Assert.Equal(1, said[0].Work);
        Assert.Single(said.Distinct());
        // Whoever was paused for guessing at nobody's address is told the same as well.
        using var guesser = new Browser(acme.Url, "198.51.100.1");
        for (var n = 0; n < 9; n++)
            Assert.False(await guesser.SignIn($"a wrong guess {n}", email: "nobody@acme.test"));
    }

    [Fact]
    public async Task Joining_without_an_invitation_tells_nothing_about_an_address_either()
    {
        await using var acme = await Acme.Found(listens: true);
        var hasher = acme.Services.GetRequiredService<AccountHasher>();
        var before = hasher.Verified;
        var said = new List<string>();
        foreach (var email in new[] { "ada@acme.test", "nobody@acme.test" })
        {
            using var browser = new Browser(acme.Url, "203.0.113.1");
            using var answer = await browser.Post(
                "/join/acme/not-a-secret",
                ("_handler", "join-new"),
                ("name", "Some Body"),
                ("email", email),
                ("password", Site.Password)
            );
            said.Add($"{answer.StatusCode}");
        }
        Assert.Single(said.Distinct());
        Assert.Equal(before, hasher.Verified);
    }

    [Fact]
    public async Task A_pause_is_over_after_a_quarter_of_an_hour_and_its_count_is_removed()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        await using var acme = await Acme.Found(clock: clock);
        await using var scope = acme.Services.CreateAsyncScope();
        var (guesses, db) = (
            scope.ServiceProvider.GetRequiredService<GuessLimits>(),
            scope.ServiceProvider.GetRequiredService<AccountsDb>()
        );
        var limit = new GuessLimit(2, TimeSpan.FromMinutes(15));
        Task<bool> Take() => guesses.Take("bucket", limit, CancellationToken.None);
        foreach (var taken in new[] { true, true, false, false })
            Assert.Equal(taken, await Take());
        clock.Advance(TimeSpan.FromMinutes(15));
        Assert.True(await Take());
        clock.Advance(TimeSpan.FromMinutes(16));
        await guesses.Sweep(CancellationToken.None);
        Assert.Empty(db.Set<AccountGuess>());
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.200", true)]
    [InlineData("203.0.113.7", "203.0.114.7", false)]
    [InlineData("::ffff:203.0.113.7", "203.0.113.9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:ff::1", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:2:2::1", false)]
    public void A_network_is_what_one_customer_has(string one, string other, bool same) =>
        Assert.Equal(same, SignInDesk.NetworkOf(IPAddress.Parse(one)) == SignInDesk.NetworkOf(IPAddress.Parse(other)));

    private static Browser Known(string url, Browser before, string address)
    {
        var browser = new Browser(url, address);
        foreach (
            var cookie in before
                .Cookies.GetCookies(new Uri(url))
                .Where(c => c.Name.StartsWith("moat-device-", StringComparison.Ordinal))
        )
            browser.Cookies.Add(cookie);
        return browser;
    }
}
