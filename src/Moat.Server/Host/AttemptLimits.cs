using System.Globalization;
using System.Threading.RateLimiting;

namespace Moat.Server.Host;

/// <summary>How often an address may try what somebody without an account may do.</summary>
public static class AttemptLimits
{
    /// <summary>The name of the limit on attempts to sign in.</summary>
    public const string SignIn = "sign-in";

    /// <summary>The name of the limit on reports without a name.</summary>
    public const string Report = "report";

    private const int SignInsAMinute = 20;

    // Several people behind one address may report on a bad day; a flood is something else.
    private const int ReportsAMinute = 6;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>Adds the limits; whoever exceeds one is answered 429 with Retry-After.</summary>
    public static void LimitAttempts(this IServiceCollection services) =>
        services.AddRateLimiter(limits =>
        {
            limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limits.OnRejected = (refused, _) =>
            {
                var wait = refused.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : Window;
                refused.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds)
                    .ToString(CultureInfo.InvariantCulture);
                return ValueTask.CompletedTask;
            };
            limits.AddPolicy(SignIn, http => OfAddress(http, SignInsAMinute));
            limits.AddPolicy(Report, http => OfAddress(http, ReportsAMinute));
        });

    private static RateLimitPartition<string> OfAddress(HttpContext http, int aMinute) =>
        HttpMethods.IsPost(http.Request.Method)
            ? RateLimitPartition.GetFixedWindowLimiter(
                http.Connection.RemoteIpAddress?.ToString() ?? "",
                _ => new FixedWindowRateLimiterOptions { PermitLimit = aMinute, Window = Window }
            )
            : RateLimitPartition.GetNoLimiter("");
}
