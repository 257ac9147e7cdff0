namespace Moat.Reports.Maps;

/// <summary>
/// Finds a row for each node: within its column, so that lines are short, seldom cross and do not run through a third
/// node. Columns are tried one after another with every order they can have, until nothing gets better.
/// </summary>
internal sealed class MapSlots
{
    private const int Passes = 5,
        MostTried = 800;
    private const double OfCrossing = 0.7,
        OfPassing = 1.5,
        ColumnWidth = 2;
    private readonly IReadOnlyList<MapEdge> _edges;
    private readonly Dictionary<string, (int Column, int Row)> _at = [];
    private readonly List<List<string>> _columns;

    public MapSlots(IReadOnlyList<MapNode> nodes, IReadOnlyList<MapEdge> edges)
    {
        _edges = edges;
        Columns = nodes.Count == 0 ? 0 : nodes.Max(n => n.Column) + 1;
        _columns =
        [
            .. Enumerable.Range(0, Columns).Select(c => nodes.Where(n => n.Column == c).Select(n => n.Id).ToList()),
        ];
        Rows = _columns.Count == 0 ? 0 : _columns.Max(c => c.Count);
        foreach (var column in _columns)
            for (var i = 0; i < column.Count; i++)
                _at[column[i]] = (_columns.IndexOf(column), Middle(column.Count) + i);
        Improve();
    }

    public int Columns { get; }

    public int Rows { get; }

    public IReadOnlyDictionary<string, (int Column, int Row)> At => _at;

    /// <summary>Whether a node stands there.</summary>
    public bool IsTaken(int column, int row) => _columns[column].Any(n => _at[n].Row == row);

    private int Middle(int count) => (Rows - count) / 2;

    private void Improve()
    {
        var best = Cost();
        for (var pass = 0; pass < Passes; pass++)
        {
            var before = best;
            foreach (var column in _columns)
            {
                var kept = column.Select(n => _at[n]).ToList();
                foreach (var rows in Orders(column.Count))
                {
                    for (var i = 0; i < column.Count; i++)
                        _at[column[i]] = (kept[i].Column, rows[i]);
                    var cost = Cost();
                    if (cost < best - 1e-9)
                        (best, kept) = (cost, [.. column.Select(n => _at[n])]);
                }
                for (var i = 0; i < column.Count; i++)
                    _at[column[i]] = kept[i];
            }
            if (best >= before - 1e-9)
                return;
        }
    }

    // Every way to put so many nodes on the rows, as far as there is time for.
    private IEnumerable<int[]> Orders(int count)
    {
        var tried = 0;
        IEnumerable<int[]> Next(int[] chosen, int depth)
        {
            if (depth == count)
            {
                yield return chosen;
                yield break;
            }
            for (var row = 0; row < Rows && tried < MostTried; row++)
            {
                if (Array.IndexOf(chosen, row, 0, depth) >= 0)
                    continue;
                chosen[depth] = row;
                foreach (var order in Next(chosen, depth + 1))
                {
                    tried++;
                    yield return order;
                }
            }
        }
        return Next(new int[count], 0);
    }

    private double Cost()
    {
        var lines = _edges.Select(e => (From: Place(e.From), To: Place(e.To))).ToList();
        var cost = 0.0;
        for (var i = 0; i < lines.Count; i++)
        {
            var (a, b) = lines[i];
            cost += Math.Abs(a.Y - b.Y) + (a.X == b.X ? OfPassing * (Math.Abs(a.Y - b.Y) - 1) : 0);
            for (var j = 0; j < i; j++)
                if (Cross(a, b, lines[j].From, lines[j].To))
                    cost += OfCrossing;
        }
        return cost;
    }

    private Spot Place(string node) => new(_at[node].Column * ColumnWidth, _at[node].Row);

    private static bool Cross(Spot a, Spot b, Spot c, Spot d) =>
        Side(a, b, c) * Side(a, b, d) < 0 && Side(c, d, a) * Side(c, d, b) < 0;

    private static double Side(Spot a, Spot b, Spot p) => (b.X - a.X) * (p.Y - a.Y) - (b.Y - a.Y) * (p.X - a.X);
}
