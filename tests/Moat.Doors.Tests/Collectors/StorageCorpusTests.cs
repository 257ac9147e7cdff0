using System.Globalization;
using System.Text.Json.Nodes;
using Moat.Collectors.ObjectStorage;
using Moat.Isms.Evidence.Collectors;
using Moat.Knowledge;
using Moat.Knowledge.Checks;

namespace Moat.Tests;

/// <summary>
/// Every recorded answer of the corpus of object storage, with what a bucket's fact says because of it. A file that
/// nobody listed here fails.
/// </summary>
public sealed class StorageCorpusTests
{
    private const string Folder = "aws-s3";
    private const string Key = "AKIAEXAMPLE:secret";

    /// <summary>
    /// What the fact of the file's bucket says. The recorder passes over policyStatus and lists the bucket, so the
    /// policy decides there.
    /// </summary>
    private static readonly Dictionary<string, (string Member, string Json)> Told = new()
    {
        ["recorded.acme-evals.GetBucketAcl.200.xml"] = ("publicByAcl", """false"""),
        ["recorded.acme-evals.GetBucketEncryption.200.xml"] = ("encryption", "\"aws:kms:dsse\""),
        ["recorded.acme-evals.GetBucketLifecycleConfiguration.404.xml"] = ("lifecycleRules", """0"""),
        ["recorded.acme-evals.GetBucketLogging.200.xml"] = ("logging", "\"none\""),
        ["recorded.acme-evals.GetBucketPolicy.404.xml"] = ("publicByPolicy", """false"""),
        ["recorded.acme-evals.GetBucketPolicyStatus.200.xml"] = ("publicByPolicy", """false"""),
        ["recorded.acme-evals.GetBucketVersioning.200.xml"] = ("versioning", "\"Enabled\""),
        ["recorded.acme-evals.GetObjectLockConfiguration.200.xml"] = ("objectLock", "\"COMPLIANCE\""),
        ["recorded.acme-evals.GetPublicAccessBlock.404.xml"] = (
            "publicAccessBlock",
            """{"blockPublicAcls":false,"ignorePublicAcls":false,"blockPublicPolicy":false,"restrictPublicBuckets":false}"""
        ),
        ["recorded.acme-public-models.GetBucketAcl.200.xml"] = ("publicByAcl", """true"""),
        ["recorded.acme-public-models.GetBucketEncryption.200.xml"] = ("encryption", "\"AES256\""),
        ["recorded.acme-public-models.GetBucketLifecycleConfiguration.404.xml"] = ("lifecycleRules", """0"""),
        ["recorded.acme-public-models.GetBucketLogging.200.xml"] = ("logging", "\"none\""),
        ["recorded.acme-public-models.GetBucketPolicy.200.json"] = ("publicByPolicy", """true"""),
        ["recorded.acme-public-models.GetBucketPolicyStatus.200.xml"] = ("publicByPolicy", """true"""),
        ["recorded.acme-public-models.GetBucketVersioning.200.xml"] = ("versioning", "\"Never enabled\""),
        ["recorded.acme-public-models.GetObjectLockConfiguration.404.xml"] = ("objectLock", "\"none\""),
        ["recorded.acme-public-models.GetPublicAccessBlock.200.xml"] = (
            "publicAccessBlock",
            """{"blockPublicAcls":true,"ignorePublicAcls":true,"blockPublicPolicy":false,"restrictPublicBuckets":false}"""
        ),
        ["recorded.acme-scratch.GetBucketAcl.200.xml"] = ("publicByAcl", """false"""),
        ["recorded.acme-scratch.GetBucketEncryption.404.xml"] = ("encryption", "\"none\""),
        ["recorded.acme-scratch.GetBucketLifecycleConfiguration.404.xml"] = ("lifecycleRules", """0"""),
        ["recorded.acme-scratch.GetBucketLogging.200.xml"] = ("logging", "\"none\""),
        ["recorded.acme-scratch.GetBucketPolicy.404.xml"] = ("publicByPolicy", """false"""),
        ["recorded.acme-scratch.GetBucketPolicyStatus.200.xml"] = ("publicByPolicy", """false"""),
        ["recorded.acme-scratch.GetBucketVersioning.200.xml"] = ("versioning", "\"Suspended\""),
        ["recorded.acme-scratch.GetObjectLockConfiguration.404.xml"] = ("objectLock", "\"none\""),
        ["recorded.acme-scratch.GetPublicAccessBlock.404.xml"] = (
            "publicAccessBlock",
            """{"blockPublicAcls":false,"ignorePublicAcls":false,"blockPublicPolicy":false,"restrictPublicBuckets":false}"""
        ),
        ["recorded.acme-training-datasets.GetBucketAcl.200.xml"] = ("publicByAcl", """false"""),
        ["recorded.acme-training-datasets.GetBucketEncryption.200.xml"] = ("encryption", "\"aws:kms\""),
        ["recorded.acme-training-datasets.GetBucketLifecycleConfiguration.200.xml"] = ("lifecycleRules", """1"""),
        ["recorded.acme-training-datasets.GetBucketLogging.200.xml"] = ("logging", "\"acme-logs\""),
        ["recorded.acme-training-datasets.GetBucketPolicy.200.json"] = ("publicByPolicy", """false"""),
        ["recorded.acme-training-datasets.GetBucketPolicyStatus.200.xml"] = ("publicByPolicy", """false"""),
        ["recorded.acme-training-datasets.GetBucketVersioning.200.xml"] = ("versioning", "\"Enabled\""),
        ["recorded.acme-training-datasets.GetObjectLockConfiguration.404.xml"] = ("objectLock", "\"none\""),
        ["recorded.acme-training-datasets.GetPublicAccessBlock.200.xml"] = (
            "publicAccessBlock",
            """{"blockPublicAcls":true,"ignorePublicAcls":true,"blockPublicPolicy":true,"restrictPublicBuckets":true}"""
        ),
    };

