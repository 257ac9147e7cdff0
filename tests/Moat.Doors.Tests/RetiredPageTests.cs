using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Moat.Isms.Kernel;

namespace Moat.Tests;

/// <summary>What left a register says so wherever it is found, and is offered nothing but its way back.</summary>
[TakesLong]
public sealed class RetiredPageTests(Site site)
{
    [Fact]
    public async Task What_was_retired_or_merged_is_marked_where_it_is_found_and_offers_only_to_be_reopened()
    {
        using var program = site.With(Role.Owner);
        using var ada = await site.SignedIn("founder@acme.test");
        var asset = await Make(program, "assets", new { name = "Zeppelin bucket", kind = "bucket" });
        var (kept, twin) = (
            await NewRisk(program, "Zeppelin bucket is emptied", asset),
            await NewRisk(program, "Zeppelin bucket is wiped", asset)
        );
        await Make(program, $"assets/{asset}/retire", new { reason = "The bucket was deleted." });
        await Make(program, $"risks/{twin}/merge", new { into = kept, reason = "The same bucket." });

        var hits = JsonNode.Parse(await program.GetStringAsync("/api/v1/acme/search/find?q=zeppelin"))!.AsArray();
        Assert.Equal(
            [(asset, "Retired"), (kept, null), (twin, $"Merged into {kept}")],
            hits.Select(h => ((string)h!["ref"]!, (string?)h["mark"]))
                .Where(h => h.Item1 == asset || h.Item1.StartsWith("RISK", StringComparison.Ordinal))
        );
        var found = await ada.GetStringAsync("/acme/search?q=zeppelin");
        foreach (var mark in new[] { "Retired", $"Merged into {kept}" })
            Assert.Contains($"<span class=\"m-tag bad ms-2\">{mark}</span>", found, StringComparison.Ordinal);

        var risk = await ada.GetStringAsync($"/acme/risks/{kept}");
        Assert.Contains(
            "Zeppelin bucket</a><span class=\"m-tag bad me-2\">Retired</span>",
            risk,
            StringComparison.Ordinal
        );
        Assert.Contains($"Zeppelin bucket ({asset}), Retired", risk, StringComparison.Ordinal);
        foreach (var page in new[] { $"risks/{twin}", $"assets/{asset}" })
        {
            var gone = await ada.GetStringAsync($"/acme/{page}");
            Assert.Contains("#reopen\">Reopen…</a>", System.Net.WebUtility.HtmlDecode(gone), StringComparison.Ordinal);
            foreach (
                var change in new[]
                {
                    "#assess",
                    "#accept",
                    "#edit",
                    "operation=\"risks.edit",
                    "operation=\"assets.edit",
                    "operation=\"assets.relate",
                }
            )
                Assert.DoesNotContain(change, gone, StringComparison.Ordinal);
        }
    }

    private static Task<string> NewRisk(HttpClient program, string title, string asset) =>
        Make(
            program,
            "risks",
            new
            {
                title,
                cause = "Everybody may delete from it.",
                consequence = "Training stops for weeks.",
                harms = new[] { "availability" },
                assets = new[] { asset },
            }
        );

    private static async Task<string> Make(HttpClient program, string path, object input)
    {
        using var made = await program.PostAsJsonAsync($"/api/v1/acme/{path}", input);
        var answer = await made.Content.ReadAsStringAsync();
        return made.IsSuccessStatusCode
            ? (string)JsonNode.Parse(answer)!["ref"]!
            : throw new InvalidOperationException(answer);
    }
}
