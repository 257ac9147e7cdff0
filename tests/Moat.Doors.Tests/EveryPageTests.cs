using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Moat.Isms.Kernel;
using Moat.Server.Auth;

namespace Moat.Tests;

/// <summary>Every page and route says what it needs, and lets in exactly those who have it.</summary>
[TakesLong]
public abstract partial class EveryPageTests(Site site)
{
    private IReadOnlyList<(string Path, Permission Needs)> Pages =>
        [
            .. Endpoints()
                .Where(e =>
                    e.Metadata.GetMetadata<NeedsAttribute>() is not null
                    && e.Metadata.GetMetadata<ProgramDoor>() is null
                )
                .Select(e =>
                    (
                        e.RoutePattern.RawText!.Replace("{Org}", "acme", StringComparison.Ordinal)
                            .Replace("{Ref}", "A.8.4", StringComparison.Ordinal)
                            .Replace("{Id}", "6.1.2", StringComparison.Ordinal)
                            .Replace("{Course}", "everyone", StringComparison.Ordinal),
                        e.Metadata.GetMetadata<NeedsAttribute>()!.Permission
                    )
                )
                .DistinctBy(p => p.Item1),
        ];

    [Fact]
    public void Every_endpoint_says_what_it_needs()
    {
        Assert.True(Pages.Count > 25);
        Assert.Empty(
            Endpoints()
                .Where(e =>
                    e.Metadata.GetMetadata<NeedsAttribute>() is null
                    && e.Metadata.GetMetadata<PublicPageAttribute>() is null
                    && e.Metadata.GetMetadata<SignedInAttribute>() is null
                )
                .Select(e => e.RoutePattern.RawText)
        );
    }

    [Fact]
    public async Task An_anonymous_visitor_is_asked_to_sign_in_everywhere()
    {
        using var stranger = site.With((string?)null);
        foreach (var (path, _) in Pages)
        {
            using var response = await stranger.GetAsync(path);
            Assert.True(
                response.StatusCode == HttpStatusCode.Redirect
                    && response
                        .Headers.Location!.ToString()
                        .StartsWith("/sign-in?returnUrl=", StringComparison.Ordinal),
                path
            );
        }
    }

