using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Moat.Tests;

/// <summary>Signing in, on a server of its own because limits count by address.</summary>
[TakesLong]
public sealed class AccountTests
{
    private const string Password = "a sentence is fine here";

    [Fact]
    public async Task An_account_locks_after_eight_wrong_attempts_and_attempts_are_limited()
    {
        using var folder = new TemporaryFolder();
        using var server = await Serve(folder);
        using var client = Client(server);
        for (var attempt = 0; attempt < 8; attempt++)
            Assert.NotEqual(HttpStatusCode.Redirect, (await SignIn(client, "wrong password here")).StatusCode);
        Assert.NotEqual(HttpStatusCode.Redirect, (await SignIn(client, Password)).StatusCode);
        var answers = new List<HttpStatusCode>();
        for (var attempt = 0; attempt < 15; attempt++)
            answers.Add((await SignIn(client, "wrong password here")).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1]);
    }

    [Fact]
    public async Task An_authenticator_is_asked_for_once_it_is_turned_on()
    {
        using var folder = new TemporaryFolder();
        using var server = await Serve(folder);
        using var client = Client(server);
        Assert.Equal(HttpStatusCode.Redirect, (await SignIn(client, Password)).StatusCode);
        var page = await client.GetStringAsync("/account");
        var key = Regex
            .Match(page, "<code>([A-Z2-7 ]+)</code>")
            .Groups[1]
            .Value.Replace(" ", "", StringComparison.Ordinal);
        var on = Code(key);
        using var turnedOn = await client.PostAsync("/account", Form(page, ("_handler", "totp-on"), ("code", on)));
        Assert.Equal(HttpStatusCode.OK, turnedOn.StatusCode);

        // Whoever turned it on stays signed in.
        await Task.Delay(TimeSpan.FromSeconds(4));
        Assert.Contains(
            "Signing in asks for a code",
            await client.GetStringAsync("/account"),
            StringComparison.Ordinal
        );

        using var other = Client(server);
        Assert.NotEqual(HttpStatusCode.Redirect, (await SignIn(other, Password)).StatusCode);
        Assert.NotEqual(HttpStatusCode.Redirect, (await SignIn(other, Password, "000000")).StatusCode);
        // The code that turned it on is used up; a code of another half minute is not.
        var used = Code(key);
        if (used == on)
            Assert.NotEqual(HttpStatusCode.Redirect, (await SignIn(other, Password, used)).StatusCode);
        var next = Code(key, halfMinutes: 1);
        Assert.Equal(HttpStatusCode.Redirect, (await SignIn(other, Password, next)).StatusCode);
        using var replay = Client(server);
        Assert.NotEqual(HttpStatusCode.Redirect, (await SignIn(replay, Password, next)).StatusCode);
    }

    [Fact]
    public async Task Guesses_inside_a_session_are_limited_and_other_sessions_end()
    {
        using var folder = new TemporaryFolder();
        using var server = await Serve(folder);
        using var one = Client(server);
        using var other = Client(server);
        Assert.Equal(HttpStatusCode.Redirect, (await SignIn(one, Password)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await SignIn(other, Password)).StatusCode);
        var page = await one.GetStringAsync("/account");
        // Looking at one's account ends no session, neither this one nor another.
        await Task.Delay(TimeSpan.FromSeconds(4));
        foreach (var client in new[] { one, other })
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/account")).StatusCode);
        for (var attempt = 0; attempt < 5; attempt++)
        {
            using var wrong = await one.PostAsync(
                "/account",
                Form(
                    page,
                    ("_handler", "password"),
                    ("oldPassword", "not my password"),
                    ("password", "another long sentence")
                )
            );
            Assert.Contains(
                "This is not your password",
                WebUtility.HtmlDecode(await wrong.Content.ReadAsStringAsync()),
                StringComparison.Ordinal
            );
        }
        using var refused = await one.PostAsync(
            "/account",
            Form(page, ("_handler", "password"), ("oldPassword", Password), ("password", "another long sentence"))
        );
        Assert.Contains(
            "Wait a quarter of an hour",
            WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync()),
            StringComparison.Ordinal
        );

        using var left = await one.PostAsync("/account", Form(page, ("_handler", "sign-out-everywhere")));
        Assert.Equal(HttpStatusCode.Redirect, left.StatusCode);
        await Task.Delay(TimeSpan.FromSeconds(4));
        using var after = await other.GetAsync("/account");
        Assert.Equal(HttpStatusCode.Redirect, after.StatusCode);
        Assert.Contains("/sign-in", after.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_tries_too_often_is_told_when_to_try_again()
    {
        using var folder = new TemporaryFolder();
        using var server = await Serve(folder);
        using var client = Client(server);
        HttpResponseMessage answer;
        do answer = await SignIn(client, "wrong password here");
        while (answer.StatusCode != HttpStatusCode.TooManyRequests);
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
    }

    [Fact]
    public async Task Set_up_is_closed_for_strangers()
    {
        using var folder = new TemporaryFolder();
        using var empty = await MoatProgram.Serve("serve", "--data", folder.Of("empty"));
        using var stranger = Client(empty);
        stranger.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
        Assert.Contains("from the machine itself", await stranger.GetStringAsync("/setup"), StringComparison.Ordinal);
    }

    private static async Task<ServedMoat> Serve(TemporaryFolder folder)
    {
        await File.WriteAllTextAsync(folder.Of("password"), Password);
        await MoatProgram.Do(
            "init",
            "--data",
            folder.Of("data"),
            "--org",
            "acme",
            "--name",
            "Acme",
            "--admin",
            "ada@acme.test",
            "--password-file",
            folder.Of("password")
        );
        return await MoatProgram.Serve("serve", "--data", folder.Of("data"));
    }

    private static HttpClient Client(ServedMoat server) =>
        new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() })
        {
            BaseAddress = new Uri(server.Url),
        };

    private static async Task<HttpResponseMessage> SignIn(HttpClient client, string password, string code = "")
    {
        var page = await client.GetStringAsync("/sign-in");
        return await client.PostAsync(
            "/sign-in",
            Site.Form(page, ("email", "ada@acme.test"), ("password", password), ("code", code))
        );
    }

    private static FormUrlEncodedContent Form(string page, params (string Name, string Value)[] values)
    {
        var token = Regex.Match(page, "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"").Groups[1].Value;
        return new FormUrlEncodedContent(
            values
                .Select(v => KeyValuePair.Create(v.Name, v.Value))
                .Append(KeyValuePair.Create("__RequestVerificationToken", token))
        );
    }

    /// <summary>The code of this half minute (RFC 6238).</summary>
    private static string Code(string base32, int halfMinutes = 0)
    {
        var bits = string.Concat(
            base32.Select(c =>
                Convert
                    .ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2)
                    .PadLeft(5, '0')
            )
        );
        var key = Enumerable
            .Range(0, bits.Length / 8)
            .Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))
            .ToArray();
        var counter = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(
            counter,
            TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30 + halfMinutes
        );
#pragma warning disable CA5350 // Authenticators use SHA-1; RFC 6238 names it.
        var hash = HMACSHA1.HashData(key, counter);
#pragma warning restore CA5350
        var at = hash[^1] & 15;
        return ((BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(at)) & int.MaxValue) % 1_000_000).ToString(
            "000000",
            System.Globalization.CultureInfo.InvariantCulture
        );
    }
}
