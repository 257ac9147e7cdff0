using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Moat.Cli.Commands;
using Moat.Isms.Kernel;
using Moat.Server.Doors;

namespace Moat.Tests;

/// <summary>
/// An operation declared once appears at REST, MCP and the command line, and asks at each for the same permission.
/// </summary>
public abstract class EveryOperationTests(Site site)
{
    private IReadOnlyList<Operation> Operations => [.. site.Catalog.Reachable()];

    [Fact]
    public async Task Every_operation_is_described_in_OpenApi()
    {
        var document = JsonNode.Parse(await site.With((string?)null).GetStringAsync("/openapi/v1.json"))!;
        Assert.StartsWith("3.1", (string)document["openapi"]!, StringComparison.Ordinal);
        var missing = Operations
            .Where(o => document["paths"]![RestDoor.Root + o.Route]?[o.HttpMethod.ToLowerInvariant()] is null)
            .Select(o => o.Name);
        Assert.Empty(missing);
    }

    [Fact]
    public async Task Every_operation_is_a_tool()
    {
        var tools = await site.Mcp(site.With(Role.Owner), "tools/list", []);
        var names = tools["result"]!["tools"]!.AsArray().Select(t => (string)t!["name"]!).ToHashSet();
        Assert.Empty(
            Operations
                .Where(o => !o.RefusesTokens && Role.Owner.Allows(o.Permission))
                .Select(o => o.ToolName)
                .Except(names)
        );
        // What is left is the identity provider's alone, which has no use for tools.
        Assert.All(
            Operations.Where(o => !Role.Owner.Allows(o.Permission)),
            o => Assert.Equal(Permission.ProvisionPeople, o.Permission)
        );
        Assert.All(names, n => Assert.Matches("^[a-zA-Z0-9_]{1,64}$", n));
    }

    [Fact]
    public void Every_operation_is_a_command()
    {
        var commands = OperationCommands
            .Make(site.Catalog, [.. site.Catalog.All.Select(o => o.Process)])
            .ToDictionary(c => c.Name, c => c.Subcommands.Select(s => s.Name).ToHashSet());
        Assert.Empty(
            Operations
                .Where(o => !commands.TryGetValue(o.Process, out var verbs) || !verbs.Contains(o.Verb))
                .Select(o => o.Name)
        );
    }

    [Fact]
    public async Task No_route_and_no_tool_name_is_used_twice()
    {
        Assert.Empty(Operations.GroupBy(o => $"{o.HttpMethod} {o.Route}").Where(g => g.Count() > 1).Select(g => g.Key));
        Assert.Empty(Operations.GroupBy(o => o.ToolName).Where(g => g.Count() > 1).Select(g => g.Key));
        await Task.CompletedTask;
    }

    [Fact]
    public async Task A_role_may_exactly_what_its_permissions_say_at_REST()
    {
        var wrong = new List<string>();
        foreach (var role in Roles.Assignable)
        {
            using var client = site.With(role);
            foreach (var operation in Operations)
            {
                using var response = await client.SendAsync(Request(operation, "acme"));
                var refused = response.StatusCode == HttpStatusCode.Forbidden;
                if (
                    refused == (role.Allows(operation.Permission) && !operation.ByPerson)
                    || response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.InternalServerError
                )
                    wrong.Add($"{role} {operation.Name}: {(int)response.StatusCode}");
            }
        }
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Nobody_enters_another_organisation_and_a_stranger_enters_none()
    {
        using var rival = site.With(site.RivalToken);
        using var stranger = site.With((string?)null);
        using var forged = site.With("moat_acme_" + new string('x', 43));
        foreach (var operation in Operations)
        {
            Assert.Equal(HttpStatusCode.NotFound, (await rival.SendAsync(Request(operation, "acme"))).StatusCode);
            Assert.Equal(
                HttpStatusCode.Unauthorized,
                (await stranger.SendAsync(Request(operation, "acme"))).StatusCode
            );
            Assert.Equal(HttpStatusCode.Unauthorized, (await forged.SendAsync(Request(operation, "acme"))).StatusCode);
        }
    }

    [Fact]
    public async Task A_tool_that_a_role_may_not_use_is_not_listed_and_refuses()
    {
        using var member = site.With(Role.Member);
        var tools = await site.Mcp(member, "tools/list", []);
        Assert.Equal(
            Operations
                .Where(o => !o.RefusesTokens && Role.Member.Allows(o.Permission))
                .Select(o => o.ToolName)
                .Order(StringComparer.Ordinal),
            tools["result"]!["tools"]!.AsArray().Select(t => (string)t!["name"]!).Order(StringComparer.Ordinal)
        );
        Assert.All(
            Operations.Where(o => Role.Member.Allows(o.Permission)),
            o => Assert.Equal(Permission.Work, o.Permission)
        );
        var answer = await site.Mcp(
            member,
            "tools/call",
            new JsonObject { ["name"] = "risks_list", ["arguments"] = new JsonObject() }
        );
        Assert.True((bool)answer["result"]!["isError"]!);
        Assert.StartsWith("forbidden", (string)answer["result"]!["content"]![0]!["text"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tool_does_what_the_route_does()
    {
        using var agent = site.With(Role.Agent);
        var made = await site.Mcp(
            agent,
            "tools/call",
            new JsonObject
            {
                ["name"] = "assets_create",
                ["arguments"] = new JsonObject { ["name"] = "Reranker weights", ["kind"] = "model" },
            }
        );
        var reference = (string)JsonNode.Parse((string)made["result"]!["content"]![0]!["text"]!)!["ref"]!;
        var read = await agent.GetFromJsonAsync<JsonNode>($"/api/v1/acme/assets/{reference}");
        Assert.Equal("Reranker weights", (string)read!["name"]!);
        Assert.StartsWith("Agent", (string)read["changedBy"]!, StringComparison.Ordinal);
    }

    private static HttpRequestMessage Request(Operation operation, string organization)
    {
        var path =
            RestDoor.Root.Replace("{org}", organization, StringComparison.Ordinal)
            + operation.Route.Replace("{ref}", "NONE-1", StringComparison.Ordinal);
        var request = new HttpRequestMessage(new HttpMethod(operation.HttpMethod), path);
        // An unknown field is refused after the permission was checked, so nothing is ever changed by asking.
        if (operation.TakesBody)
            request.Content = JsonContent.Create(new { nonsense = 1 });
        return request;
    }
}

public sealed class EveryOperationOnSqliteTests(Site site) : EveryOperationTests(site);

public sealed class EveryOperationOnPostgresTests(PostgresSite site) : EveryOperationTests(site.There());
