using System.Globalization;
using System.Text;
using Moat.Isms.Kernel.Requirements;
using Moat.Isms.Processes;
using Moat.Isms.Processes.Flow;
using Moat.Knowledge;

namespace Moat.Reports.Maps;

/// <summary>
/// Draws the process map as SVG (clause 4.4). Colours come from the page's style sheet through classes; a drawing that
/// stands alone brings its own. The same places for every period, so that a slider over time moves nothing but what
/// flowed.
/// </summary>
public sealed class MapDrawing
{
    private const double Padding = 11,
        LabelSize = 12.5,
        OwnerSize = 10.5,
        ArrowLength = 6,
        Badge = 8;
    private static readonly MapMeasures Measures = new();
    private static readonly Lazy<MapPlan> Plan = new(() =>
        MapPlan.Of(
            [.. KnowledgeBase.Shipped.Processes.Select(p => new MapNode(p.Id, MapStage.Of(p.Clause).Column))],
            [.. KnowledgeBase.Shipped.Processes.SelectMany(p => p.Interactions.Select(i => new MapEdge(p.Id, i.To)))],
            Measures
        )
    );

    private readonly ProcessMapView _map;
    private readonly StringBuilder _svg = new();
    private readonly Dictionary<string, ProcessNode> _nodes;

    private MapDrawing(ProcessMapView map) => (_map, _nodes) = (map, map.Nodes.ToDictionary(n => n.Id));

    /// <summary>The drawing.</summary>
    /// <param name="map">What flowed.</param>
    /// <param name="address">The page of a process; without, nodes lead nowhere.</param>
    /// <param name="focus">A process whose lines stand out.</param>
    /// <param name="alone">Whether it brings its own colours.</param>
    public static string Draw(
        ProcessMapView map,
        Func<ProcessNode, string>? address = null,
        string? focus = null,
        bool alone = false
    ) => new MapDrawing(map).Write(address, focus, alone);

    private string Write(Func<ProcessNode, string>? address, string? focus, bool alone)
    {
        var plan = Plan.Value;
        var summary =
            $"{_map.Nodes.Count} processes and {_map.Interactions.Count} interactions from {Day(_map.From)} to {Day(_map.To)}: {_map.Alive} alive, {_map.Quiet} quiet, {_map.Broken} broken.";
        _svg.Append(
            Svg.Invariant(
                $"<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"m-map{(focus is null ? "" : " focused")}\" viewBox=\"0 0 {Svg.Number(plan.Width)} {Svg.Number(plan.Height)}\" role=\"group\" aria-label=\"Process map\">"
            )
        );
        _svg.Append($"<title>Processes and their interactions</title><desc>{Svg.Text(summary)}</desc>");
        if (alone)
            _svg.Append($"<style>{MapStyle.Alone}</style><rect class=\"paper\" width=\"100%\" height=\"100%\"/>");
        Markers();
        foreach (var (x, column) in plan.Columns.Select((x, i) => (x, i)))
            _svg.Append(
                Svg.Invariant(
                    $"<text class=\"h {MapStage.Css(column)}\" x=\"{Svg.Number(x)}\" y=\"20\" text-anchor=\"middle\">{MapStage.Name(column)}</text>"
                )
            );
        var tracks = plan.Tracks.ToDictionary(t => (t.From, t.To));
        foreach (var interaction in _map.Interactions.OrderBy(i => Order(i, focus)))
            Line(interaction, tracks[(interaction.From, interaction.To)], focus);
        foreach (var box in plan.Boxes)
            Node(_nodes[box.Id], box, address, focus);
        return _svg.Append("</svg>").ToString();
    }

    // What matters most is drawn last, above the rest.
    private static int Order(InteractionView interaction, string? focus) =>
        (
            interaction.State switch
            {
                FlowState.Broken => 2,
                FlowState.Alive => 1,
                _ => 0,
            }
        ) + (focus is not null && (interaction.From == focus || interaction.To == focus) ? 3 : 0);

    private void Markers()
    {
        _svg.Append("<defs>");
        foreach (var state in new[] { "alive", "quiet", "broken" })
            _svg.Append(
                $"<marker id=\"m-tip-{state}\" viewBox=\"0 0 9 9\" refX=\"3\" refY=\"4.5\" markerWidth=\"8.5\" markerHeight=\"8.5\" markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path class=\"tip {state}\" d=\"M0 0.5L9 4.5L0 8.5z\"/></marker>"
            );
        _svg.Append("</defs>");
    }

    private void Line(InteractionView interaction, Track track, string? focus)
    {
        var state = interaction.State.ToString().ToLowerInvariant();
        var path = Svg.Path(track.Spots, ArrowLength);
        var isNear = focus is null || interaction.From == focus || interaction.To == focus;
        var width =
            interaction.State == FlowState.Alive ? Width(interaction.Count)
            : interaction.State == FlowState.Broken ? 2.2
            : 1.2;
        _svg.Append(
            $"<g class=\"e {state}{(isNear ? "" : " far")}\" data-from=\"{interaction.From}\" data-to=\"{interaction.To}\"><title>{Svg.Text(Says(interaction))}</title>"
        );
        _svg.Append(
            Svg.Invariant(
                $"<path class=\"casing\" d=\"{path}\" stroke-width=\"{Svg.Number(width + 3)}\"/><path class=\"line\" d=\"{path}\" stroke-width=\"{Svg.Number(width)}\" marker-end=\"url(#m-tip-{state})\"/></g>"
            )
        );
    }

