using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Moat.Hosting;
using Moat.Isms.Assets;
using Moat.Isms.Assets.Boms;
using Moat.Isms.Evidence.Collectors;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Kernel;
using Moat.Isms.Work;

namespace Moat.Tests;

/// <summary>
/// Sources that are one address: any JSON, and the bill of materials of a build. What they no longer name is gone; what
/// a bill changes is offered.
/// </summary>
public sealed class OneFileSourceTests
{
    private const string Bill = """
        {"bomFormat":"CycloneDX","specVersion":"1.6","metadata":{"component":{"type":"application","name":"triage-service","version":"7"}},
         "components":[{"type":"machine-learning-model","name":"triage-7b","version":"3","bom-ref":"m"},{"type":"library","name":"torch","version":"2.9"}],"vulnerabilities":[]}
        """;

    [Fact]
    public async Task What_a_list_of_json_no_longer_names_is_gone_and_asks_somebody()
    {
        await using var acme = await Acme.Found();
        await using var source = await RecordedSource.Start();
        var tenants = """[{"id":"a"},{"id":"b"}]""";
        source.On(
            r => r.Path == "/tenants",
            http => Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(http.Response, tenants)
        );
        await Connect(acme, "json", $"url={source.Url}/tenants", "kind=acme.tenant", "id=/id");
        await Run(acme);
        tenants = """[{"id":"a"},{"name":"without an id"}]""";
        await Run(acme);
        // Who knows which one has no id: nothing is taken for gone.
        Assert.Equal(0, (await Source(acme)).Runs[0].Gone);
        tenants = """[{"id":"a"}]""";
        await Run(acme);
        Assert.Equal(
            (RunOutcome.Complete, 1),
            ((await Source(acme)).Runs[0].Outcome, (await Source(acme)).Runs[0].Gone)
        );
        Assert.Contains(await Tasks(acme), t => t.Title.StartsWith("b is gone", StringComparison.Ordinal));
        tenants = """[{"id":"a"},{"id":"b"}]""";
        await Run(acme);
        Assert.DoesNotContain(await Tasks(acme), t => t.Purpose == "gone");
    }

