using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Moat.Isms.Kernel;
using Moat.Server.Doors;

namespace Moat.Tests;

/// <summary>
/// What only a person does is refused at the doors of programs in one and the same way, and signed in the browser with
/// a password.
/// </summary>
[TakesLong]
public abstract class SignatureDoorTests(Site site)
{
    private IReadOnlyList<Operation> Signatures => [.. site.Catalog.Reachable().Where(o => o.ByPerson)];

    [Fact]
    public async Task A_token_of_any_role_is_told_that_a_person_is_needed()
    {
        var wrong = new List<string>();
        foreach (var role in Roles.Assignable)
        {
            using var client = site.With(role);
            foreach (var operation in Signatures)
            {
                var path =
                    RestDoor.Root.Replace("{org}", "acme", StringComparison.Ordinal)
                    + operation.Route.Replace("{ref}", "NONE-1", StringComparison.Ordinal);
                using var answer = await client.PostAsJsonAsync(path, new { password = Site.Password });
                var code = (string?)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["code"];
                var expected = role.Allows(operation.Permission) ? "person-needed" : "forbidden";
                if (answer.StatusCode != HttpStatusCode.Forbidden || code != expected)
                    wrong.Add($"REST {role} {operation.Name}: {(int)answer.StatusCode} {code}");
                // An identity provider speaks SCIM only.
                if (role == Role.Provisioner)
                    continue;
                var told = (string)
                    (
                        await site.Mcp(
                            client,
                            "tools/call",
                            new JsonObject { ["name"] = operation.ToolName, ["arguments"] = new JsonObject() }
                        )
                    )["result"]!["content"]![0]!["text"]!;
                if (!told.StartsWith(expected + ":", StringComparison.Ordinal))
                    wrong.Add($"MCP {role} {operation.Name}: {told}");
            }
        }
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task No_signature_is_offered_as_a_tool_and_OpenApi_says_why()
    {
        var tools = await site.Mcp(site.With(Role.Owner), "tools/list", []);
        var names = tools["result"]!["tools"]!.AsArray().Select(t => (string)t!["name"]!).ToHashSet();
        Assert.Empty(Signatures.Select(o => o.ToolName).Intersect(names));
        var document = JsonNode.Parse(await site.With((string?)null).GetStringAsync("/openapi/v1.json"))!;
        Assert.All(
            Signatures,
            o =>
                Assert.Contains(
                    "person-needed",
                    (string)document["paths"]![RestDoor.Root + o.Route]!["post"]!["description"]!,
                    StringComparison.Ordinal
                )
        );
    }

    [Fact]
    public async Task What_refuses_every_token_is_offered_to_none_and_OpenApi_says_so()
    {
        var refusing = site.Catalog.Reachable().Where(o => o is { RefusesTokens: true, ByPerson: false }).ToList();
        Assert.Contains("versions.withdraw", refusing.Select(o => o.Name));
        using var agent = site.With(Role.Agent);
        var tools = await site.Mcp(agent, "tools/list", []);
        var names = tools["result"]!["tools"]!.AsArray().Select(t => (string)t!["name"]!).ToHashSet();
        Assert.Contains("versions_create", names);
        Assert.Empty(refusing.Select(o => o.ToolName).Intersect(names));
        var document = JsonNode.Parse(await site.With((string?)null).GetStringAsync("/openapi/v1.json"))!;
        Assert.All(
            refusing,
            o =>
                Assert.Contains(
                    "every token is refused",
                    (string)document["paths"]![RestDoor.Root + o.Route]!["post"]!["description"]!,
                    StringComparison.Ordinal
                )
        );
    }

    // Only who holds the role is offered the form, and only a person who is signed in appoints.
    private static async Task GiveTopManagement(HttpClient owner)
    {
        var role = await TopManagement(owner);
        var people = JsonNode.Parse(await owner.GetStringAsync("/api/v1/acme/people"))!["items"]!.AsArray();
        var founder = (string)people.Single(p => (string?)p!["email"] == "founder@acme.test")!["ref"]!;
        var page = await owner.GetStringAsync("/acme/roles");
        using var assigned = await owner.PostAsync(
            "/acme/roles",
            Site.Form(page, ("_handler", $"roles.assign {role}"), ("person", founder))
        );
        Assert.Equal(HttpStatusCode.Redirect, assigned.StatusCode);
    }

    private static async Task<string> TopManagement(HttpClient client) =>
        (string)
            (await client.GetFromJsonAsync<JsonNode>("/api/v1/acme/roles"))!
                .AsArray()
                .Single(r => (string?)r!["key"] == "top-management")!["ref"]!;

    [Fact]
    public async Task A_token_does_not_appoint_top_management()
    {
        using var client = site.With(Role.Owner);
        var role = await TopManagement(client);
        using var refused = await client.PostAsJsonAsync($"/api/v1/acme/roles/{role}/assign", new { person = "PER-1" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains(
            "roles.assign.top-management",
            await refused.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task In_the_browser_a_signature_asks_for_the_password()
    {
        using var owner = await site.SignedIn("founder@acme.test");
        await GiveTopManagement(owner);
        var page = await owner.GetStringAsync("/acme/context");
        foreach (
            var (password, says) in new[]
            {
                ("", "Give your password"),
                ("not the password", "This is not your password."),
            }
        )
        {
            using var refused = await owner.PostAsync(
                "/acme/context",
                Site.Form(
                    page,
                    ("_handler", "leadership.commit"),
                    ("statement", "We protect what customers entrust to us."),
                    ("path", "toolkit"),
                    ("budgetEur", "1"),
                    ("days", "1"),
                    ("password", password)
                )
            );
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            var shown = WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync());
            Assert.Contains(says, shown, StringComparison.Ordinal);
        }
    }
}

public sealed class SignatureDoorOnSqliteTests(Site site) : SignatureDoorTests(site);

public sealed class SignatureDoorOnPostgresTests(PostgresSite site) : SignatureDoorTests(site.There());
