using System.Text.Json.Nodes;

namespace Moat.Tests;

/// <summary>
/// How often a page asks the database, first after a write and again. A page that asks once for each of its rows shows
/// up here before anybody has ten thousand rows.
/// </summary>
[Collection(nameof(Corvid)), TakesLong]
public sealed class StatementsPerPageTests(Corvid corvid)
{
    /// <summary>Readiness, which asks about every requirement, is computed first after a write.</summary>
    private const int MostFirst = 350;

    private const int MostAgain = 40;

    /// <summary>Pages that ask more often, how often, and why that does not grow with the records.</summary>
    private static readonly Dictionary<string, (int Most, string Why)> Explained = new(StringComparer.Ordinal)
    {
        ["/corvid/imports/N"] = (160, "what is built on an imported record is looked for in every register, once"),
        ["/corvid/processes/improvement"] = (90, "each of its measures is counted, once"),
    };

    [Fact]
    public async Task No_page_asks_more_often_than_its_parts_explain()
    {
        using var browser = await corvid.SignedIn();
        using var statements = new StatementCounter();
        var shapes = new Dictionary<string, string>(StringComparer.Ordinal);
        await foreach (var (path, _) in ExamplePages.Walk(browser))
            shapes.TryAdd(ExamplePages.Shape(path), path);
        Assert.True(shapes.Count > 120, $"Only {shapes.Count} kinds of pages were seen.");
        var (wrong, asked) = (new List<string>(), 0);
        foreach (var (shape, path) in shapes)
        {
            await corvid.Do(
                corvid.Catalog.Find("assets.create")!,
                new JsonObject { ["name"] = $"Bucket {Guid.CreateVersion7()}", ["kind"] = "bucket" }
            );
            var first = await Count(browser, statements, path, $"{shape} first");
            var again = await Count(browser, statements, path, $"{shape} again");
            var most = Explained.TryGetValue(shape, out var explained) ? explained.Most : MostAgain;
            if (first > Math.Max(most, MostFirst) || again > most)
                wrong.Add($"{shape}: {first} statements first after a write, {again} again");
            asked += first;
        }
        Assert.True(asked > 1000, $"Only {asked} statements were counted.");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static async Task<int> Count(HttpClient browser, StatementCounter statements, string path, string mark)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("X-Counted", mark);
        using var answer = await browser.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode}");
        return statements.Of(mark);
    }
}
