using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Moat.Collectors.Http;
using Moat.Isms.Evidence.Collectors;

namespace Moat.Collectors.ObjectStorage;

/// <summary>Reads buckets of S3 and of storage that speaks its protocol: who may reach weights and data there, and what protects them (A.5.15, A.8.24).</summary>
public sealed class S3Collector(SourceHttp http) : ICollector
{
    private const string Everybody = "http://acs.amazonaws.com/groups/global/AllUsers";
    private const string EverybodySignedIn = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers";

    /// <inheritdoc />
    public string Kind => "s3";

    /// <inheritdoc />
    public string Title => "S3-compatible storage";

    /// <inheritdoc />
    public string LeastPrivilege => "A key that may list buckets and read their configuration: s3:ListAllMyBuckets, s3:GetBucket*, s3:GetEncryptionConfiguration, s3:GetLifecycleConfiguration. It cannot read any object.";

    /// <inheritdoc />
    public string? SecretHint => "The access key's id and its secret with a colon between them";

    /// <inheritdoc />
    public IReadOnlyList<CollectorSetting> Settings { get; } =
    [
        new("region", "Region", "Such as eu-central-1", Required: true, "us-east-1"),
        new("url", "Endpoint", "Only for other storage than Amazon's, such as https://minio.acme.internal", Required: false),
        new("prefix", "Only buckets that begin with", "Such as acme-ml-; all when left out", Required: false),
    ];

    /// <inheritdoc />
    public IReadOnlyList<string> Lists(CollectorAccess access) => ["s3.bucket"];

