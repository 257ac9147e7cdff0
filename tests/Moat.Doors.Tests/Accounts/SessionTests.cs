using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Moat.Storage.Accounts;

namespace Moat.Tests;

/// <summary>
/// Who is signed in where: the server decides, on every server of an installation, whatever a browser still holds.
/// </summary>
public sealed class SessionTests
{
    private const string Safari =
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Mobile/15E148 Safari/604.1";

    private const string Edge =
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0";

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_copied_cookie_is_nobodys_after_signing_out_on_every_server(string database)
    {
        await using var acme = await Served(database);
        var another = await acme.Another();
        using var ada = new Browser(acme.Url);
        Assert.True(await ada.SignIn());
        using var thiefHere = Thief(acme.Url, ada.Stolen);
        using var thiefThere = Thief(another, ada.Stolen);
        foreach (var thief in new[] { thiefHere, thiefThere })
            Assert.Equal(HttpStatusCode.OK, await Look(thief));

        using var left = await ada.Post("/account", ("_handler", "sign-out"));
        Assert.Equal(HttpStatusCode.Redirect, left.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, await Look(thiefHere));
        await Ends(thiefThere);
    }

    [Fact]
    public async Task Sessions_are_listed_and_each_can_be_signed_out_from_another()
    {
        await using var acme = await Served("sqlite");
        using var laptop = new Browser(acme.Url);
        using var phone = new Browser(acme.Url, "198.51.100.7", Safari);
        using var cafe = new Browser(acme.Url, "198.51.100.9", Edge);
        foreach (var browser in new[] { laptop, phone, cafe })
            Assert.True(await browser.SignIn());
        foreach (var path in new[] { "/account", "/acme/my" })
        {
            var listed = await laptop.Read(path);
            foreach (
                var words in new[]
                {
                    "Firefox on Linux",
                    "Safari on iPhone",
                    "Edge on Windows",
                    "from 198.51.100.7",
                    "this one",
                }
            )
                Assert.Contains(words, listed, StringComparison.Ordinal);
        }
        using (
            var ended = await laptop.Post(
                "/account",
                ("_handler", $"end-session {await Session(acme, "198.51.100.7")}")
            )
        )
            Assert.Equal(HttpStatusCode.Redirect, ended.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, await phone.Look("/account"));
        Assert.Equal(HttpStatusCode.OK, await cafe.Look("/account"));
        using (var ended = await laptop.Post("/acme/my", ("_handler", "end-other-sessions")))
            Assert.Equal(HttpStatusCode.Redirect, ended.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, await cafe.Look("/account"));
        Assert.Equal(HttpStatusCode.OK, await laptop.Look("/account"));
        Assert.DoesNotContain("Sign this one out", await laptop.Read("/account"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_in_again_and_a_changed_password_begin_a_new_session()
    {
        await using var acme = await Served("sqlite");
        using var ada = new Browser(acme.Url);
        Assert.True(await ada.SignIn());
        using var first = Thief(acme.Url, ada.Stolen);
        Assert.True(await ada.SignIn());
        Assert.Equal(HttpStatusCode.Redirect, await Look(first));
        using var second = Thief(acme.Url, ada.Stolen);
        using var elsewhere = new Browser(acme.Url);
        Assert.True(await elsewhere.SignIn());
        using var changed = await ada.Post(
            "/account",
            ("_handler", "password"),
            ("oldPassword", Site.Password),
            ("password", "quite another sentence")
        );
        Assert.Equal(HttpStatusCode.Redirect, changed.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await ada.Look("/account"));
        Assert.Equal(HttpStatusCode.Redirect, await Look(second));
        Assert.Equal(HttpStatusCode.Redirect, await elsewhere.Look("/account"));
    }

    [Fact]
    public async Task A_session_ends_after_a_week_and_its_record_is_removed()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        await using var acme = await Acme.Found(clock: clock);
        await using var scope = acme.Services.CreateAsyncScope();
        var (sessions, db) = (
            scope.ServiceProvider.GetRequiredService<AccountSessions>(),
            scope.ServiceProvider.GetRequiredService<AccountsDb>()
        );
        var ada = db.Users.Single().Id;
        var session = await sessions.Begin(ada, "Firefox on Linux", "203.0.113.1", CancellationToken.None);
        clock.Advance(AccountSessions.Longest - TimeSpan.FromMinutes(1));
        await sessions.Saw([KeyValuePair.Create(session, clock.GetUtcNow().UtcDateTime)], CancellationToken.None);
        Assert.True(await sessions.IsOpen(ada, session, CancellationToken.None));
        Assert.Single(await sessions.Of(ada, CancellationToken.None));
        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.False(await sessions.IsOpen(ada, session, CancellationToken.None));
        await sessions.Sweep(CancellationToken.None);
        Assert.Empty(db.Set<AccountSession>());
    }

    private static async Task<Acme> Served(string database) =>
        await Acme.Found(
            listens: true,
            postgres: database == "sqlite" ? null : await PostgresCluster.NewServedDatabase()
        );

    private static HttpClient Thief(string url, string cookies)
    {
        var thief = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = new Uri(url),
        };
        thief.DefaultRequestHeaders.Add("Cookie", cookies);
        return thief;
    }

    private static async Task<HttpStatusCode> Look(HttpClient client)
    {
        using var answer = await client.GetAsync("/account");
        return answer.StatusCode;
    }

    // Another server has heard of it within a second.
    private static async Task Ends(HttpClient client)
    {
        for (var tries = 0; tries < 30 && await Look(client) != HttpStatusCode.Redirect; tries++)
            await Task.Delay(100);
        Assert.Equal(HttpStatusCode.Redirect, await Look(client));
    }

    private static async Task<string> Session(Acme acme, string address)
    {
        await using var scope = acme.Services.CreateAsyncScope();
        return scope
            .ServiceProvider.GetRequiredService<AccountsDb>()
            .Set<AccountSession>()
            .Single(s => s.Address == address)
            .Id.ToString("N");
    }
}
