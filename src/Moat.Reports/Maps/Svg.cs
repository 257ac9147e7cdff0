using System.Globalization;
using System.Net;
using System.Text;

namespace Moat.Reports.Maps;

/// <summary>Words and numbers as an SVG file holds them.</summary>
internal static class Svg
{
    private const double Corner = 7;

    /// <summary>Text between tags or in an attribute.</summary>
    public static string Text(string text) => WebUtility.HtmlEncode(text);

    /// <summary>A number with at most one decimal.</summary>
    public static string Number(double value) => Math.Round(value, 1).ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>A line through spots with round corners, ended early by so much that an arrow fits.</summary>
    public static string Path(IReadOnlyList<Spot> spots, double early)
    {
        var cleaned = Clean(spots);
        cleaned[^1] = Towards(cleaned[^1], cleaned[^2], early);
        var path = new StringBuilder(Invariant($"M{cleaned[0].X:0.#} {cleaned[0].Y:0.#}"));
        for (var i = 1; i < cleaned.Count - 1; i++)
        {
            var (before, at, after) = (cleaned[i - 1], cleaned[i], cleaned[i + 1]);
            var radius = Math.Min(Corner, Math.Min(Distance(before, at), Distance(at, after)) / 2);
            var (from, to) = (Towards(at, before, radius), Towards(at, after, radius));
            path.Append(Invariant($"L{from.X:0.#} {from.Y:0.#}Q{at.X:0.#} {at.Y:0.#} {to.X:0.#} {to.Y:0.#}"));
        }
        return path.Append(Invariant($"L{cleaned[^1].X:0.#} {cleaned[^1].Y:0.#}")).ToString();
    }

    /// <summary>Formats numbers as SVG wants them.</summary>
    public static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    // A corner where nothing turns would be drawn as a kink.
    private static List<Spot> Clean(IReadOnlyList<Spot> spots)
    {
        List<Spot> cleaned = [spots[0]];
        for (var i = 1; i < spots.Count; i++)
        {
            if (Distance(cleaned[^1], spots[i]) < 0.05)
                continue;
            if (cleaned.Count > 1 && IsStraight(cleaned[^2], cleaned[^1], spots[i]))
                cleaned[^1] = spots[i];
            else
                cleaned.Add(spots[i]);
        }
        return cleaned;
    }

    private static bool IsStraight(Spot a, Spot b, Spot c) =>
        (Math.Abs(a.X - b.X) < 0.05 && Math.Abs(b.X - c.X) < 0.05)
        || (Math.Abs(a.Y - b.Y) < 0.05 && Math.Abs(b.Y - c.Y) < 0.05);

    private static double Distance(Spot a, Spot b) => Math.Abs(a.X - b.X) + Math.Abs(a.Y - b.Y);

    private static Spot Towards(Spot from, Spot to, double by)
    {
        var distance = Distance(from, to);
        return distance == 0
            ? from
            : new(from.X + (to.X - from.X) * by / distance, from.Y + (to.Y - from.Y) * by / distance);
    }
}
