using System.Runtime.CompilerServices;
using System.Xml;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Moat.Collectors.Http;
using Moat.Isms.Evidence.Collectors;

namespace Moat.Collectors.ObjectStorage;

/// <summary>
/// Reads buckets of S3 and of storage that speaks its protocol: who may reach weights and data there, and what protects
/// them (A.5.15, A.8.24).
/// </summary>
public sealed class S3Collector(SourceHttp http) : ICollector
{
    private const int MostObjects = 100;

    /// <inheritdoc />
    public string Kind => "s3";

    /// <inheritdoc />
    public string Title => "S3-compatible storage";

    /// <inheritdoc />
    public string LeastPrivilege =>
        "A key that may list buckets and read their configuration: s3:ListAllMyBuckets, s3:GetBucket*, s3:GetEncryptionConfiguration, s3:GetLifecycleConfiguration. It cannot read any object. Only where objects are named, it needs s3:GetObject and s3:GetObjectAcl on these, because S3 tells an object's checksum to nobody else; no object is fetched. The public access block of a whole Amazon account is not read: for a bucket without a full block of its own, that stays unknown.";

    /// <inheritdoc />
    public string? SecretHint => "The access key's id and its secret with a colon between them";

    /// <inheritdoc />
    public IReadOnlyList<CollectorSetting> Settings { get; } =
    [
        new("region", "Region", "Such as eu-central-1", Required: true, "us-east-1"),
        new(
            "url",
            "Endpoint",
            "Only for other storage than Amazon's, such as https://minio.acme.internal",
            Required: false,
            Form: SettingForm.Address
        ),
        new("prefix", "Only buckets that begin with", "Such as acme-ml-; all when left out", Required: false),
        new(
            "objects",
            "Objects whose versions count",
            "As bucket/key, with commas between them, such as weights/triage.safetensors; none when left out",
            Required: false
        ),
    ];

    /// <inheritdoc />
    public IReadOnlyList<string> Lists(CollectorAccess access) =>
        access.Get("objects") is null ? ["s3.bucket"] : ["s3.bucket", ObjectReading.Kind];

    /// <inheritdoc />
    public async Task<string> Test(CollectorAccess access, CancellationToken ct)
    {
        using var client = Client(access);
        return $"{(await Buckets(client, access, ct)).Count} buckets can be listed.";
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<Collected> Collect(
        CollectorAccess access,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        using var client = Client(access);
        var isAmazon =
            access.Get("url") is null
            || SourceHttp.Address(access).Host.EndsWith(".amazonaws.com", StringComparison.OrdinalIgnoreCase);
        if (isAmazon)
            yield return new StatedLimit("publicAccessBlock", BucketReading.AccountLevel);
        foreach (var bucket in await Buckets(client, access, ct))
            yield return new CollectedFact(
                "s3.bucket",
                bucket,
                bucket,
                await new BucketReading(client, bucket, isAmazon, ct).Read()
            );
        foreach (var (bucket, key) in Objects(access))
            yield return await new ObjectReading(client, bucket, key, ct).Read();
    }

    /// <summary>The objects that are named. Throws <see cref="CollectorFailed"/>.</summary>
    private static List<(string Bucket, string Key)> Objects(CollectorAccess access)
    {
        var named = (access.Get("objects") ?? "")
            .Split([',', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Distinct()
            .ToList();
        if (named.Count > MostObjects)
            throw new CollectorFailed($"{named.Count} objects are named; {MostObjects} are the most.");
        if (named.Find(n => n.IndexOf('/') is < 1 || n.EndsWith('/')) is { } wrong)
            throw new CollectorFailed(
                $"'{wrong}' is no object. Write it as bucket/key, such as weights/triage.safetensors."
            );
        return named.ConvertAll(n => (n.Split('/')[0], n[(n.IndexOf('/') + 1)..]));
    }

    private AmazonS3Client Client(CollectorAccess access)
    {
        var parts = (
            access.Secret ?? throw new CollectorFailed("There is no key yet. Give one in the source's settings.")
        ).Split(':', 2);
        if (parts.Length < 2)
            throw new CollectorFailed("Write the key as its id and its secret with a colon between them.");
        var config = new AmazonS3Config
        {
            HttpClientFactory = new Guarded(http),
            MaxErrorRetry = 2,
            Timeout = TimeSpan.FromSeconds(30),
            AuthenticationRegion = access.Need("region"),
        };
        if (access.Get("url") is not null)
            (config.ServiceURL, config.ForcePathStyle) = (SourceHttp.Address(access).AbsoluteUri, true);
        else
            config.RegionEndpoint = Amazon.RegionEndpoint.GetBySystemName(access.Need("region"));
        return new AmazonS3Client(new BasicAWSCredentials(parts[0].Trim(), parts[1].Trim()), config);
    }

    private static async Task<List<string>> Buckets(AmazonS3Client client, CollectorAccess access, CancellationToken ct)
    {
        try
        {
            var listed = await client.ListBucketsAsync(new ListBucketsRequest(), ct);
            // Every storage names the owner of the list; what has neither owner nor buckets is another kind of page.
            if (listed.Owner is null && listed.Buckets is null or [])
                throw new CollectorFailed($"The storage answers {SourceAnswer.Unexpected}.");
            return
            [
                .. (listed.Buckets ?? [])
                    .Select(b => b.BucketName)
                    .Where(b => b.StartsWith(access.Get("prefix") ?? "", StringComparison.Ordinal))
                    .Order(StringComparer.Ordinal),
            ];
        }
        catch (Exception e) when (e is AmazonUnmarshallingException or XmlException)
        {
            throw new CollectorFailed($"The storage answers {SourceAnswer.Unexpected}.");
        }
        catch (AmazonServiceException e)
        {
            throw new CollectorFailed(
                $"The storage does not list its buckets: {e.ErrorCode ?? e.StatusCode.ToString()}. Is the key right, and may it list buckets?"
            );
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
}