    /// <summary>Answers of one bucket, asked in the way their names say.</summary>
    private static readonly Dictionary<string, (string Query, int Status, string Member, string? Json)> Single = new()
    {
        ["s3-get-bucket-acl.xml"] = ("acl", 200, "publicByAcl", "false"),
        ["s3-get-bucket-logging.xml"] = ("logging", 200, "logging", "\"mybucketlogs\""),
        ["s3-get-bucket-policy.xml"] = ("policy", 200, "publicByPolicy", "true"),
        ["VersioningConfigurationTest_testDeserialization.xml"] = ("versioning", 200, "versioning", "\"Enabled\""),
        ["ObjectLockConfigurationTest_testDeserialization.xml"] = ("object-lock", 200, "objectLock", "\"COMPLIANCE\""),
        ["BucketLifecycleConfigurationTest_testSerialization.xml"] = ("lifecycle", 200, "lifecycleRules", "2"),
        ["ErrorResponseTest_testSerialization.xml"] = ("encryption", 404, "encryption", null),
        ["recorded.no-such-bucket-xyz.GetBucketEncryption.404.xml"] = ("encryption", 404, "encryption", null),
    };

    /// <summary>The same answers as boto read them: where they stand in the fact.</summary>
    private static readonly Dictionary<string, Func<JsonNode, JsonNode?>> ReadByBoto = new()
    {
        ["s3-get-bucket-acl.json"] = read => read["Grants"]![0]!["Permission"],
        ["s3-get-bucket-logging.json"] = read => read["LoggingEnabled"]!["TargetBucket"],
        ["s3-get-bucket-policy.json"] = read => (BucketPolicy.LetsEverybodyIn((string)read["Policy"]!).Lets),
    };

