using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Moat.Hosting;
using Moat.Isms.Kernel;

namespace Moat.Tests;

/// <summary>A refusal ends in the same way at every door.</summary>
public sealed class RefusalDoorTests(Site site)
{
    private static readonly string TooLong = new('x', 201);

    private static readonly (Refusal Refusal, int Status, int ExitCode)[] Kinds =
    [
        (new InputInvalid("name", "At most 200 characters."), 400, 2),
        (new PersonNeeded("documents.approve"), 403, 1),
        (new Forbidden("assets.create"), 403, 3),
        (new NotFound("asset"), 404, 3),
        (new Conflict("ASSET-1", 2, "Ada", DateTime.UnixEpoch), 409, 3),
        (new RuleBroken("risk.accept.owner", "Only its owner accepts a risk."), 422, 1),
        (new Unavailable("There is no Chromium."), 503, 3),
    ];

    [Fact]
    public void Each_kind_has_one_status_and_one_exit_code()
    {
        foreach (var (refusal, status, exitCode) in Kinds)
            Assert.Equal((status, exitCode), (Refused.StatusOf(refusal), Refused.ExitCodeOf(refusal)));
        Assert.Equal(412, Refused.StatusOf(Kinds.Single(k => k.Refusal is Conflict).Refusal, isConditional: true));
        Assert.Equal(
            typeof(Refusal).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Refusal))).Select(t => t.Name).Order(),
            Kinds.Select(k => k.Refusal.GetType().Name).Order()
        );
    }

    /// <summary>No door maps kinds by itself: where one looks at a kind, it is for its words.</summary>
    [Fact]
    public void No_door_has_a_mapping_of_its_own()
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "Moat.slnx")))
            root = Path.GetDirectoryName(root)!;
        var mappers =
            from folder in new[] { "Moat.Server", "Moat.Cli" }
            from file in Directory.EnumerateFiles(Path.Combine(root, "src", folder), "*", SearchOption.AllDirectories)
            where file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal)
            where
                System.Text.RegularExpressions.Regex.IsMatch(
                    File.ReadAllText(file),
                    @"(InputInvalid|NotFound|Forbidden|PersonNeeded|Conflict|RuleBroken|Unavailable)\b[^\n]*(=>|\?)\s*(StatusCodes\.|[45]\d\d\b)"
                )
            select Path.GetFileName(file);
        Assert.Empty(mappers);
    }

    [Fact]
    public async Task An_input_that_is_wrong_is_a_bad_request_everywhere()
    {
        using var owner = site.With(Role.Owner);
        Assert.Equal(HttpStatusCode.BadRequest, await Rest(owner, TooLong));
        Assert.StartsWith("input-invalid: ", await Mcp(owner, TooLong), StringComparison.Ordinal);
        using var ada = await site.SignedIn("founder@acme.test");
        Assert.Equal(HttpStatusCode.BadRequest, await FormPage(ada, TooLong));
        Assert.Equal(HttpStatusCode.BadRequest, await Import(ada, "{\"bomFormat\": "));
        Assert.Equal(2, await Cli("--name", TooLong));
    }

    [Fact]
    public async Task What_a_role_does_not_allow_is_forbidden_everywhere()
    {
        using var member = site.With(Role.Member);
        Assert.Equal(HttpStatusCode.Forbidden, await Rest(member, "Weights"));
        Assert.StartsWith("forbidden: ", await Mcp(member, "Weights"), StringComparison.Ordinal);
        using var auditor = await site.SignedIn($"{Role.Auditor}@acme.test");
        using var page = await auditor.GetAsync("/acme/assets/new");
        Assert.Equal(HttpStatusCode.Forbidden, page.StatusCode);
    }

    [Fact]
    public async Task What_is_not_there_is_not_found_everywhere()
    {
        using var owner = site.With(Role.Owner);
        Assert.Equal(HttpStatusCode.NotFound, (await owner.GetAsync("/api/v1/acme/assets/ASSET-9999")).StatusCode);
        var answer = await site.Mcp(
            owner,
            "tools/call",
            new JsonObject
            {
                ["name"] = "assets_get",
                ["arguments"] = new JsonObject { ["ref"] = "ASSET-9999" },
            }
        );
        Assert.StartsWith("not-found: ", TextOf(answer), StringComparison.Ordinal);
        using var ada = await site.SignedIn("founder@acme.test");
        Assert.Equal(HttpStatusCode.NotFound, (await ada.GetAsync("/acme/assets/ASSET-9999")).StatusCode);
    }

    private static async Task<HttpStatusCode> Rest(HttpClient client, string name) =>
        (await client.PostAsJsonAsync("/api/v1/acme/assets", new { name, kind = "model" })).StatusCode;

    private async Task<string> Mcp(HttpClient client, string name) =>
        TextOf(
            await site.Mcp(
                client,
                "tools/call",
                new JsonObject
                {
                    ["name"] = "assets_create",
                    ["arguments"] = new JsonObject { ["name"] = name, ["kind"] = "model" },
                }
            )
        );

    private static string TextOf(JsonNode answer)
    {
        Assert.True((bool)answer["result"]!["isError"]!);
        return (string)answer["result"]!["content"]![0]!["text"]!;
    }

    private static async Task<HttpStatusCode> FormPage(HttpClient client, string name)
    {
        var page = await client.GetStringAsync("/acme/assets/new");
        using var form = Site.Form(page, ("_handler", "assets.create"), ("name", name), ("kind", "model"));
        return (await client.PostAsync("/acme/assets/new", form)).StatusCode;
    }

    private static async Task<HttpStatusCode> Import(HttpClient client, string content)
    {
        var page = await client.GetStringAsync("/acme/assets/import");
        var handler = System.Text.RegularExpressions.Regex.Match(
            page,
            "name=\"_handler\" value=\"([^\"]*preview[^\"]*)\""
        );
        using var hidden = Site.Form(page, ("_handler", handler.Groups[1].Value));
        using var form = new MultipartFormDataContent();
        foreach (var pair in (await hidden.ReadAsStringAsync()).Split('&').Select(p => p.Split('=')))
            form.Add(new StringContent(WebUtility.UrlDecode(pair[1])), WebUtility.UrlDecode(pair[0]));
        form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(content)), "file", "bom.json");
        return (await client.PostAsync("/acme/assets/import", form)).StatusCode;
    }

    /// <summary>The exit code of a command on an installation with one company.</summary>
    private static async Task<int> Cli(params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        await MoatProgram.Do([
            "init",
            "--data",
            folder.Path,
            "--org",
            "acme",
            "--name",
            "Acme",
            "--admin",
            "ada@acme.test",
        ]);
        return (
            await MoatProgram.Run(["assets", "create", "--kind", "model", "--data", folder.Path, .. arguments])
        ).Code;
    }
}