    [Fact]
    public async Task A_list_that_is_longer_than_what_is_read_takes_nothing_for_gone()
    {
        await using var source = await RecordedSource.Start();
        source.On("/", $"[{string.Join(',', Enumerable.Range(0, 10_001).Select(i => $$"""{"id":"{{i}}"}"""))}]");
        var all = await RecordedSource.Everything(
            new Collectors.Json.JsonCollector(RecordedSource.Http()),
            source.Access("k", ("kind", "acme.tenant"), ("id", "/id"))
        );
        Assert.Equal(10_000, all.OfType<CollectedFact>().Count());
        Assert.True(all.OfType<NotRead>().Single().HidesResources);
    }

    [Fact]
    public async Task A_bill_that_a_build_publishes_is_a_fact_and_what_it_changes_is_offered()
    {
        await using var acme = await Acme.Found();
        await using var source = await RecordedSource.Start();
        var bill = Bill;
        source.On(
            r => r.Path == "/bom.json" && r.Headers.Authorization == "Bearer b",
            http => Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(http.Response, bill)
        );
        await Connect(acme, "bom", $"url={source.Url}/bom.json");
        Assert.True((await acme.Do<ConnectionTest>("collectors.test", Ref)).Works);
        await Run(acme);
        Assert.Equal(
            (RunOutcome.Complete, 1),
            ((await Source(acme)).Runs[0].Outcome, (await Source(acme)).Runs[0].Resources)
        );
        Assert.Equal(
            "triage-service",
            Assert
                .Single(
                    (
                        await acme.Do<Page<ResourceRow>>(
                            "resources.list",
                            new JsonObject { ["kind"] = "cyclonedx.bom" }
                        )
                    ).Items
                )
                .Name
        );
        Assert.Contains(
            await Tasks(acme),
            t => t.Purpose == "bill" && t.Why.Contains("2 × new asset", StringComparison.Ordinal)
        );
        var offered = await acme.Do<BomResult>("collectors.bill-changes", Ref);
        Assert.Contains(offered.Changes, c => c is { What: "new asset", Subject: "triage-7b" });
        Assert.Empty((await acme.Do<Page<AssetRow>>("assets.list", [])).Items);

        var imported = await acme.Do<BomResult>("collectors.import-bill", new JsonObject { ["ref"] = "SRC-1" });
        Assert.Equal(offered.Changes, imported.Changes);
        Assert.Contains(
            (await acme.Do<Page<AssetRow>>("assets.list", [])).Items,
            a => a is { Name: "triage-7b", Standing: Standing.Proposed }
        );
        Assert.DoesNotContain(await Tasks(acme), t => t.Purpose == "bill");
        await Run(acme);
        Assert.Empty((await acme.Do<BomResult>("collectors.bill-changes", Ref)).Changes);
        Assert.DoesNotContain(await Tasks(acme), t => t.Purpose == "bill");

        bill = Bill.Replace("\"version\":\"3\"", "\"version\":\"4\"", StringComparison.Ordinal);
        await Run(acme);
        Assert.Contains(await Tasks(acme), t => t.Purpose == "bill");
        bill = Bill.Replace("triage-service", "other-service", StringComparison.Ordinal);
        await Run(acme);
        Assert.Equal(1, (await Source(acme)).Runs[0].Gone);
        Assert.Contains(await Tasks(acme), t => t.Title.StartsWith("triage-service is gone", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"version":"2.1.0","runs":[]}""", "not a bill of materials")]
    [InlineData("""{"some":"thing"}""", "no CycloneDX bill")]
    [InlineData("""{"bomFormat":"CycloneDX","specVersion":"1.6"}""", "setting subject")]
    [InlineData("<html>", "no CycloneDX bill")]
    public async Task What_is_no_bill_is_said_and_takes_nothing_for_gone(string body, string says)
    {
        await using var source = await RecordedSource.Start();
        source.On("/", body);
        var failed = await Assert.ThrowsAsync<CollectorFailed>(() =>
            RecordedSource.Everything(new Collectors.Boms.BomCollector(RecordedSource.Http()), source.Access())
        );
        Assert.Contains(says, failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_CycloneDX_of_the_corpus_is_told()
    {
        foreach (
            var file in Corpus
                .Files("cyclonedx", "*.json")
                .Where(f => $"{JsonNode.Parse(File.ReadAllText(f))?["bomFormat"]}" == "CycloneDX")
        )
        {
            await using var source = await RecordedSource.Start();
            source.On("/", await File.ReadAllTextAsync(file));
            var all = await RecordedSource.Everything(
                new Collectors.Boms.BomCollector(RecordedSource.Http()),
                source.Access(settings: ("subject", "x"))
            );
            Assert.Equal(2, all.Count);
        }
    }

    private static JsonObject Ref => new() { ["ref"] = "SRC-1" };

    private static Task Connect(Acme acme, string kind, params string[] settings) =>
        acme.Do(
            "collectors.create",
            new JsonObject
            {
                ["name"] = "Build",
                ["kind"] = kind,
                ["settings"] = new JsonArray([.. settings.Select(s => (JsonNode)s)]),
                ["secret"] = "Bearer b",
            }
        );

    private static async Task Run(Acme acme)
    {
        await acme.Do("collectors.run", new JsonObject { ["ref"] = "SRC-1" });
        await acme.Services.GetRequiredService<CollectorRunner>().RunDue(CancellationToken.None);
    }

    private static Task<CollectorView> Source(Acme acme) => acme.Do<CollectorView>("collectors.get", Ref);

    private static async Task<IReadOnlyList<WorkRow>> Tasks(Acme acme) =>
        (await acme.Do<Page<WorkRow>>("tasks.list", new JsonObject { ["limit"] = 200 })).Items;
}
