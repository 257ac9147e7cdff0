namespace Moat.Reports.Maps;

/// <summary>
/// Places a thread: a column for each register, a row for each record in the order of time. No row has two boxes, so a
/// line leaves along its own row, turns in the channel beside its end, and runs behind none.
/// </summary>
public static class ThreadPlan
{
    private const double Lane = 7,
        Clear = 14,
        Least = 26,
        PortStep = 6;

    /// <summary>Lays it out. The nodes come in the order of time.</summary>
    public static MapPlan Of(IReadOnlyList<MapNode> nodes, IReadOnlyList<MapEdge> edges, MapMeasures measures)
    {
        var row = nodes.Select((n, i) => (n.Id, i)).ToDictionary(n => n.Id, n => n.i);
        var column = nodes.ToDictionary(n => n.Id, n => n.Column);
        var columns = nodes.Count == 0 ? 0 : nodes.Max(n => n.Column) + 1;
        var legs = edges.Select(e => LegOf(column[e.From], column[e.To], row[e.From], row[e.To])).ToList();
        foreach (var channel in legs.OfType<Leg>().GroupBy(l => l.Channel))
            MapRouter.Colour([.. channel]);
        var (at, channels) = Columns(columns, legs, measures);
        double Y(string id) => measures.Top + row[id] * (measures.BoxHeight + measures.LeastGap);
        var ports = Ports(edges, legs, column);
        Spot Place(string id, int edge, bool isStart)
        {
            var (side, offset) = ports[(edge, isStart)];
            return side switch
            {
                Side.Left => new(at[column[id]], Y(id) + measures.BoxHeight / 2 + offset),
                Side.Right => new(at[column[id]] + measures.BoxWidth, Y(id) + measures.BoxHeight / 2 + offset),
                Side.Top => new(at[column[id]] + measures.BoxWidth / 2 + offset, Y(id)),
                _ => new(at[column[id]] + measures.BoxWidth / 2 + offset, Y(id) + measures.BoxHeight),
            };
        }
        var tracks = edges
            .Select(
                (edge, i) =>
                {
                    var (start, end) = (Place(edge.From, i, true), Place(edge.To, i, false));
                    if (legs[i] is not { } leg)
                        return new Track(edge.From, edge.To, [start, end]);
                    var x = channels[leg.Channel] + leg.Lane * Lane;
                    return new Track(edge.From, edge.To, [start, new(x, start.Y), new(x, end.Y), end]);
                }
            )
            .ToList();
        var boxes = nodes
            .Select(n => new Box(n.Id, at[n.Column], Y(n.Id), measures.BoxWidth, measures.BoxHeight))
            .ToList();
        var width =
            columns == 0
                ? 2 * measures.Margin
                : Math.Max(
                    at[^1] + measures.BoxWidth,
                    channels[columns]
                        + Lane
                            * legs.OfType<Leg>()
                                .Where(l => l.Channel == columns)
                                .Select(l => l.Lane + 1)
                                .DefaultIfEmpty(0)
                                .Max()
                );
        return new MapPlan(
            width + measures.Margin,
            measures.Top + nodes.Count * (measures.BoxHeight + measures.LeastGap),
            boxes,
            tracks,
            [.. at.Select(x => x + measures.BoxWidth / 2)]
        );
    }

    // None where the boxes stand one above the other.
    private static Leg? LegOf(int c1, int c2, int r1, int r2) =>
        c1 == c2 && Math.Abs(r1 - r2) == 1
            ? null
            : new Leg
            {
                IsVertical = true,
                Channel = c1 < c2 ? c2 : c2 + 1,
                Span = (Math.Min(r1, r2) - 0.45, Math.Max(r1, r2) + 0.45),
            };

    private static (double[] At, double[] Channels) Columns(int columns, List<Leg?> legs, MapMeasures measures)
    {
        var (at, channels, x) = (new double[columns], new double[columns + 1], measures.Margin);
        for (var i = 0; i <= columns; i++)
        {
            var lanes = legs.OfType<Leg>().Where(l => l.Channel == i).Select(l => l.Lane + 1).DefaultIfEmpty(0).Max();
            var room =
                i == 0 ? 0
                : lanes == 0 ? Least
                : Math.Max(Least, 2 * Clear + (lanes - 1) * Lane);
            channels[i] = x + (room - Math.Max(0, lanes - 1) * Lane) / 2;
            x += room;
            if (i == columns)
                break;
            at[i] = x;
            x += measures.BoxWidth;
        }
        return (at, channels);
    }

    // Those that end on the same side of a box share it out.
    private static Dictionary<(int Edge, bool IsStart), (Side Side, double Offset)> Ports(
        IReadOnlyList<MapEdge> edges,
        List<Leg?> legs,
        Dictionary<string, int> column
    )
    {
        var ends = new List<(string Node, Side Side, int Edge, bool IsStart)>();
        for (var i = 0; i < edges.Count; i++)
        {
            var (from, to) = (edges[i].From, edges[i].To);
            var isStraight = legs[i] is null;
            ends.Add(
                (
                    from,
                    isStraight ? Side.Bottom
                    : column[from] <= column[to] ? Side.Right
                    : Side.Left,
                    i,
                    true
                )
            );
            ends.Add(
                (
                    to,
                    isStraight ? Side.Top
                    : column[from] < column[to] ? Side.Left
                    : Side.Right,
                    i,
                    false
                )
            );
        }
        var ports = new Dictionary<(int, bool), (Side, double)>();
        foreach (var side in ends.GroupBy(e => (e.Node, e.Side)))
        {
            var sharing = side.ToList();
            var step = sharing.Count <= 1 ? 0 : Math.Min(PortStep, 30.0 / (sharing.Count - 1));
            // What comes in from above is met before what goes out downwards.
            foreach (var (end, i) in sharing.OrderBy(e => e.IsStart).Select((e, i) => (e, i)))
                ports[(end.Edge, end.IsStart)] = (end.Side, (i - (sharing.Count - 1) / 2.0) * step);
        }
        return ports;
    }
}