    /// <inheritdoc />
    public async Task<string> Test(CollectorAccess access, CancellationToken ct)
    {
        using var client = Client(access);
        return $"{(await Buckets(client, access, ct)).Count} buckets can be listed.";
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<Collected> Collect(CollectorAccess access, [EnumeratorCancellation] CancellationToken ct)
    {
        using var client = Client(access);
        foreach (var bucket in await Buckets(client, access, ct))
            yield return new CollectedFact("s3.bucket", bucket, bucket, await new Reading(client, bucket, ct).Read());
    }

    private AmazonS3Client Client(CollectorAccess access)
    {
        var parts = (access.Secret ?? throw new CollectorFailed("There is no key yet. Give one in the source's settings.")).Split(':', 2);
        if (parts.Length < 2) throw new CollectorFailed("Write the key as its id and its secret with a colon between them.");
        var config = new AmazonS3Config { HttpClientFactory = new Guarded(http), MaxErrorRetry = 2, Timeout = TimeSpan.FromSeconds(30), AuthenticationRegion = access.Need("region") };
        if (access.Get("url") is { } url) (config.ServiceURL, config.ForcePathStyle) = (url, true);
        else config.RegionEndpoint = Amazon.RegionEndpoint.GetBySystemName(access.Need("region"));
        return new AmazonS3Client(new BasicAWSCredentials(parts[0].Trim(), parts[1].Trim()), config);
    }

    private static async Task<List<string>> Buckets(AmazonS3Client client, CollectorAccess access, CancellationToken ct)
    {
        try
        {
            var listed = await client.ListBucketsAsync(new ListBucketsRequest(), ct);
            return [.. (listed.Buckets ?? []).Select(b => b.BucketName).Where(b => b.StartsWith(access.Get("prefix") ?? "", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        }
        catch (AmazonServiceException e)
        {
            throw new CollectorFailed($"The storage does not list its buckets: {e.ErrorCode ?? e.StatusCode.ToString()}. Is the key right, and may it list buckets?");
        }
        catch (Exception e) when (e is HttpRequestException or AmazonClientException)
        {
            throw new CollectorFailed($"The storage cannot be reached: {e.Message}");
        }
    }

    private sealed class Guarded(SourceHttp http) : Amazon.Runtime.HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => http.Client(new SpokenAnswers());
    }

    /// <summary>One bucket. "Not configured" comes as 404 with a code of its own and is a negative result; 403 is unknown.</summary>
    private sealed class Reading(AmazonS3Client client, string bucket, CancellationToken ct)
    {
        private readonly JsonObject _fact = new() { ["name"] = bucket };

        public async Task<JsonObject> Read()
        {
            await Ask("publicAccessBlock", "NoSuchPublicAccessBlockConfiguration", Block(null), async () =>
                Block((await client.GetPublicAccessBlockAsync(new GetPublicAccessBlockRequest { BucketName = bucket }, ct)).PublicAccessBlockConfiguration));
            await Ask("encryption", "ServerSideEncryptionConfigurationNotFoundError", "none", async () =>
                (await client.GetBucketEncryptionAsync(new GetBucketEncryptionRequest { BucketName = bucket }, ct)).ServerSideEncryptionConfiguration?.ServerSideEncryptionRules?
                    .FirstOrDefault()?.ServerSideEncryptionByDefault?.ServerSideEncryptionAlgorithm?.Value ?? "none");
            await Ask("versioning", null, null, async () => (await client.GetBucketVersioningAsync(new GetBucketVersioningRequest { BucketName = bucket }, ct)).VersioningConfig?.Status?.Value is { Length: > 0 } and not "Off" and var status ? status : "Never enabled");
            await Ask("logging", null, null, async () => (await client.GetBucketLoggingAsync(new GetBucketLoggingRequest { BucketName = bucket }, ct)).BucketLoggingConfig?.TargetBucketName ?? "none");
            await Ask("objectLock", "ObjectLockConfigurationNotFoundError", "none", async () =>
                (await client.GetObjectLockConfigurationAsync(new GetObjectLockConfigurationRequest { BucketName = bucket }, ct)).ObjectLockConfiguration?.Rule?.DefaultRetention?.Mode?.Value ?? "enabled");
            await Ask("lifecycleRules", "NoSuchLifecycleConfiguration", 0, async () =>
                (await client.GetLifecycleConfigurationAsync(new GetLifecycleConfigurationRequest { BucketName = bucket }, ct)).Configuration?.Rules?.Count ?? 0);
            await Policy();
            await Grants();
            return _fact;
        }

        private static JsonObject Block(PublicAccessBlockConfiguration? block) => new()
        {
            ["blockPublicAcls"] = block?.BlockPublicAcls ?? false,
            ["ignorePublicAcls"] = block?.IgnorePublicAcls ?? false,
            ["blockPublicPolicy"] = block?.BlockPublicPolicy ?? false,
            ["restrictPublicBuckets"] = block?.RestrictPublicBuckets ?? false,
        };

        private async Task Policy()
        {
            await Ask("publicByPolicy", "NoSuchBucketPolicy", false, async () =>
            {
                var text = (await client.GetBucketPolicyAsync(new GetBucketPolicyRequest { BucketName = bucket }, ct)).Policy;
                return !string.IsNullOrWhiteSpace(text) && LetsEverybodyIn(text);
            });
        }

        /// <summary>An allowing statement for everybody without any condition. Conditions can narrow it, so the storage's own word would weigh more.</summary>
        private static bool LetsEverybodyIn(string policy) => JsonNode.Parse(policy)?["Statement"] is { } statements
            && (statements is JsonArray many ? many.OfType<JsonObject>() : [statements.AsObject()])
                .Any(s => s["Effect"].Text() == "Allow" && s["Condition"] is null && IsEverybody(s["Principal"]));

        private static bool IsEverybody(JsonNode? principal) => principal switch
        {
            JsonValue => principal.Text() == "*",
            JsonObject o => o.Any(p => p.Value.Text() == "*" || (p.Value is JsonArray list && list.Any(i => i.Text() == "*"))),
            _ => false,
        };

        private async Task Grants()
        {
            await Ask("publicByAcl", null, null, async () =>
            {
                var grants = (await client.GetBucketAclAsync(new GetBucketAclRequest { BucketName = bucket }, ct)).Grants ?? [];
                _fact["principals"] = new JsonArray([.. grants.Select(g => (JsonNode)new JsonObject
                {
                    ["id"] = g.Grantee?.URI ?? g.Grantee?.DisplayName ?? g.Grantee?.CanonicalUser, ["permission"] = g.Permission?.Value,
                })]);
                return grants.Any(g => g.Grantee?.URI is Everybody or EverybodySignedIn);
            });
        }

        private async Task Ask(string name, string? notConfigured, JsonNode? negative, Func<Task<JsonNode?>> read)
        {
            try
            {
                _fact[name] = await read();
            }
            catch (AmazonS3Exception e) when (notConfigured is not null && e.ErrorCode == notConfigured)
            {
                _fact[name] = negative;
            }
            catch (AmazonS3Exception e)
            {
                _fact.Unknown(name, e.StatusCode == HttpStatusCode.Forbidden ? "the key may not read it" : $"the storage answers {(int)e.StatusCode} {e.ErrorCode}");
            }
            catch (Exception e) when (e is AmazonClientException or HttpRequestException or JsonException or InvalidOperationException)
            {
                _fact.Unknown(name, "the storage's answer cannot be read");
            }
        }
    }
}
