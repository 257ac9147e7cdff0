namespace Moat.Reports.Maps;

/// <summary>
/// Gives routes their coordinates, and changes lanes and ports as long as that leaves fewer crossings. Widths of
/// channels follow from how many lanes they need, and do not change while it does so.
/// </summary>
internal sealed class MapTuning
{
    private const int Passes = 4;
    private const double OfLength = 0.0015,
        Margin = 7,
        ForArrow = 11,
        Grain = 1.5;
    private const int MostGrains = 3;
    private readonly MapSlots _slots;
    private readonly IReadOnlyList<Route> _routes;
    private readonly MapMeasures _measures;
    private readonly Dictionary<(bool IsVertical, int Channel), int> _lanes;
    private readonly double[] _columnAt,
        _rowAt,
        _channelAt,
        _gapAt;
    private readonly Dictionary<(string, Side), int> _most;
    private readonly double _width,
        _height;
    private readonly List<Spot>[] _drawn;

    public MapTuning(MapSlots slots, MapRouter router, MapMeasures measures)
    {
        (_slots, _routes, _measures) = (slots, router.Routes, measures);
        _lanes = _routes
            .SelectMany(r => r.Legs)
            .GroupBy(l => (l.IsVertical, l.Channel))
            .ToDictionary(g => g.Key, g => g.Max(l => l.Lane) + 1);
        (_columnAt, _channelAt, _width) = Spread(true, slots.Columns, measures.Margin, measures.BoxWidth);
        (_rowAt, _gapAt, _height) = Spread(false, slots.Rows, measures.Top, measures.BoxHeight);
        _most = _routes
            .SelectMany(r => new[] { r.Start, r.End })
            .GroupBy(p => (p.Node, p.Side))
            .ToDictionary(g => g.Key, g => Math.Max(1, g.Max(p => Math.Abs(p.Rank))));
        _drawn = [.. _routes.Select(Draw)];
    }

    public MapPlan Plan()
    {
        for (var pass = 0; pass < Passes; pass++)
            if (!Lanes() & !Ports())
                break;
        return new MapPlan(
            _width,
            _height,
            [
                .. _slots.At.Select(n => new Box(
                    n.Key,
                    _columnAt[n.Value.Column],
                    _rowAt[n.Value.Row],
                    _measures.BoxWidth,
                    _measures.BoxHeight
                )),
            ],
            [.. _routes.Select((r, i) => new Track(r.Edge.From, r.Edge.To, _drawn[i]))],
            [.. _columnAt.Select(x => x + _measures.BoxWidth / 2)]
        );
    }

    // Where boxes and channels begin along one direction. Outside, a channel without a line takes no room.
    private (double[] Boxes, double[] Channels, double End) Spread(
        bool isVertical,
        int boxes,
        double start,
        double size
    )
    {
        var (at, channels) = (new double[boxes], new double[boxes + 1]);
        for (var i = 0; i <= boxes; i++)
        {
            channels[i] = start;
            var lanes = _lanes.GetValueOrDefault((isVertical, i));
            var isOutside = i == 0 || i == boxes;
            var clear = isVertical ? _measures.Clear : _measures.Clear / 2;
            start +=
                lanes == 0
                    ? isOutside
                        ? 0
                        : _measures.LeastGap
                    : Math.Max(isOutside ? 0 : _measures.LeastGap, 2 * clear + (lanes - 1) * _measures.Lane);
            if (i == boxes)
                break;
            at[i] = start;
            start += size;
        }
        return (at, channels, start + _measures.Margin);
    }

    private double LaneAt(Leg leg)
    {
        var (channels, boxes, end) = leg.IsVertical ? (_channelAt, _columnAt, _width) : (_gapAt, _rowAt, _height);
        var next = leg.Channel < boxes.Length ? boxes[leg.Channel] : end - _measures.Margin;
        var lanes = _lanes[(leg.IsVertical, leg.Channel)];
        return (channels[leg.Channel] + next - (lanes - 1) * _measures.Lane) / 2 + leg.Lane * _measures.Lane;
    }

    private Spot At(Port port, bool isStraight)
    {
        var (column, row) = _slots.At[port.Node];
        var (x, y) = (_columnAt[column], _rowAt[row]);
        // On a right side ports lie on even grains and on a left side on odd ones, so that two lines that meet in a
        // channel never coincide.
        var grains = Math.Clamp(
            (int)((_measures.BoxHeight / 2 - Margin) / (2 * Grain * _most[(port.Node, port.Side)])),
            1,
            MostGrains
        );
        var offset = (2 * port.Rank * grains - (port.Side == Side.Left && !isStraight ? 1 : 0)) * Grain;
        return port.Side switch
        {
            Side.Left => new(x, y + _measures.BoxHeight / 2 + offset),
            Side.Right => new(x + _measures.BoxWidth, y + _measures.BoxHeight / 2 + offset),
            Side.Top => new(x + _measures.BoxWidth / 2 + port.Rank * ForArrow, y),
            _ => new(x + _measures.BoxWidth / 2 + port.Rank * ForArrow, y + _measures.BoxHeight),
        };
    }

