using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Moat.Isms.Kernel;

namespace Moat.Tests;

/// <summary>
/// The pages of versions answer what serves, what it was made from, who let it through, and what a withdrawn version
/// touched.
/// </summary>
public sealed class VersionPageTests(Site site)
{
    [Fact]
    public async Task A_version_is_entered_released_served_and_withdrawn_on_its_page_and_what_it_touched_is_told()
    {
        using var program = site.With(Role.Owner);
        using var ada = await site.SignedIn("founder@acme.test");
        var (set, model, chat) = (
            await Make(program, "assets", new { name = "Quokka notes", kind = "dataset" }),
            await Make(program, "assets", new { name = "Quokka", kind = "model" }),
            await Make(program, "assets", new { name = "Quokka chat", kind = "endpoint" })
        );
        var source = await Make(
            program,
            "versions",
            new
            {
                asset = set,
                name = "2026-11",
                digests = new[] { Sha("notes") },
            }
        );

        var list = await ada.GetStringAsync("/acme/versions");
        var entered = await Post(
            ada,
            "/acme/versions",
            list,
            "versions.create",
            ("asset", model),
            ("name", "v1"),
            ("digests", $"{Sha("a")}  one.safetensors\n{Sha("b")}  two.safetensors"),
            ("madeFrom", source)
        );
        var page = await ada.GetStringAsync(entered);
        Assert.Contains("<h1 class=\"m-h1\">Quokka v1</h1>", page, StringComparison.Ordinal);
        Assert.Contains(Sha("b"), page, StringComparison.Ordinal);
        Assert.Contains("nobody released it", page, StringComparison.Ordinal);
        Assert.Contains($"/acme/versions/{source}\">Quokka notes 2026-11</a>", page, StringComparison.Ordinal);

        await Post(ada, entered, page, "versions.release", ("checked", "The evaluation passed with 0.91."));
        page = await ada.GetStringAsync(entered);
        Assert.Contains("The evaluation passed with 0.91.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("operation=\"versions.release", page, StringComparison.Ordinal);
        await Post(ada, entered, page, "versions.serve", ("endpoint", chat), ("since", ""));
        Assert.Contains("Quokka chat</a>", await ada.GetStringAsync("/acme/versions"), StringComparison.Ordinal);

        var origin = $"/acme/versions/{source}";
        page = await ada.GetStringAsync(origin);
        Assert.Contains("Quokka chat</a>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Answers are touched", page, StringComparison.Ordinal);
        await Post(ada, origin, page, "versions.withdraw", ("reason", "1,200 notes carry a trigger."));
        foreach (var touched in new[] { origin, entered })
        {
            page = WebUtility.HtmlDecode(await ada.GetStringAsync(touched));
            Assert.Contains(
                "Answers are touched: once an endpoint served it or something made from it, and 1 still does.",
                page,
                StringComparison.Ordinal
            );
            Assert.Contains("<b>now</b>", page, StringComparison.Ordinal);
        }
        Assert.Contains("Made from what was withdrawn", page, StringComparison.Ordinal);
        await Post(ada, entered, page, $"stop {chat}");
        Assert.Contains("None does now.", await ada.GetStringAsync(origin), StringComparison.Ordinal);

        Assert.Contains(
            "These bytes were withdrawn",
            await ada.GetStringAsync($"/acme/versions?digest={Uri.EscapeDataString(Sha("notes"))}"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "is no digest",
            WebUtility.HtmlDecode(await ada.GetStringAsync("/acme/versions?digest=v1")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_a_version_shares_with_a_withdrawn_one_and_which_runs_made_it_are_said_and_answered_on_its_page()
    {
        using var program = site.With(Role.Owner);
        using var ada = await site.SignedIn("founder@acme.test");
        var model = await Make(program, "assets", new { name = "Numbat", kind = "model" });
        async Task<string> Push(string name, string run, params string[] files) =>
            await Make(
                program,
                "versions",
                new
                {
                    asset = model,
                    name,
                    run,
                    digests = files.Select(Sha),
                }
            );
        var poisoned = await Push("v1", "runs/1", "numbat bad", "numbat tokens");
        var clean = await Push("v2", "runs/2", "numbat good", "numbat tokens");
        Assert.Equal(clean, await Push("v2", "runs/3", "numbat good", "numbat tokens"));
        var (bad, good) = ($"/acme/versions/{poisoned}", $"/acme/versions/{clean}");
        await Post(
            ada,
            bad,
            await ada.GetStringAsync(bad),
            "versions.withdraw",
            ("reason", "The weights carry a trigger.")
        );

        var page = await ada.GetStringAsync(good);
        Assert.Contains("The same bytes made again", page, StringComparison.Ordinal);
        Assert.Contains("runs/3", page, StringComparison.Ordinal);
        Assert.Contains("Nobody said yet why that is sound.", page, StringComparison.Ordinal);
        await Post(
            ada,
            good,
            page,
            $"answer {poisoned}",
            ("withdrawn", poisoned),
            ("reason", "The tokenizer is the one of the publisher.")
        );
        page = await ada.GetStringAsync(good);
        Assert.Contains("The tokenizer is the one of the publisher.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Nobody said yet", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_only_reads_is_offered_nothing_that_changes_and_a_register_without_versions_teaches()
    {
        using var reader = await site.SignedIn($"{Role.RiskOwner}@acme.test");
        var page = await reader.GetStringAsync("/acme/versions?state=withdrawn&q=nothing-like-this");
        Assert.Contains("moat version push model.safetensors", page, StringComparison.Ordinal);
        Assert.DoesNotContain("data-operation=\"versions.", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync("/acme/versions/AVER-9999")).StatusCode);
    }

    private static async Task<string> Post(
        HttpClient browser,
        string path,
        string page,
        string form,
        params (string, string)[] fields
    )
    {
        var html = page.Split("<form ").First(f => f.Contains($"value=\"{form}", StringComparison.Ordinal));
        using var answer = await browser.PostAsync(path, Site.Form(html, fields));
        Assert.True(
            answer.StatusCode == HttpStatusCode.Redirect,
            $"{form}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}"
        );
        return answer.Headers.Location!.ToString();
    }

    private static string Sha(string bytes) =>
        $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(bytes)))}";

    private static async Task<string> Make(HttpClient program, string path, object input)
    {
        using var made = await program.PostAsJsonAsync($"/api/v1/acme/{path}", input);
        var answer = await made.Content.ReadAsStringAsync();
        return made.IsSuccessStatusCode
            ? (string)JsonNode.Parse(answer)!["ref"]!
            : throw new InvalidOperationException(answer);
    }
}
