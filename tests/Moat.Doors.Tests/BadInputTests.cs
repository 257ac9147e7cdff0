using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Moat.Isms.Kernel;

namespace Moat.Tests;

/// <summary>
/// Whatever is wrong is answered with a problem that names the field, and nothing is stored. It counts the journal, so
/// it has an installation that no other class writes to.
/// </summary>
public sealed class BadInputTests(Site site) : IClassFixture<Site>
{
    public static TheoryData<string, string, string, string> Bad =>
        new()
        {
            { "POST", "assets", """{"name":"X","kind":"model"}""", "name" },
            { "POST", "assets", """{"kind":"model"}""", "name" },
            { "POST", "assets", """{"name":null,"kind":"model"}""", "name" },
            { "POST", "assets", """{"name":"Weights","kind":"spaceship"}""", "kind" },
            { "POST", "assets", """{"name":"Weights","kind":"model","confidentiality":9}""", "confidentiality" },
            { "POST", "assets", """{"name":"Weights","kind":"model","confidentiality":"high"}""", "confidentiality" },
            { "POST", "assets", """{"name":"Weights","kind":"model","owner":"PER-999"}""", "owner" },
            {
                "POST",
                "incidents",
                """{"title":"Weights leave","what":"Forty gigabytes left","affects":["AST-1","AST-999"]}""",
                "affects[1]"
            },
            {
                "POST",
                "incidents",
                """{"title":"Weights leave","what":"Forty gigabytes left","affects":["the model"]}""",
                "affects[0]"
            },
            { "POST", "assets", """{"name":"Weights","kind":"model","colour":"blue"}""", "colour" },
            { "POST", "assets", """{"name":"Weights","name":"Again","kind":"model"}""", "name" },
            { "POST", "assets", """[1,2,3]""", "body" },
            { "POST", "assets", """{"name":"Weights",""", "body" },
            {
                "POST",
                "risks",
                """{"title":"Weights leave","cause":"Broad rights","consequence":"The lead is lost","harms":["money"]}""",
                "harms"
            },
            {
                "POST",
                "risks",
                """{"title":"Weights leave","cause":"Broad rights","consequence":"The lead is lost","threatId":"nothing"}""",
                "threatId"
            },
            { "POST", "risks/RISK-1/treat", """{"option":"hope","plan":"We hope for the best"}""", "option" },
            {
                "POST",
                "risks/RISK-1/plan-action",
                """{"title":"Sign every batch","owner":"PER-1","dueOn":"soon"}""",
                "dueOn"
            },
            { "POST", "draft/adopt", """{"refs":[]}""", "refs" },
            { "POST", "assets/import-bom", """{"file":{"name":"x.json","content":"!!!"}}""", "file.content" },
            { "POST", "assets/import-bom", """{"file":{"name":"x.json","content":"bm90IGpzb24="}}""", "file" },
            { "GET", "risks?limit=5000", "", "limit" },
            { "GET", "risks?sort=beauty", "", "sort" },
            { "GET", "risks?cursor=zzz", "", "cursor" },
            { "GET", "risks?standing=maybe", "", "standing" },
            { "GET", "reports/register?name=secrets", "", "name" },
        };