    /// <summary>
    /// Answers to what is never asked: where a bucket lies, how it is labelled and who owns what is written into it say
    /// nothing that a check reads.
    /// </summary>
    private static readonly string[] NeverAsked =
    [
        "GetBucketLocation",
        "GetBucketTagging",
        "GetBucketOwnershipControls",
        "s3-get-bucket-location",
    ];

    [Fact]
    public void Every_file_is_listed()
    {
        var files = Corpus.Files(Folder, "*").Select(f => Path.GetFileName(f)!).ToList();
        Assert.Equal(
            [],
            files.Where(f =>
                !Told.ContainsKey(f)
                && !Single.ContainsKey(f)
                && !ReadByBoto.ContainsKey(f)
                && f != "recorded._service.ListBuckets.200.xml"
                && !NeverAsked.Any(n => f.Contains(n, StringComparison.Ordinal))
            )
        );
        Assert.Equal([], Told.Keys.Concat(Single.Keys).Concat(ReadByBoto.Keys).Except(files));
    }

    [Fact]
    public async Task Each_recorded_answer_is_told_in_the_fact_of_its_bucket()
    {
        await using var source = await RecordedSource.Start();
        foreach (var file in Corpus.Files(Folder, "recorded.*"))
            Record(source, file);
        var facts = (
            await RecordedSource.Everything(
                new S3Collector(RecordedSource.Http()),
                source.Access(Key, ("region", "eu-central-1"))
            )
        )
            .OfType<CollectedFact>()
            .ToDictionary(f => f.Name, f => f.Content);
        Assert.Equal(
            ["acme-evals", "acme-logs", "acme-public-models", "acme-scratch", "acme-training-datasets"],
            facts.Keys
        );
        foreach (var (file, (member, json)) in Told)
            Assert.Equal((file, json), (file, facts[file.Split('.')[1]][member]?.ToJsonString()));
        Assert.All(
            facts["acme-logs"]["unknown"]!.AsObject(),
            unknown => Assert.Contains("NotFound", (string)unknown.Value!, StringComparison.Ordinal)
        );
        Assert.DoesNotContain(
            source.Requests,
            r => NeverAsked.Any(n => r.Contains($"?{n["GetBucket".Length..]}", StringComparison.OrdinalIgnoreCase))
        );
        foreach (var file in Corpus.Files(Folder, "recorded.*PolicyStatus*"))
            Assert.Contains(
                source.Requests,
                r =>
                    r.Contains($"/{Path.GetFileName(file).Split('.')[1]}", StringComparison.Ordinal)
                    && r.Contains("policyStatus", StringComparison.Ordinal)
            );
        Assert.Equal(
            ("Failing", "Passing"),
            (
                Outcome("s3-public-access-blocked", facts["acme-scratch"]),
                Outcome("s3-public-access-blocked", facts["acme-training-datasets"])
            )
        );
        Assert.Equal(
            ("Failing", "Failing", "Failing"),
            (
                Outcome("s3-no-public-grants", facts["acme-public-models"]),
                Outcome("s3-no-public-policy", facts["acme-public-models"]),
                Outcome("s3-encrypted", facts["acme-scratch"])
            )
        );
    }

