using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Moat.Bench;

/// <summary>
/// What a request may cost: the least share of the reference's requests per second, or a number of its own.
/// </summary>
/// <param name="Share">In percent of the reference; none where a rate is asked for.</param>
/// <param name="P99">The longest that one request in a hundred may take, in milliseconds.</param>
/// <param name="PerSecond">The least rate, where it does not depend on the reference.</param>
internal sealed record Budget(double? Share = null, double? P99 = null, double? PerSecond = null)
{
    public static readonly Budget RegisterAsJson = new(Share: 35, P99: 30);
    public static readonly Budget RecordAsJson = new(Share: 25);
    public static readonly Budget RegisterAsPage = new(Share: 15, P99: 80);
    public static readonly Budget Page = new(Share: 10);
    public static readonly Budget Whole = new(Share: 20);
    public static readonly Budget Write = new(P99: 60, PerSecond: 900);

    /// <summary>What was asked for, and what of it was not met.</summary>
    public (string Asked, string Verdict) Of(Measure seen, Measure reference)
    {
        var asked = new List<(string Words, bool Met)>();
        if (Share is { } share)
            asked.Add(($"≥ {share} %", 100 * seen.PerSecond / reference.PerSecond >= share));
        if (PerSecond is { } rate)
            asked.Add(($"≥ {rate} req/s", seen.PerSecond >= rate));
        if (P99 is { } most)
            asked.Add(($"p99 < {most} ms", seen.P99 < most));
        var missed = asked.Where(a => !a.Met).Select(a => a.Words).ToList();
        return (
            string.Join(", ", asked.Select(a => a.Words)),
            missed.Count == 0 ? "met" : $"**not met**: {string.Join(", ", missed)}"
        );
    }
}

/// <summary>A request that is measured.</summary>
/// <param name="Name">What is asked for.</param>
/// <param name="Request">Makes it.</param>
/// <param name="Budget">What it may cost.</param>
/// <param name="AlsoWhileWritten">Whether it is measured again while somebody writes once a second.</param>
internal sealed record Scenario(
    string Name,
    Func<HttpRequestMessage> Request,
    Budget Budget,
    bool AlsoWhileWritten = false
)
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
            new("risk register, HTML, first page", () => Page($"/{slug}/risks", cookie), Budget.RegisterAsPage, true),
            new(
                "risk register, JSON, first page",
                () => Json($"{api}/risks?sort=-score", owner),
                Budget.RegisterAsJson,
                true
            ),
            new(
                "risk register, JSON, deep page",
                () => Json($"{api}/risks?sort=-score&cursor={Uri.EscapeDataString(deep)}", owner),
                Budget.RegisterAsJson
            ),
            new(
                "risk register, JSON, filtered",
                () => Json($"{api}/risks?sort=-score&minScore=15&treatment=modify", owner),
                Budget.RegisterAsJson
            ),
            new(
                "risk register, JSON, risk owner",
                () => Json($"{api}/risks?sort=-score", riskOwner),
                Budget.RegisterAsJson
            ),
            new(
                "risk register, JSON, another page each time",
                () =>
                    Json(
                        $"{api}/risks?sort=-score&limit={Random.Shared.Next(20, 200)}&minScore={Random.Shared.Next(1, 12)}&impact={Random.Shared.Next(1, 6)}",
                        owner
                    ),
                Budget.RegisterAsJson
            ),
            new("one risk, JSON", () => Json($"{api}/risks/RISK-50", owner), Budget.RecordAsJson),
            new(
                "one risk, JSON, another each time",
                () => Json($"{api}/risks/RISK-{Random.Shared.Next(1, large ? 10_000 : 100)}", owner),
                Budget.RecordAsJson
            ),
            new("one risk, HTML", () => Page($"/{slug}/risks/RISK-50", cookie), Budget.Page, true),
            new("create a risk", () => Create($"{api}/risks", owner), Budget.Write),
            new("incidents, JSON, first page", () => Json($"{api}/incidents", owner), Budget.RegisterAsJson),
            new("incidents, HTML, first page", () => Page($"/{slug}/incidents", cookie), Budget.Page, true),
            new(
                "nonconformities, JSON, first page",
                () => Json($"{api}/nonconformities", owner),
                Budget.RegisterAsJson
            ),
            new("own tasks, HTML", () => Page($"/{slug}/tasks", cookie), Budget.Page, true),
            new("process map, JSON", () => Json($"{api}/processes/map", owner), Budget.Whole),
            new("process map, HTML", () => Page($"/{slug}/processes", cookie), Budget.Page),
            new("thread of a risk, JSON", () => Json($"{api}/thread/RISK-50?walk=true", owner), Budget.Whole),
            new("home, HTML", () => Page($"/{slug}", cookie), Budget.Page, true),
            new("readiness, JSON", () => Json($"{api}/readiness", owner), Budget.Whole),
            new("SoA, JSON", () => Json($"{api}/soa/draft", owner), Budget.Whole),
        ];
    }

    /// <summary>Somebody enters an asset.</summary>
    public static HttpRequestMessage Write(string slug, string token) =>
        new(HttpMethod.Post, $"/api/v1/{slug}/assets")
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
            Content = JsonContent.Create(new { name = $"Bucket {Guid.CreateVersion7()}", kind = "bucket" }),
        };

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