    [Fact]
    public async Task Each_role_sees_exactly_its_pages()
    {
        var wrong = new List<string>();
        foreach (var role in Roles.Assignable)
        {
            using var client = await site.SignedIn($"{role}@acme.test");
            foreach (var (path, needs) in Pages)
            {
                using var response = await client.GetAsync(path);
                var allowed = role.Allows(needs);
                // A record that is not there is 404 for those who may look, and 403 for those who may not.
                var fits = allowed
                    ? response.StatusCode is HttpStatusCode.OK or HttpStatusCode.NotFound
                    : response.StatusCode == HttpStatusCode.Forbidden;
                // An auditor begins on the auditor's page.
                if (role == Role.Auditor && path == "/acme")
                    fits =
                        response.StatusCode == HttpStatusCode.Redirect
                        && response.Headers.Location!.ToString().EndsWith("/acme/auditor", StringComparison.Ordinal);
                if (!fits)
                    wrong.Add($"{role} {path}: {(int)response.StatusCode}");
                if (
                    response.StatusCode == HttpStatusCode.NotFound
                    && !(await response.Content.ReadAsStringAsync()).Contains(
                        "There is no such",
                        StringComparison.Ordinal
                    )
                )
                    wrong.Add($"{role} {path}: does not say that there is no such record");
                if (!response.Headers.Contains("Content-Security-Policy"))
                    wrong.Add($"{path}: no content security policy");
                if (response.Headers.CacheControl?.NoStore != true)
                    wrong.Add($"{path}: may be kept in a cache");
            }
        }
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task No_page_offers_a_role_a_form_that_it_may_not_use()
    {
        var wrong = new List<string>();
        var seen = new HashSet<string>();
        foreach (var role in Roles.Assignable)
        {
            using var client = await site.SignedIn($"{role}@acme.test");
            foreach (var (path, _) in Pages.Where(p => role.Allows(p.Needs)))
            {
                var page = await (await client.GetAsync(path)).Content.ReadAsStringAsync();
                foreach (var name in OfferedForms().Matches(page).Select(m => m.Groups[1].Value).Distinct())
                {
                    seen.Add(name);
                    if (!role.Allows(site.Catalog.Find(name)!.Permission))
                        wrong.Add($"{role} {path}: {name}");
                }
            }
        }
        Assert.Empty(wrong);
        Assert.True(seen.Count > 60, $"Only {seen.Count} forms were seen.");
    }

    [Fact]
    public async Task A_member_of_another_organisation_finds_nothing()
    {
        using var rival = await site.SignedIn("founder@rival.test");
        foreach (var (path, _) in Pages)
            Assert.Equal(HttpStatusCode.NotFound, (await rival.GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task A_cookie_reads_through_the_interface_but_never_changes_anything()
    {
        using var owner = await site.SignedIn("founder@acme.test");
        Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync("/api/v1/acme/risks")).StatusCode);
        using var change = new StringContent(
            "{\"name\":\"Forged\",\"kind\":\"model\"}",
            System.Text.Encoding.UTF8,
            "application/json"
        );
        Assert.Equal(HttpStatusCode.Unauthorized, (await owner.PostAsync("/api/v1/acme/assets", change)).StatusCode);
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused_and_changes_nothing()
    {
        using var owner = await site.SignedIn("founder@acme.test");
        using var form = new FormUrlEncodedContent([
            KeyValuePair.Create("_handler", "assets.create"),
            KeyValuePair.Create("name", "Forged"),
            KeyValuePair.Create("kind", "model"),
        ]);
        Assert.Equal(HttpStatusCode.BadRequest, (await owner.PostAsync("/acme/assets/new", form)).StatusCode);
    }

    [Fact]
    public async Task A_wrong_password_is_refused_in_words_that_do_not_say_whether_there_is_such_an_account()
    {
        var said = new List<string>();
        foreach (var email in new[] { "founder@acme.test", "nobody@acme.test" })
        {
            using var client = site.Browser();
            using var refused = await Site.SignIn(client, email, "not the password of anybody");
            Assert.NotEqual(HttpStatusCode.Redirect, refused.StatusCode);
            // What was typed is shown again, and each form has a token of its own.
            said.Add(OfThisForm().Replace(await refused.Content.ReadAsStringAsync(), ""));
            using var page = await client.GetAsync("/acme");
            Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
        }
        Assert.Contains("That did not work.", said[0], StringComparison.Ordinal);
        Assert.Equal(said[0], said[1]);
    }

    [Fact]
    public async Task A_script_in_a_name_stays_text()
    {
        var owner = await site.SignedIn("founder@acme.test");
        var page = await owner.GetStringAsync("/acme/assets/new");
        using var made = await owner.PostAsync(
            "/acme/assets/new",
            Site.Form(
                page,
                ("name", "<script>alert(1)</script>"),
                ("kind", "model"),
                ("confidentiality", "2"),
                ("integrity", "2"),
                ("availability", "2")
            )
        );
        Assert.Equal(HttpStatusCode.Redirect, made.StatusCode);
        var shown = await owner.GetStringAsync(made.Headers.Location);
        Assert.DoesNotContain("<script>alert", shown, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert", shown, StringComparison.Ordinal);
        owner.Dispose();
    }

    [GeneratedRegex("value=\"[^\"]*\"|nonce=\"[^\"]*\"|nonce-[^' \"]*")]
    private static partial Regex OfThisForm();

    [GeneratedRegex("data-operation=\"([^\"]+)\"")]
    private static partial Regex OfferedForms();

    private IEnumerable<RouteEndpoint> Endpoints() =>
        site
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(e =>
                e.RoutePattern.RawText is { } path
                && !path.StartsWith("/_framework", StringComparison.Ordinal)
                && !path.StartsWith("_blazor", StringComparison.Ordinal)
            );
}

public sealed class EveryPageOnSqliteTests(Site site) : EveryPageTests(site);

public sealed class EveryPageOnPostgresTests(PostgresSite site) : EveryPageTests(site.There());
