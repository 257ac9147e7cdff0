using System.Globalization;
using Moat.Isms.Kernel;

namespace Moat.Isms.Assets.Boms;

/// <summary>
/// What of a bill is kept in part or not at all, with its places. What tells assets apart is kept whole or the bill is
/// refused; what describes them may be shortened, and that is said.
/// </summary>
internal sealed class BomRemarks
{
    private const int MostPlaces = 5;
    private readonly Dictionary<string, List<string>> _placesByWhat = [];

    /// <summary>A sentence for each thing, with its first places.</summary>
    public IReadOnlyList<string> Some => [.. _placesByWhat.Select(p => Told(p.Key, p.Value))];

    /// <summary>Says something of one place.</summary>
    public void Say(string what, string place)
    {
        if (_placesByWhat.TryGetValue(what, out var places))
            places.Add(place);
        else
            _placesByWhat[what] = [place];
    }

    /// <summary>
    /// A name or an id. Throws <see cref="InputInvalid"/> when it is too long, because a part of it may be another
    /// one's.
    /// </summary>
    public static string Whole(string text, int most, string place) =>
        text.Length <= most
            ? text
            : throw BomReader.Wrong(
                place,
                string.Create(CultureInfo.InvariantCulture, $"At most {most:N0} characters; it has {text.Length:N0}.")
            );

    /// <summary>A description as far as a record keeps it.</summary>
    public string? Shortened(string? text, int most, string place)
    {
        if (text?.Length > most)
            Say(
                string.Create(CultureInfo.InvariantCulture, $"Only the first {most:N0} characters are kept of"),
                string.Create(CultureInfo.InvariantCulture, $"{place} ({text.Length:N0} characters)")
            );
        return text?.Cut(most);
    }

    /// <summary>The level that a word of the bill means; none, and said, when it is not understood.</summary>
    public int? Level(string? said, Func<string, int?> read, string place)
    {
        if (said is null)
            return null;
        var level = read(said);
        if (level is null)
            Say(
                "Not understood as a classification, so the asset is entered as one that nobody classified:",
                $"'{said.Cut(40)}' at {place}"
            );
        return level;
    }

    /// <summary>Says that something is named that the bill does not have.</summary>
    public void Missing(string reference, string place) =>
        Say("Not in this bill, so nothing is related to it:", $"'{reference.Cut(80)}' at {place}");

    private static string Told(string what, List<string> places) =>
        $"{what} {string.Join(", ", places.Take(MostPlaces))}"
        + (
            places.Count > MostPlaces
                ? string.Create(CultureInfo.InvariantCulture, $" and {places.Count - MostPlaces:N0} more.")
                : "."
        );
}
