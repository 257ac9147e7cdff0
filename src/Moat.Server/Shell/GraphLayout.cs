using Moat.Isms.Assets;

namespace Moat.Server.Shell;

/// <summary>
/// Places a graph in layers (Sugiyama): an asset stands to the right of what points to it, cycles are cut where they
/// close, and within a layer assets are ordered by the middle of their neighbours, which keeps most lines from
/// crossing.
/// </summary>
internal sealed class GraphLayout
{
    private const int Passes = 6;
    private readonly Dictionary<string, List<string>> _out = [];
    private readonly Dictionary<string, List<string>> _in = [];
    private readonly Dictionary<string, int> _layer = [];

    public GraphLayout(IReadOnlyList<GraphNode> nodes, IReadOnlyList<GraphEdge> edges)
    {
        foreach (var node in nodes)
            (_out[node.Ref], _in[node.Ref]) = ([], []);
        var done = new Dictionary<string, bool>();
        foreach (var edge in edges.DistinctBy(e => (e.From, e.To)))
        {
            _out[edge.From].Add(edge.To);
            _in[edge.To].Add(edge.From);
        }
        foreach (var node in nodes)
            CutCycles(node.Ref, done);
        foreach (var node in nodes)
            LayerOf(node.Ref);
        var layers = nodes
            .Select(n => n.Ref)
            .GroupBy(r => _layer[r])
            .OrderBy(g => g.Key)
            .Select(g => g.ToList())
            .ToList();
        for (var pass = 0; pass < Passes; pass++)
            Order(layers, pass % 2 == 0);
        Columns = layers;
        At = layers
            .SelectMany((column, x) => column.Select((reference, y) => (reference, x, y)))
            .ToDictionary(p => p.reference, p => (p.x, p.y));
    }

    /// <summary>The layers, left to right, each from top to bottom.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Columns { get; }

    /// <summary>Column and row of each node.</summary>
    public IReadOnlyDictionary<string, (int X, int Y)> At { get; }

    private void CutCycles(string node, Dictionary<string, bool> done)
    {
        if (done.ContainsKey(node))
            return;
        done[node] = false;
        foreach (var next in _out[node].ToList())
        {
            if (done.TryGetValue(next, out var finished) && !finished)
            {
                _out[node].Remove(next);
                _in[next].Remove(node);
            }
            else
                CutCycles(next, done);
        }
        done[node] = true;
    }

    private int LayerOf(string node)
    {
        if (_layer.TryGetValue(node, out var known))
            return known;
        return _layer[node] = _in[node].Count == 0 ? 0 : _in[node].Max(LayerOf) + 1;
    }

    private void Order(List<List<string>> layers, bool rightwards)
    {
        var indexes = Enumerable.Range(0, layers.Count);
        foreach (var index in rightwards ? indexes : indexes.Reverse())
        {
            var place = layers
                .SelectMany(l => l.Select((r, y) => (r, At: (y + 0.5) / l.Count)))
                .ToDictionary(p => p.r, p => p.At);
            var neighbours = rightwards ? _in : _out;
            layers[index] =
            [
                .. layers[index]
                    .OrderBy(r => neighbours[r].Count == 0 ? place[r] : neighbours[r].Average(n => place[n])),
            ];
        }
    }
}