    [Theory, MemberData(nameof(Bad))]
    public async Task A_wrong_value_is_named(string method, string path, string body, string field)
    {
        using var owner = site.With(Role.Owner);
        var before = await Size(owner);
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/api/v1/acme/{path}");
        if (body.Length > 0)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await owner.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        var text = await response.Content.ReadAsStringAsync();
        Assert.Contains($"\"{field}", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", text, StringComparison.Ordinal);
        Assert.Equal(before, await Size(owner));
    }

    [Theory]
    [InlineData("POST", "/api/v1/acme/assets/AST-1", 405, "method-not-allowed")]
    [InlineData("DELETE", "/api/v1/acme/risks", 405, "method-not-allowed")]
    [InlineData("GET", "/api/v1/acme/nothing/here", 404, "not-found")]
    [InlineData("POST", "/api/v2/acme/assets", 404, "not-found")]
    public async Task An_address_or_a_method_that_is_not_there_is_a_problem_in_words(
        string method,
        string path,
        int status,
        string code
    )
    {
        using var owner = site.With(Role.Owner);
        using var response = await owner.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal((status, code), ((int)problem["status"]!, (string)problem["code"]!));
        if (status == 405)
            Assert.Contains("GET", response.Content.Headers.Allow);
    }

    [Fact]
    public async Task A_body_that_is_too_deep_or_too_large_is_refused()
    {
        using var owner = site.With(Role.Owner);
        using var deep = new StringContent(
            string.Concat(Enumerable.Repeat("{\"a\":", 5000)) + "1" + new string('}', 5000),
            Encoding.UTF8,
            "application/json"
        );
        Assert.Equal(HttpStatusCode.BadRequest, (await owner.PostAsync("/api/v1/acme/assets", deep)).StatusCode);
        using var large = new StringContent(
            "{\"file\":{\"name\":\"x.json\",\"content\":\"" + new string('A', 50 * 1024 * 1024) + "\"}}",
            Encoding.UTF8,
            "application/json"
        );
        try
        {
            using var response = await owner.PostAsync("/api/v1/acme/assets/import-bom", large);
            Assert.InRange((int)response.StatusCode, 400, 499);
        }
        catch (HttpRequestException)
        {
            // The server closes the connection while the rest of the body is still on its way.
        }
    }

    [Fact]
    public async Task Another_organisations_id_is_like_none()
    {
        using var rival = site.With(site.RivalToken);
        Assert.Equal(HttpStatusCode.NotFound, (await rival.GetAsync("/api/v1/rival/risks/RISK-1")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await rival.GetAsync("/api/v1/rival/assets/AST-1")).StatusCode);
    }

    [Fact]
    public async Task A_record_in_the_address_that_is_not_there_is_not_found_and_one_in_the_body_is_a_wrong_field()
    {
        using var owner = site.With(Role.Owner);
        async Task<HttpStatusCode> Assign(string incident) =>
            (
                await owner.PostAsync(
                    $"/api/v1/acme/incidents/{incident}/assign",
                    new StringContent("""{"part":"scribe","person":"PER-999"}""", Encoding.UTF8, "application/json")
                )
            ).StatusCode;
        using var made = await owner.PostAsync(
            "/api/v1/acme/incidents",
            new StringContent(
                """{"title":"Weights leave","what":"Forty gigabytes left"}""",
                Encoding.UTF8,
                "application/json"
            )
        );
        var opened = (string)JsonNode.Parse(await made.Content.ReadAsStringAsync())!["ref"]!;
        Assert.Equal(HttpStatusCode.NotFound, await Assign("INC-999"));
        Assert.Equal(HttpStatusCode.BadRequest, await Assign(opened));
    }

    [Fact]
    public async Task A_wrong_version_is_a_conflict_and_an_etag_tells_the_right_one()
    {
        using var owner = site.With(Role.Owner);
        using var made = await owner.PostAsync(
            "/api/v1/acme/assets",
            new StringContent("""{"name":"Tokenizer","kind":"model"}""", Encoding.UTF8, "application/json")
        );
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.Equal("\"1\"", made.Headers.ETag!.Tag);
        using var request = new HttpRequestMessage(HttpMethod.Patch, made.Headers.Location)
        {
            Content = new StringContent("""{"name":"Tokenizer 2"}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("If-Match", "\"7\"");
        using var refused = await owner.SendAsync(request);
        Assert.True(
            refused.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed,
            refused.StatusCode.ToString()
        );
    }

    [Fact]
    public async Task The_same_request_with_the_same_key_changes_once()
    {
        using var owner = site.With(Role.Owner);
        var before = await Size(owner);
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Send(owner, "Reranker", "key-1")));
        Assert.Single(answers.Select(a => a.Body).Distinct());
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Created, a.Status));
        Assert.Equal(before + 1, await Size(owner));
        var other = await Send(owner, "Another model", "key-1");
        Assert.Equal(HttpStatusCode.BadRequest, other.Status);
        Assert.Contains("Idempotency-Key", other.Body, StringComparison.Ordinal);
        Assert.Equal(before + 1, await Size(owner));
    }

    private static async Task<(HttpStatusCode Status, string Body)> Send(HttpClient client, string name, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/acme/assets")
        {
            Content = new StringContent($$"""{"name":"{{name}}","kind":"model"}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Idempotency-Key", key);
        using var response = await client.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static async Task<long> Size(HttpClient owner) =>
        (long)JsonNode.Parse(await owner.GetStringAsync("/api/v1/acme/journal/checkpoint"))!["size"]!;
}
