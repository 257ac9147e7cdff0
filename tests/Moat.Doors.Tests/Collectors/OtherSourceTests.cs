using System.Net;
using System.Text.Json.Nodes;
using Moat.Collectors.Http;
using Moat.Collectors.Json;
using Moat.Collectors.Models;
using Moat.Collectors.Monitoring;
using Moat.Collectors.ObjectStorage;
using Moat.Isms.Evidence.Collectors;
using Moat.Knowledge;
using Moat.Knowledge.Checks;

namespace Moat.Tests;

/// <summary>The other sources: object storage, the model registry, the hub, monitoring and any JSON; what they cannot tell is unknown.</summary>
public sealed class OtherSourceTests
{
    private const string Key = "AKIAEXAMPLE:secret";

    [Fact]
    public async Task Buckets_of_the_corpus_are_read_as_recorded()
    {
        await using var source = await RecordedSource.Start();
        foreach (var file in Corpus.Files("aws-s3", "recorded.*")) Record(source, file);
        var facts = (await RecordedSource.Everything(new S3Collector(RecordedSource.Http()), source.Access(Key, ("region", "eu-central-1")))).OfType<CollectedFact>().ToDictionary(f => f.Name, f => f.Content);
        Assert.Equal(["acme-evals", "acme-logs", "acme-public-models", "acme-scratch", "acme-training-datasets"], facts.Keys);
        Assert.Equal(("Failing", "Passing", "Failing"), (Outcome("s3-public-access-blocked", facts["acme-scratch"]), Outcome("s3-public-access-blocked", facts["acme-training-datasets"]), Outcome("s3-no-public-grants", facts["acme-public-models"])));
        Assert.Equal(("Failing", "Failing"), (Outcome("s3-no-public-policy", facts["acme-public-models"]), Outcome("s3-encrypted", facts["acme-scratch"])));
        Assert.Equal(("none", "acme-logs", "Suspended", "COMPLIANCE"), ((string)facts["acme-evals"]["logging"]!, (string)facts["acme-training-datasets"]["logging"]!, (string)facts["acme-scratch"]["versioning"]!, (string)facts["acme-evals"]["objectLock"]!));
    }

