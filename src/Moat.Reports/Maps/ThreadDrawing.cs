using System.Globalization;
using System.Text;
using Moat.Isms.Processes.Threads;

namespace Moat.Reports.Maps;

/// <summary>
/// Draws a thread as SVG: columns are kinds of registers, time runs downwards, and an arrow leads from what came first
/// to what came of it.
/// </summary>
public sealed class ThreadDrawing
{
    private const double Padding = 8,
        RefSize = 11.5,
        TitleSize = 11,
        FoldSize = 10,
        DateWidth = 74,
        ArrowLength = 6,
        FoldHeight = 19;
    private static readonly MapMeasures Measures = new()
    {
        BoxWidth = 144,
        BoxHeight = 76,
        LeastGap = 14,
        Margin = 8,
        Top = 34,
    };
    private readonly StringBuilder _svg = new();

    /// <summary>The drawing. A box with folded records links to their list by its anchor.</summary>
    /// <param name="thread">The thread, folded.</param>
    /// <param name="address">The page of a record, from reference, register and title.</param>
    /// <param name="list">Where the records of a box are listed.</param>
    public static string Draw(FoldedThread thread, Func<ThreadStep, string> address, Func<ThreadBox, string> list) =>
        new ThreadDrawing().Write(thread, address, list);

    private string Write(FoldedThread thread, Func<ThreadStep, string> address, Func<ThreadBox, string> list)
    {
        var plan = ThreadPlan.Of(thread.Nodes, [.. thread.Arrows.Select(a => new MapEdge(a.From, a.To))], Measures);
        _svg.Append(
            Svg.Invariant(
                $"<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"m-map m-threadmap\" viewBox=\"0 0 {Svg.Number(plan.Width + DateWidth)} {Svg.Number(plan.Height)}\" width=\"{Svg.Number(plan.Width + DateWidth)}\" height=\"{Svg.Number(plan.Height)}\" role=\"group\" aria-label=\"Thread of {Svg.Text(thread.Ref)}\">"
            )
        );
        _svg.Append(
            $"<title>Thread of {Svg.Text(thread.Ref)}</title><desc>{thread.Boxes.Sum(b => b.Steps.Count + b.Under.Count)} records in {thread.Boxes.Count} boxes; the same as a list is below.</desc>"
        );
        _svg.Append(
            "<defs><marker id=\"m-tip-thread\" viewBox=\"0 0 9 9\" refX=\"3\" refY=\"4.5\" markerWidth=\"9\" markerHeight=\"9\" markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path class=\"tip alive\" d=\"M0 0.5L9 4.5L0 8.5z\"/></marker></defs>"
        );
        _svg.Append(Svg.Invariant($"<g transform=\"translate({DateWidth} 0)\">"));
        foreach (var (x, heading) in plan.Columns.Zip(thread.Columns))
            _svg.Append(
                Svg.Invariant(
                    $"<text class=\"h\" x=\"{Svg.Number(x)}\" y=\"18\" text-anchor=\"middle\">{Svg.Text(heading)}</text>"
                )
            );
        foreach (var (track, arrow) in plan.Tracks.Zip(thread.Arrows))
        {
            var path = Svg.Path(track.Spots, ArrowLength);
            _svg.Append(
                $"<g class=\"e alive\"><title>{Svg.Text($"{arrow.To} {arrow.Says} {arrow.From}")}</title><path class=\"casing\" d=\"{path}\" stroke-width=\"3.6\"/><path class=\"line\" d=\"{path}\" stroke-width=\"1.6\" marker-end=\"url(#m-tip-thread)\"/></g>"
            );
        }
        foreach (var (place, box) in plan.Boxes.Zip(thread.Boxes))
        {
            Record(place, box, box.Steps.Count == 1 ? address(box.First) : list(box));
            if (box.Under.Count > 0)
                Fold(place, box, list(box));
        }
        return _svg.Append("</g></svg>").ToString();
    }

    private void Record(Box place, ThreadBox box, string address)
    {
        var step = box.First;
        var css =
            step.Distance == 0 ? "now"
            : step.Distance < 0 ? "up"
            : "down";
        var room = place.Width - 2 * Padding;
        _svg.Append(
            Svg.Invariant(
                $"<text class=\"s\" x=\"{Svg.Number(-DateWidth + 4)}\" y=\"{Svg.Number(place.Y + 18)}\">{step.At.ToString("d MMM yyyy", CultureInfo.InvariantCulture)}</text>"
            )
        );
        _svg.Append(
            $"<a class=\"n {css}\" href=\"{Svg.Text(address)}\"><title>{Svg.Text($"{box.Name} {step.Title}: {step.Says} {step.Next}, {step.By}")}</title>"
        );
        _svg.Append(
            Svg.Invariant(
                $"<rect class=\"box\" x=\"{Svg.Number(place.X)}\" y=\"{Svg.Number(place.Y)}\" width=\"{Svg.Number(place.Width)}\" height=\"{Svg.Number(place.Height)}\" rx=\"8\"/>"
            )
        );
        Line("t", place, 18, TextWidth.Fit(box.Name, room, RefSize, bold: true));
        foreach (var (i, line) in TextWidth.Wrap(step.Title, room, TitleSize).Index())
            Line("s", place, 33 + 14 * i, line);
        _svg.Append("</a>");
    }

    // The lower edge of the box, as a link of its own to the list of what is folded.
    private void Fold(Box place, ThreadBox box, string address)
    {
        var top = place.Y + place.Height - FoldHeight - 1;
        _svg.Append(
            $"<a class=\"n fold\" href=\"{Svg.Text(address)}\"><title>{Svg.Text($"{box.Folded} of {box.Name}")}</title>"
        );
        _svg.Append(
            Svg.Invariant(
                $"<rect class=\"b\" x=\"{Svg.Number(place.X + 1)}\" y=\"{Svg.Number(top)}\" width=\"{Svg.Number(place.Width - 2)}\" height=\"{Svg.Number(FoldHeight)}\" rx=\"7\"/>"
            )
        );
        Line("s", place, place.Height - 6, TextWidth.Fit(box.Folded, place.Width - 2 * Padding, FoldSize));
        _svg.Append("</a>");
    }

    private void Line(string css, Box place, double y, string text) =>
        _svg.Append(
            Svg.Invariant(
                $"<text class=\"{css}\" x=\"{Svg.Number(place.X + Padding)}\" y=\"{Svg.Number(place.Y + y)}\">{Svg.Text(text)}</text>"
            )
        );
}
