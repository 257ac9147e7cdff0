using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Moat.Tests;

/// <summary>Signing in, on a server of its own because limits count by address.</summary>
public sealed class AccountTests
{
    private const string Password = "a sentence is fine here";

    [Fact]
    public async Task An_account_locks_after_eight_wrong_attempts_and_attempts_are_limited()
    {
        using var folder = new TemporaryFolder();
        using var server = await Serve(folder);
        using var client = Client(server);
        for (var attempt = 0; attempt < 8; attempt++) Assert.NotEqual(HttpStatusCode.Redirect, (await SignIn(client, "wrong password here")).StatusCode);
        Assert.NotEqual(HttpStatusCode.Redirect, (await SignIn(client, Password)).StatusCode);
        var answers = new List<HttpStatusCode>();
        for (var attempt = 0; attempt < 15; attempt++) answers.Add((await SignIn(client, "wrong password here")).StatusCode);
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
        var key = Regex.Match(page, "<code>([A-Z2-7 ]+)</code>").Groups[1].Value.Replace(" ", "", StringComparison.Ordinal);
        using var turnedOn = await client.PostAsync("/account", Form(page, ("_handler", "totp-on"), ("code", Code(key))));
        Assert.Equal(HttpStatusCode.Redirect, turnedOn.StatusCode);

        using var other = Client(server);
        Assert.NotEqual(HttpStatusCode.Redirect, (await SignIn(other, Password)).StatusCode);
        Assert.NotEqual(HttpStatusCode.Redirect, (await SignIn(other, Password, "000000")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await SignIn(other, Password, Code(key))).StatusCode);
    }

    [Fact]
    public async Task The_cookie_is_secure_behind_a_proxy_with_TLS_and_set_up_is_closed_for_strangers()
    {
        using var folder = new TemporaryFolder();
        using var empty = await MoatProgram.Serve("serve", "--data", folder.Of("empty"));
        using var stranger = Client(empty);
        stranger.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
        Assert.Contains("from the machine itself", await stranger.GetStringAsync("/setup"), StringComparison.Ordinal);

        using var server = await Serve(folder);
        using var client = Client(server);
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        using var signedIn = await SignIn(client, Password);
        var cookie = signedIn.Headers.GetValues("Set-Cookie").First(c => c.StartsWith("moat=", StringComparison.Ordinal));
        Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<ServedMoat> Serve(TemporaryFolder folder)
    {
        await File.WriteAllTextAsync(folder.Of("password"), Password);
        await MoatProgram.Do("init", "--data", folder.Of("data"), "--org", "acme", "--name", "Acme", "--admin", "ada@acme.test", "--password-file", folder.Of("password"));
        return await MoatProgram.Serve("serve", "--data", folder.Of("data"));
    }

    private static HttpClient Client(ServedMoat server) => new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = new Uri(server.Url) };

    private static async Task<HttpResponseMessage> SignIn(HttpClient client, string password, string code = "")
    {
        var page = await client.GetStringAsync("/sign-in");
        return await client.PostAsync("/sign-in", Site.Form(page, ("email", "ada@acme.test"), ("password", password), ("code", code)));
    }

    private static FormUrlEncodedContent Form(string page, params (string Name, string Value)[] values)
    {
        var token = Regex.Match(page, "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"").Groups[1].Value;
        return new FormUrlEncodedContent(values.Select(v => KeyValuePair.Create(v.Name, v.Value)).Append(KeyValuePair.Create("__RequestVerificationToken", token)));
    }

    /// <summary>The code of this half minute (RFC 6238).</summary>
    private static string Code(string base32)
    {
        var bits = string.Concat(base32.Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        var key = Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2)).ToArray();
        var counter = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30);
#pragma warning disable CA5350 // Authenticators use SHA-1; RFC 6238 names it.
        var hash = HMACSHA1.HashData(key, counter);
#pragma warning restore CA5350
        var at = hash[^1] & 15;
        return ((BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(at)) & int.MaxValue) % 1_000_000).ToString("000000", System.Globalization.CultureInfo.InvariantCulture);
    }
}
