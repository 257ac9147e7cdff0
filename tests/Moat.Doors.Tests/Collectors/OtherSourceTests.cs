using System.Net;
using System.Text.Json.Nodes;
using Moat.Collectors.Http;
using Moat.Collectors.Json;
using Moat.Collectors.Models;
using Moat.Collectors.ObjectStorage;
using Moat.Isms.Evidence.Collectors;
using Moat.Knowledge;
using Moat.Knowledge.Checks;

namespace Moat.Tests;

/// <summary>
/// The other sources: object storage, the model registry, the hub, monitoring and any JSON; what they cannot tell is
/// unknown.
/// </summary>
public sealed class OtherSourceTests
{
    private const string Key = "AKIAEXAMPLE:secret";

    [Fact]
    public async Task What_a_key_may_not_read_is_unknown_and_a_wrong_key_is_said()
    {
        await using var source = await RecordedSource.Start();
        source
            .On(
                r => r.Path == "/",
                """<ListAllMyBucketsResult><Buckets><Bucket><Name>weights</Name></Bucket></Buckets></ListAllMyBucketsResult>"""
            )
            .On(
                r => r.Path.Value!.StartsWith("/weights", StringComparison.Ordinal),
                "<Error><Code>AccessDenied</Code><Message>no</Message></Error>",
                403
            );
        var fact = (
            (CollectedFact)
                Assert.Single(
                    await RecordedSource.Everything(
                        new S3Collector(RecordedSource.Http()),
                        source.Access(Key, ("region", "eu-central-1"))
                    )
                )
        ).Content;
        Assert.All(
            KnowledgeBase.Shipped.Checks.Where(c => c.Resource == "s3.bucket" && c.Applies is null),
            c => Assert.Equal("Unknown", Outcome(c.Id, fact))
        );
        await using var shut = await RecordedSource.Start();
        shut.On(_ => true, "<Error><Code>InvalidAccessKeyId</Code></Error>", 403);
        Assert.Contains(
            "InvalidAccessKeyId",
            (
                await Assert.ThrowsAsync<CollectorFailed>(() =>
                    new S3Collector(RecordedSource.Http()).Test(
                        shut.Access(Key, ("region", "eu-central-1")),
                        CancellationToken.None
                    )
                )
            ).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "colon",
            (
                await Assert.ThrowsAsync<CollectorFailed>(() =>
                    new S3Collector(RecordedSource.Http()).Test(
                        shut.Access("only-one-part", ("region", "x")),
                        CancellationToken.None
                    )
                )
            ).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_object_that_is_named_is_told_with_its_version_and_checksum_and_never_fetched()
    {
        await using var source = await RecordedSource.Start();
        source
            .On(
                r => r.Path == "/",
                """<ListAllMyBucketsResult><Owner><ID>o</ID></Owner><Buckets></Buckets></ListAllMyBucketsResult>"""
            )
            .On(
                r =>
                    r.Path == "/weights/triage/model.bin"
                    && r.QueryString.Value!.Contains("acl", StringComparison.Ordinal),
                """<AccessControlPolicy><Owner><ID>o</ID></Owner><AccessControlList><Grant><Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CanonicalUser"><ID>trainer</ID></Grantee><Permission>WRITE</Permission></Grant></AccessControlList></AccessControlPolicy>"""
            )
            .On(
                r => r.Path == "/weights/triage/model.bin" && r.Method == "HEAD",
                http =>
                {
                    var asksForChecksum = http.Request.Headers["x-amz-checksum-mode"] == "ENABLED";
                    http.Response.Headers["x-amz-version-id"] = "3HL4";
                    http.Response.Headers.ETag = "\"d41d8cd98f00b204e9800998ecf8427e\"";
                    http.Response.Headers["x-amz-server-side-encryption"] = "AES256";
                    http.Response.Headers["x-amz-checksum-type"] = "FULL_OBJECT";
                    if (asksForChecksum)
                        http.Response.Headers["x-amz-checksum-sha256"] = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
                    http.Response.ContentLength = 12;
                    return Task.CompletedTask;
                }
            )
            .On(r => r.Path == "/weights/shut", "", 403);
        var all = await RecordedSource.Everything(
            new S3Collector(RecordedSource.Http()),
            source.Access(
                Key,
                ("region", "eu-central-1"),
                ("objects", "weights/triage/model.bin, weights/gone, weights/shut")
            )
        );
        var fact = Assert.Single(all.OfType<CollectedFact>());
        Assert.Equal(("s3.object", "s3://weights/triage/model.bin"), (fact.Kind, fact.Name));
        Assert.Equal(
            """{"bucket":"weights","key":"triage/model.bin","versionId":"3HL4","contentLength":12,"eTag":"\u0022d41d8cd98f00b204e9800998ecf8427e\u0022","checksumSha256":"47DEQpj8HBSa\u002B/TImW\u002B5JCeuQeRkm5NMpJWZG3hSuFU=","checksumType":"FULL_OBJECT","serverSideEncryption":"AES256","sseCustomerAlgorithm":null,"storageClass":null,"principals":[{"id":"trainer","permission":"WRITE"}]}""",
            fact.Content.ToJsonString()
        );
        Assert.Equal(
            [("s3://weights/gone", "it is not there", false), ("s3://weights/shut", "the key may not read it", true)],
            all.OfType<NotRead>().Select(n => (n.What, n.Why, n.HidesResources))
        );
        Assert.DoesNotContain("GET /weights/triage/model.bin", source.Requests);
        var wrong = await Assert.ThrowsAsync<CollectorFailed>(() =>
            RecordedSource.Everything(
                new S3Collector(RecordedSource.Http()),
                source.Access(Key, ("region", "eu-central-1"), ("objects", "weights"))
            )
        );
        Assert.Contains("Write it as bucket/key", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_hub_tells_the_files_of_a_revision_with_the_digests_that_it_has()
    {
        await using var source = await RecordedSource.Start();
        source
            .On(
                "/api/models",
                """[{"_id":"1","id":"acme/triage","sha":"9f86","siblings":[]},{"_id":"2","id":"acme/shut","sha":"77","siblings":[]}]"""
            )
            .On("/api/datasets", "[]")
            .On(
                r => r.Path == "/api/models/acme/triage/revision/9f86" && r.Query["blobs"] == "true",
                """{"siblings":[{"rfilename":"model.safetensors","blobId":"p","lfs":{"sha256":"abc","size":5,"pointerSize":1}},{"rfilename":"config.json","blobId":"b0b"}]}"""
            )
            .On("/api/models/acme/shut/revision/77", """{"error":"no"}""", 403);
        var facts = (
            await RecordedSource.Everything(
                new HuggingFaceCollector(RecordedSource.Http()),
                source.Access(settings: ("organization", "acme"))
            )
        )
            .OfType<CollectedFact>()
            .ToList();
        Assert.Equal(
            """[{"file":"model.safetensors","sha256":"abc"},{"file":"config.json","blob":"b0b"}]""",
            facts[0].Content["revisionFiles"]!.ToJsonString()
        );
        Assert.Null(facts[1].Content["revisionFiles"]);
        Assert.Contains("403", (string)facts[1].Content["unknown"]!["revisionFiles"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_hub_tells_what_is_public_and_what_can_run_code()
    {
        await using var source = await RecordedSource.Start();
        source
            .On(
                "/api/models",
                """[{"_id":"1","id":"acme/triage","private":false,"gated":false,"siblings":[{"rfilename":"model.pkl"},{"rfilename":"model.safetensors"},{"rfilename":"README.md"}],"tags":["license:apache-2.0"]}]"""
            )
            .On("/api/datasets", """{"error":"no"}""", 403);
        var all = await RecordedSource.Everything(
            new HuggingFaceCollector(RecordedSource.Http()),
            source.Access(settings: ("organization", "acme"))
        );
        var fact = all.OfType<CollectedFact>().Single().Content;
        Assert.Equal(
            ("Failing", "Failing", "Failing", "Passing"),
            (
                Outcome("hub-model-private", fact),
                Outcome("hub-model-no-pickle", fact),
                Outcome("hub-model-gated", fact),
                Outcome("hub-model-carded", fact)
            )
        );
        Assert.True(all.OfType<NotRead>().Single().HidesResources);
    }

    [Theory]
    [InlineData("pytorch_model.bin", true)]
    [InlineData("pytorch_model-00001-of-00002.bin", true)]
    [InlineData("checkpoint-500/optimizer.bin", true)]
    [InlineData("training_args.bin", true)]
    [InlineData("Model.PKL", true)]
    [InlineData("arrays.npz", true)]
    [InlineData("weights.pth.tar", true)]
    [InlineData("model.safetensors", false)]
    [InlineData("model-q4.gguf", false)]
    [InlineData("ggml-base.bin", false)]
    [InlineData("onnx/model.bin", false)]
    [InlineData("model.onnx_data", false)]
    [InlineData("openvino_model.bin", false, "openvino_model.xml")]
    [InlineData("flax_model.msgpack", false)]
    [InlineData("README.md", false)]
    public async Task A_file_that_can_run_code_when_it_is_loaded_is_known_by_its_name(
        string file,
        bool runsCode,
        params string[] beside
    )
    {
        await using var source = await RecordedSource.Start();
        var siblings = string.Join(',', beside.Append(file).Select(f => $$"""{"rfilename":"{{f}}"}"""));
        source
            .On("/api/models", $$"""[{"_id":"1","id":"acme/triage","siblings":[{{siblings}}]}]""")
            .On("/api/datasets", "[]");
        var fact = (
            await RecordedSource.Everything(
                new HuggingFaceCollector(RecordedSource.Http()),
                source.Access(settings: ("organization", "acme"))
            )
        )
            .OfType<CollectedFact>()
            .Single()
            .Content;
        Assert.Equal(runsCode ? "Failing" : "Passing", Outcome("hub-model-no-pickle", fact));
    }

    [Fact]
    public async Task Any_json_becomes_facts_by_pointers()
    {
        await using var source = await RecordedSource.Start();
        source.On(
            r => r.Path == "/" && r.Headers["X-Key"] == "k",
            """{"data":[{"id":1,"meta":{"title":"One"}},{"meta":{}}]}"""
        );
        var all = await RecordedSource.Everything(
            new JsonCollector(RecordedSource.Http()),
            source.Access(
                "k",
                ("kind", "acme.tenant"),
                ("items", "/data"),
                ("id", "/id"),
                ("name", "/meta/title"),
                ("header", "X-Key")
            )
        );
        Assert.Equal(("1", "One"), (((CollectedFact)all[0]).ExternalId, ((CollectedFact)all[0]).Name));
        Assert.IsType<NotRead>(all[1]);
        await Assert.ThrowsAsync<CollectorFailed>(() =>
            new JsonCollector(RecordedSource.Http()).Test(
                new CollectorAccess(
                    new Dictionary<string, string>
                    {
                        ["url"] = "http://example.test/",
                        ["kind"] = "x",
                        ["id"] = "/id",
                    },
                    null
                ),
                CancellationToken.None
            )
        );
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
    [InlineData("x.test", "10.0.0.8", false)]
    [InlineData("x.test", "172.31.255.254", false)]
    [InlineData("x.test", "172.32.0.1", true)]
    [InlineData("x.test", "192.168.1.1", false)]
    [InlineData("x.test", "100.100.100.200", false)]
    [InlineData("x.test", "255.255.255.255", false)]
    [InlineData("x.test", "fd12:3456::1", false)]
    [InlineData("x.test", "::ffff:10.0.0.8", false)]
    [InlineData("x.test", "::10.0.0.8", false)]
    [InlineData("x.test", "::ffff:0:192.168.1.1", false)]
    [InlineData("x.test", "64:ff9b::a9fe:a9fe", false)]
    [InlineData("x.test", "64:ff9b:1::1", false)]
    [InlineData("x.test", "64:ff9b::5db8:d822", true)]
    [InlineData("x.test", "2002:7f00:1::1", false)]
    [InlineData("x.test", "2002:5db8:d822::1", true)]
    [InlineData("x.test", "2606:4700::5efe:10.0.0.8", false)]
    [InlineData("x.test", "2001:0:4136:e378:8000:63bf:3fff:fdd2", false)]
    [InlineData("x.test", "2606:4700::1111", true)]
    [InlineData("x.test", "198.41.0.4", false)]
    [InlineData("x.test", "::ffff:198.41.0.4", false)]
    [InlineData("x.test", "2001:503:ba3e::2:30", false)]
    [InlineData("allowed.test", "127.0.0.1", true)]
    public void Addresses_of_the_servers_own_network_are_refused_whatever_the_name(
        string host,
        string address,
        bool allowed
    ) =>
        Assert.Equal(
            allowed,
            new OutboundGuard(["allowed.test"], ownAddresses: OwnAddresses).Allows(host, IPAddress.Parse(address))
        );

    // Addresses of this machine that are nobody else's, as a rented server has them.
    private static IPAddress[] OwnAddresses() =>
        [IPAddress.Parse("198.41.0.4"), IPAddress.Parse("2001:503:ba3e::2:30")];

    [Fact]
    public void The_addresses_of_this_machines_interfaces_are_its_own()
    {
        var own = System
            .Net.NetworkInformation.NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(i => i.GetIPProperties().UnicastAddresses)
            .Select(a => a.Address)
            .ToList();
        Assert.NotEmpty(own);
        Assert.All(own, address => Assert.False(new OutboundGuard([]).Allows("x.test", address), $"{address}"));
    }

    [Fact]
    public async Task A_name_that_leads_elsewhere_when_it_is_asked_again_reaches_nothing_here()
    {
        await using var source = await RecordedSource.Start();
        source.On(_ => true, "{}");
        var asked = 0;
        // First an address outside, then this machine: the answer that was checked is the one that is connected to.
        Task<IPAddress[]> Rebind(string name, CancellationToken ct) =>
            Task.FromResult(new[] { asked++ % 2 == 0 ? IPAddress.Parse("192.0.2.1") : IPAddress.Loopback });
        var guard = new OutboundGuard([], Rebind);
        Assert.True(guard.Allows(new Uri($"https://rebinding.test:{new Uri(source.Url).Port}/")));
        using var http = new SourceHttp(guard, TimeSpan.FromMilliseconds(5));
        using var impatient = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await Assert.ThrowsAnyAsync<Exception>(() =>
            SourceHttp.Get(http.Client(), $"http://rebinding.test:{new Uri(source.Url).Port}/", impatient.Token)
        );
        Assert.Empty(source.Requests);
        Assert.True(asked > 0);
    }

    [Fact]
    public async Task A_name_with_addresses_outside_and_here_is_never_connected_to_here()
    {
        await using var source = await RecordedSource.Start();
        source.On(_ => true, "{}");
        IPAddress[] here = [IPAddress.Loopback, IPAddress.IPv6Loopback, IPAddress.Parse("::ffff:127.0.0.1")];
        var guard = new OutboundGuard([], (_, _) => Task.FromResult(here));
        using var http = new SourceHttp(guard);
        var failed = await Assert.ThrowsAsync<CollectorFailed>(() =>
            SourceHttp.Get(http.Client(), $"http://both.test:{new Uri(source.Url).Port}/", CancellationToken.None)
        );
        Assert.Contains("--allow-host both.test", failed.Message, StringComparison.Ordinal);
        Assert.Empty(source.Requests);
    }

    [Fact]
    public async Task A_guarded_request_does_not_reach_this_machine()
    {
        await using var source = await RecordedSource.Start();
        source.On(_ => true, "{}");
        using var http = new SourceHttp(new OutboundGuard([]));
        var failed = await Assert.ThrowsAsync<CollectorFailed>(() =>
            SourceHttp.Get(http.Client(), source.Url, CancellationToken.None)
        );
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
        Assert.Contains(
            "not JSON",
            (
                await Assert.ThrowsAsync<CollectorFailed>(() =>
                    SourceHttp.Get(client, $"{source.Url}/garbage", CancellationToken.None)
                )
            ).Message,
            StringComparison.Ordinal
        );
        Assert.Equal(
            HttpStatusCode.Found,
            (await SourceHttp.Get(client, $"{source.Url}/away", CancellationToken.None)).Status
        );
    }

    private static string Outcome(string check, JsonObject fact) =>
        $"{KnowledgeBase.Shipped.CheckById[check].Rule.Evaluate(new FactContent(fact.ToJsonString())).Outcome}";
}
