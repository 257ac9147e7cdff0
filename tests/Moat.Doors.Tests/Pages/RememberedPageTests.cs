using System.Net;
using System.Text.Json.Nodes;

namespace Moat.Tests.Pages;

/// <summary>A page that a session asks for again is the one that would be drawn anew, and nobody else's.</summary>
public sealed class RememberedPageTests
{
    [Fact]
    public async Task A_page_that_is_asked_again_costs_one_look_at_the_journal_until_a_record_of_it_changes()
    {
        await using var acme = await Acme.Found(listens: true);
        using var browser = await acme.SignedIn();
        using var statements = new StatementCounter();
        var first = await Ask(browser, "/acme/assets", "first");
        var again = await Ask(browser, "/acme/assets", "again");
        Assert.Equal(first, again);
        Assert.Equal(1, statements.Of("again"));
        Assert.True(statements.Of("first") > 1);

        await NewAsset(acme, "Checkpoints");
        Assert.Contains("Checkpoints", await Ask(browser, "/acme/assets", "changed"), StringComparison.Ordinal);
        Assert.Contains("Checkpoints", await Ask(browser, "/acme/assets", "known"), StringComparison.Ordinal);
        Assert.Equal(1, statements.Of("known"));
    }

    [Fact]
    public async Task What_another_server_wrote_is_on_the_page()
    {
        await using var acme = await Acme.Found(listens: true);
        using var browser = await acme.SignedIn();
        using var elsewhere = await acme.SignedIn(await acme.Another());
        Assert.DoesNotContain("Checkpoints", await elsewhere.GetStringAsync("/acme/assets"), StringComparison.Ordinal);
        await NewAsset(acme, "Checkpoints");
        Assert.Contains("Checkpoints", await elsewhere.GetStringAsync("/acme/assets"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_word_about_what_was_done_is_said_once_and_a_page_that_is_not_there_stays_missing()
    {
        await using var acme = await Acme.Found(listens: true);
        using var browser = await acme.SignedIn();
        for (var i = 0; i < 2; i++)
        {
            using var missing = await browser.GetAsync("/acme/risks/RISK-77");
            Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        }
        using var request = new HttpRequestMessage(HttpMethod.Get, "/acme/assets");
        request.Headers.Add("Cookie", "moat-notice=Stored-as-AST-1");
        using var told = await browser.SendAsync(request);
        Assert.Contains("Stored-as-AST-1", await told.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(
            "Stored-as-AST-1",
            await browser.GetStringAsync("/acme/assets"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_form_of_a_remembered_page_is_taken()
    {
        await using var acme = await Acme.Found(listens: true);
        using var browser = await acme.SignedIn();
        _ = await browser.GetStringAsync("/acme/assets/new");
        var page = await browser.GetStringAsync("/acme/assets/new");
        using var sent = await browser.PostAsync(
            "/acme/assets/new",
            Site.Form(page, ("_handler", "assets.create"), ("name", "Checkpoints"), ("kind", "bucket"))
        );
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
    }

    [Fact]
    public async Task Whoever_signed_out_gets_none()
    {
        await using var acme = await Acme.Found(listens: true);
        using var browser = await acme.SignedIn();
        _ = await browser.GetStringAsync("/acme/assets");
        using var stranger = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false })
        {
            BaseAddress = browser.BaseAddress,
        };
        using var asked = await stranger.GetAsync("/acme/assets");
        Assert.Equal(HttpStatusCode.Redirect, asked.StatusCode);
    }

    private static Task NewAsset(Acme acme, string name) =>
        acme.Do("assets.create", new JsonObject { ["name"] = name, ["kind"] = "bucket" });

    private static async Task<string> Ask(HttpClient browser, string path, string mark)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("X-Counted", mark);
        using var answer = await browser.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }
}

/// <summary>Every page of the example company, asked again after records of many kinds changed.</summary>
[Collection(nameof(Corvid)), TakesLong]
public sealed partial class EveryRememberedPageTests(Corvid corvid)
{
    [Fact]
    public async Task Every_page_asked_again_after_changes_is_what_another_session_is_drawn()
    {
        using var browser = await corvid.SignedIn();
        var pages = new Dictionary<string, string>(StringComparer.Ordinal);
        await foreach (var (path, _) in ExamplePages.Walk(browser))
            pages.TryAdd(ExamplePages.Shape(path), path);
        Assert.True(pages.Count > 120, $"Only {pages.Count} kinds of pages were seen.");
        await Change();
        using var other = await corvid.SignedIn();
        var wrong = new List<string>();
        foreach (var path in pages.Values)
        {
            var again = Plain(await browser.GetStringAsync(path));
            var anew = Plain(await other.GetStringAsync(path));
            if (again != anew && again != Plain(await other.GetStringAsync(path)))
                wrong.Add($"{path}: {Difference(again, anew)}");
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private async Task Change()
    {
        await Do("assets.create", new JsonObject { ["name"] = $"Bucket {Guid.CreateVersion7()}", ["kind"] = "bucket" });
        await Do(
            "people.create",
            new JsonObject { ["name"] = "Rosa Lind", ["email"] = $"{Guid.CreateVersion7():n}@corvid.example" }
        );
        await Do(
            "risks.create",
            new JsonObject
            {
                ["title"] = "A loader of datasets is exchanged",
                ["cause"] = "Its package is not pinned",
                ["consequence"] = "Training data is poisoned",
            }
        );
        await Do("risks.edit", new JsonObject { ["ref"] = "RISK-1", ["title"] = "Weights leave by a stolen token" });
        await Do("incidents.report", new JsonObject { ["text"] = "The endpoint answers in another language" });
    }

    private Task<object> Do(string operation, JsonObject input) => corvid.Do(corvid.Catalog.Find(operation)!, input);

    // Each drawing proves its forms anew, and asks for a key of its own where a change may be sent twice.
    private static string Plain(string html) => Tokens().Replace(html, "");

    private static string Difference(string again, string anew)
    {
        var from = Math.Max(0, again.Zip(anew).TakeWhile(c => c.First == c.Second).Count() - 60);
        return $"remembered …{Part(again, from)}… and drawn …{Part(anew, from)}…";
    }

    private static string Part(string text, int from) => text[from..Math.Min(text.Length, from + 200)];

    [System.Text.RegularExpressions.GeneratedRegex("CfDJ8[A-Za-z0-9_-]+|[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32}")]
    private static partial System.Text.RegularExpressions.Regex Tokens();
}
