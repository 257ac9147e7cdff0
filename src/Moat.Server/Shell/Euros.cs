using System.Globalization;

namespace Moat.Server.Shell;

/// <summary>Money as people read it: the first digits, because the figures are estimates.</summary>
public static class Euros
{
    /// <summary>An amount.</summary>
    public static string Of(long value) =>
        value switch
        {
            >= 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"EUR {value / 1_000_000m:0.#} m"),
            >= 10_000 => string.Create(CultureInfo.InvariantCulture, $"EUR {value / 1000m:0} k"),
            _ => string.Create(CultureInfo.InvariantCulture, $"EUR {value:#,0}"),
        };

    /// <summary>What a year is expected to cost; nothing is said where no risk has a figure.</summary>
    public static string AYear(long value) => value == 0 ? "no figure" : $"{Of(value)} a year";
}
