namespace Moat.Reports.Maps;

/// <summary>A side of a box where lines end.</summary>
internal enum Side
{
    Left,
    Right,
    Top,
    Bottom,
}

/// <summary>
/// Where a line meets a box. Ranks count from the middle of the side: below zero upwards, from zero on downwards.
/// </summary>
internal sealed class Port
{
    public required string Node { get; init; }

    public required Side Side { get; init; }

    public int Rank { get; set; }
}

/// <summary>A piece of a line in a channel: a vertical one left of a column, or a horizontal one above a row.</summary>
internal sealed class Leg
{
    public required bool IsVertical { get; init; }

    public required int Channel { get; init; }

    /// <summary>From where to where it runs, in columns or rows.</summary>
    public required (double Low, double High) Span { get; init; }

    public int Lane { get; set; }

    public bool Overlaps(Leg other) => Span.Low <= other.Span.High && other.Span.Low <= Span.High;
}

/// <summary>A line before it has coordinates.</summary>
internal sealed class Route
{
    public required MapEdge Edge { get; init; }

    public required Port Start { get; init; }

    public required Port End { get; init; }

    /// <summary>None for a straight line; one for neighbours; three for nodes that are further apart.</summary>
    public required IReadOnlyList<Leg> Legs { get; init; }
}

/// <summary>
/// Leads every edge through the channels between boxes, so that none runs behind a box: beside neighbours in one
/// channel, further away through a channel between rows. Within a channel every line has a lane of its own wherever two
/// would meet.
/// </summary>
internal sealed class MapRouter
{
    private const double OfLoad = 0.12,
        OfStraight = 0.35;
    private readonly MapSlots _slots;
    private readonly Dictionary<(bool, int), int> _load = [];
    private readonly HashSet<(string, string)> _straight = [];

    public MapRouter(MapSlots slots, IReadOnlyList<MapEdge> edges)
    {
        _slots = slots;
        Routes = [.. edges.Select(Lead)];
        foreach (
            var side in Routes
                .SelectMany(r =>
                    new[] { (Port: r.Start, Route: r, IsStart: true), (Port: r.End, Route: r, IsStart: false) }
                )
                .GroupBy(p => (p.Port.Node, p.Port.Side))
        )
            Rank([.. side]);
        foreach (var channel in Routes.SelectMany(r => r.Legs).GroupBy(l => (l.IsVertical, l.Channel)))
            Colour([.. channel]);
    }

    public IReadOnlyList<Route> Routes { get; }

    private Route Lead(MapEdge edge)
    {
        var ((c1, r1), (c2, r2)) = (_slots.At[edge.From], _slots.At[edge.To]);
        if (c1 == c2)
            return InColumn(edge, c1, r1, r2);
        var (exit, enter) = c1 < c2 ? (Side.Right, Side.Left) : (Side.Left, Side.Right);
        var (leaving, arriving) = (c1 < c2 ? c1 + 1 : c1, c1 < c2 ? c2 : c2 + 1);
        if (Math.Abs(c1 - c2) == 1)
        {
            var isStraight = r1 == r2 && _straight.Add((edge.From, edge.To)) && _straight.Add((edge.To, edge.From));
            return Make(edge, exit, enter, isStraight ? [] : [Vertical(leaving, r1 + 0.5, r2 + 0.5)]);
        }
        var row = Enumerable
            .Range(0, _slots.Rows + 1)
            .MinBy(k => Math.Abs(k - r1 - 0.5) + Math.Abs(k - r2 - 0.5) + OfLoad * _load.GetValueOrDefault((false, k)));
        return Make(
            edge,
            exit,
            enter,
            [Vertical(leaving, r1 + 0.5, row), Horizontal(row, leaving, arriving), Vertical(arriving, row, r2 + 0.5)]
        );
    }

    private Route InColumn(MapEdge edge, int column, int r1, int r2)
    {
        var (low, high) = (Math.Min(r1, r2), Math.Max(r1, r2));
        if (Enumerable.Range(low + 1, high - low - 1).All(r => !_slots.IsTaken(column, r)))
            return Make(edge, r1 < r2 ? Side.Bottom : Side.Top, r1 < r2 ? Side.Top : Side.Bottom, []);
        var right = _load.GetValueOrDefault((true, column + 1)) <= _load.GetValueOrDefault((true, column));
        var side = right ? Side.Right : Side.Left;
        return Make(edge, side, side, [Vertical(right ? column + 1 : column, r1 + 0.5, r2 + 0.5)]);
    }

    private static Route Make(MapEdge edge, Side exit, Side enter, IReadOnlyList<Leg> legs) =>
        new()
        {
            Edge = edge,
            Start = new Port { Node = edge.From, Side = exit },
            End = new Port { Node = edge.To, Side = enter },
            Legs = legs,
        };

    private Leg Vertical(int channel, double from, double to) => Leg(true, channel, from, to);

    private Leg Horizontal(int channel, double from, double to) => Leg(false, channel, from, to);

    private Leg Leg(bool isVertical, int channel, double from, double to)
    {
        _load[(isVertical, channel)] = _load.GetValueOrDefault((isVertical, channel)) + 1;
        // Ports lie around the middle of a row, so a leg that ends there may reach a little further.
        return new Leg
        {
            IsVertical = isVertical,
            Channel = channel,
            Span = (Math.Min(from, to) - OfStraight, Math.Max(from, to) + OfStraight),
        };
    }

    // From top to bottom: lines that go up, the straight one, lines that go down. A straight line has the middle, so
    // that it stays straight.
    private void Rank(List<(Port Port, Route Route, bool IsStart)> ends)
    {
        var row = _slots.At[ends[0].Port.Node].Row + 0.5;
        double Towards((Port Port, Route Route, bool IsStart) end)
        {
            var leg = end.IsStart ? end.Route.Legs[0] : end.Route.Legs[^1];
            var middle = (leg.Span.Low + leg.Span.High) / 2;
            return Math.Abs(middle - row) < 1e-9 ? -0.01 : middle - row;
        }
        var turning = ends.Where(e => e.Route.Legs.Count > 0).ToList();
        var up = turning.Where(e => Towards(e) < 0).OrderByDescending(Towards).Select(e => e.Port).ToList();
        var down = turning.Where(e => Towards(e) > 0).OrderByDescending(Towards).Select(e => e.Port).ToList();
        var isStraight = turning.Count < ends.Count;
        List<Port> sorted = [.. up, .. down];
        for (var i = 0; i < sorted.Count; i++)
            sorted[i].Rank = isStraight
                ? i < up.Count
                    ? i - up.Count
                    : i - up.Count + 1
                : i - sorted.Count / 2;
        // Two straight lines of opposite directions between the same boxes lie side by side.
        var above = ends.Where(e => e.Port.Side is Side.Top or Side.Bottom).ToList();
        if (above.Count == 2)
            foreach (var end in above)
                end.Port.Rank = end.IsStart == (end.Port.Side == Side.Bottom) ? -1 : 1;
    }

    /// <summary>Gives each leg of a channel a lane in which it meets no other.</summary>
    public static void Colour(List<Leg> legs)
    {
        foreach (var leg in legs)
            leg.Lane = -1;
        foreach (var leg in legs.OrderBy(l => l.Span.Low).ThenBy(l => l.Span.High))
            leg.Lane = Enumerable.Range(0, legs.Count).First(lane => !legs.Any(o => o.Lane == lane && o.Overlaps(leg)));
    }
}
