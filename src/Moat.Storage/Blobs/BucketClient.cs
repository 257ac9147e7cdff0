using Amazon.Runtime;
using Amazon.S3;

namespace Moat.Storage.Blobs;

/// <summary>Speaks with a bucket: a few tries, none of them for ever.</summary>
public static class BucketClient
{
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(60);

    /// <summary>A client of the storage that a bucket lies in.</summary>
    /// <param name="url">The bucket.</param>
    /// <param name="pathStyle">Whether the bucket is named in the path.</param>
    /// <param name="key">Whose the access is; as the environment says when left out.</param>
    public static AmazonS3Client Of(BucketUrl url, bool pathStyle, (string Id, string Secret)? key)
    {
        var config = new AmazonS3Config
        {
            MaxErrorRetry = 1,
            Timeout = LongestAnswer,
            AuthenticationRegion = url.Region,
            ForcePathStyle = pathStyle,
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (url.Endpoint is { } endpoint)
            config.ServiceURL = endpoint.AbsoluteUri;
        else
            config.RegionEndpoint = Amazon.RegionEndpoint.GetBySystemName(url.Region);
        return key is { } own
            ? new AmazonS3Client(new BasicAWSCredentials(own.Id, own.Secret), config)
            : new AmazonS3Client(config);
    }
}
