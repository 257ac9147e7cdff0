using System.Collections.Specialized;
using System.Web;

namespace Moat.Storage.Blobs;

/// <summary>
/// A bucket as operators write it: <c>s3://BUCKET/PREFIX</c> at Amazon, <c>https://STORAGE/BUCKET/PREFIX</c> elsewhere.
/// </summary>
/// <param name="Endpoint">Where the storage answers; none for Amazon's own.</param>
/// <param name="Bucket">The bucket.</param>
/// <param name="Prefix">What objects begin with; empty or ending in a slash.</param>
/// <param name="Query">What stands behind the question mark.</param>
public sealed record BucketUrl(Uri? Endpoint, string Bucket, string Prefix, NameValueCollection Query)
{
    /// <summary>What may stand behind the question mark; none of it is secret.</summary>
    public static IReadOnlyList<string> Words { get; } = ["region", "path-style", "encryption", "kms-key", "lock-days"];

    /// <summary>The region that is named, or the one that storage elsewhere usually takes.</summary>
    public string Region => Query["region"] ?? "us-east-1";

    /// <summary>The bucket for people.</summary>
    public string Shown =>
        $"s3://{Bucket}/{Prefix}{(Endpoint is null ? "" : $" at {Endpoint.Authority}")}".TrimEnd('/');

    /// <summary>Reads an address. Throws <see cref="FormatException"/>.</summary>
    public static BucketUrl Read(string text)
    {
        if (
            !Uri.TryCreate(text, UriKind.Absolute, out var uri)
            || uri.Scheme is not ("s3" or "https" or "http")
            || uri.UserInfo.Length > 0
        )
            throw new FormatException(
                $"'{text}' is not the address of a bucket. Write s3://BUCKET/PREFIX?region=eu-central-1, or https://storage.example/BUCKET/PREFIX."
            );
        var path = uri.AbsolutePath.Trim('/').Split('/', 2);
        var (bucket, prefix) =
            uri.Scheme == "s3" ? (uri.Host, uri.AbsolutePath.Trim('/')) : (path[0], path.Length == 2 ? path[1] : "");
        return bucket.Length == 0
            ? throw new FormatException($"'{text}' names no bucket.")
            : new BucketUrl(
                uri.Scheme == "s3" ? null : new Uri(uri.GetLeftPart(UriPartial.Authority)),
                bucket,
                prefix.Length == 0 ? "" : prefix + "/",
                HttpUtility.ParseQueryString(uri.Query)
            );
    }

    /// <summary>A key as operators write it: its id and its secret. Throws <see cref="FormatException"/>.</summary>
    public static (string Id, string Secret) Key(string? key, string variable) =>
        key?.Split(':', 2) is [{ Length: > 0 } id, { Length: > 0 } secret]
            ? (id, secret)
            : throw new FormatException(
                $"The bucket's key is missing. Give its id and its secret with a colon between them in {variable}."
            );
}
