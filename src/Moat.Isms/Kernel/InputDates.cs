using System.Globalization;

namespace Moat.Isms.Kernel;

/// <summary>
/// The days between which every date of every input lies. They leave room on both sides: what is counted from a date,
/// such as a period of years or the day after it, is a date as well.
/// </summary>
public static class InputDates
{
    /// <summary>The earliest day.</summary>
    public static readonly DateOnly First = new(1950, 1, 1);

    /// <summary>The latest day.</summary>
    public static readonly DateOnly Last = new(2199, 12, 31);

    /// <summary>The bound, as it is said to people.</summary>
    public static string Bound { get; } =
        string.Create(CultureInfo.InvariantCulture, $"A date from {First:yyyy-MM-dd} to {Last:yyyy-MM-dd}.");

    /// <summary>Whether a value is a date or a moment that no input takes.</summary>
    public static bool Outside(object? value) =>
        value switch
        {
            DateOnly day => Outside(day),
            DateTime at => Outside(DateOnly.FromDateTime(at)),
            DateTimeOffset at => Outside(DateOnly.FromDateTime(at.UtcDateTime)),
            _ => false,
        };

    private static bool Outside(DateOnly day) => day < First || day > Last;
}
