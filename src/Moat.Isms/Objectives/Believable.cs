using System.Globalization;
using Moat.Isms.Kernel;

namespace Moat.Isms.Objectives;

/// <summary>
/// Which numbers an objective can have: none beyond a billion, and nothing but 0 to 100 of a hundred.
/// </summary>
public static class Believable
{
    private const decimal Most = 1_000_000_000;
    private static readonly HashSet<string> OfAHundred = new(StringComparer.OrdinalIgnoreCase)
    {
        "%",
        "per cent",
        "percent",
    };

    /// <summary>What is wrong with a number in a unit; null when it can be.</summary>
    public static string? Doubt(decimal value, string unit) =>
        OfAHundred.Contains(unit.Trim()) && value is < 0 or > 100
            ? $"{Text(value)} cannot be: a share in per cent lies between 0 and 100."
        : Math.Abs(value) > Most ? "This number is too large to mean anything. Measure in a larger unit."
        : null;

    /// <summary>Throws <see cref="InputInvalid"/> when a number cannot be.</summary>
    public static void Check(string field, decimal value, string unit)
    {
        if (Doubt(value, unit) is { } doubt)
            throw new InputInvalid(field, doubt);
    }

    private static string Text(decimal value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
