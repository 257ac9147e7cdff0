using System.Collections.Specialized;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Web;
using Moat.Isms.Kernel.Journal;

namespace Moat.Hosting.Anchors;

/// <summary>Which places outside hold checkpoints of the journals, as the operator named them.</summary>
public sealed record AnchorOptions
{
    /// <summary>None.</summary>
    public static AnchorOptions None { get; } = new();

    /// <summary>Folders.</summary>
    public IReadOnlyList<string> Folders { get; init; } = [];

    /// <summary>Git repositories.</summary>
    public IReadOnlyList<GitAddress> Repositories { get; init; } = [];

    /// <summary>Buckets.</summary>
    public IReadOnlyList<BucketAddress> Buckets { get; init; } = [];

    /// <summary>Witnesses.</summary>
    public IReadOnlyList<WitnessAddress> Witnesses { get; init; } = [];
}

/// <summary>A branch of a Git repository.</summary>
/// <param name="Url">What git pushes to; may carry a user and a password.</param>
/// <param name="Branch">The branch that checkpoints are appended to.</param>
public sealed record GitAddress(string Url, string Branch)
{
    private const string Usual = "moat-checkpoints";

    /// <summary>The repository without user and password, for people.</summary>
    public string Shown =>
        Uri.TryCreate(Url, UriKind.Absolute, out var uri) && uri.UserInfo.Length > 0
            ? new UriBuilder(uri) { UserName = "", Password = "" }.Uri.ToString()
            : Url;

    /// <summary>Reads an address with an optional #branch. Throws <see cref="FormatException"/>.</summary>
    public static GitAddress Read(string text)
    {
        var parts = text.Split('#', 2);
        var branch = parts.Length == 2 ? parts[1] : Usual;
        if (
            parts[0].Length == 0
            || parts[0][0] == '-'
            || parts[0].Contains("::", StringComparison.Ordinal)
            || parts[0].Any(char.IsControl)
        )
            throw new FormatException(
                $"'{text}' is not the address of a Git repository. Write one such as https://git.example/acme/checkpoints.git#branch."
            );
        if (
            !Regex.IsMatch(branch, "^[A-Za-z0-9][A-Za-z0-9._/-]{0,99}$", RegexOptions.None, TimeSpan.FromSeconds(1))
            || branch.Contains("..", StringComparison.Ordinal)
        )
            throw new FormatException($"'{branch}' is not a branch that checkpoints can be pushed to.");
        return new GitAddress(parts[0], branch);
    }
}

/// <summary>A bucket, with the key that may write into it.</summary>
/// <param name="Endpoint">Where the storage answers; none for Amazon's own.</param>
/// <param name="Bucket">The bucket.</param>
/// <param name="Prefix">What objects begin with; empty or ending in a slash.</param>
/// <param name="Region">The region.</param>
/// <param name="LockDays">For how many days each object is locked.</param>
/// <param name="KeyId">The key's id.</param>
/// <param name="Secret">The key's secret.</param>
public sealed record BucketAddress(
    Uri? Endpoint,
    string Bucket,
    string Prefix,
    string Region,
    int LockDays,
    string KeyId,
    string Secret
)
{
    // Three years and a month: a certificate's cycle (ISO/IEC 17021-1, 9.1.3) with its last audit.
    private const int Cycle = 1126;
    private const int Longest = 36500;

    /// <summary>The bucket for people.</summary>
    public string Shown =>
        $"s3://{Bucket}/{Prefix}{(Endpoint is null ? "" : $" at {Endpoint.Authority}")}".TrimEnd('/');

    /// <summary>Without the secret.</summary>
    public override string ToString() => Shown;

    /// <summary>
    /// Reads s3://BUCKET/PREFIX or https://STORAGE/BUCKET/PREFIX with ?region= and &amp;lock-days=. Throws
    /// <see cref="FormatException"/>.
    /// </summary>
    public static BucketAddress Read(string text, string? key)
    {
        if (
            !Uri.TryCreate(text, UriKind.Absolute, out var uri)
            || uri.Scheme is not ("s3" or "https" or "http")
            || uri.UserInfo.Length > 0
        )
            throw new FormatException(
                $"'{text}' is not the address of a bucket. Write s3://BUCKET/PREFIX?region=eu-central-1, or https://storage.example/BUCKET/PREFIX."
            );
        if (key?.Split(':', 2) is not [{ Length: > 0 } id, { Length: > 0 } secret])
            throw new FormatException(
                "The bucket's key is missing. Give its id and its secret with a colon between them in MOAT_ANCHOR_S3_KEY."
            );
        var path = uri.AbsolutePath.Trim('/').Split('/', 2);
        var (bucket, prefix) =
            uri.Scheme == "s3" ? (uri.Host, uri.AbsolutePath.Trim('/')) : (path[0], path.Length == 2 ? path[1] : "");
        if (bucket.Length == 0)
            throw new FormatException($"'{text}' names no bucket.");
        var query = HttpUtility.ParseQueryString(uri.Query);
        return new BucketAddress(
            uri.Scheme == "s3" ? null : new Uri(uri.GetLeftPart(UriPartial.Authority)),
            bucket,
            prefix.Length == 0 ? "" : prefix + "/",
            query["region"] ?? "us-east-1",
            Days(query),
            id,
            secret
        );
    }

    private static int Days(NameValueCollection query)
    {
        if (query["lock-days"] is not { } days)
            return Cycle;
        return
            int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count is >= 1 and <= Longest
            ? count
            : throw new FormatException($"lock-days is a number of days from 1 to {Longest}, not '{days}'.");
    }
}

/// <summary>A witness.</summary>
/// <param name="Url">Where it answers; add-checkpoint is appended.</param>
/// <param name="Key">Its key.</param>
public sealed record WitnessAddress(Uri Url, CosignatureVerifier Key)
{
    /// <summary>Reads URL=VERIFIERKEY. Throws <see cref="FormatException"/>.</summary>
    public static WitnessAddress Read(string text)
    {
        // An address may have a query with an equals sign and a key ends with some, so the key is what looks like one.
        var match = Regex.Match(
            text,
            @"^(https?://\S+?)/?=([^\s=+]+\+[0-9a-fA-F]{8}\+\S+)$",
            RegexOptions.None,
            TimeSpan.FromSeconds(1)
        );
        if (!match.Success || !Uri.TryCreate(match.Groups[1].Value, UriKind.Absolute, out var url))
            throw new FormatException(
                $"'{text}' is not a witness. Write its address and its key with an equals sign between them; moat witness prints both."
            );
        return new WitnessAddress(url, CosignatureVerifier.Parse(match.Groups[2].Value));
    }
}
