using System.Text;
using System.Text.Json.Nodes;

namespace Moat.Tests;

/// <summary>Requests as an identity provider sends them.</summary>
internal static class ScimRequests
{
    public static async Task<(int Status, JsonNode Body)> Send(
        HttpClient client,
        string method,
        string path,
        string? body = null
    )
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/scim/v2/{path}");
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/scim+json");
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        if (text.Length > 0)
            Assert.Equal("application/scim+json", response.Content.Headers.ContentType!.MediaType);
        return ((int)response.StatusCode, text.Length > 0 ? JsonNode.Parse(text)! : new JsonObject());
    }

    public static (int, string?) Fault((int Status, JsonNode Body) answer) =>
        (answer.Status, (string?)answer.Body["scimType"]);

    /// <summary>A patch of one operation.</summary>
    public static string Patch(string verb, string path, string? value = null) =>
        $$"""{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"{{verb}}","path":"{{path}}"{{(value is null ? "" : $",\"value\":{value}")}}}]}""";

    /// <summary>Takes in somebody of that login and answers their id.</summary>
    public static async Task<string> Enter(HttpClient client, string login, string more = "")
    {
        var (status, made) = await Send(
            client,
            "POST",
            "Users",
            $$"""{"userName":"{{login}}@acme.test","active":true{{more}}}"""
        );
        Assert.Equal(201, status);
        return (string)made["id"]!;
    }
}
