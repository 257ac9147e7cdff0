using System.Collections.Specialized;
using System.Globalization;
using System.Text.RegularExpressions;
using Moat.Isms.Kernel.Journal;
using Moat.Storage.Blobs;

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
/// <param name="Url">The bucket.</param>
/// <param name="LockDays">For how many days each object is locked.</param>
/// <param name="Key">The key.</param>
public sealed record BucketAddress(BucketUrl Url, int LockDays, (string Id, string Secret) Key)
{
    // Three years and a month: a certificate's cycle (ISO/IEC 17021-1, 9.1.3) with its last audit.
    private const int Cycle = 1126;
    private const int Longest = 36500;

    /// <summary>Without the secret.</summary>
    public override string ToString() => Url.Shown;

    /// <summary>
    /// Reads s3://BUCKET/PREFIX or https://STORAGE/BUCKET/PREFIX with ?region= and &amp;lock-days=. Throws
    /// <see cref="FormatException"/>.
    /// </summary>
    public static BucketAddress Read(string text, string? key)
    {
        var url = BucketUrl.Read(text);
        return new BucketAddress(url, Days(url.Query), BucketUrl.Key(key, "MOAT_ANCHOR_S3_KEY"));
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
