using System.Xml.Linq;
using Moat.Isms.Processes.Threads;
using Moat.Reports.Maps;

namespace Moat.Tests;

/// <summary>
/// What is folded away in the drawing of a thread, and what every folding keeps to: nothing is lost, and no connection
/// to anything drawn is hidden.
/// </summary>
public sealed class ThreadFoldingTests
{
    private static readonly string[] Kinds =
    [
        "INC",
        "LES",
        "NC",
        "ACT",
        "DOC",
        "VER",
        "CTL",
        "RISK",
        "TASK",
        "TASK",
        "TASK",
        "EVD",
        "EVD",
        "ACK",
        "TRN",
        "QUIZ",
    ];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    [Fact]
    public void Tasks_evidence_and_confirmations_are_folded_into_the_record_they_hang_on()
    {
        var thread = FoldedThread.Of(
            Walk(
                ("INC-1", "", ""),
                ("TASK-1", "task for", "INC-1"),
                ("TASK-2", "task for", "INC-1"),
                ("EVD-1", "shows", "INC-1"),
                ("LES-1", "lesson of", "INC-1"),
                ("VER-1", "caused by", "LES-1"),
                ("ACK-1", "asks to confirm", "VER-1"),
                ("ACK-2", "asks to confirm", "VER-1"),
                ("TASK-3", "task for", "ACK-1"),
                ("TASK-4", "task for", "ACK-2")
            )
        );
        Assert.Equal(["INC-1", "LES-1", "VER-1"], thread.Boxes.Select(b => b.Name));
        Assert.Equal(["2 tasks, 1 × evidence", "", "2 confirmations, 2 tasks"], thread.Boxes.Select(b => b.Folded));
        Assert.Equal([("INC-1", "LES-1"), ("LES-1", "VER-1")], thread.Arrows.Select(a => (a.From, a.To)));
        var drawing = XDocument.Parse(
            ThreadDrawing.Draw(thread, s => $"/acme/{s.Ref}", b => $"/acme/thread#{b.Anchor}")
        );
        Assert.Equal(
            ["/acme/INC-1", "/acme/thread#under-INC-1", "/acme/LES-1", "/acme/VER-1", "/acme/thread#under-VER-1"],
            drawing.Descendants().Where(e => e.Name.LocalName == "a").Select(a => (string)a.Attribute("href")!)
        );
    }

    [Fact]
    public void What_connects_two_drawn_records_is_drawn_and_so_is_where_the_thread_begins()
    {
        var shared = Walk(
            ("CTL-1", "", ""),
            ("EVD-1", "shows", "CTL-1"),
            ("CTL-2", "shown by", "EVD-1"),
            ("TASK-1", "task for", "CTL-2")
        );
        Assert.Equal(["CTL-1", "EVD-1", "CTL-2"], FoldedThread.Of(shared).Boxes.Select(b => b.Name));
        var fromTask = FoldedThread.Of(
            Walk(("TASK-1", "", ""), ("INC-1", "task for", "TASK-1"), ("TASK-2", "task for", "INC-1"))
        );
        Assert.Equal(["TASK-1", "INC-1"], fromTask.Boxes.Select(b => b.Name));
        Assert.Equal("1 task", fromTask.Boxes[1].Folded);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Any_thread_is_folded_without_loss_always_in_the_same_way_and_laid_out_cleanly(int seed)
    {
        var random = new Random(seed);
        var walk = RandomWalk(random);
        var thread = FoldedThread.Of(walk);
        var boxOf = thread
            .Boxes.SelectMany(b => b.Steps.Concat(b.Under).Select(s => (s.Ref, Box: b.First.Ref)))
            .ToDictionary(p => p.Ref, p => p.Box);
        Assert.Equal(walk.Steps.Select(s => s.Ref).Order(), boxOf.Keys.Order());
        var under = thread.Boxes.SelectMany(b => b.Under.Select(s => s.Ref)).ToHashSet();
        Assert.DoesNotContain(walk.Ref, under);
        Assert.All(
            walk.Edges.Where(e => under.Contains(e.Earlier) || under.Contains(e.Later)),
            e => Assert.Equal(boxOf[e.Earlier], boxOf[e.Later])
        );
        Assert.All(
            walk.Edges.Where(e => boxOf[e.Earlier] != boxOf[e.Later]),
            e => Assert.Contains(thread.Arrows, a => (a.From, a.To) == (boxOf[e.Earlier], boxOf[e.Later]))
        );

        var again = FoldedThread.Of(walk with { Edges = [.. walk.Edges.OrderBy(_ => random.Next())] });
        Assert.Equal(Drawn(thread), Drawn(again));
        MapLayoutTests.Check(
            ThreadPlan.Of(
                thread.Nodes,
                [.. thread.Arrows.Select(a => new MapEdge(a.From, a.To))],
                new MapMeasures
                {
                    BoxWidth = 144,
                    BoxHeight = 76,
                    LeastGap = 14,
                }
            )
        );
    }

    private static string Drawn(FoldedThread thread) =>
        ThreadDrawing.Draw(thread, s => $"/acme/{s.Ref}", b => $"/acme/thread#{b.Anchor}");

    private static ThreadWalk Walk(params (string Ref, string Says, string Next)[] told) => Walk(told, []);

    private static ThreadWalk RandomWalk(Random random)
    {
        var told = new List<(string Ref, string Says, string Next)> { ("INC-0", "", "") };
        for (var i = 1; i < random.Next(2, 50); i++)
            told.Add(
                (
                    $"{Kinds[random.Next(Kinds.Length)]}-{i}",
                    "caused by",
                    told[random.Next(Math.Max(0, told.Count - 12), told.Count)].Ref
                )
            );
        var more = Enumerable
            .Range(0, random.Next(8))
            .Select(_ => (random.Next(told.Count), random.Next(told.Count)))
            .Where(e => e.Item1 < e.Item2)
            .Select(e => (told[e.Item1].Ref, told[e.Item2].Ref));
        return Walk([.. told], [.. more]);
    }

    private static ThreadWalk Walk((string Ref, string Says, string Next)[] told, (string Earlier, string Later)[] more)
    {
        var begin = new DateTime(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc);
        var distance = new Dictionary<string, int>();
        var steps = told.Index()
            .Select(t =>
            {
                distance[t.Item.Ref] = t.Item.Next.Length == 0 ? 0 : distance[t.Item.Next] + 1;
                return new ThreadStep(
                    t.Item.Ref,
                    Register(t.Item.Ref),
                    $"What {t.Item.Ref} says",
                    distance[t.Item.Ref],
                    begin.AddHours(t.Index),
                    "Ada",
                    null,
                    null,
                    t.Item.Says,
                    t.Item.Next
                );
            })
            .ToList();
        var edges = told.Where(t => t.Next.Length > 0)
            .Select(t => (t.Next, t.Ref))
            .Concat(more)
            .Distinct()
            .Select(e => new ThreadEdge(e.Item1, e.Item2, "caused by", begin))
            .ToList();
        return new ThreadWalk(
            told[0].Ref,
            "The beginning",
            steps,
            edges,
            [.. steps.Select(s => s.Process).Distinct()],
            false
        );
    }

    private static string Register(string reference) =>
        reference.Split('-')[0] switch
        {
            "INC" => "incidents",
            "LES" => "lessons",
            "NC" => "nonconformities",
            "ACT" => "actions",
            "CTL" => "controls",
            "RISK" => "risks",
            "TASK" => "tasks",
            "EVD" => "evidence",
            "TRN" or "QUIZ" => "training",
            _ => "documents",
        };
}
