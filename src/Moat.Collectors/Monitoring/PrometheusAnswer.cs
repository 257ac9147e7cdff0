using System.Globalization;
using System.Text.Json.Nodes;
using Moat.Collectors.Http;
using Moat.Isms.Evidence.Collectors;

namespace Moat.Collectors.Monitoring;

/// <summary>
/// The one number in what Prometheus answers. No data and "not a number" are said as such; they are never a value.
/// </summary>
internal static class PrometheusAnswer
{
    // What an objective's number may be at most in both databases, which keep four decimals of it.
    private const double Largest = 1e14;

    /// <summary>The number of an instant query.</summary>
    public static Reading Value(JsonObject data)
    {
        var sample = data["resultType"].Text() switch
        {
            "scalar" => data["result"] as JsonArray,
            "vector" => OnlySeries(data)?["value"] as JsonArray,
            var other => throw new CollectorFailed(
                $"The query answers a {other}. An objective of the moment needs one number: use an instant query, or fold the answers over its period."
            ),
        };
        return sample is [_, { } text] ? Number(text.ToString()) : NoData;
    }

    /// <summary>
    /// The answers of a range query as one number. Moments without a number (NaN) are no answers; an infinite one has
    /// no fold.
    /// </summary>
    public static Reading Folded(JsonObject data, RangeFold fold)
    {
        if (data["resultType"].Text() is var kind and not "matrix")
            throw new CollectorFailed($"The query answers a {kind}, not one number for each moment of the period.");
        var samples =
            (OnlySeries(data)?["values"] as JsonArray)
                ?.Select(s => Parsed(s is JsonArray and [_, { } text] ? text.ToString() : null))
                .Where(v => !double.IsNaN(v))
                .ToList()
            ?? [];
        if (samples.Count == 0)
            return NoData;
        var value = fold switch
        {
            RangeFold.Average => samples.Average(),
            RangeFold.Minimum => samples.Min(),
            _ => samples[^1],
        };
        return Number(value.ToString("R", CultureInfo.InvariantCulture));
    }

    private static Reading NoData => new(null, "Prometheus has no data for the query.");

    private static JsonObject? OnlySeries(JsonObject data) =>
        data["result"].Objects().ToList() switch
        {
            [] => null,
            [var one] => one,
            var many => throw new CollectorFailed(
                $"The query answers {many.Count} series. Sum or average them so that one number is left."
            ),
        };

    private static double Parsed(string? text) =>
        text switch
        {
            "+Inf" => double.PositiveInfinity,
            "-Inf" => double.NegativeInfinity,
            _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                ? value
                : double.NaN,
        };

    private static Reading Number(string text) =>
        Parsed(text) switch
        {
            var value when !double.IsFinite(value) => new Reading(
                null,
                $"Prometheus answers {text}, which is no number."
            ),
            var value when Math.Abs(value) >= Largest => new Reading(
                null,
                $"Prometheus answers {text}, which is too large for an objective. Measure it in a larger unit."
            ),
            var value => new Reading((decimal)value, ""),
        };
}
