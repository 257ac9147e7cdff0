using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Moat.Hosting;
using Moat.Isms.Evidence.Collectors;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;

namespace Moat.Tests;

/// <summary>
/// Runs of collectors: what came before a failure counts, what is gone is told, and the secret is nowhere to be read.
/// </summary>
public sealed class CollectorRunTests
{
    private const string Secret = "a-secret-that-nobody-may-see";

    [Fact]
    public async Task A_source_is_read_when_it_is_due_and_what_it_no_longer_lists_is_gone()
    {
        await using var acme = await Acme.Found();
        await using var source = await RecordedSource.Start();
        var models = """[{"name":"triage"},{"name":"codes"}]""";
        source
            .On(
                r => r.Path == "/api/2.0/mlflow/registered-models/search",
                http => http.Response.WriteAsync($$"""{"registered_models":{{models}}}""")
            )
            .On("/api/2.0/mlflow/model-versions/search", """{"model_versions":[]}""");
        await Connect(acme, source, "mlflow");
        await RunDue(acme);
        var view = await acme.Do<CollectorView>("collectors.get", Ref("SRC-1"));
        // Permissions are not served here, which is a limit that is stated and nothing that went wrong.
        Assert.Equal(
            (RunOutcome.Complete, 2, 2),
            (view.Runs[0].Outcome, view.Runs[0].Resources, view.Runs[0].Discovered)
        );
        Assert.Contains("Not told by this source: principals", view.Runs[0].Message, StringComparison.Ordinal);
        await RunDue(acme);
        Assert.Single((await acme.Do<CollectorView>("collectors.get", Ref("SRC-1"))).Runs);

        models = """[{"name":"triage"}]""";
        await Again(acme);
        Assert.Equal(1, (await acme.Do<CollectorView>("collectors.get", Ref("SRC-1"))).Runs[0].Gone);
        var gone = await acme.Do<Page<ResourceRow>>("resources.list", new JsonObject { ["gone"] = true });
        Assert.Equal("codes", Assert.Single(gone.Items).Name);
        var tasks = await acme.Do<Page<Moat.Isms.Work.WorkRow>>("tasks.list", []);
        Assert.Contains(tasks.Items, t => t.Title.StartsWith("codes is gone", StringComparison.Ordinal));
        models = """[{"name":"triage"},{"name":"codes"}]""";
        await Again(acme);
        Assert.Empty((await acme.Do<Page<ResourceRow>>("resources.list", new JsonObject { ["gone"] = true })).Items);
        Assert.DoesNotContain(
            (await acme.Do<Page<Moat.Isms.Work.WorkRow>>("tasks.list", [])).Items,
            t => t.Purpose == "gone"
        );
    }

    [Fact]
    public async Task What_came_before_a_failure_counts_and_nothing_is_taken_for_gone()
    {
        await using var acme = await Acme.Found();
        await using var source = await RecordedSource.Start();
        var fails = false;
        source
            .On(r => fails && r.Query.ContainsKey("page_token"), "{}", 500)
            .On(
                r => r.Path == "/api/2.0/mlflow/registered-models/search" && !r.Query.ContainsKey("page_token"),
                """{"registered_models":[{"name":"triage"}],"next_page_token":"2"}"""
            )
            .On("/api/2.0/mlflow/registered-models/search", """{"registered_models":[{"name":"codes"}]}""")
            .On("/api/2.0/mlflow/model-versions/search", """{"model_versions":[]}""");
        await Connect(acme, source, "mlflow");
        await RunDue(acme);
        fails = true;
        await Again(acme);
        var run = (await acme.Do<CollectorView>("collectors.get", Ref("SRC-1"))).Runs[0];
        Assert.Equal((RunOutcome.Partial, 1, 0), (run.Outcome, run.Resources, run.Gone));
        Assert.Contains(run.Missing, m => m.Contains("MLflow answers 500", StringComparison.Ordinal));
        Assert.Empty((await acme.Do<Page<ResourceRow>>("resources.list", new JsonObject { ["gone"] = true })).Items);
    }

