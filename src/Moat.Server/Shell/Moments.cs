using System.Globalization;

namespace Moat.Server.Shell;

/// <summary>Moments and the time left to them, as pages show them.</summary>
internal static class Moments
{
    public static string Moment(this DateTime at) => at.ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture);

    /// <summary>As a field for a moment holds it.</summary>
    public static string Field(this DateTime at) => at.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);

    /// <summary>How long it is until then, or how long ago it was.</summary>
    public static string Left(this DateTime due, DateTime now) =>
        due >= now ? $"{Span(due - now)} left" : $"{Span(now - due)} too late";

    /// <summary>A span in its two largest units.</summary>
    public static string Span(TimeSpan span) =>
        span switch
        {
            { TotalDays: >= 2 } => string.Create(
                CultureInfo.InvariantCulture,
                $"{(int)span.TotalDays} d {span.Hours} h"
            ),
            { TotalHours: >= 1 } => string.Create(
                CultureInfo.InvariantCulture,
                $"{(int)span.TotalHours} h {span.Minutes} min"
            ),
            _ => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalMinutes} min"),
        };

    /// <summary>Hours in words; a dash where nothing was measured.</summary>
    public static string Hours(double? hours) => hours is { } h ? Span(TimeSpan.FromHours(h)) : "–";

    /// <summary>How urgent a deadline is.</summary>
    public static string Css(this DateTime due, DateTime now) =>
        due < now ? "bad"
        : due - now < TimeSpan.FromHours(24) ? "warn"
        : "info";
}