    [Fact]
    public async Task Each_single_answer_is_told_as_other_programs_read_it()
    {
        await using var source = await RecordedSource.Start();
        source
            .On(
                r => r.Path == "/",
                "<ListAllMyBucketsResult><Buckets><Bucket><Name>one</Name></Bucket></Buckets></ListAllMyBucketsResult>"
            )
            .On(r => r.Query.ContainsKey("policyStatus"), "<Error><Code>NotImplemented</Code></Error>", 501);
        var unread = "";
        foreach (var (file, (query, status, _, json)) in Single)
        {
            var body = await File.ReadAllTextAsync(Corpus.Of($"{Folder}/{file}"));
            source.On(r => r.Query.ContainsKey(query) && (json is not null || unread == file), body, status);
        }
        foreach (var (file, (_, _, member, json)) in Single)
        {
            unread = json is null ? file : "";
            var fact = (
                await RecordedSource.Everything(
                    new S3Collector(RecordedSource.Http()),
                    source.Access(Key, ("region", "x"))
                )
            )
                .OfType<CollectedFact>()
                .Single()
                .Content;
            Assert.Equal((file, json), (file, fact[member]?.ToJsonString()));
            if (json is null)
                Assert.Equal(
                    file.StartsWith("recorded", StringComparison.Ordinal)
                        ? "the storage answers NoSuchBucket"
                        : "the storage answers NotFound",
                    (string?)fact["unknown"]![member]
                );
            if (!ReadByBoto.TryGetValue(file.Replace(".xml", ".json", StringComparison.Ordinal), out var find))
                continue;
            var boto = find(
                JsonNode.Parse(
                    await File.ReadAllTextAsync(
                        Corpus.Of($"{Folder}/{file.Replace(".xml", ".json", StringComparison.Ordinal)}")
                    )
                )!
            );
            Assert.Equal(
                boto?.ToJsonString(),
                (member == "publicByAcl" ? fact["principals"]![0]!["permission"] : fact[member])?.ToJsonString()
            );
        }
    }

    [Theory]
    [InlineData(
        "<Rule><Status>Enabled</Status><Filter><Prefix>a/</Prefix></Filter><Expiration><Days>30</Days></Expiration></Rule>",
        1,
        1
    )]
    [InlineData(
        "<Rule><Status>Disabled</Status><Filter><Prefix>a/</Prefix></Filter><Expiration><Days>30</Days></Expiration></Rule>",
        1,
        0
    )]
    [InlineData(
        "<Rule><Status>Enabled</Status><Filter><Prefix>a/</Prefix></Filter><Transition><Days>30</Days><StorageClass>GLACIER</StorageClass></Transition></Rule>",
        1,
        0
    )]
    [InlineData(
        "<Rule><Status>Enabled</Status><Filter><Prefix></Prefix></Filter><AbortIncompleteMultipartUpload><DaysAfterInitiation>7</DaysAfterInitiation></AbortIncompleteMultipartUpload></Rule>",
        1,
        0
    )]
    public async Task A_lifecycle_rule_deletes_only_when_it_is_on_and_gives_current_objects_an_end(
        string rule,
        int rules,
        int expiring
    )
    {
        await using var source = await RecordedSource.Start();
        source
            .On(
                r => r.Path == "/",
                "<ListAllMyBucketsResult><Buckets><Bucket><Name>one</Name></Bucket></Buckets></ListAllMyBucketsResult>"
            )
            .On(r => r.Query.ContainsKey("lifecycle"), $"<LifecycleConfiguration>{rule}</LifecycleConfiguration>");
        var fact = (
            await RecordedSource.Everything(new S3Collector(RecordedSource.Http()), source.Access(Key, ("region", "x")))
        )
            .OfType<CollectedFact>()
            .Single()
            .Content;
        Assert.Equal((rules, expiring), ((int)fact["lifecycleRules"]!, (int)fact["expiringRules"]!));
    }

    private static string Outcome(string check, JsonObject fact) =>
        $"{KnowledgeBase.Shipped.CheckById[check].Rule.Evaluate(new FactContent(fact.ToJsonString())).Outcome}";

    /// <summary>recorded.BUCKET.OPERATION.STATUS.xml, as the storage answers the query of that operation.</summary>
    private static void Record(RecordedSource source, string file)
    {
        var parts = Path.GetFileName(file).Split('.');
        var (bucket, operation, status) = (parts[1], parts[2], int.Parse(parts[3], CultureInfo.InvariantCulture));
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
        source.On(
            r =>
                query is null
                    ? r.Path == "/"
                    : r.Path.Value!.TrimEnd('/') == $"/{bucket}" && r.Query.ContainsKey(query),
            File.ReadAllText(file),
            status
        );
    }
}
