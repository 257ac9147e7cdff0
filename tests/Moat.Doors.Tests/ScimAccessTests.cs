using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Moat.Hosting.Accounts;
using Moat.Isms.Kernel;
using Moat.Isms.Overviews;
using Moat.Isms.People;
using Moat.Isms.Work.Calendar;
using static Moat.Tests.ScimRequests;

namespace Moat.Tests;

/// <summary>
/// Whom the identity provider switches off or deletes is let into Moat no more, by no way (A.5.18, A.6.5).
/// </summary>
[TakesLong]
public abstract class ScimAccessTests(Site site, string database)
{
    [Theory]
    [InlineData("PATCH")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task Pages_tokens_and_feeds_of_whom_the_provider_switches_off_end(string method)
    {
        using var idp = site.With(Role.Provisioner);
        var email = $"leaver-{method.ToLowerInvariant()}-{database}@acme.test";
        var member = await Join(email);
        var token = (
            (MadeToken)
                await site.Do(member, "access.create-token", new { name = $"Script of {email}", role = Role.RiskOwner })
        ).Token;
        var calendar = ((MadeCalendarAddress)await site.Do(member, "calendar.make-address", new { })).Path;
        using var browser = await site.SignedIn(email);
        using var script = site.With(token);
        using var stranger = site.With((string?)null);
        Task<HttpResponseMessage> Page() => browser.GetAsync("/acme/risks");
        Task<HttpResponseMessage> Register() => script.GetAsync("/api/v1/acme/risks");
        Task<HttpResponseMessage> Feed() => stranger.GetAsync(calendar);
        foreach (var way in new[] { Page, Register, Feed })
            await Answers(way, HttpStatusCode.OK);

        var invited = await site.With(Role.Owner)
            .PostAsJsonAsync(
                "/api/v1/acme/access/invite",
                new
                {
                    email = $"second-{email}",
                    name = "Somebody else",
                    role = "member",
                }
            );
        Assert.Equal(HttpStatusCode.OK, invited.StatusCode);
        var id = (string)(await Send(idp, "POST", "Users", $$"""{"userName":"{{email}}"}""")).Body["id"]!;
        await Answers(Page, HttpStatusCode.OK);
        var off = method switch
        {
            "PATCH" => Patch("Replace", "active", "\"False\""),
            "PUT" => $$"""{"userName":"{{email}}","active":false}""",
            _ => null,
        };
        Assert.InRange((await Send(idp, method, $"Users/{id}", off)).Status, 200, 204);
        await Answers(Page, HttpStatusCode.NotFound);
        await Answers(Register, HttpStatusCode.Unauthorized);
        await Answers(Feed, HttpStatusCode.NotFound);
        var open = JsonNode.Parse(await site.With(Role.Owner).GetStringAsync("/api/v1/acme/access"))!;
        Assert.True((bool)open["members"]!.AsArray().Single(m => (string?)m!["email"] == email)!["revoked"]!);
        Assert.Contains(open["invitations"]!.AsArray(), i => (string?)i!["email"] == $"second-{email}");

        // Who comes back is known again, and let in only by whoever gives access.
        if (method == "DELETE")
            Assert.Equal(201, (await Send(idp, "POST", "Users", $$"""{"userName":"{{email}}"}""")).Status);
        else
            Assert.True(
                (bool)(await Send(idp, "PATCH", $"Users/{id}", Patch("replace", "active", "true"))).Body["active"]!
            );
        await Answers(Page, HttpStatusCode.NotFound);
        await Answers(Register, HttpStatusCode.Unauthorized);
    }

    // What is taken away ends within a second.
    private static async Task Answers(Func<Task<HttpResponseMessage>> ask, HttpStatusCode expected)
    {
        HttpStatusCode status = default;
        for (var tries = 0; tries < 20 && status != expected; tries++)
        {
            if (tries > 0)
                await Task.Delay(150);
            using var answer = await ask();
            status = answer.StatusCode;
        }
        Assert.Equal(expected, status);
    }

    private async Task<Caller> Join(string email)
    {
        using var owner = site.With(Role.Owner);
        using var made = await owner.PostAsJsonAsync(
            "/api/v1/acme/access/invite",
            new
            {
                email,
                name = "Lea Leaver",
                role = "owner",
            }
        );
        var link = (string)(await made.Content.ReadFromJsonAsync<JsonNode>())!["link"]!;
        await using var scope = site.Services.CreateAsyncScope();
        var (desk, access) = (
            scope.ServiceProvider.GetRequiredService<AccountDesk>(),
            scope.ServiceProvider.GetRequiredService<AccessDirectory>()
        );
        var account = await desk.Create(email, "Lea Leaver", Site.Password);
        await desk.Join(
            (await access.Organization("acme", CancellationToken.None))!,
            link.Split('/')[^1],
            account,
            CancellationToken.None
        );
        return (await access.Member("acme", account.Id, "Lea Leaver", "ui", CancellationToken.None))! with
        {
            Confirmed = true,
        };
    }
}

public sealed class ScimAccessOnSqliteTests(Site site) : ScimAccessTests(site, "sqlite");

public sealed class ScimAccessOnPostgresTests(PostgresSite site) : ScimAccessTests(site.There(), "postgres");

/// <summary>The last owner, and what an open invitation would have given.</summary>
public sealed class ScimLastOwnerTests
{
    [Fact]
    public async Task The_last_owner_is_switched_off_as_well_and_the_token_of_the_provider_stays()
    {
        await using var acme = await Acme.Found(listens: true);
        var made = await acme.Do<MadeToken>(
            "access.create-token",
            new JsonObject { ["name"] = "provider", ["role"] = "provisioner" }
        );
        var script = await acme.Do<MadeToken>(
            "access.create-token",
            new JsonObject { ["name"] = "script", ["role"] = "owner" }
        );
        using (
            var program = new HttpClient
            {
                BaseAddress = new Uri(acme.Url),
                DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", script.Token) },
            }
        )
        using (
            var another = await program.PostAsJsonAsync(
                "/api/v1/acme/access/create-token",
                new { name = "made by the script", role = "member" }
            )
        )
            Assert.Equal(HttpStatusCode.OK, another.StatusCode);
        await acme.Do<MadeInvitation>(
            "access.invite",
            new JsonObject
            {
                ["email"] = "ned@acme.test",
                ["name"] = "Ned New",
                ["role"] = "owner",
            }
        );
        using var idp = new HttpClient
        {
            BaseAddress = new Uri(acme.Url),
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", made.Token) },
        };
        var ada = (string)
            (await Send(idp, "GET", $"Users?filter={Uri.EscapeDataString("userName eq \"ada@acme.test\"")}")).Body[
                "Resources"
            ]![0]!["id"]!;
        Assert.True((await acme.Do<MySecurityView>("my.security", [])).HasOwner);
        Assert.Equal(200, (await Send(idp, "PATCH", $"Users/{ada}", Patch("replace", "active", "false"))).Status);
        // Everybody who is left is told that nobody is owner, and how there will be one again.
        Assert.False((await acme.Do<MySecurityView>("my.security", [])).HasOwner);
        await Send(idp, "POST", "Users", """{"userName":"ned@acme.test","active":false}""");
        var access = await acme.Do<AccessList>("access.list", []);
        Assert.True(Assert.Single(access.Members).Revoked);
        Assert.Empty(access.Invitations);
        Assert.Equal(["made by the script", "script"], access.Tokens.Where(t => t.Revoked).Select(t => t.Name));
        Assert.Equal(200, (await Send(idp, "GET", "Users")).Status);
    }
}