    [Fact]
    public async Task A_run_that_is_cut_off_keeps_what_it_had_and_is_told_as_interrupted()
    {
        await using var acme = await Acme.Found();
        await using var source = await RecordedSource.Start();
        using var kill = new CancellationTokenSource();
        var many = string.Join(',', Enumerable.Range(0, 150).Select(i => $$"""{"name":"m{{i}}"}"""));
        source
            .On(
                r => r.Path == "/api/2.0/mlflow/registered-models/search" && !r.Query.ContainsKey("page_token"),
                $$"""{"registered_models":[{{many}}],"next_page_token":"2"}"""
            )
            .On(r => r.Query.ContainsKey("page_token"), async _ => await kill.CancelAsync())
            .On("/api/2.0/mlflow/model-versions/search", """{"model_versions":[]}""");
        await Connect(acme, source, "mlflow");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            acme.Services.GetRequiredService<CollectorRunner>().RunDue(kill.Token)
        );
        Assert.Equal(100, (await acme.Do<Page<ResourceRow>>("resources.list", [])).Total);
        Assert.Equal(
            RunOutcome.Running,
            (await acme.Do<CollectorView>("collectors.get", Ref("SRC-1"))).Runs[0].Outcome
        );
        await Again(acme, CancellationToken.None);
        var runs = (await acme.Do<CollectorView>("collectors.get", Ref("SRC-1"))).Runs;
        Assert.Equal([RunOutcome.Partial, RunOutcome.Interrupted], runs.Select(r => r.Outcome));
        Assert.Contains("100 resources had come", runs[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_that_keeps_failing_is_asked_less_and_less_often()
    {
        await using var acme = await Acme.Found();
        await using var source = await RecordedSource.Start();
        await Connect(acme, source, "mlflow");
        await RunDue(acme);
        var first = await acme.Do<CollectorView>("collectors.get", Ref("SRC-1"));
        await Again(acme);
        var second = await acme.Do<CollectorView>("collectors.get", Ref("SRC-1"));
        Assert.Equal((RunOutcome.Failed, RunOutcome.Failed), (first.Runs[0].Outcome, second.Runs[0].Outcome));
        var (pause, longer) = (
            first.NextRunAt - first.Runs[0].EndedAt!.Value,
            second.NextRunAt - second.Runs[0].EndedAt!.Value
        );
        Assert.Equal((5, 10), ((int)Math.Round(pause.TotalMinutes), (int)Math.Round(longer.TotalMinutes)));
        Assert.False((await acme.Do<ConnectionTest>("collectors.test", Ref("SRC-1"))).Works);
    }

    [Fact]
    public async Task The_secret_is_encrypted_and_neither_shown_nor_journalled()
    {
        await using var acme = await Acme.Found();
        await using var source = await RecordedSource.Start();
        await Connect(acme, source, "mlflow");
        await acme.Do("collectors.edit", new JsonObject { ["ref"] = "SRC-1", ["secret"] = Secret + "-2" });
        var shown = System.Text.Json.JsonSerializer.Serialize(
            await acme.Do<CollectorView>("collectors.get", Ref("SRC-1"))
        );
        var journal = System.Text.Json.JsonSerializer.Serialize(await acme.Do<JournalPage>("journal.list", []));
        Assert.DoesNotContain(Secret, shown + journal, StringComparison.Ordinal);
        Assert.Contains("SecretChangedAt", journal, StringComparison.Ordinal);
        await RunDue(acme);
        Assert.Contains(source.Requests, r => r.Contains("registered-models", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("kind", "no-such", "url=https://x.test")]
    [InlineData("settings", "mlflow", "colour=blue")]
    [InlineData("setting.url", "mlflow", "")]
    [InlineData("setting.organization", "github", "url=https://x.test")]
    [InlineData("setting.url", "mlflow", "url=not a url")]
    [InlineData("setting.url", "s3", "url=nonsense")]
    [InlineData("setting.url", "prometheus", "url=ftp://x.test")]
    [InlineData("setting.url", "json", "url=/etc/passwd")]
    [InlineData("setting.url", "bom", "url=https://ada:secret@x.test/bom.json")]
    public async Task A_wrong_source_is_named(string field, string kind, string settings)
    {
        await using var acme = await Acme.Found();
        var refused = await Assert.ThrowsAsync<InputInvalid>(() =>
            acme.Do(
                "collectors.create",
                new JsonObject
                {
                    ["name"] = "Models",
                    ["kind"] = kind,
                    ["settings"] = new JsonArray(settings),
                }
            )
        );
        Assert.Equal(field, refused.Errors[0].Field);
    }

    [Fact]
    public async Task A_wrong_address_is_refused_when_a_source_is_changed_too()
    {
        await using var acme = await Acme.Found();
        await acme.Do(
            "collectors.create",
            new JsonObject
            {
                ["name"] = "Code",
                ["kind"] = "github",
                ["settings"] = new JsonArray("organization=acme"),
            }
        );
        var refused = await Assert.ThrowsAsync<InputInvalid>(() =>
            acme.Do(
                "collectors.edit",
                new JsonObject
                {
                    ["ref"] = "SRC-1",
                    ["settings"] = new JsonArray("organization=acme", "url=ftp://x.test"),
                }
            )
        );
        Assert.Equal("setting.url", refused.Errors[0].Field);
    }

    [Fact]
    public async Task A_source_that_is_too_busy_is_asked_again_when_it_says_so()
    {
        await using var acme = await Acme.Found();
        await using var source = await RecordedSource.Start();
        var reset = TimeProvider.System.GetUtcNow().AddMinutes(47).ToUnixTimeSeconds();
        source.On(
            "/orgs/acme",
            """{"message":"API rate limit exceeded"}""",
            403,
            ("X-RateLimit-Remaining", "0"),
            ("X-RateLimit-Reset", $"{reset}")
        );
        await acme.Do(
            "collectors.create",
            new JsonObject
            {
                ["name"] = "Code",
                ["kind"] = "github",
                ["settings"] = new JsonArray("organization=acme", $"url={source.Url}"),
                ["secret"] = Secret,
            }
        );
        await RunDue(acme);
        var view = await acme.Do<CollectorView>("collectors.get", Ref("SRC-1"));
        Assert.Equal(RunOutcome.Failed, view.Runs[0].Outcome);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(reset).UtcDateTime, view.NextRunAt);
    }

    private static JsonObject Ref(string reference) => new() { ["ref"] = reference };

    private static Task Connect(Acme acme, RecordedSource source, string kind) =>
        acme.Do(
            "collectors.create",
            new JsonObject
            {
                ["name"] = "Models",
                ["kind"] = kind,
                ["settings"] = new JsonArray($"url={source.Url}"),
                ["secret"] = Secret,
            }
        );

    private static Task RunDue(Acme acme) =>
        acme.Services.GetRequiredService<CollectorRunner>().RunDue(CancellationToken.None);

    private static async Task Again(Acme acme, CancellationToken ct = default)
    {
        await acme.Do("collectors.run", Ref("SRC-1"));
        await acme.Services.GetRequiredService<CollectorRunner>().RunDue(ct);
    }
}