    [Fact]
    public async Task What_a_key_may_not_read_is_unknown_and_a_wrong_key_is_said()
    {
        await using var source = await RecordedSource.Start();
        source.On(r => r.Path == "/", """<ListAllMyBucketsResult><Buckets><Bucket><Name>weights</Name></Bucket></Buckets></ListAllMyBucketsResult>""")
            .On(r => r.Path.Value!.StartsWith("/weights", StringComparison.Ordinal), "<Error><Code>AccessDenied</Code><Message>no</Message></Error>", 403);
        var fact = ((CollectedFact)Assert.Single(await RecordedSource.Everything(new S3Collector(RecordedSource.Http()), source.Access(Key, ("region", "eu-central-1"))))).Content;
        Assert.All(KnowledgeBase.Shipped.Checks.Where(c => c.Resource == "s3.bucket" && c.Applies is null), c => Assert.Equal("Unknown", Outcome(c.Id, fact)));
        await using var shut = await RecordedSource.Start();
        shut.On(_ => true, "<Error><Code>InvalidAccessKeyId</Code></Error>", 403);
        Assert.Contains("InvalidAccessKeyId", (await Assert.ThrowsAsync<CollectorFailed>(() => new S3Collector(RecordedSource.Http()).Test(shut.Access(Key, ("region", "eu-central-1")), CancellationToken.None))).Message, StringComparison.Ordinal);
        Assert.Contains("colon", (await Assert.ThrowsAsync<CollectorFailed>(() => new S3Collector(RecordedSource.Http()).Test(shut.Access("only-one-part", ("region", "x")), CancellationToken.None))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Registered_models_of_the_corpus_are_read_with_stages_and_aliases()
    {
        var exported = JsonNode.Parse(await File.ReadAllTextAsync(Corpus.Of("mlflow/oss_mlflow__single__models__basic__model.json")))!["mlflow"]!["registered_model"]!.AsObject();
        var versions = exported["versions"]!;
        exported.Remove("versions");
        await using var source = await RecordedSource.Start();
        source.On(r => r.Path == "/api/2.0/mlflow/registered-models/search" && !r.Query.ContainsKey("page_token"), $$"""{"registered_models":[{{exported.ToJsonString()}}],"next_page_token":"p2"}""")
            .On("/api/2.0/mlflow/registered-models/search", """{"registered_models":[{"name":"o'hara"}]}""")
            .On(r => r.Path == "/api/2.0/mlflow/model-versions/search" && r.Query["filter"] == "name='sklearn_wine'", $$"""{"model_versions":{{versions.ToJsonString()}}}""")
            .On(r => r.Path == "/api/2.0/mlflow/model-versions/search" && r.Query["filter"] == "name='o''hara'", """{"model_versions":[]}""");
        var facts = (await RecordedSource.Everything(new MlflowCollector(RecordedSource.Http()), source.Access())).Cast<CollectedFact>().ToList();
        Assert.Equal(["sklearn_wine", "o'hara"], facts.Select(f => f.Name));
        Assert.Equal((3, 3, 0), ((int)facts[0].Content["versions"]!, (int)facts[0].Content["served"]!, (int)facts[0].Content["servedWithoutRun"]!));
        Assert.Equal("Passing", Outcome("mlflow-served-has-run", facts[0].Content));
        Assert.Equal("NotApplicable", Outcome("mlflow-served-has-run", facts[1].Content));
        Assert.Null(facts[0].Content["principals"]);
    }

    [Fact]
    public async Task The_hub_tells_what_is_public_and_what_can_run_code()
    {
        await using var source = await RecordedSource.Start();
        source.On("/api/models", """[{"_id":"1","id":"acme/triage","private":false,"gated":false,"siblings":[{"rfilename":"model.pkl"},{"rfilename":"model.safetensors"},{"rfilename":"README.md"}],"tags":["license:apache-2.0"]}]""")
            .On("/api/datasets", """{"error":"no"}""", 403);
        var all = await RecordedSource.Everything(new HuggingFaceCollector(RecordedSource.Http()), source.Access(settings: ("organization", "acme")));
        var fact = all.OfType<CollectedFact>().Single().Content;
        Assert.Equal(("Failing", "Failing", "Failing", "Passing"), (Outcome("hub-model-private", fact), Outcome("hub-model-no-pickle", fact), Outcome("hub-model-gated", fact), Outcome("hub-model-carded", fact)));
        Assert.True(all.OfType<NotRead>().Single().HidesResources);
    }

    [Fact]
    public async Task Monitoring_of_the_corpus_is_read()
    {
        string Of(string name) => File.ReadAllText(Corpus.Of($"prometheus/recorded.{name}.json"));
        await using var source = await RecordedSource.Start();
        source.On("/api/v1/targets", Of("targets")).On("/api/v1/rules", Of("rules")).On("/api/v1/alertmanagers", Of("alertmanagers")).On("/api/v1/status/buildinfo", Of("status.buildinfo"))
            .On(r => r.Path == "/api/v1/query" && r.Query["query"] == "empty", Of("query.empty")).On(r => r.Path == "/api/v1/query" && r.Query["query"] == "two", Of("query.vector"))
            .On(r => r.Path == "/api/v1/query" && r.Query["query"] == "matrix", Of("query.matrix-selector")).On(r => r.Path == "/api/v1/query" && r.Query["query"] == "wrong", Of("query.error-parse.400"), 400)
            .On(r => r.Path == "/api/v1/query" && r.Query["query"] == "one", """{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"99.95"]}]}}""")
            .On(r => r.Path == "/api/v1/query" && r.Query["query"] == "nan", """{"status":"success","data":{"resultType":"scalar","result":[1,"NaN"]}}""");
        var collector = new PrometheusCollector(RecordedSource.Http());
        var facts = (await RecordedSource.Everything(collector, source.Access())).Cast<CollectedFact>().ToList();
        Assert.Equal("Passing", Outcome("prometheus-alerts-delivered", facts[0].Content));
        Assert.Contains(facts, f => f.Kind == "prometheus.target" && (bool?)f.Content["up"] == false);
        Task<Reading> Ask(string query) => collector.Measure(source.Access(), query, DateTime.UnixEpoch, CancellationToken.None);
        Assert.Equal((99.95m, (decimal?)null, (decimal?)null), ((await Ask("one")).Value, (await Ask("empty")).Value, (await Ask("nan")).Value));
        Assert.Contains("no data", (await Ask("empty")).Why, StringComparison.Ordinal);
        foreach (var (query, says) in new[] { ("two", "2 series"), ("matrix", "matrix"), ("wrong", "400") })
            Assert.Contains(says, (await Assert.ThrowsAsync<CollectorFailed>(() => Ask(query))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_json_becomes_facts_by_pointers()
    {
        await using var source = await RecordedSource.Start();
        source.On(r => r.Path == "/" && r.Headers["X-Key"] == "k", """{"data":[{"id":1,"meta":{"title":"One"}},{"meta":{}}]}""");
        var all = await RecordedSource.Everything(new JsonCollector(RecordedSource.Http()), source.Access("k", ("kind", "acme.tenant"), ("items", "/data"), ("id", "/id"), ("name", "/meta/title"), ("header", "X-Key")));
        Assert.Equal(("1", "One"), (((CollectedFact)all[0]).ExternalId, ((CollectedFact)all[0]).Name));
        Assert.IsType<NotRead>(all[1]);
        await Assert.ThrowsAsync<CollectorFailed>(() => new JsonCollector(RecordedSource.Http()).Test(new CollectorAccess(new Dictionary<string, string> { ["url"] = "http://example.test/", ["kind"] = "x", ["id"] = "/id" }, null), CancellationToken.None));
    }

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1", false)]
    [InlineData("metadata.google.internal", "169.254.169.254", false)]
    [InlineData("x.test", "::1", false)]
    [InlineData("x.test", "fe80::1", false)]
    [InlineData("x.test", "::ffff:127.0.0.1", false)]
    [InlineData("x.test", "fd00:ec2::254", false)]
    [InlineData("x.test", "0.0.0.0", false)]
    [InlineData("x.test", "93.184.216.34", true)]
    [InlineData("x.test", "10.0.0.8", true)]
    [InlineData("allowed.test", "127.0.0.1", true)]
    public void Addresses_of_the_servers_own_network_are_refused_whatever_the_name(string host, string address, bool allowed) =>
        Assert.Equal(allowed, new OutboundGuard(["allowed.test"]).Allows(host, IPAddress.Parse(address)));

    [Fact]
    public async Task A_guarded_request_does_not_reach_this_machine()
    {
        await using var source = await RecordedSource.Start();
        source.On(_ => true, "{}");
        using var http = new SourceHttp(new OutboundGuard([]));
        var failed = await Assert.ThrowsAsync<CollectorFailed>(() => SourceHttp.Get(http.Client(), source.Url, CancellationToken.None));
        Assert.Contains("--allow-host", failed.Message, StringComparison.Ordinal);
        Assert.Empty(source.Requests);
    }

    [Theory]
    [InlineData(429, 3)]
    [InlineData(503, 3)]
    [InlineData(500, 1)]
    public async Task A_busy_source_is_asked_again(int status, int failures)
    {
        await using var source = await RecordedSource.Start();
        var left = failures;
        source.On(_ => left-- > 0, "{}", status).On(_ => true, """{"ok":true}""");
        var answer = await SourceHttp.Get(RecordedSource.Http().Client(), source.Url, CancellationToken.None);
        Assert.True((bool)answer.Json!["ok"]!);
        Assert.Equal(failures + 1, source.Requests.Count);
    }

    [Fact]
    public async Task Garbage_is_said_to_be_garbage_and_redirects_are_not_followed()
    {
        await using var source = await RecordedSource.Start();
        source.On("/garbage", "<html>").On("/away", "", 302, ("Location", "http://169.254.169.254/"));
        var client = RecordedSource.Http().Client();
        Assert.Contains("not JSON", (await Assert.ThrowsAsync<CollectorFailed>(() => SourceHttp.Get(client, $"{source.Url}/garbage", CancellationToken.None))).Message, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, (await SourceHttp.Get(client, $"{source.Url}/away", CancellationToken.None)).Status);
    }

    private static string Outcome(string check, JsonObject fact) => $"{KnowledgeBase.Shipped.CheckById[check].Rule.Evaluate(new FactContent(fact.ToJsonString())).Outcome}";

    /// <summary>recorded.BUCKET.OPERATION.STATUS.xml, as the storage answers the query of that operation.</summary>
    private static void Record(RecordedSource source, string file)
    {
        var parts = Path.GetFileName(file).Split('.');
        var (bucket, operation, status) = (parts[1], parts[2], int.Parse(parts[3], System.Globalization.CultureInfo.InvariantCulture));
        var query = operation switch
        {
            "ListBuckets" => null,
            "GetPublicAccessBlock" => "publicAccessBlock",
            "GetObjectLockConfiguration" => "object-lock",
            "GetBucketPolicyStatus" => "policyStatus",
            "GetBucketOwnershipControls" => "ownershipControls",
            "GetBucketLifecycleConfiguration" => "lifecycle",
            _ => operation["GetBucket".Length..].ToLowerInvariant(),
        };
        source.On(r => query is null ? r.Path == "/" : r.Path.Value!.TrimEnd('/') == $"/{bucket}" && r.Query.ContainsKey(query), File.ReadAllText(file), status);
    }
}
