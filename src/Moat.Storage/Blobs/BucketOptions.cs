using System.Globalization;

namespace Moat.Storage.Blobs;

/// <summary>How the storage encrypts what it is given.</summary>
public enum BucketEncryption
{
    /// <summary>As the bucket is set.</summary>
    None,

    /// <summary>With the storage's own key.</summary>
    Aes256,

    /// <summary>With a key of the key management service.</summary>
    Kms,
}

/// <summary>A bucket that files are kept in, and how.</summary>
/// <param name="Url">Which bucket.</param>
/// <param name="PathStyle">Whether the bucket is named in the path and not in the host.</param>
/// <param name="Encryption">How it is encrypted there.</param>
/// <param name="KmsKey">The key of the key management service.</param>
/// <param name="LockDays">For how many days each object is locked; not at all when left out.</param>
/// <param name="Key">Whose the access is; as the environment says when left out.</param>
public sealed record BucketOptions(
    BucketUrl Url,
    bool PathStyle,
    BucketEncryption Encryption,
    string? KmsKey,
    int? LockDays,
    (string Id, string Secret)? Key
)
{
    private const int LongestLock = 36500;

    /// <summary>Without the secret.</summary>
    public override string ToString() => Url.Shown;

    /// <summary>
    /// Reads the address of a bucket with <c>region</c>, <c>path-style</c>, <c>encryption</c>, <c>kms-key</c> and
    /// <c>lock-days</c> behind the question mark. Throws <see cref="FormatException"/>.
    /// </summary>
    public static BucketOptions Read(string text, string? key)
    {
        var url = BucketUrl.Read(text);
        if (url.Query.AllKeys.FirstOrDefault(k => !BucketUrl.Words.Contains(k ?? "")) is { } unknown)
            throw new FormatException($"A bucket has no '{unknown}'. There are {string.Join(", ", BucketUrl.Words)}.");
        if (url.Query.AllKeys.Contains(null))
            throw new FormatException(
                "Behind the question mark stand words with their values, such as region=eu-central-1."
            );
        var kms = url.Query["kms-key"];
        return new BucketOptions(
            url,
            url.Query["path-style"] switch
            {
                null => url.Endpoint is not null,
                "true" => true,
                "false" => false,
                var other => throw new FormatException($"path-style is true or false, not '{other}'."),
            },
            EncryptionOf(url, kms),
            kms,
            LockOf(url.Query["lock-days"]),
            key is null ? null : BucketUrl.Key(key, "MOAT_BLOBS_KEY")
        );
    }

    // Storage elsewhere often knows no encryption and refuses who asks for it.
    private static BucketEncryption EncryptionOf(BucketUrl url, string? kms) =>
        (url.Query["encryption"], kms) switch
        {
            (null, not null) => BucketEncryption.Kms,
            (null, null) => url.Endpoint is null ? BucketEncryption.Aes256 : BucketEncryption.None,
            ("AES256", null) => BucketEncryption.Aes256,
            ("none", null) => BucketEncryption.None,
            _ => throw new FormatException("encryption is AES256 or none; with a kms-key it is left out."),
        };

    private static int? LockOf(string? days) =>
        days is null ? null
        : int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
        && count is >= 1 and <= LongestLock
            ? count
        : throw new FormatException($"lock-days is a number of days from 1 to {LongestLock}, not '{days}'.");
}
