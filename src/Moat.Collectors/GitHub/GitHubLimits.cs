using System.Globalization;
using System.Net;
using Moat.Collectors.Http;

namespace Moat.Collectors.GitHub;

/// <summary>
/// When GitHub says "not now" instead of "not you": the limit of an hour is used up, or too much was asked at once (the
/// secondary limit, which leaves the hour's count untouched). Neither says anything about what was asked for.
/// </summary>
internal static class GitHubLimits
{
    private static readonly TimeSpan Unsaid = TimeSpan.FromMinutes(1);

    /// <summary>Until when GitHub answers nothing, or null when it answers.</summary>
    public static DateTime? Until(SourceAnswer answer, DateTime now)
    {
        if (answer.Status is not (HttpStatusCode.Forbidden or HttpStatusCode.TooManyRequests))
            return null;
        if (answer.Headers.RetryAfter is { } pause)
            return pause.Delta is { } wait ? now + wait : pause.Date?.UtcDateTime;
        if (Header(answer, "X-RateLimit-Remaining") == "0")
            return Reset(answer) ?? now.AddHours(1);
        return answer.Status == HttpStatusCode.TooManyRequests || IsSecondary(answer) ? now + Unsaid : null;
    }

    private static bool IsSecondary(SourceAnswer answer) =>
        answer.Json.At("message").Text()?.Contains("secondary rate limit", StringComparison.OrdinalIgnoreCase) == true;

    private static DateTime? Reset(SourceAnswer answer) =>
        long.TryParse(Header(answer, "X-RateLimit-Reset"), CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime
            : null;

    private static string? Header(SourceAnswer answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? values.First() : null;
}
