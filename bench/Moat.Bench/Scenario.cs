using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Moat.Bench;

/// <summary>A request that is measured.</summary>
internal sealed record Scenario(string Name, Func<HttpRequestMessage> Request, bool IsRegister = false)
{
    /// <summary>What the design names, for one organisation.</summary>
    public static async Task<IReadOnlyList<Scenario>> All(
        string url,
        string slug,
        string owner,
        string riskOwner,
        string cookie,
        bool large
    )
    {
        var api = $"/api/v1/{slug}";
        var deep = await DeepCursor(url, api, owner, large ? 180 : 1);
        return
        [
            new("risk register, HTML, first page", () => Page($"/{slug}/risks", cookie), true),
            new("risk register, JSON, first page", () => Json($"{api}/risks?sort=-score", owner), true),
            new(
                "risk register, JSON, deep page",
                () => Json($"{api}/risks?sort=-score&cursor={Uri.EscapeDataString(deep)}", owner),
                true
            ),
            new(
                "risk register, JSON, filtered",
                () => Json($"{api}/risks?sort=-score&minScore=15&treatment=modify", owner),
                true
            ),
            new("risk register, JSON, risk owner", () => Json($"{api}/risks?sort=-score", riskOwner), true),
            new("one risk, JSON", () => Json($"{api}/risks/RISK-50", owner)),
            new("create a risk", () => Create($"{api}/risks", owner)),
            new("incidents, JSON, first page", () => Json($"{api}/incidents", owner), true),
            new("incidents, HTML, first page", () => Page($"/{slug}/incidents", cookie), true),
            new("nonconformities, JSON, first page", () => Json($"{api}/nonconformities", owner), true),
            new("own tasks, HTML", () => Page($"/{slug}/tasks", cookie), true),
            new("process map, JSON", () => Json($"{api}/processes/map", owner)),
            new("process map, HTML", () => Page($"/{slug}/processes", cookie)),
            new("thread of a risk, JSON", () => Json($"{api}/thread/RISK-50?walk=true", owner)),
            new("home, HTML", () => Page($"/{slug}", cookie)),
            new("readiness, JSON", () => Json($"{api}/readiness", owner)),
            new("SoA, JSON", () => Json($"{api}/soa/draft", owner)),
        ];
    }

    private static HttpRequestMessage Json(string path, string token) =>
        new(HttpMethod.Get, path) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };

    private static HttpRequestMessage Page(string path, string cookie) =>
        new(HttpMethod.Get, path) { Headers = { { "Cookie", cookie } } };

    private static HttpRequestMessage Create(string path, string token) =>
        new(HttpMethod.Post, path)
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
            Content = JsonContent.Create(
                new
                {
                    title = "A risk made under load",
                    cause = "Somebody measures",
                    consequence = "The register grows",
                }
            ),
        };

    private static async Task<string> DeepCursor(string url, string api, string token, int pages)
    {
        using var client = new HttpClient { BaseAddress = new Uri(url) };
        var cursor = "";
        for (var page = 0; page < pages; page++)
        {
            using var request = Json(
                $"{api}/risks?sort=-score&limit=50{(cursor.Length == 0 ? "" : "&cursor=" + Uri.EscapeDataString(cursor))}",
                token
            );
            using var response = await client.SendAsync(request);
            cursor = (string)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["next"]!;
        }
        return cursor;
    }
}
