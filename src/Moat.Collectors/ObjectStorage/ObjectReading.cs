using System.Net;
using System.Text.Json.Nodes;
using System.Xml;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Moat.Collectors.Http;
using Moat.Isms.Evidence.Collectors;

namespace Moat.Collectors.ObjectStorage;

/// <summary>
/// Reads what storage tells of one object without reading the object: its version, its checksum and tag with all that
/// decides what these are digests of, and who has been granted it.
/// </summary>
internal sealed class ObjectReading(AmazonS3Client client, string bucket, string key, CancellationToken ct)
{
    /// <summary>The kind of such facts.</summary>
    public const string Kind = "s3.object";

    /// <summary>The fact, or why there is none.</summary>
    public async Task<Collected> Read()
    {
        var name = $"s3://{bucket}/{key}";
        try
        {
            var head = await client.GetObjectMetadataAsync(
                new GetObjectMetadataRequest
                {
                    BucketName = bucket,
                    Key = key,
                    ChecksumMode = ChecksumMode.ENABLED,
                },
                ct
            );
            var fact = new JsonObject
            {
                ["bucket"] = bucket,
                ["key"] = key,
                ["versionId"] = head.VersionId,
                ["contentLength"] = head.ContentLength,
                ["eTag"] = head.ETag,
                ["checksumSha256"] = head.ChecksumSHA256,
                ["checksumType"] = head.ChecksumType?.Value,
                ["serverSideEncryption"] = Named(head.ServerSideEncryptionMethod?.Value),
                ["sseCustomerAlgorithm"] = Named(head.ServerSideEncryptionCustomerMethod?.Value),
                ["storageClass"] = head.StorageClass?.Value,
            };
            await Grants(fact, head.VersionId);
            return new CollectedFact(Kind, name, name, fact);
        }
        catch (AmazonServiceException e)
        {
            return e.StatusCode == HttpStatusCode.NotFound
                ? new NotRead(name, "it is not there")
                : new NotRead(name, StorageTrouble.Says(e), HidesResources: true);
        }
        catch (Exception e) when (e is AmazonClientException or HttpRequestException or XmlException)
        {
            return new NotRead(name, StorageTrouble.Unreadable, HidesResources: true);
        }
    }

    private async Task Grants(JsonObject fact, string? version)
    {
        try
        {
            var acl = await client.GetObjectAclAsync(
                new GetObjectAclRequest
                {
                    BucketName = bucket,
                    Key = key,
                    VersionId = version,
                },
                ct
            );
            fact["principals"] = BucketReading.Principals(acl.Grants ?? []);
        }
        catch (AmazonServiceException e)
        {
            fact.Unknown("principals", StorageTrouble.Says(e));
        }
        catch (Exception e) when (e is AmazonClientException or HttpRequestException or XmlException)
        {
            fact.Unknown("principals", StorageTrouble.Unreadable);
        }
    }

    // The library has an empty name for what is not said.
    private static string? Named(string? value) => value is { Length: > 0 } ? value : null;
}
