using System.Xml.Linq;
using Moat.Isms.Processes;
using Moat.Isms.Processes.Flow;
using Moat.Knowledge;
using Moat.Reports.Maps;

namespace Moat.Tests;

/// <summary>
/// What every drawing keeps to, for the shipped map and for graphs made at random: nothing overlaps, and no line runs
/// behind a box.
/// </summary>
public sealed class MapLayoutTests
{
    private static readonly MapMeasures Measures = new();

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 25)];

    [Fact]
    public void The_shipped_map_is_laid_out_cleanly() => Check(Shipped());

    [Fact]
    public void The_same_map_is_laid_out_in_the_same_way() =>
        Assert.Equal(Shipped().Tracks.SelectMany(t => t.Spots), Shipped().Tracks.SelectMany(t => t.Spots));

    [Fact]
    public void The_shipped_map_fits_a_page() => Assert.InRange(Shipped().Width, 800, 1300);

    [Theory, MemberData(nameof(Seeds))]
    public void Any_map_is_laid_out_cleanly(int seed)
    {
        var (nodes, edges) = Graph(new Random(seed), most: 5);
        Check(MapPlan.Of(nodes, edges, Measures));
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Any_thread_is_laid_out_cleanly(int seed)
    {
        var (nodes, edges) = Graph(new Random(seed), most: 6);
        // A thread runs from earlier to later.
        var order = nodes.Select((n, i) => (n.Id, i)).ToDictionary(n => n.Id, n => n.i);
        var forward = edges.Where(e => order[e.From] < order[e.To]).ToList();
        Check(
            ThreadPlan.Of(
                nodes,
                forward,
                new MapMeasures
                {
                    BoxWidth = 168,
                    BoxHeight = 44,
                    LeastGap = 16,
                }
            )
        );
    }

    [Fact]
    public void An_empty_graph_and_a_lonely_node_have_a_plan()
    {
        Assert.Empty(MapPlan.Of([], [], Measures).Boxes);
        Assert.Single(MapPlan.Of([new MapNode("a", 0)], [], Measures).Boxes);
        Assert.Single(ThreadPlan.Of([new MapNode("a", 0)], [], Measures).Boxes);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void The_drawing_is_well_formed_names_everything_and_keeps_labels_inside_their_boxes(bool alone)
    {
        var svg = XDocument.Parse(
            MapDrawing.Draw(Picture(), alone ? null : n => $"/acme/processes/{n.Id}?a=1&b=2", alone: alone)
        );
        XNamespace ns = "http://www.w3.org/2000/svg";
        Assert.Equal("Processes and their interactions", svg.Root!.Element(ns + "title")!.Value);
        Assert.Contains("broken", svg.Root.Element(ns + "desc")!.Value, StringComparison.Ordinal);
        var lines = svg.Descendants(ns + "g")
            .Where(g => ((string?)g.Attribute("class"))?.StartsWith("e ", StringComparison.Ordinal) == true)
            .ToList();
        Assert.Equal(KnowledgeBase.Shipped.Processes.Sum(p => p.Interactions.Count), lines.Count);
        Assert.All(lines, l => Assert.NotEmpty(l.Element(ns + "title")!.Value));
        Assert.Contains("broken", (string?)lines[^1].Attribute("class"), StringComparison.Ordinal);
        foreach (
            var node in svg.Descendants()
                .Where(e => ((string?)e.Attribute("class"))?.StartsWith("n ", StringComparison.Ordinal) == true)
        )
        {
            Assert.Equal(alone ? "g" : "a", node.Name.LocalName);
            var box = node.Elements(ns + "rect").First();
            var (left, right) = (Number(box, "x") + 8, Number(box, "x") + Number(box, "width") - 8);
            foreach (var text in node.Elements(ns + "text").Where(t => (string?)t.Attribute("class") != "mark"))
            {
                // DejaVu Sans, the widest that systems bring, takes 0.7 of the size for a bold letter on average.
                var size = (string?)text.Attribute("class") == "t" ? 12.5 * 0.69 : 10.5 * 0.6;
                Assert.True(
                    Number(text, "x") >= left && Number(text, "x") + text.Value.Length * size <= right + 14,
                    text.Value
                );
                Assert.InRange(Number(text, "y"), Number(box, "y") + 12, Number(box, "y") + Number(box, "height") - 4);
            }
        }
        Assert.Equal(alone, svg.Descendants(ns + "style").Any());
    }

    [Fact]
    public void The_graph_for_Graphviz_follows_its_grammar()
    {
        var lines = MapDot.Write(Picture()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(("digraph processes {", "}"), (lines[0], lines[^1]));
        const string id = "\"(?:[^\"\\\\]|\\\\.)*\"",
            value = $"(?:{id}|[A-Za-z0-9.]+)",
            attributes = $@"\[[a-z]+={value}(?:, [a-z]+={value})*\]";
        Assert.All(
            lines[1..^1],
            l => Assert.Matches($@"^  (?:rankdir=LR|(?:node|edge|{id}(?: -> {id})?) {attributes});$", l)
        );
        Assert.Equal(
            KnowledgeBase.Shipped.Processes.Sum(p => p.Interactions.Count),
            lines.Count(l => l.Contains(" -> ", StringComparison.Ordinal))
        );
        Assert.Contains(lines, l => l.Contains("\\\"quoted\\\"", StringComparison.Ordinal));
    }

    internal static void Check(MapPlan plan)
    {
        foreach (var (box, i) in plan.Boxes.Select((b, i) => (b, i)))
        {
            Assert.True(
                box.X >= 0 && box.Y >= 0 && box.X + box.Width <= plan.Width && box.Y + box.Height <= plan.Height,
                $"{box.Id} is outside"
            );
            Assert.All(plan.Boxes.Take(i), other => Assert.False(Overlap(box, other), $"{box.Id} covers {other.Id}"));
        }
        var pieces = plan
            .Tracks.SelectMany(t => t.Spots.Zip(t.Spots.Skip(1), (a, b) => (Track: t, A: a, B: b)))
            .ToList();
        foreach (var (track, a, b) in pieces)
        {
            Assert.True(
                Math.Abs(a.X - b.X) < 0.01 || Math.Abs(a.Y - b.Y) < 0.01,
                $"{track.From} → {track.To} is slanted"
            );
            Assert.True(
                Math.Min(a.X, b.X) >= 0
                    && Math.Max(a.X, b.X) <= plan.Width
                    && Math.Min(a.Y, b.Y) >= 0
                    && Math.Max(a.Y, b.Y) <= plan.Height,
                $"{track.From} → {track.To} leaves the drawing"
            );
            Assert.All(
                plan.Boxes,
                box => Assert.False(Within(box, a, b), $"{track.From} → {track.To} runs behind {box.Id}")
            );
        }
        var boxes = plan.Boxes.ToDictionary(b => b.Id);
        Assert.All(
            plan.Tracks,
            t =>
                Assert.True(
                    Touches(boxes[t.From], t.Spots[0]) && Touches(boxes[t.To], t.Spots[^1]),
                    $"{t.From} → {t.To} does not begin and end at its boxes"
                )
        );
        for (var i = 0; i < pieces.Count; i++)
        for (var j = 0; j < i; j++)
            if (pieces[i].Track != pieces[j].Track)
                Assert.False(
                    Coincide(pieces[i].A, pieces[i].B, pieces[j].A, pieces[j].B),
                    $"{pieces[i].Track.From} → {pieces[i].Track.To} lies on {pieces[j].Track.From} → {pieces[j].Track.To}"
                );
    }

    private static MapPlan Shipped() =>
        MapPlan.Of(
            [.. KnowledgeBase.Shipped.Processes.Select(p => new MapNode(p.Id, MapStage.Of(p.Clause).Column))],
            [.. KnowledgeBase.Shipped.Processes.SelectMany(p => p.Interactions.Select(i => new MapEdge(p.Id, i.To)))],
            Measures
        );

    private static (List<MapNode> Nodes, List<MapEdge> Edges) Graph(Random random, int most)
    {
        var nodes = Enumerable
            .Range(0, random.Next(2, 6))
            .SelectMany(c => Enumerable.Range(0, random.Next(1, most + 1)).Select(r => new MapNode($"{c}-{r}", c)))
            .ToList();
        nodes = [.. nodes.OrderBy(_ => random.Next())];
        var edges = (
            from a in nodes
            from b in nodes
            where a != b && random.NextDouble() < 0.12
            select new MapEdge(a.Id, b.Id)
        ).ToList();
        return (nodes, edges);
    }

    private static ProcessMapView Picture()
    {
        var states = Enum.GetValues<FlowState>();
        var interactions = KnowledgeBase
            .Shipped.Processes.SelectMany(p => p.Interactions.Select(i => (p.Id, i)))
            .Select(
                (x, n) =>
                    new InteractionView(
                        x.Id,
                        x.i.To,
                        x.i.Flows + " \"quoted\" <& more>",
                        states[n % 3],
                        n % 3 == 0 ? n * 40 : 0,
                        null,
                        [],
                        [],
                        x.i.FlowsWhen
                    )
            )
            .ToList();
        var nodes = KnowledgeBase
            .Shipped.Processes.Select(
                (p, n) =>
                    new ProcessNode(
                        p.Id,
                        p.Title,
                        p.Label,
                        p.Clause,
                        p.Page,
                        "Role",
                        n % 4 == 0 ? null : "Maximiliane von Wittgenstein-Hohenlohe",
                        null,
                        null,
                        0,
                        0,
                        null,
                        n % 2
                    )
            )
            .ToList();
        return new ProcessMapView(
            new DateOnly(2025, 3, 3),
            new DateOnly(2026, 3, 2),
            new DateOnly(2025, 3, 3),
            1,
            20,
            20,
            20,
            nodes,
            interactions,
            []
        );
    }

    private static double Number(XElement element, string name) =>
        double.Parse(element.Attribute(name)!.Value, System.Globalization.CultureInfo.InvariantCulture);

    private static bool Overlap(Box a, Box b) =>
        a.X < b.X + b.Width && b.X < a.X + a.Width && a.Y < b.Y + b.Height && b.Y < a.Y + a.Height;

    private static bool Within(Box box, Spot a, Spot b) =>
        Math.Max(a.X, b.X) > box.X + 0.01
        && Math.Min(a.X, b.X) < box.X + box.Width - 0.01
        && Math.Max(a.Y, b.Y) > box.Y + 0.01
        && Math.Min(a.Y, b.Y) < box.Y + box.Height - 0.01;

    private static bool Touches(Box box, Spot spot) =>
        spot.X >= box.X - 0.01
        && spot.X <= box.X + box.Width + 0.01
        && spot.Y >= box.Y - 0.01
        && spot.Y <= box.Y + box.Height + 0.01;

    private static bool Coincide(Spot a, Spot b, Spot c, Spot d)
    {
        if (Math.Abs(a.X - b.X) < 0.01 && Math.Abs(c.X - d.X) < 0.01 && Math.Abs(a.X - c.X) < 0.5)
            return Shared(a.Y, b.Y, c.Y, d.Y) > 0.5;
        return Math.Abs(a.Y - b.Y) < 0.01
            && Math.Abs(c.Y - d.Y) < 0.01
            && Math.Abs(a.Y - c.Y) < 0.5
            && Shared(a.X, b.X, c.X, d.X) > 0.5;
    }

    private static double Shared(double a, double b, double c, double d) =>
        Math.Min(Math.Max(a, b), Math.Max(c, d)) - Math.Max(Math.Min(a, b), Math.Min(c, d));
}
