using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Moat.Collectors;
using Moat.Hosting;
using Moat.Isms.Evidence.Collectors;
using Moat.Isms.Kernel;
using Moat.Isms.Objectives;
using Moat.Isms.Work;

namespace Moat.Tests;

/// <summary>
/// Sources that answer something else than their kind does: the run ends in words, the test says that it does not work,
/// and nobody else suffers.
/// </summary>
public sealed class UnexpectedAnswerTests
{
    private static readonly string[] Bodies =
    [
        "[1,2]",
        "\"text\"",
        "null",
        "42",
        "<html><body>Please sign in</body></html>",
    ];

    [Theory]
    [InlineData("github", "organization=acme")]
    [InlineData("s3", "region=eu-central-1")]
    [InlineData("mlflow")]
    [InlineData("prometheus")]
    [InlineData("huggingface", "organization=acme")]
    [InlineData("json", "kind=acme.thing")]
    [InlineData("bom")]
    public async Task Whatever_a_source_answers_the_run_ends_in_words_and_the_test_does_not_praise_it(
        string kind,
        params string[] settings
    )
    {
        await using var acme = await Acme.Found();
        await using var source = await RecordedSource.Start();
        var body = "";
        source.On(
            _ => true,
            http => Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(http.Response, body)
        );
        await acme.Do(
            "collectors.create",
            new JsonObject
            {
                ["name"] = "Odd",
                ["kind"] = kind,
                ["settings"] = new JsonArray([.. settings.Append($"url={source.Url}/x").Select(s => (JsonNode)s)]),
                ["secret"] = "key:secret",
            }
        );
        foreach (var odd in Bodies)
        {
            body = odd;
            await acme.Do("collectors.run", new JsonObject { ["ref"] = "SRC-1" });
            await acme.Services.GetRequiredService<CollectorRunner>().RunDue(CancellationToken.None);
            var view = await acme.Do<CollectorView>("collectors.get", new JsonObject { ["ref"] = "SRC-1" });
            Assert.True(
                view.Runs[0].Outcome is RunOutcome.Failed or RunOutcome.Partial,
                $"{odd}: {view.Runs[0].Outcome}"
            );
            Assert.True(view.Runs[0].Message.Length > 10, odd);
            Assert.Equal(0, view.Runs[0].Resources);
            var test = await acme.Do<ConnectionTest>("collectors.test", new JsonObject { ["ref"] = "SRC-1" });
            Assert.False(test.Works, $"{odd}: {test.Says}");
        }
    }

    [Theory]
    [InlineData("s3", "region=eu-central-1")]
    [InlineData("json", "kind=acme.thing")]
    public async Task An_answer_that_unpacks_to_more_than_its_bound_ends_there(string kind, string setting)
    {
        await using var acme = await Acme.Found();
        await using var source = await RecordedSource.Start();
        var packed = Packed(megabytes: 64);
        source.On(
            _ => true,
            http =>
            {
                http.Response.Headers.ContentEncoding = "gzip";
                return http.Response.Body.WriteAsync(packed).AsTask();
            }
        );
        await acme.Do(
            "collectors.create",
            new JsonObject
            {
                ["name"] = "Bomb",
                ["kind"] = kind,
                ["settings"] = new JsonArray(setting, $"url={source.Url}/x"),
                ["secret"] = "key:secret",
            }
        );
        var test = await acme.Do<ConnectionTest>("collectors.test", new JsonObject { ["ref"] = "SRC-1" });
        Assert.Contains("more than 32 MB", test.Says, StringComparison.Ordinal);
        Assert.False(test.Works);
    }