    // Ten times as much is a step wider, so that a busy line does not hide a thin one.
    private static double Width(int count) => Math.Min(5, 1.3 + 1.25 * Math.Log10(1 + count));

    private string Says(InteractionView interaction)
    {
        var names = $"{_nodes[interaction.From].Label} → {_nodes[interaction.To].Label}: {interaction.Flows}.";
        return interaction.State switch
        {
            FlowState.Alive => $"{names} {interaction.Count} in this period.",
            FlowState.Quiet => $"{names} {interaction.Quiet}",
            _ =>
                $"{names} Broken: {string.Join("; ", _map.Breaks.Where(b => interaction.Breaks.Contains(b.Rule)).Select(b => $"{b.Title} ({b.Total})"))}.",
        };
    }

    private void Node(ProcessNode node, Box box, Func<ProcessNode, string>? address, string? focus)
    {
        var stage = MapStage.Of(node.Clause);
        var css = $"n {MapStage.Css(stage.Column)}{(node.Id == focus ? " now" : "")}";
        _svg.Append(
            address is null
                ? $"<g class=\"{css}\">"
                : $"<a class=\"{css}\" href=\"{Svg.Text(address(node))}\" data-process=\"{node.Id}\">"
        );
        _svg.Append($"<title>{Svg.Text(Tells(node))}</title>");
        _svg.Append(
            Svg.Invariant(
                $"<rect class=\"box\" x=\"{Svg.Number(box.X)}\" y=\"{Svg.Number(box.Y)}\" width=\"{Svg.Number(box.Width)}\" height=\"{Svg.Number(box.Height)}\" rx=\"9\"/>"
            )
        );
        var room = box.Width - 2 * Padding;
        var lines = TextWidth.Wrap(node.Label, room, LabelSize, bold: true);
        var first = lines.Count == 1 ? 26 : 20;
        for (var i = 0; i < lines.Count; i++)
            Write("t", box.X + Padding, box.Y + first + i * 15, lines[i]);
        Write(
            node.Owner is null ? "s none" : "s",
            box.X + Padding,
            box.Y + 51,
            TextWidth.Fit(node.Owner ?? "nobody yet", room, OwnerSize)
        );
        if (node.Doi is { } doi)
            Bars(doi, box.X + Padding, box.Y + 60, room);
        if (node.Broken > 0)
            Mark(node, box);
        _svg.Append(address is null ? "</g>" : "</a>");
    }

    private void Mark(ProcessNode node, Box box)
    {
        var (x, y) = (box.X + box.Width - 3, box.Y + 3);
        _svg.Append(
            Svg.Invariant(
                $"<circle class=\"mark\" cx=\"{Svg.Number(x)}\" cy=\"{Svg.Number(y)}\" r=\"{Badge}\"/><text class=\"mark\" x=\"{Svg.Number(x)}\" y=\"{Svg.Number(y + 3.6)}\" text-anchor=\"middle\">{node.Broken}</text>"
            )
        );
    }

    private void Bars(Doi doi, double x, double y, double room)
    {
        var width = (room - 8) / 3;
        foreach (
            var (css, share, index) in new[]
            {
                ("d", doi.Documented, 0),
                ("o", doi.Operating, 1),
                ("i", doi.Improving, 2),
            }
        )
        {
            var left = x + index * (width + 4);
            _svg.Append(
                Svg.Invariant(
                    $"<rect class=\"b\" x=\"{Svg.Number(left)}\" y=\"{Svg.Number(y)}\" width=\"{Svg.Number(width)}\" height=\"4\" rx=\"2\"/>"
                )
            );
            if (share.Percent > 0)
                _svg.Append(
                    Svg.Invariant(
                        $"<rect class=\"b {css}\" x=\"{Svg.Number(left)}\" y=\"{Svg.Number(y)}\" width=\"{Svg.Number(Math.Max(4, width * share.Percent / 100))}\" height=\"4\" rx=\"2\"/>"
                    )
                );
        }
    }

    private static string Tells(ProcessNode node) =>
        string.Join(
            ". ",
            new[]
            {
                $"{node.Title} ({node.Clause})",
                node.Owner is null ? $"Nobody holds the role {node.OwnerRole}" : $"{node.Owner}, {node.OwnerRole}",
                node.LastActivity is { } at ? $"Last active {Day(DateOnly.FromDateTime(at))}" : "Never active",
                node.NextDue is { } due ? $"Next due {Day(due)}" : null,
                node.Doi is { } doi
                    ? $"Documented {doi.Documented.Percent} %, operating {doi.Operating.Percent} %, improving {doi.Improving.Percent} %"
                    : null,
                node.Broken > 0 ? $"{node.Broken} broken interactions" : null,
            }.OfType<string>()
        ) + ".";

    private void Write(string css, double x, double y, string text) =>
        _svg.Append(
            Svg.Invariant($"<text class=\"{css}\" x=\"{Svg.Number(x)}\" y=\"{Svg.Number(y)}\">{Svg.Text(text)}</text>")
        );

    private static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
}
