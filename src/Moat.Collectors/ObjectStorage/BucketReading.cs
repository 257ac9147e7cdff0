using System.Net;
using System.Text.Json.Nodes;
using System.Xml;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Moat.Collectors.Http;

namespace Moat.Collectors.ObjectStorage;

/// <summary>
/// Reads one bucket. "Not configured" comes with a code of its own and is a negative result; 403 is unknown.
/// </summary>
internal sealed class BucketReading(AmazonS3Client client, string bucket, bool isAmazon, CancellationToken ct)
{
    /// <summary>Why nothing can be said of a bucket at Amazon that has no full block of its own.</summary>
    public const string AccountLevel =
        "the bucket itself does not block everything, and the block of the whole account, which may cover it, is not read";

    private const string Everybody = "http://acs.amazonaws.com/groups/global/AllUsers";
    private const string EverybodySignedIn = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers";
    private const string NoPolicy = "NoSuchBucketPolicy";
    private readonly JsonObject _fact = new() { ["name"] = bucket };

    public async Task<JsonObject> Read()
    {
        await Block();
        await Encryption();
        await Versioning();
        await Logging();
        await ObjectLock();
        await Lifecycle();
        await PublicByPolicy();
        await Grants();
        return _fact;
    }

    private Task Encryption() =>
        Ask(
            "encryption",
            "ServerSideEncryptionConfigurationNotFoundError",
            "none",
            async () =>
                (await client.GetBucketEncryptionAsync(new GetBucketEncryptionRequest { BucketName = bucket }, ct))
                    .ServerSideEncryptionConfiguration?.ServerSideEncryptionRules?.FirstOrDefault()
                    ?.ServerSideEncryptionByDefault?.ServerSideEncryptionAlgorithm?.Value
                ?? "none"
        );

    private Task Versioning() =>
        Ask(
            "versioning",
            null,
            null,
            async () =>
                (await client.GetBucketVersioningAsync(new GetBucketVersioningRequest { BucketName = bucket }, ct))
                    .VersioningConfig
                    ?.Status
                    ?.Value
                    is { Length: > 0 }
                        and not "Off"
                        and var status
                    ? status
                    : "Never enabled"
        );

    private Task Logging() =>
        Ask(
            "logging",
            null,
            null,
            async () =>
                (await client.GetBucketLoggingAsync(new GetBucketLoggingRequest { BucketName = bucket }, ct))
                    .BucketLoggingConfig
                    ?.TargetBucketName
                ?? "none"
        );

    private Task ObjectLock() =>
        Ask(
            "objectLock",
            "ObjectLockConfigurationNotFoundError",
            "none",
            async () =>
                (
                    await client.GetObjectLockConfigurationAsync(
                        new GetObjectLockConfigurationRequest { BucketName = bucket },
                        ct
                    )
                )
                    .ObjectLockConfiguration
                    ?.Rule
                    ?.DefaultRetention
                    ?.Mode
                    ?.Value
                ?? "enabled"
        );

    /// <summary>
    /// At Amazon a block of the whole account covers its buckets too; only storage without accounts says by the bucket
    /// alone that it is open.
    /// </summary>
    private async Task Block()
    {
        const string name = "publicAccessBlock";
        await Ask(
            name,
            "NoSuchPublicAccessBlockConfiguration",
            FourWays(null),
            async () =>
                FourWays(
                    (
                        await client.GetPublicAccessBlockAsync(
                            new GetPublicAccessBlockRequest { BucketName = bucket },
                            ct
                        )
                    ).PublicAccessBlockConfiguration
                )
        );
        if (isAmazon && _fact[name] is JsonObject own && own.Any(way => way.Value.Flag() != true))
            _fact.Unknown(name, AccountLevel);
    }

    /// <summary>How many rules there are, and how many of those that are switched on delete current objects.</summary>
    private async Task Lifecycle()
    {
        const string name = "lifecycleRules",
            none = "NoSuchLifecycleConfiguration",
            expiring = "expiringRules";
        await Ask(
            name,
            none,
            0,
            async () =>
            {
                var rules =
                    (
                        await client.GetLifecycleConfigurationAsync(
                            new GetLifecycleConfigurationRequest { BucketName = bucket },
                            ct
                        )
                    )
                        .Configuration
                        ?.Rules
                    ?? [];
                _fact[expiring] = rules.Count(r =>
                    r.Status == LifecycleRuleStatus.Enabled
                    && (r.Expiration?.Days is > 0 || r.Expiration?.Date is not null)
                );
                return rules.Count;
            }
        );
        if (_fact[name] is null)
            _fact.Unknown(expiring, (string?)_fact["unknown"]?[name] ?? "the lifecycle rules are not known");
        else
            _fact[expiring] ??= 0;
    }

    private static JsonObject FourWays(PublicAccessBlockConfiguration? block) =>
        new()
        {
            ["blockPublicAcls"] = block?.BlockPublicAcls ?? false,
            ["ignorePublicAcls"] = block?.IgnorePublicAcls ?? false,
            ["blockPublicPolicy"] = block?.BlockPublicPolicy ?? false,
            ["restrictPublicBuckets"] = block?.RestrictPublicBuckets ?? false,
        };

    /// <summary>
    /// The storage's own word on its policy; the policy itself where the storage does not give that word.
    /// </summary>
    private Task PublicByPolicy() =>
        Ask(
            "publicByPolicy",
            NoPolicy,
            false,
            async () =>
            {
                try
                {
                    var status = await client.GetBucketPolicyStatusAsync(
                        new GetBucketPolicyStatusRequest { BucketName = bucket },
                        ct
                    );
                    if (status.PolicyStatus?.IsPublic is { } isPublic)
                        return isPublic;
                }
                catch (AmazonS3Exception e)
                    when (e.StatusCode is HttpStatusCode.NotImplemented or HttpStatusCode.MethodNotAllowed)
                {
                    // Not every storage knows the question.
                }
                var text = (
                    await client.GetBucketPolicyAsync(new GetBucketPolicyRequest { BucketName = bucket }, ct)
                ).Policy;
                if (string.IsNullOrWhiteSpace(text))
                    return false;
                var (lets, why) = BucketPolicy.LetsEverybodyIn(text);
                if (lets is null)
                    _fact.Unknown("publicByPolicy", why);
                return lets;
            }
        );

    private Task Grants() =>
        Ask(
            "publicByAcl",
            null,
            null,
            async () =>
            {
                var grants =
                    (await client.GetBucketAclAsync(new GetBucketAclRequest { BucketName = bucket }, ct)).Grants ?? [];
                _fact["principals"] = Principals(grants);
                return grants.Any(g => g.Grantee?.URI is Everybody or EverybodySignedIn);
            }
        );

    /// <summary>Who was granted what.</summary>
    internal static JsonArray Principals(IEnumerable<S3Grant> grants) =>
        new([
            .. grants.Select(g =>
                (JsonNode)
                    new JsonObject
                    {
                        ["id"] = g.Grantee?.URI ?? g.Grantee?.DisplayName ?? g.Grantee?.CanonicalUser,
                        ["permission"] = g.Permission?.Value,
                    }
            ),
        ]);

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
            _fact.Unknown(name, StorageTrouble.Says(e));
        }
        catch (Exception e)
            when (e is AmazonClientException or AmazonServiceException or HttpRequestException or XmlException)
        {
            _fact.Unknown(name, StorageTrouble.Unreadable);
        }
    }
}
