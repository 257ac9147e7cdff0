using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Moat.Isms.Kernel;

namespace Moat.Tests;

/// <summary>
/// CloudEvents 1.0 over HTTP: structured, batched, binary and plain; once whoever repeats them; all of a batch or none.
/// </summary>
public sealed class EventDoorTests(Site site) : IClassFixture<Site>
{
    private const string One =
        """{"specversion":"1.0","id":"ID","source":"/ci","type":"acme.run","subject":"nightly","time":"2026-01-02T03:04:05Z","traceparent":"00-x","data":{"passed":true}}""";

    [Fact]
    public async Task Every_form_of_an_event_is_taken_in_once()
    {
        using var agent = site.With(Role.Agent);
        Assert.Equal(
            "1 0 1",
            await Post(agent, "application/cloudevents+json", One.Replace("ID", "a", StringComparison.Ordinal))
        );
        Assert.Equal(
            "0 1 0",
            await Post(
                agent,
                "application/cloudevents+json; charset=utf-8",
                One.Replace("ID", "a", StringComparison.Ordinal)
            )
        );
        Assert.Equal(
            "1 1 0",
            await Post(
                agent,
                "application/cloudevents-batch+json",
                $"[{One.Replace("ID", "a", StringComparison.Ordinal)},{One.Replace("ID", "b", StringComparison.Ordinal)}]"
            )
        );
        Assert.Equal(
            "1 0 0",
            await Post(
                agent,
                "application/json",
                """{"passed":true}""",
                ("ce-specversion", "1.0"),
                ("ce-id", "c"),
                ("ce-source", "/ci"),
                ("ce-type", "acme.run"),
                ("ce-subject", "nightly")
            )
        );
        Assert.Equal(
            "1 0 1",
            await Post(
                agent,
                "application/json",
                """{"passed":true}""",
                ("ce-specversion", "1.0"),
                ("ce-id", "d"),
                ("ce-source", "/ci"),
                ("ce-type", "acme.run"),
                ("ce-subject", "caf%C3%A9")
            )
        );
        Assert.Equal(
            "1 0 0",
            await Post(
                agent,
                "application/json",
                """{"events":[{"id":"e","source":"/ci","type":"acme.run","subject":"nightly","data":{"passed":true}}]}"""
            )
        );
        var resources = JsonNode.Parse(await agent.GetStringAsync("/api/v1/acme/resources?kind=acme.run"))![
            "items"
        ]!.AsArray();
        Assert.Equal(["nightly", "café"], resources.Select(r => (string)r!["externalId"]!));
    }

    [Theory]
    [InlineData("application/cloudevents+json", """{"specversion":"1.0","id":"x","source":"/ci","data":{}}""")]
    [InlineData(
        "application/cloudevents+json",
        """{"specversion":"0.3","id":"x","source":"/ci","type":"t","data":{}}"""
    )]
    [InlineData(
        "application/cloudevents+json",
        """{"specversion":"1.0","id":"x","source":"/ci","type":"t","data":[1]}"""
    )]
    [InlineData("application/cloudevents+json", """{"specversion":"1.0","id":"x","source":"/ci","type":"t"}""")]
    [InlineData(
        "application/cloudevents+json",
        """{"specversion":"1.0","id":"x","source":"/ci","type":"t","data":{},"data_base64":"e30="}"""
    )]
    [InlineData("application/cloudevents+json", "{")]
    [InlineData(
        "application/cloudevents-batch+json",
        """[{"specversion":"1.0","id":"y","source":"/ci","type":"t","data":{}},{"id":"x"}]"""
    )]
    [InlineData("application/cloudevents-batch+json", "{}")]
    [InlineData("text/plain", "hello")]
    public async Task What_is_no_event_is_refused_and_nothing_is_kept(string type, string body)
    {
        using var agent = site.With(Role.Agent);
        var before = await agent.GetStringAsync("/api/v1/acme/resources?kind=t");
        using var response = await agent.PostAsync(
            "/api/v1/acme/events",
            new StringContent(body, Encoding.UTF8, new System.Net.Http.Headers.MediaTypeHeaderValue(type))
        );
        Assert.InRange((int)response.StatusCode, 400, 499);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(before, await agent.GetStringAsync("/api/v1/acme/resources?kind=t"));
    }

