using System.Text.Json.Nodes;
using Moat.Isms.Kernel.Reading;

namespace Moat.Isms.Evidence.Reports;

/// <summary>
/// What an expectation says of exceptions. Its <c>exception_info</c> is one object with <c>raised_exception</c>, or
/// since 0.16 a map of such objects by the metric that was computed. What has another form may tell of an exception,
/// and MUST NOT count as none.
/// </summary>
internal static class ExpectationException
{
    private const string Told = "raised_exception";

    /// <summary>
    /// Whether one was raised; a word that is neither true nor false says yes. Null when it cannot be read.
    /// </summary>
    public static bool? Raised(JsonNode? info)
    {
        if (info is null)
            return false;
        if (info is not JsonObject told)
            return null;
        if (told.ContainsKey(Told))
            return told[Told].Flag() != false;
        if (told["exception_message"].Text() is { Length: > 0 } || told.Any(inner => IsRaised(inner.Value)))
            return true;
        return told.All(inner =>
            inner.Value is JsonObject metric
                ? metric.ContainsKey(Told)
                : inner.Key.StartsWith("exception_", StringComparison.Ordinal)
                    && string.IsNullOrEmpty(inner.Value.Text())
                    && inner.Value is not JsonArray
        )
            ? false
            : null;
    }

    private static bool IsRaised(JsonNode? inner) =>
        inner is JsonObject told
        && (
            told.ContainsKey(Told)
                ? told[Told].Flag() != false
                : told["exception_message"].Text() is { Length: > 0 } || told.Any(i => IsRaised(i.Value))
        );
}