    private List<Spot> Draw(Route route)
    {
        var isStraight = route.Legs.Count == 0;
        var (start, end) = (At(route.Start, isStraight), At(route.End, isStraight));
        List<Spot> spots = [start];
        foreach (var leg in route.Legs)
        {
            var lane = LaneAt(leg);
            spots.Add(leg.IsVertical ? new(lane, spots[^1].Y) : new(spots[^1].X, lane));
        }
        if (route.Legs.Count > 0)
            spots.Add(new(spots[^1].X, end.Y));
        spots.Add(end);
        return spots;
    }

    private bool Lanes()
    {
        var better = false;
        foreach (
            var channel in _routes
                .SelectMany((r, i) => r.Legs.Select(l => (Leg: l, Route: i)))
                .GroupBy(x => (x.Leg.IsVertical, x.Leg.Channel))
        )
        {
            var legs = channel.ToList();
            for (var a = 0; a < legs.Count; a++)
            {
                for (var b = a + 1; b < legs.Count; b++)
                    if (legs[a].Leg.Lane != legs[b].Leg.Lane)
                        better |= Try(
                            [legs[a].Route, legs[b].Route],
                            () => Swap(legs[a].Leg, legs[b].Leg),
                            () => Fits(legs[a].Leg, legs) && Fits(legs[b].Leg, legs)
                        );
                for (var lane = 0; lane < _lanes[channel.Key]; lane++)
                {
                    var (leg, old, tried) = (legs[a].Leg, legs[a].Leg.Lane, lane);
                    if (tried != old)
                        better |= Try(
                            [legs[a].Route],
                            () => leg.Lane = leg.Lane == tried ? old : tried,
                            () => Fits(leg, legs)
                        );
                }
            }
        }
        return better;
    }

    private bool Ports()
    {
        var better = false;
        foreach (
            var side in _routes
                .SelectMany((r, i) => new[] { (Port: r.Start, Route: i), (Port: r.End, Route: i) })
                .GroupBy(x => (x.Port.Node, x.Port.Side))
        )
        {
            var ports = side.Where(p => _routes[p.Route].Legs.Count > 0).ToList();
            for (var a = 0; a < ports.Count; a++)
            for (var b = a + 1; b < ports.Count; b++)
            {
                var (one, other) = (ports[a].Port, ports[b].Port);
                better |= Try(
                    [ports[a].Route, ports[b].Route],
                    () => (one.Rank, other.Rank) = (other.Rank, one.Rank),
                    () => true
                );
            }
        }
        return better;
    }

    private static void Swap(Leg a, Leg b) => (a.Lane, b.Lane) = (b.Lane, a.Lane);

    private static bool Fits(Leg leg, List<(Leg Leg, int Route)> legs) =>
        !legs.Any(o => o.Leg != leg && o.Leg.Lane == leg.Lane && o.Leg.Overlaps(leg));

    // Changes something, and changes it back when that is not allowed or no better. The change MUST undo itself when
    // done twice.
    private bool Try(int[] routes, Action change, Func<bool> isAllowed)
    {
        var before = routes.Sum(Cost);
        change();
        if (isAllowed())
        {
            var kept = routes.Select(r => _drawn[r]).ToList();
            foreach (var route in routes)
                _drawn[route] = Draw(_routes[route]);
            if (routes.Sum(Cost) < before - 1e-6)
                return true;
            for (var i = 0; i < routes.Length; i++)
                _drawn[routes[i]] = kept[i];
        }
        change();
        return false;
    }

    private double Cost(int route)
    {
        var (spots, cost) = (_drawn[route], 0.0);
        for (var i = 1; i < spots.Count; i++)
            cost += OfLength * (Math.Abs(spots[i].X - spots[i - 1].X) + Math.Abs(spots[i].Y - spots[i - 1].Y));
        for (var other = 0; other < _drawn.Length; other++)
            if (other != route)
                cost += Crossings(spots, _drawn[other]);
        return cost;
    }

    private static int Crossings(List<Spot> a, List<Spot> b)
    {
        var count = 0;
        for (var i = 1; i < a.Count; i++)
        for (var j = 1; j < b.Count; j++)
            if (Cross(a[i - 1], a[i], b[j - 1], b[j]) || Cross(b[j - 1], b[j], a[i - 1], a[i]))
                count++;
        return count;
    }

    // A level piece and an upright one.
    private static bool Cross(Spot a, Spot b, Spot c, Spot d) =>
        a.Y == b.Y
        && c.X == d.X
        && c.X > Math.Min(a.X, b.X)
        && c.X < Math.Max(a.X, b.X)
        && a.Y > Math.Min(c.Y, d.Y)
        && a.Y < Math.Max(c.Y, d.Y);
}