    [Fact]
    public async Task An_event_in_headers_that_does_not_say_its_version_is_refused_by_name()
    {
        using var agent = site.With(Role.Agent);
        using var content = new StringContent("{}", Encoding.UTF8, "application/json");
        foreach (var (name, value) in new[] { ("ce-id", "v1"), ("ce-source", "/ci"), ("ce-type", "t") })
            content.Headers.Add(name, value);
        using var refused = await agent.PostAsync("/api/v1/acme/events", content);
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("ce-specversion", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_batch_is_taken_and_changes_nothing()
    {
        using var agent = site.With(Role.Agent);
        Assert.Equal("0 0 0", await Post(agent, "application/cloudevents-batch+json", "[]"));
    }

    [Theory]
    [InlineData("bad%FF")]
    [InlineData("bad%zz")]
    [InlineData("cut%4")]
    [InlineData("%C3%28")]
    public async Task An_attribute_that_is_not_escaped_as_headers_are_is_refused_by_name(string subject)
    {
        using var agent = site.With(Role.Agent);
        using var content = new StringContent("{}", Encoding.UTF8, "application/json");
        foreach (
            var (name, value) in new[]
            {
                ("ce-specversion", "1.0"),
                ("ce-id", "h1"),
                ("ce-source", "/ci"),
                ("ce-type", "t"),
                ("ce-subject", subject),
            }
        )
            content.Headers.TryAddWithoutValidation(name, value);
        using var response = await agent.PostAsync("/api/v1/acme/events", content);
        Assert.Equal(400, (int)response.StatusCode);
        Assert.Equal(
            "ce-subject",
            (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["errors"]![0]!["field"]
        );
    }

    [Theory]
    [InlineData("application/cloudevents+json; charset", "{}", 400, "content-type")]
    [InlineData("application/cloudevents+xml", "<event/>", 415, null)]
    [InlineData(
        "application/cloudevents-batch+json",
        """[{"specversion":"1.0","id":"y","source":"/ci","type":"t","data":{}},{"id":"x"}]""",
        400,
        "events[1]"
    )]
    [InlineData(
        "application/cloudevents-batch+json",
        """[{"specversion":"1.0","id":"y","source":"/ci","type":"t","data":{}},7]""",
        400,
        "events[1]"
    )]
    public async Task A_refusal_names_the_event_or_the_header_that_is_wrong(
        string type,
        string body,
        int status,
        string? field
    )
    {
        using var agent = site.With(Role.Agent);
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var response = await agent.PostAsync("/api/v1/acme/events", content);
        Assert.Equal(status, (int)response.StatusCode);
        if (field is not null)
            Assert.Equal(
                field,
                (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["errors"]![0]!["field"]
            );
    }

    [Fact]
    public async Task The_minimal_and_full_events_of_the_corpus_are_understood()
    {
        using var agent = site.With(Role.Agent);
        var known = new HashSet<string>();
        foreach (var file in Corpus.Files("cloudevents", "v1*.yaml"))
        foreach (var described in (await File.ReadAllTextAsync(file)).Split("---"))
        {
            var attributes = described
                .Split('\n')
                .Select(l => l.Split(':', 2))
                .Where(p => p.Length == 2)
                .Select(p => (Name: p[0].Trim().ToLowerInvariant(), Value: p[1].Trim().Trim('"')))
                .Where(p => p.Name is "id" or "source" or "type" or "time")
                .ToList();
            var id = string.Join(
                ' ',
                attributes.Where(a => a.Name is "id" or "source").OrderBy(a => a.Name).Select(a => a.Value)
            );
            Assert.StartsWith(
                known.Add(id) ? "1 0" : "0 1",
                await Post(
                    agent,
                    "application/json",
                    """{"world":"hello"}""",
                    [("ce-specversion", "1.0"), .. attributes.Select(a => ($"ce-{a.Name}", a.Value))]
                ),
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public async Task Only_who_may_add_evidence_may_send_events()
    {
        foreach (var role in new[] { Role.Member, Role.Auditor })
        {
            using var client = site.With(role);
            using var response = await client.PostAsync(
                "/api/v1/acme/events",
                new StringContent(One, Encoding.UTF8, "application/cloudevents+json")
            );
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        }
        using var stranger = site.With((string?)null);
        using var refused = await stranger.PostAsync(
            "/api/v1/acme/events",
            new StringContent(One, Encoding.UTF8, "application/cloudevents+json")
        );
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    private static async Task<string> Post(
        HttpClient client,
        string type,
        string body,
        params (string Name, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/acme/events")
        {
            Content = new StringContent(body, Encoding.UTF8),
        };
        request.Content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        var json = JsonNode.Parse(text)!;
        return $"{json["received"]} {json["repeated"]} {json["discovered"]}";
    }
}
