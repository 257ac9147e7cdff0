using System.Net;
using System.Net.Http.Json;
using Moat.Isms.Kernel;

namespace Moat.Tests;

/// <summary>What browsers and proxies are told to do with answers and cookies, at every door.</summary>
public sealed class AnswerHeaderTests(Site site)
{
    [Theory]
    [InlineData("/api/v1/acme/risks")]
    [InlineData("/api/v1/acme/risks/RISK-999")]
    [InlineData("/api/v1/acme/nothing-here")]
    [InlineData("/api/v1/acme/soa/export")]
    [InlineData("/scim/v2/ServiceProviderConfig")]
    [InlineData("/openapi.json")]
    [InlineData("/calendar/acme/nothing.ics")]
    [InlineData("/sign-in")]
    [InlineData("/")]
    [InlineData("/health/ready")]
    public async Task Nothing_that_is_answered_is_kept_or_guessed_at(string path)
    {
        using var owner = site.With(Role.Owner);
        using var answer = await owner.GetAsync(path);
        Assert.True(answer.Headers.CacheControl?.NoStore, path);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task What_is_the_same_for_everybody_may_be_kept_for_a_day()
    {
        using var stranger = site.With((string?)null);
        using var answer = await stranger.GetAsync("/moat.css");
        Assert.Equal(TimeSpan.FromDays(1), answer.Headers.CacheControl!.MaxAge);
        Assert.False(answer.Headers.CacheControl.NoStore);
    }

    [Fact]
    public async Task Behind_a_proxy_with_TLS_every_cookie_is_secure_and_no_other_way_is_taken_for_a_year()
    {
        using var browser = site.With((string?)null);
        browser.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        browser.DefaultRequestHeaders.Add("X-Forwarded-For", "192.0.2.31");
        using var page = await browser.GetAsync("/sign-in");
        Assert.Equal("max-age=31536000", Assert.Single(page.Headers.GetValues("Strict-Transport-Security")));
        browser.DefaultRequestHeaders.Add("Cookie", page.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        using var inside = await browser.PostAsync(
            "/sign-in",
            Site.Form(
                await page.Content.ReadAsStringAsync(),
                ("email", "founder@acme.test"),
                ("password", Site.Password)
            )
        );
        Assert.Equal(HttpStatusCode.Redirect, inside.StatusCode);
        string[] cookies = [.. page.Headers.GetValues("Set-Cookie"), .. inside.Headers.GetValues("Set-Cookie")];
        foreach (var name in new[] { "moat-form=", "moat=", "moat-device-" })
            Assert.Contains(cookies, c => c.StartsWith(name, StringComparison.Ordinal));
        foreach (var cookie in cookies)
        foreach (var word in new[] { "secure", "httponly", "samesite" })
            Assert.Contains(word, cookie, StringComparison.OrdinalIgnoreCase);
        using var api = await browser.GetAsync("/api/v1/acme/risks");
        Assert.True(api.Headers.Contains("Strict-Transport-Security"));
    }

    [Theory]
    [InlineData("page.html", "text/html", "<script>alert(1)</script>")]
    [InlineData(
        "drawing.svg",
        "image/svg+xml",
        "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
    )]
    [InlineData("..\\..\\\"; filename=evil.html", "text/html", "<p>")]
    public async Task What_somebody_uploads_is_handed_out_as_a_file_and_never_shown(
        string name,
        string type,
        string text
    )
    {
        using var owner = site.With(Role.Owner);
        using var made = await owner.PostAsJsonAsync(
            "/api/v1/acme/evidence/add",
            new
            {
                title = $"Something {type}",
                controls = new[] { "A.8.4" },
                periodFrom = "2026-01-01",
                periodTo = "2026-02-01",
                file = new { name, content = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text)) },
            }
        );
        // A name that is none may be refused; what is kept is never a page of this site.
        if (made.StatusCode == HttpStatusCode.BadRequest)
            return;
        Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        var reference = (string)(await made.Content.ReadFromJsonAsync<System.Text.Json.Nodes.JsonNode>())!["ref"]!;
        using var file = await owner.GetAsync($"/api/v1/acme/evidence/{reference}/download");
        Assert.Equal(HttpStatusCode.OK, file.StatusCode);
        Assert.Equal("attachment", file.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("nosniff", Assert.Single(file.Headers.GetValues("X-Content-Type-Options")));
        Assert.True(file.Headers.CacheControl?.NoStore);
        Assert.DoesNotContain(
            "/",
            file.Content.Headers.ContentDisposition.FileNameStar ?? "",
            StringComparison.Ordinal
        );
    }
}
