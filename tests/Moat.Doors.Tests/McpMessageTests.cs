using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Moat.Isms.Kernel;

namespace Moat.Tests;

/// <summary>
/// What is no message of the Model Context Protocol is refused in the protocol's words, by the field that is wrong.
/// </summary>
public sealed class McpMessageTests(Site site)
{
    [Theory]
    [InlineData("GET", null, 405)]
    [InlineData("DELETE", null, 405)]
    [InlineData("PUT", "application/json", 405)]
    [InlineData("POST", "text/plain", 415)]
    [InlineData("POST", "application/x-www-form-urlencoded", 415)]
    public async Task Another_method_and_another_kind_of_body_are_refused(string method, string? type, int status)
    {
        using var owner = site.With(Role.Owner);
        using var response = await owner.SendAsync(Request(method, type, "{}"));
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        if (status == 405)
            Assert.Equal(["POST"], response.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("GET", null)]
    [InlineData("POST", "text/plain")]
    [InlineData("POST", "application/json")]
    public async Task Whoever_has_no_good_token_is_asked_for_one(string method, string? type)
    {
        foreach (var token in new[] { null, "moat_acme_" + new string('x', 43) })
        {
            using var stranger = site.With(token);
            using var response = await stranger.SendAsync(Request(method, type, "{}"));
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            Assert.Equal("Bearer", response.Headers.WwwAuthenticate.Single().Scheme);
        }
    }

    [Theory]
    [InlineData("tools/call", "[]", "params")]
    [InlineData("tools/call", "{}", "params.name")]
    [InlineData("tools/call", """{"name":5}""", "params.name")]
    [InlineData("tools/call", """{"name":"risks_list","arguments":[]}""", "params.arguments")]
    [InlineData("tools/call", """{"name":"risks_list","arguments":"x"}""", "params.arguments")]
    [InlineData("tools/call", """{"name":"risks_list","_meta":[]}""", "params._meta")]
    [InlineData("tools/list", """{"cursor":5}""", "params.cursor")]
    [InlineData("tools/list", """{"cursor":"elsewhere"}""", "params.cursor")]
    [InlineData("tools/list", "7", "params")]
    [InlineData("initialize", """{"protocolVersion":7}""", "params")]
    [InlineData("ping", "[]", "params")]
    public async Task Wrong_parameters_are_named(string method, string parameters, string field)
    {
        var (status, answer) = await Post(
            $$"""{"jsonrpc":"2.0","id":"a1","method":"{{method}}","params":{{parameters}}}"""
        );
        Assert.Equal(200, status);
        Assert.Equal(-32602, (int)answer["error"]!["code"]!);
        Assert.StartsWith(field, (string)answer["error"]!["message"]!, StringComparison.Ordinal);
        Assert.Equal("a1", (string)answer["id"]!);
    }

    [Theory]
    [InlineData("[]", -32600)]
    [InlineData("5", -32600)]
    [InlineData("{}", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":5}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":{},"method":"ping"}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping\u0022""", -32700)]
    public async Task What_is_no_message_is_refused(string body, int code)
    {
        var (status, answer) = await Post(body);
        Assert.Equal(400, status);
        Assert.Equal(code, (int)answer["error"]!["code"]!);
    }

    [Fact]
    public async Task Good_messages_are_answered()
    {
        using var owner = site.With(Role.Owner);
        Assert.NotNull((await site.Mcp(owner, "tools/list", []))["result"]);
        Assert.NotNull((await site.Mcp(owner, "tools/call", new JsonObject { ["name"] = "risks_list" }))["result"]);
        Assert.NotNull((await site.Mcp(owner, "ping", []))["result"]);
        var known = new JsonObject
        {
            ["protocolVersion"] = "2025-06-18",
            ["capabilities"] = new JsonObject(),
            ["clientInfo"] = new JsonObject { ["name"] = "test", ["version"] = "1" },
        };
        Assert.Equal("moat", (string)(await site.Mcp(owner, "initialize", known))["result"]!["serverInfo"]!["name"]!);
    }

    private async Task<(int Status, JsonNode Answer)> Post(string body)
    {
        using var owner = site.With(Role.Owner);
        using var response = await owner.SendAsync(Request("POST", "application/json", body));
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, JsonNode.Parse(text)!);
    }

    private static HttpRequestMessage Request(string method, string? type, string body)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), "/mcp");
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        if (type is not null)
            request.Content = new StringContent(body, Encoding.UTF8, type);
        return request;
    }
}
