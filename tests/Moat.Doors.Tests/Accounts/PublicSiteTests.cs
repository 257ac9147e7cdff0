using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Moat.Isms.People;
using Moat.Server.Host;

namespace Moat.Tests;

/// <summary>
/// Behind a reverse proxy that asks at another address than people do, with and without a path below which everything
/// stands.
/// </summary>
public sealed partial class PublicSiteTests
{
    [Theory]
    [InlineData("https://moat.example/isms", "/isms", true)]
    [InlineData("https://moat.example/isms/", "/isms", false)]
    [InlineData("https://moat.example", "", false)]
    public async Task Signing_in_and_every_link_stay_at_the_public_address(string address, string root, bool strips)
    {
        await using var acme = await Acme.Found(listens: true, publicUrl: new Uri(address));
        await using var proxy = await Proxy.Start(acme.Url, strips ? root : "");
        using var browser = proxy.Browser();
        var form = await browser.GetAsync($"{root}/acme/risks");
        Assert.Equal($"{root}/sign-in?returnUrl=%2Facme%2Frisks", form.Headers.Location!.OriginalString);
        var page = await browser.GetStringAsync(form.Headers.Location);
        var action = WebUtility.HtmlDecode(PostsTo().Match(page).Groups[1].Value);
        Assert.Equal(form.Headers.Location.OriginalString, action);
        using var inside = await browser.PostAsync(
            new Uri(action, UriKind.Relative),
            Site.Form(page, ("email", "ada@acme.test"), ("password", Site.Password))
        );
        Assert.Equal(HttpStatusCode.Redirect, inside.StatusCode);
        Assert.Equal($"{root}/acme/risks", inside.Headers.Location!.OriginalString);
        var prefix = root.Length == 0 ? "__Host-moat" : "moat";
        foreach (
            var cookie in inside
                .Headers.GetValues("Set-Cookie")
                .Where(c => c.StartsWith(prefix, StringComparison.Ordinal))
        )
        {
            Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains($"path={(root.Length == 0 ? "/" : root)};", cookie, StringComparison.OrdinalIgnoreCase);
        }
        Assert.Contains(
            inside.Headers.GetValues("Set-Cookie"),
            c => c.StartsWith($"{prefix}=", StringComparison.Ordinal)
        );
        foreach (var path in new[] { "/acme", "/acme/risks", "/acme/my", "/acme/access", "/account" })
            await EveryAddressIsBelow(browser, root, path);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync($"{root}/moat.css")).StatusCode);
        Assert.Contains(
            $"<base href=\"{root}/\"",
            await browser.GetStringAsync($"{root}/acme"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Links_that_leave_the_page_carry_the_public_address()
    {
        var outside = new Uri("https://moat.example/isms");
        await using var acme = await Acme.Found(listens: true, publicUrl: outside);
        Assert.Equal(
            "https://moat.example/isms/acme/my",
            new Moat.Isms.Work.Webhooks.PublicAddress(outside).Of("acme", "my")
        );
        await using var proxy = await Proxy.Start(acme.Url, "/isms");
        using var browser = proxy.Browser();
        var page = await browser.GetStringAsync("/isms/sign-in");
        (
            await browser.PostAsync(
                "/isms/sign-in",
                Site.Form(page, ("email", "ada@acme.test"), ("password", Site.Password))
            )
        ).Dispose();
        page = await browser.GetStringAsync("/isms/acme/access");
        using var form = Site.Form(
            page,
            ("_handler", "access.invite"),
            ("name", "Ned New"),
            ("email", "ned@acme.test"),
            ("role", "member")
        );
        using var invited = await browser.PostAsync("/isms/acme/access", form);
        Assert.Contains(
            "https://moat.example/isms/join/acme/",
            await invited.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        var told = await acme.Do<MadeInvitation>(
            "access.invite",
            new JsonObject
            {
                ["name"] = "Nia",
                ["email"] = "nia@acme.test",
                ["role"] = "member",
            }
        );
        Assert.StartsWith("https://moat.example/isms/join/acme/", told.Link, StringComparison.Ordinal);
        Assert.Contains(
            "This invitation does not work any more",
            await browser.GetStringAsync("/isms/join/acme/made-up"),
            StringComparison.Ordinal
        );
        var idp = new JsonObject { ["name"] = "idp", ["role"] = "provisioner" };
        var token = (await acme.Do<MadeToken>("access.create-token", idp)).Token;
        browser.DefaultRequestHeaders.Authorization = new System.Net.Http.Headers.AuthenticationHeaderValue(
            "Bearer",
            token
        );
        Assert.Contains(
            "https://moat.example/isms/scim/v2/Users/",
            await browser.GetStringAsync("/isms/scim/v2/Users"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Without_a_public_address_a_redirect_names_no_host_and_text_is_not_taken_for_a_link()
    {
        await using var acme = await Acme.Found(listens: true);
        using var browser = new Browser(acme.Url);
        using var answer = await browser.Post(
            "/sign-in",
            ("email", "ada@acme.test"),
            ("password", Site.Password),
            ("code", "")
        );
        Assert.Equal("/", answer.Headers.Location!.OriginalString);
        Assert.Equal(
            """<a href="/isms/acme">href=&quot;/acme</a><a href="//elsewhere"></a><img data-x="/y" src="/isms/logo.svg">""",
            PathBaseLinks.Rewrite(
                """<a href="/acme">href=&quot;/acme</a><a href="//elsewhere"></a><img data-x="/y" src="/logo.svg">""",
                "/isms"
            )
        );
    }

    private static async Task EveryAddressIsBelow(HttpClient browser, string root, string path)
    {
        var page = await browser.GetStringAsync(root + path);
        var addresses = OwnAddress().Matches(page).Select(m => m.Groups[1].Value).ToList();
        Assert.NotEmpty(addresses);
        if (root.Length > 0)
            Assert.DoesNotContain(addresses, a => a.StartsWith($"{root}{root}/", StringComparison.Ordinal));
        Assert.All(addresses, a => Assert.StartsWith($"{root}/", a, StringComparison.Ordinal));
        using var first = await browser.GetAsync(
            addresses.First(a => a.Contains("/acme", StringComparison.Ordinal)).Split('#')[0]
        );
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
    }

    [GeneratedRegex("<form method=\"post\" action=\"([^\"]*)\"")]
    private static partial Regex PostsTo();

    [GeneratedRegex("""(?:href|src|action)="(/[^"]*)""")]
    private static partial Regex OwnAddress();

    /// <summary>
    /// A reverse proxy as a company has one before many programs: it asks with its own host and takes a path away or
    /// leaves it.
    /// </summary>
    private sealed class Proxy(WebApplication app) : IAsyncDisposable
    {
        private static readonly string[] OfOneHop =
        [
            "Host",
            "Connection",
            "Transfer-Encoding",
            "Content-Length",
            "Keep-Alive",
        ];

        public static async Task<Proxy> Start(string upstream, string strip)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            var app = builder.Build();
            app.Urls.Add("http://127.0.0.1:0");
            var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });
            app.Run(http => Pass(http, client, upstream, strip));
            await app.StartAsync();
            return new Proxy(app);
        }

        /// <summary>A browser that keeps cookies as over TLS, which ends at the proxy.</summary>
        public HttpClient Browser() => new(new PlainCookies()) { BaseAddress = new Uri(app.Urls.First()) };

        public ValueTask DisposeAsync() => app.DisposeAsync();

        private static async Task Pass(HttpContext http, HttpClient client, string upstream, string strip)
        {
            var path = http.Request.Path.Value!;
            if (strip.Length > 0 && path.StartsWith(strip, StringComparison.Ordinal))
                path = path[strip.Length..];
            using var asked = new HttpRequestMessage(
                new HttpMethod(http.Request.Method),
                $"{upstream}{path}{http.Request.QueryString}"
            );
            if (http.Request.ContentLength > 0)
                asked.Content = new StreamContent(http.Request.Body);
            foreach (var (name, values) in http.Request.Headers.Where(h => !OfOneHop.Contains(h.Key)))
                if (!asked.Headers.TryAddWithoutValidation(name, values.ToArray()))
                    asked.Content?.Headers.TryAddWithoutValidation(name, values.ToArray());
            asked.Headers.Add("X-Forwarded-For", "192.0.2.44");
            asked.Headers.Add("X-Forwarded-Proto", "https");
            using var answer = await client.SendAsync(asked);
            http.Response.StatusCode = (int)answer.StatusCode;
            foreach (
                var (name, values) in answer
                    .Headers.Concat(answer.Content.Headers)
                    .Where(h => !OfOneHop.Contains(h.Key))
            )
                http.Response.Headers[name] = values.ToArray();
            await answer.Content.CopyToAsync(http.Response.Body);
        }
    }

    private sealed class PlainCookies : DelegatingHandler
    {
        private readonly Dictionary<string, string> _kept = [];

        public PlainCookies() => InnerHandler = new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false };

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            if (_kept.Count > 0)
                request.Headers.TryAddWithoutValidation(
                    "Cookie",
                    string.Join("; ", _kept.Select(c => $"{c.Key}={c.Value}"))
                );
            var answer = await base.SendAsync(request, cancellationToken);
            if (!answer.Headers.TryGetValues("Set-Cookie", out var cookies))
                return answer;
            foreach (var cookie in cookies.Select(c => c.Split(';')[0].Split('=', 2)))
                _kept[cookie[0]] = cookie[1];
            return answer;
        }
    }
}
