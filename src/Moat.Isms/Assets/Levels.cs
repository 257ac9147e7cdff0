using Moat.Isms.Tables;

namespace Moat.Isms.Assets;

/// <summary>Reads a level from 1 to 4 out of the words that other registers use.</summary>
internal static class Levels
{
    private static readonly ScaleWords Words = new(
        5,
        ["information", "data", "use", "only", "for", "level", "class", "classification", "rating", "risk", "value"],
        ["very low", "low", "public", "open"],
        ["internal", "medium", "moderate"],
        ["sensitive", "confidential", "company confidential", "high"],
        [
            "highly confidential",
            "strictly confidential",
            "top secret",
            "very high",
            "restricted",
            "secret",
            "critical",
            "pii",
        ]
    );

    /// <summary>The level that a text names, or none. Scales of five levels end in the highest here.</summary>
    public static int? Of(string text) => Words.Of(text) is { } level ? Math.Min(level, 4) : null;
}
