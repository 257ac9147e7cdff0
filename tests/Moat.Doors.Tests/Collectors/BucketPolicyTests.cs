using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.S3;
using Moat.Collectors.ObjectStorage;
using Moat.Isms.Evidence.Collectors;
using Moat.Knowledge;
using Moat.Knowledge.Checks;

namespace Moat.Tests;

/// <summary>
/// Whether a bucket is public: the storage's own word first, the policy where the storage gives none, and the account
/// that a bucket at Amazon belongs to.
/// </summary>
public sealed class BucketPolicyTests
{
    private const string Unspoken = "<Error><Code>NotImplemented</Code></Error>";
    private const string Everybody = """{"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject"}]}""";

    [Theory]
    [InlineData("true", "Failing")]
    [InlineData("false", "Passing")]
    public async Task The_storages_own_word_counts_more_than_what_a_policy_looks_like(string isPublic, string outcome)
    {
        var fact = await Bucket(s =>
            s.On(
                    r => r.Query.ContainsKey("policyStatus"),
                    $"<PolicyStatus><IsPublic>{isPublic}</IsPublic></PolicyStatus>"
                )
                .On(r => r.Query.ContainsKey("policy"), Everybody)
        );
        Assert.Equal(outcome, Outcome("s3-no-public-policy", fact));
    }

    [Theory]
    [InlineData("""{"Statement":[{"Effect":"Allow","Principal":"*"}]}""", "Failing")]
    [InlineData("""{"Statement":{"Effect":"Allow","Principal":{"AWS":["*"]}}}""", "Failing")]
    [InlineData("""{"Statement":[{"Effect":"Allow","NotPrincipal":{"AWS":"arn:aws:iam::1:user/x"}}]}""", "Failing")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Principal":"*","Condition":{}}]}""", "Failing")]
    [InlineData(
        """{"Statement":[{"Effect":"Allow","Principal":"*","Condition":{"IpAddress":{"aws:SourceIp":"0.0.0.0/0"}}}]}""",
        "Unknown"
    )]
    [InlineData(
        """{"Statement":[{"Effect":"Allow","NotPrincipal":{"AWS":"x"},"Condition":{"Bool":{"aws:SecureTransport":"true"}}}]}""",
        "Unknown"
    )]
    [InlineData(
        """{"Statement":[{"Effect":"Deny","Principal":"*"},{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::1:role/training"}}]}""",
        "Passing"
    )]
    [InlineData("""{"Statement":[{"Effect":"Deny","NotPrincipal":{"AWS":"x"}}]}""", "Passing")]
    [InlineData("""{"Statement":[1]}""", "Unknown")]
    [InlineData("<html>", "Unknown")]
    public async Task Where_the_storage_does_not_say_it_the_policy_is_read_and_a_condition_is_not_taken_for_a_lock(
        string policy,
        string outcome
    )
    {
        var fact = await Bucket(s =>
            s.On(r => r.Query.ContainsKey("policyStatus"), Unspoken, 501).On(r => r.Query.ContainsKey("policy"), policy)
        );
        Assert.Equal(outcome, Outcome("s3-no-public-policy", fact));
    }

    [Theory]
    [InlineData("<Error><Code>NoSuchBucketPolicy</Code></Error>", "Passing")]
    [InlineData("<Error><Code>NoSuchBucket</Code></Error>", "Unknown")]
    [InlineData("", "Unknown")]
    public async Task Only_a_storage_that_says_there_is_no_policy_has_none(string body, string outcome)
    {
        var fact = await Bucket(s =>
            s.On(r => r.Query.ContainsKey("policyStatus"), Unspoken, 501)
                .On(r => r.Query.ContainsKey("policy"), body, 404)
        );
        Assert.Equal(outcome, Outcome("s3-no-public-policy", fact));
    }

    [Fact]
    public async Task A_word_that_the_key_may_not_hear_is_not_made_up_from_the_policy()
    {
        var fact = await Bucket(s =>
            s.On(r => r.Query.ContainsKey("policyStatus"), "<Error><Code>AccessDenied</Code></Error>", 403)
                .On(r => r.Query.ContainsKey("policy"), Everybody)
        );
        Assert.Equal("Unknown", Outcome("s3-no-public-policy", fact));
    }

    [Theory]
    [InlineData(false, false, "Failing")]
    [InlineData(true, false, "Unknown")]
    [InlineData(true, true, "Passing")]
    public async Task At_Amazon_the_block_of_the_account_may_cover_a_bucket_that_has_none(
        bool isAmazon,
        bool blocks,
        string outcome
    )
    {
        await using var source = await RecordedSource.Start();
        source.On(
            r => r.Query.ContainsKey("publicAccessBlock"),
            $"<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>true</IgnorePublicAcls><BlockPublicPolicy>true</BlockPublicPolicy><RestrictPublicBuckets>{(blocks ? "true" : "false")}</RestrictPublicBuckets></PublicAccessBlockConfiguration>"
        );
        using var client = new AmazonS3Client(
            new BasicAWSCredentials("id", "secret"),
            new AmazonS3Config
            {
                ServiceURL = source.Url,
                ForcePathStyle = true,
                MaxErrorRetry = 0,
            }
        );
        var fact = await new BucketReading(client, "weights", isAmazon, CancellationToken.None).Read();
        Assert.Equal(outcome, Outcome("s3-public-access-blocked", fact));
        if (outcome == "Unknown")
            Assert.Equal(BucketReading.AccountLevel, (string?)fact["unknown"]!["publicAccessBlock"]);
    }

    private static async Task<JsonObject> Bucket(Action<RecordedSource> with)
    {
        await using var source = await RecordedSource.Start();
        source.On(
            r => r.Path == "/",
            "<ListAllMyBucketsResult><Buckets><Bucket><Name>weights</Name></Bucket></Buckets></ListAllMyBucketsResult>"
        );
        with(source);
        var all = await RecordedSource.Everything(
            new S3Collector(RecordedSource.Http()),
            source.Access("id:secret", ("region", "eu-central-1"))
        );
        return all.OfType<CollectedFact>().Single().Content;
    }

    private static string Outcome(string check, JsonObject fact) =>
        $"{KnowledgeBase.Shipped.CheckById[check].Rule.Evaluate(new FactContent(fact.ToJsonString())).Outcome}";
}
