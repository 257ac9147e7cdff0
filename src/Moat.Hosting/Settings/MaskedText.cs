using System.Text.RegularExpressions;

namespace Moat.Hosting.Settings;

/// <summary>Takes passwords out of what is shown: those in addresses and in connection strings.</summary>
internal static partial class MaskedText
{
    public const string Mask = "****";

    /// <summary>The text without them.</summary>
    public static string Of(string text) =>
        InConnection().Replace(InAddress().Replace(text, $"://{Mask}@"), $"$1={Mask}");

    [GeneratedRegex(@"://[^/\s'""]*@", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex InAddress();

    [GeneratedRegex(
        @"\b(password|passwd|pwd|ssl\s*password)\s*=\s*('[^']*'|""[^""]*""|[^;'""]*)",
        RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex InConnection();
}
