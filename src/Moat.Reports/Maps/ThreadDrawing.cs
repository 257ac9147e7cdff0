using System.Globalization;
using System.Text;
using Moat.Isms.Processes.Threads;

namespace Moat.Reports.Maps;

/// <summary>Draws a thread as SVG: columns are registers, time runs downwards, and an arrow leads from what came first to what came of it.</summary>
public sealed class ThreadDrawing
{
    private const int MostRows = 60, FewestOfAGroup = 4;
    private const double Padding = 10, RefSize = 11.5, TitleSize = 11, DateWidth = 84, ArrowLength = 6;
    private static readonly MapMeasures Measures = new() { BoxWidth = 148, BoxHeight = 44, LeastGap = 16, Margin = 8, Top = 34 };
    private readonly StringBuilder _svg = new();

    /// <summary>The drawing. Records that hang on the same one in the same way are drawn as one box.</summary>
    /// <param name="walk">The thread.</param>
    /// <param name="address">The page of a record, from reference, register and title.</param>
    public static string Draw(ThreadWalk walk, Func<ThreadStep, string> address) => new ThreadDrawing().Write(walk, address);

    private string Write(ThreadWalk walk, Func<ThreadStep, string> address)
    {
        var (rows, of) = Rows(walk);
        var columns = rows.Select(r => r.Step.Process).Distinct().ToList();
        var edges = walk.Edges.Where(e => of.ContainsKey(e.Earlier) && of.ContainsKey(e.Later)).Select(e => (From: of[e.Earlier], To: of[e.Later], e.Says))
            .Where(e => e.From != e.To).DistinctBy(e => (e.From, e.To)).ToList();
        var plan = ThreadPlan.Of([.. rows.Select(r => new MapNode(r.Step.Ref, columns.IndexOf(r.Step.Process)))], [.. edges.Select(e => new MapEdge(e.From, e.To))], Measures);
        _svg.Append(Svg.Invariant($"<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"m-map m-threadmap\" viewBox=\"0 0 {Svg.Number(plan.Width + DateWidth)} {Svg.Number(plan.Height)}\" width=\"{Svg.Number(plan.Width + DateWidth)}\" height=\"{Svg.Number(plan.Height)}\" role=\"group\" aria-label=\"Thread of {Svg.Text(walk.Ref)}\">"));
        _svg.Append($"<title>Thread of {Svg.Text(walk.Ref)}</title><desc>{rows.Count} records over {columns.Count} registers; the same as a list is below.</desc>");
        _svg.Append("<defs><marker id=\"m-tip-thread\" viewBox=\"0 0 9 9\" refX=\"3\" refY=\"4.5\" markerWidth=\"9\" markerHeight=\"9\" markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path class=\"tip alive\" d=\"M0 0.5L9 4.5L0 8.5z\"/></marker></defs>");
        _svg.Append(Svg.Invariant($"<g transform=\"translate({DateWidth} 0)\">"));
        foreach (var (x, name) in plan.Columns.Zip(columns))
            _svg.Append(Svg.Invariant($"<text class=\"h\" x=\"{Svg.Number(x)}\" y=\"18\" text-anchor=\"middle\">{Svg.Text(name.Replace('-', ' ').ToUpperInvariant())}</text>"));
        foreach (var (track, edge) in plan.Tracks.Zip(edges))
        {
            var path = Svg.Path(track.Spots, ArrowLength);
            _svg.Append($"<g class=\"e alive\"><title>{Svg.Text($"{edge.To} {edge.Says} {edge.From}")}</title><path class=\"casing\" d=\"{path}\" stroke-width=\"3.6\"/><path class=\"line\" d=\"{path}\" stroke-width=\"1.6\" marker-end=\"url(#m-tip-thread)\"/></g>");
        }
        foreach (var (box, row) in plan.Boxes.Zip(rows)) Record(box, row, address);
        return _svg.Append("</g></svg>").ToString();
    }

    private void Record(Box box, Row row, Func<ThreadStep, string> address)
    {
        var step = row.Step;
        var css = step.Distance == 0 ? "now" : step.Distance < 0 ? "up" : "down";
        var name = row.Count == 1 ? step.Ref : $"{row.Count} × {Kind(step)}";
        var room = box.Width - 2 * Padding;
        _svg.Append(Svg.Invariant($"<text class=\"s\" x=\"{Svg.Number(-DateWidth + 4)}\" y=\"{Svg.Number(box.Y + 26)}\">{step.At.ToString("d MMM yyyy", CultureInfo.InvariantCulture)}</text>"));
        _svg.Append($"<a class=\"n {css}\" href=\"{Svg.Text(address(step))}\"><title>{Svg.Text($"{step.Ref} {step.Title}: {step.Says} {step.Next}, {step.By}")}</title>");
        _svg.Append(Svg.Invariant($"<rect class=\"box\" x=\"{Svg.Number(box.X)}\" y=\"{Svg.Number(box.Y)}\" width=\"{Svg.Number(box.Width)}\" height=\"{Svg.Number(box.Height)}\" rx=\"8\"/>"));
        _svg.Append(Svg.Invariant($"<text class=\"t\" x=\"{Svg.Number(box.X + Padding)}\" y=\"{Svg.Number(box.Y + 18)}\">{Svg.Text(TextWidth.Fit(name, room, RefSize, bold: true))}</text>"));
        _svg.Append(Svg.Invariant($"<text class=\"s\" x=\"{Svg.Number(box.X + Padding)}\" y=\"{Svg.Number(box.Y + 34)}\">{Svg.Text(TextWidth.Fit(step.Title, room, TitleSize))}</text></a>"));
    }

    // Records that hang on the same one in the same way become one row, and so does what hangs on those; the nearest come first when there
    // are too many. What everybody has to do, such as confirming a policy, is told by two already.
    private static (List<Row> Rows, Dictionary<string, string> Of) Rows(ThreadWalk walk)
    {
        var keys = new Dictionary<string, string>();
        var groups = new List<List<ThreadStep>>();
        foreach (var round in walk.Steps.GroupBy(s => Math.Abs(s.Distance)).OrderBy(g => g.Key))
            foreach (var group in round.GroupBy(s => s.Distance == 0 ? s.Ref : $"{keys[s.Next]} {s.Says} {Kind(s)} {Math.Sign(s.Distance)}"))
            {
                var members = group.ToList();
                var isOne = members.Count >= FewestOfAGroup || (members.Count > 1 && Kind(members[0]) is "ACK" or "TASK");
                foreach (var step in members) keys[step.Ref] = isOne ? group.Key : step.Ref;
                groups.AddRange(isOne ? [members] : members.Select(s => new List<ThreadStep> { s }));
            }
        var shown = groups.Take(MostRows).OrderBy(g => g[0].At).ThenBy(g => g[0].Distance).ToList();
        return ([.. shown.Select(g => new Row(g[0], g.Count))], shown.SelectMany(g => g.Select(s => (s.Ref, Row: g[0].Ref))).ToDictionary(p => p.Ref, p => p.Row));
    }

    private static string Kind(ThreadStep step) => step.Ref.Split('-')[0];

    private sealed record Row(ThreadStep Step, int Count);
}