    private static byte[] Packed(int megabytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Fastest))
            for (var i = 0; i < megabytes; i++)
                gzip.Write(new byte[1024 * 1024]);
        return packed.ToArray();
    }

    [Fact]
    public async Task What_a_collector_did_not_reckon_with_is_told_like_any_answer_that_cannot_be_used()
    {
        var careful = new CarefulCollector(new Careless(), NullLogger<CarefulCollector>.Instance);
        var access = new CollectorAccess(new Dictionary<string, string>(), null);
        foreach (
            var ask in new Func<Task>[]
            {
                () => careful.Test(access, CancellationToken.None),
                () => RecordedSource.Everything(careful, access),
                () => careful.Measure(access, "up", DateTime.UnixEpoch, CancellationToken.None),
            }
        )
            Assert.Contains(
                "in a form nobody expected",
                (await Assert.ThrowsAsync<CollectorFailed>(ask)).Message,
                StringComparison.Ordinal
            );
    }

    [Fact]
    public async Task An_odd_answer_about_one_objective_keeps_no_other_from_its_number_and_its_owner_is_told()
    {
        await using var acme = await Acme.Found();
        await using var source = await RecordedSource.Start();
        source
            .On(r => r.Query["query"] == "odd", "[1,2]")
            .On(r => r.Query["query"] == "huge", Scalar("1e30"))
            .On(r => r.Query["query"] == "infinite", Scalar("+Inf"))
            .On(r => r.Query["query"] == "good", Scalar("7"));
        await acme.Do(
            "collectors.create",
            new JsonObject
            {
                ["name"] = "Prometheus",
                ["kind"] = "prometheus",
                ["settings"] = new JsonArray($"url={source.Url}"),
            }
        );
        foreach (var query in new[] { "odd", "huge", "infinite", "good" })
            await Objective(acme, query);
        await acme.Services.GetRequiredService<DailyRound>().RunOnce(CancellationToken.None);
        Assert.Equal(
            [null, null, null, 7m],
            (await acme.Do<IReadOnlyList<ObjectiveView>>("objectives.list", [])).Select(o => o.LastValue)
        );
        var told = (await acme.Do<Page<WorkRow>>("tasks.list", new JsonObject { ["limit"] = 200 }))
            .Items.Where(t => t.Purpose == "measure")
            .OrderBy(t => t.Title, StringComparer.Ordinal)
            .Select(t => t.Why)
            .ToList();
        Assert.Equal(3, told.Count);
        Assert.Contains("in a form nobody expected", told[0], StringComparison.Ordinal);
        Assert.Contains("too large", told[1], StringComparison.Ordinal);
        Assert.Contains("no number", told[2], StringComparison.Ordinal);
    }

    private static string Scalar(string value) =>
        $$$"""{"status":"success","data":{"resultType":"scalar","result":[1,"{{{value}}}"]}}""";

    private static Task Objective(Acme acme, string query) =>
        acme.Do(
            "objectives.create",
            new JsonObject
            {
                ["title"] = $"The number {query} is kept",
                ["metric"] = "A number",
                ["unit"] = "1",
                ["target"] = 1,
                ["comparator"] = "at-least",
                ["period"] = "month",
                ["measuredBy"] = "Prometheus",
                ["plan"] = "Nothing to do",
                ["takenFrom"] = "prometheus",
                ["askedAt"] = "SRC-1",
                ["query"] = query,
            }
        );

    private sealed class Careless : ICollector, IMeasuring
    {
        public string Kind => "careless";

        public string Title => "Careless";

        public string LeastPrivilege => "";

        public string? SecretHint => null;

        public IReadOnlyList<CollectorSetting> Settings => [];

        public IReadOnlyList<string> Lists(CollectorAccess access) => [];

        public Task<string> Test(CollectorAccess access, CancellationToken ct) =>
            Task.FromResult((string)JsonNode.Parse("[]")!["name"]!);

        public async IAsyncEnumerable<Collected> Collect(
            CollectorAccess access,
            [EnumeratorCancellation] CancellationToken ct
        )
        {
            yield return new NotRead("something", await Test(access, ct));
        }

        public Task<Reading> Measure(CollectorAccess access, string query, DateTime at, CancellationToken ct) =>
            throw new FormatException(query);

        public Task<Reading> Measure(CollectorAccess access, string query, MeasuredSpan span, CancellationToken ct) =>
            throw new FormatException(query);
    }
}
