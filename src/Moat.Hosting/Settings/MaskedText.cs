using System.Data.Common;
using System.Text.RegularExpressions;
using Moat.Storage.Blobs;

namespace Moat.Hosting.Settings;

/// <summary>Takes passwords out of what is shown: those in addresses and in connection strings.</summary>
internal static partial class MaskedText
{
    public const string Mask = "****";

    /// <summary>The text without them.</summary>
    public static string Of(string text) =>
        InConnection()
            .Replace(
                InQuery().Replace(InAddress().Replace(text, $"://{Mask}@"), query => WithoutUnknown(query.Value)),
                $"$1={Mask}"
            );

    /// <summary>
    /// A connection string without passwords, and without the value of each keyword that PostgreSQL's driver does not
    /// know: a mistyped keyword may stand before a password.
    /// </summary>
    public static string OfConnection(string text)
    {
        if (IsAddress().IsMatch(text))
            return Of(text);
        return IsPairs(text)
            ? InPairs()
                .Replace(
                    Of(text),
                    pair => IsKnown(pair.Groups["word"].Value) ? pair.Value : $"{pair.Groups["word"].Value}={Mask}"
                )
            : Mask;
    }

    // What an address asks for is known of buckets; anything else behind its question mark may be a key.
    private static string WithoutUnknown(string query) =>
        "?"
        + string.Join(
            '&',
            query[1..].Split('&').Select(part => BucketUrl.Words.Contains(part.Split('=')[0]) ? part : Mask)
        );

    // What is no pair of a word and a value may be anything.
    private static bool IsPairs(string text)
    {
        try
        {
            return new DbConnectionStringBuilder { ConnectionString = text }.Count > 0;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static bool IsKnown(string keyword) =>
        keyword.Trim() is { Length: > 0 } word && new Npgsql.NpgsqlConnectionStringBuilder().ContainsKey(word);

    [GeneratedRegex(@"^\s*\w+://", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex IsAddress();

    [GeneratedRegex(
        @"(?<word>[^=;]+)=(\s*('[^']*'|""[^""]*"")\s*(?=;|$)|[^;]*)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex InPairs();

    [GeneratedRegex(@"(?<=://[^?\s]*)\?[^\s#'""]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex InQuery();

    [GeneratedRegex(@"://[^/\s'""]*@", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex InAddress();

    [GeneratedRegex(
        @"\b(password|passwd|pwd|ssl\s*password)\s*=\s*('[^']*'|""[^""]*""|[^;'""]*)",
        RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex InConnection();
}
