using System.Text;
using System.Text.Json.Nodes;
using Moat.Isms.Kernel;

namespace Moat.Tests;

/// <summary>
/// Half a character, U+0000 and a name that stands twice are refused at every door that reads JSON, on both databases,
/// and never as a fault of ours.
/// </summary>
public abstract class GivenTextDoorTests(Site site)
{
    private static readonly string[] Broken = ["\"\\ud83d\"", "\"a\\u0000b\"", "\"a\",\"NAME\":\"b\""];

    public static TheoryData<string, string, string> Doors =>
        new()
        {
            { "/api/v1/acme/assets", "application/json", """{"kind":"model","name":VALUE}""" },
            {
                "/api/v1/acme/events",
                "application/json",
                """{"events":[{"id":"e","source":"/ci","type":"acme.run","subject":"n","data":{"name":VALUE}}]}"""
            },
            {
                "/api/v1/acme/events",
                "application/cloudevents+json",
                """{"specversion":"1.0","id":"z","source":"/ci","type":"acme.run","subject":"n","data":{"name":VALUE}}"""
            },
            {
                "/api/v1/acme/events",
                "application/cloudevents-batch+json",
                """[{"specversion":"1.0","id":"z","source":"/ci","type":"acme.run","subject":"n","data":{"name":VALUE}}]"""
            },
            {
                "/api/v1/acme/hooks/alertmanager",
                "application/json",
                """{"version":"4","alerts":[{"status":"firing","labels":{"name":VALUE},"startsAt":"2026-01-02T03:04:05Z","fingerprint":"ab"}]}"""
            },
            {
                "/scim/v2/Users",
                "application/scim+json",
                """{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"u@acme.test","displayName":VALUE}"""
            },
            {
                "/mcp",
                "application/json",
                """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"assets_create","arguments":{"kind":"model","name":VALUE}}}"""
            },
            {
                "/api/v1/acme/evidence/report",
                "file",
                """{"version":"2.1.0","runs":[{"tool":{"driver":{"name":VALUE}},"results":[]}]}"""
            },
            {
                "/api/v1/acme/assets/import-bom",
                "file",
                """{"bomFormat":"CycloneDX","specVersion":"1.6","components":[{"type":"machine-learning-model","name":VALUE}]}"""
            },
        };

    [Theory, MemberData(nameof(Doors))]
    public async Task What_cannot_be_kept_is_refused(string path, string type, string body)
    {
        foreach (var broken in Broken)
        {
            var text = body.Replace(
                "VALUE",
                broken.Replace(
                    "NAME",
                    body.Contains("displayName", StringComparison.Ordinal) ? "displayName" : "name",
                    StringComparison.Ordinal
                ),
                StringComparison.Ordinal
            );
            using var client = site.With(
                path.StartsWith("/scim", StringComparison.Ordinal) ? Role.Provisioner : Role.Owner
            );
            client.DefaultRequestHeaders.Accept.ParseAdd("application/json, text/event-stream");
            using var content =
                type == "file"
                    ? new StringContent(
                        new JsonObject
                        {
                            ["file"] = new JsonObject
                            {
                                ["name"] = "x.json",
                                ["content"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(text)),
                            },
                        }.ToJsonString(),
                        Encoding.UTF8,
                        "application/json"
                    )
                    : new StringContent(text, Encoding.UTF8, new System.Net.Http.Headers.MediaTypeHeaderValue(type));
            using var response = await client.PostAsync(path, content);
            var answer = await response.Content.ReadAsStringAsync();
            if (path == "/mcp")
                Assert.True(
                    (int)response.StatusCode == 400
                        || answer.Contains("input-invalid", StringComparison.Ordinal)
                        || answer.Contains("-32700", StringComparison.Ordinal)
                        || answer.Contains("-32602", StringComparison.Ordinal),
                    $"{path} {broken}: {answer}"
                );
            else
                Assert.True(
                    (int)response.StatusCode is 400 or 422,
                    $"{path} {broken}: {(int)response.StatusCode} {answer}"
                );
        }
    }

    [Theory]
    [InlineData("/api/v1/acme/assets?q=a%00b")]
    [InlineData("/api/v1/acme/search?q=a%00b")]
    public async Task A_search_for_what_is_no_text_is_refused(string path)
    {
        using var client = site.With(Role.Owner);
        using var response = await client.GetAsync(path);
        Assert.InRange((int)response.StatusCode, 400, 499);
    }
}

public sealed class GivenTextDoorOnSqliteTests(Site site) : GivenTextDoorTests(site);

public sealed class GivenTextDoorOnPostgresTests(PostgresSite site) : GivenTextDoorTests(site.There());
