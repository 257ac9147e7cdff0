using System.IO.Compression;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Moat.Cli.Commands;
using Moat.Isms.Kernel;

[assembly: IsmsProcesses]

namespace Moat.Tests;

/// <summary>
/// A process is its own folder: records, operations, what it hands in, two SQL files and its pages. This one is in no
/// assembly of the product, and nothing of the product names it.
/// </summary>
public abstract class NewProcessTests(Site site)
{
    private static readonly string Soon = DateOnly
        .FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(20))
        .ToString("yyyy-MM-dd", null);
    private static readonly string Today = DateOnly
        .FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime)
        .ToString("yyyy-MM-dd", null);

    private static JsonObject Exercise(string title) =>
        new()
        {
            ["title"] = title,
            ["found"] = "The system prompt is told to whoever asks for a translation of it.",
            ["doneOn"] = Today,
            ["nextOn"] = Soon,
        };

    [Fact]
    public async Task It_is_at_every_door()
    {
        var owner = site.With(Role.Owner);
        var made = await Post(owner, "/api/v1/acme/red-teaming", Exercise("Prompt extraction"));
        Assert.StartsWith("REDT-", (string)made["ref"]!, StringComparison.Ordinal);
        var called = await site.Mcp(
            owner,
            "tools/call",
            new JsonObject { ["name"] = "red_teaming_create", ["arguments"] = Exercise("Weight theft by logits") }
        );
        Assert.Null(called["error"]);
        var commands = OperationCommands.Make(site.Catalog, ["red-teaming"]).Single(c => c.Name == "red-teaming");
        Assert.Equal(["create", "list"], commands.Subcommands.Select(s => s.Name).Order());
        var page = await (await site.SignedIn("Owner@acme.test")).GetStringAsync("/acme/red-teaming");
        Assert.Contains("Prompt extraction", page, StringComparison.Ordinal);
        Assert.Contains("Weight theft by logits", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/acme/red-teaming\"", page, StringComparison.Ordinal);
        var described = JsonNode.Parse(await site.With((string?)null).GetStringAsync("/openapi/v1.json"))!;
        Assert.NotNull(described["paths"]!["/api/v1/{org}/red-teaming"]!["post"]);
    }

    [Fact]
    public async Task It_counts_in_readiness_is_in_the_calendar_breaks_on_the_map_and_is_found()
    {
        var owner = site.With(Role.Owner);
        var reference = (string)
            (await Post(owner, "/api/v1/acme/red-teaming", Exercise("Membership inference")))["ref"]!;
        var readiness = await owner.GetFromJsonAsync<JsonNode>("/api/v1/acme/readiness");
        var clause = readiness!["requirements"]!.AsArray().Single(r => (string)r!["id"]! == "8.2")!;
        Assert.True((bool)clause["rules"]!.AsArray().Single(r => (string)r!["rule"]! == "red-team-done")!["holds"]!);
        var calendar = await owner.GetStringAsync($"/api/v1/acme/calendar/month?month={Soon[..7]}");
        Assert.Contains(reference, calendar, StringComparison.Ordinal);
        var map = await owner.GetStringAsync("/api/v1/acme/processes/map");
        Assert.Contains("red-team-without-risk", map, StringComparison.Ordinal);
        var found = await owner.GetFromJsonAsync<JsonArray>("/api/v1/acme/search/find?q=membership%20inference");
        Assert.Contains(found!, f => (string)f!["ref"]! == reference);
    }

    [Fact]
    public async Task Its_records_are_a_register_of_a_pack_that_verifies()
    {
        var owner = site.With(Role.Owner);
        var reference = (string)(await Post(owner, "/api/v1/acme/red-teaming", Exercise("Poisoned adapter")))["ref"]!;
        using var pack = new ZipArchive(await owner.GetStreamAsync("/api/v1/acme/pack/make"));
        var register = pack.Entries.Single(e => e.FullName == "registers/red-teaming.json");
        var rounds = JsonNode.Parse(await register.OpenAsync())!["Rounds"]!.AsArray();
        Assert.Equal(Soon, (string)rounds.Single(r => (string)r!["Exercise"]! == reference)!["Comes round"]!);
    }

    private static async Task<JsonNode> Post(HttpClient client, string path, JsonObject input)
    {
        using var response = await client.PostAsJsonAsync(path, input);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }
}

/// <summary>On SQLite.</summary>
public sealed class NewProcessOnSqliteTests(Site site) : NewProcessTests(site);

/// <summary>On PostgreSQL.</summary>
public sealed class NewProcessOnPostgresTests(PostgresSite site) : NewProcessTests(site.There());
