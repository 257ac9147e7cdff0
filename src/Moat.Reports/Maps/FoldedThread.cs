using Moat.Isms.Processes.Threads;

namespace Moat.Reports.Maps;

/// <summary>A box of a drawn thread.</summary>
/// <param name="Steps">A record, or several that hang on the same one in the same way; the first gives the box its
/// place in time.</param>
/// <param name="Under">What hangs on this box and on nothing else, such as its tasks.</param>
public sealed record ThreadBox(IReadOnlyList<ThreadStep> Steps, IReadOnlyList<ThreadStep> Under)
{
    /// <summary>The record that gives the box its place.</summary>
    public ThreadStep First => Steps[0];

    /// <summary>What it is called.</summary>
    public string Name => Steps.Count == 1 ? First.Ref : ThreadKinds.Count(ThreadKinds.Of(First), Steps.Count);

    /// <summary>What is folded into it, such as "5 tasks, 2 confirmations"; empty where nothing is.</summary>
    public string Folded =>
        string.Join(", ", Under.GroupBy(ThreadKinds.Of).Select(g => ThreadKinds.Count(g.Key, g.Count())));

    /// <summary>Whether it stands for more than one record.</summary>
    public bool IsMore => Steps.Count + Under.Count > 1;

    /// <summary>Where its records are listed.</summary>
    public string Anchor => $"under-{First.Ref}";
}

/// <summary>An arrow between two boxes.</summary>
public sealed record ThreadArrow(string From, string To, string Says);

/// <summary>
/// A thread as it is drawn. The tasks of an incident say nothing about where it leads, and twelve confirmations of a
/// policy nothing that two would not say: such leaves are folded into the box that they hang on, with a list below the
/// drawing. What is drawn stays in the order of time.
/// </summary>
/// <param name="Ref">Where the thread begins to be told.</param>
/// <param name="Boxes">The boxes in the order of time.</param>
/// <param name="Arrows">What leads to what; boxes go by the reference of their first record.</param>
/// <param name="Columns">The headings of the columns, in the order in which they begin.</param>
public sealed record FoldedThread(
    string Ref,
    IReadOnlyList<ThreadBox> Boxes,
    IReadOnlyList<ThreadArrow> Arrows,
    IReadOnlyList<string> Columns
)
{
    private const int MostBoxes = 60,
        FewestOfAGroup = 4;

    /// <summary>What the layout places.</summary>
    public IReadOnlyList<MapNode> Nodes => [.. Boxes.Select(b => new MapNode(b.First.Ref, ColumnOf(b)))];

    /// <summary>
    /// Folds a thread. The same thread is always folded in the same way, in whatever order its connections come.
    /// </summary>
    public static FoldedThread Of(ThreadWalk walk)
    {
        var under = Leaves(walk);
        var left = walk.Steps.Where(s => !under.ContainsKey(s.Ref)).ToList();
        var groups = Groups(left).Take(MostBoxes).ToList();
        var boxOf = groups
            .SelectMany(g => g.Select(s => (s.Ref, First: g[0].Ref)))
            .ToDictionary(p => p.Ref, p => p.First);
        var folded = walk
            .Steps.Where(s => under.ContainsKey(s.Ref))
            .ToLookup(s => boxOf.GetValueOrDefault(Trunk(s.Ref, under)));
        var boxes = groups
            .OrderBy(g => g[0].At)
            .ThenBy(g => g[0].Distance)
            .ThenBy(g => g[0].Ref, StringComparer.Ordinal)
            .Select(g => new ThreadBox(g, [.. folded[g[0].Ref]]))
            .ToList();
        var arrows = walk
            .Edges.Where(e => boxOf.ContainsKey(e.Earlier) && boxOf.ContainsKey(e.Later))
            .Select(e => new ThreadArrow(boxOf[e.Earlier], boxOf[e.Later], e.Says))
            .Where(a => a.From != a.To)
            .OrderBy(a => a.From, StringComparer.Ordinal)
            .ThenBy(a => a.To, StringComparer.Ordinal)
            .ThenBy(a => a.Says, StringComparer.Ordinal)
            .DistinctBy(a => (a.From, a.To))
            .ToList();
        return new FoldedThread(
            walk.Ref,
            boxes,
            arrows,
            [.. boxes.Select(b => ThreadKinds.Column(b.First)).Distinct()]
        );
    }

    private int ColumnOf(ThreadBox box) => Columns.Index().First(c => c.Item == ThreadKinds.Column(box.First)).Index;

    // From the ends inwards: a confirmation whose only other connection was its task is a leaf once the task is folded.
    private static Dictionary<string, string> Leaves(ThreadWalk walk)
    {
        var near = walk.Steps.ToDictionary(s => s.Ref, _ => new SortedSet<string>(StringComparer.Ordinal));
        foreach (
            var edge in walk.Edges.Where(e =>
                e.Earlier != e.Later && near.ContainsKey(e.Earlier) && near.ContainsKey(e.Later)
            )
        )
        {
            near[edge.Earlier].Add(edge.Later);
            near[edge.Later].Add(edge.Earlier);
        }
        var under = new Dictionary<string, string>();
        var foldable = walk
            .Steps.Where(s => s.Distance != 0 && ThreadKinds.IsFoldable(s))
            .OrderByDescending(s => Math.Abs(s.Distance))
            .ThenBy(s => s.Ref, StringComparer.Ordinal)
            .ToList();
        for (var before = -1; before != under.Count; )
        {
            before = under.Count;
            foreach (var step in foldable.Where(s => !under.ContainsKey(s.Ref) && near[s.Ref].Count == 1))
            {
                var on = under[step.Ref] = near[step.Ref].Min!;
                near[on].Remove(step.Ref);
            }
        }
        return under;
    }

    private static string Trunk(string reference, Dictionary<string, string> under)
    {
        while (under.TryGetValue(reference, out var on))
            reference = on;
        return reference;
    }

    // Records that hang on the same one in the same way become one box, and so does what hangs on those; the nearest
    // come first when there are too many.
    private static IEnumerable<IReadOnlyList<ThreadStep>> Groups(List<ThreadStep> left)
    {
        var keys = new Dictionary<string, string>();
        foreach (var round in left.GroupBy(s => Math.Abs(s.Distance)).OrderBy(g => g.Key))
        foreach (
            var group in round.GroupBy(s =>
                s.Distance == 0
                    ? s.Ref
                    : $"{keys.GetValueOrDefault(s.Next, s.Next)} {s.Says} {ThreadKinds.Of(s)} {Math.Sign(s.Distance)}"
            )
        )
        {
            var members = group.ToList();
            var isOne = members.Count >= FewestOfAGroup || (members.Count > 1 && ThreadKinds.IsFoldable(members[0]));
            foreach (var step in members)
                keys[step.Ref] = isOne ? group.Key : step.Ref;
            if (isOne)
                yield return members;
            else
                foreach (var step in members)
                    yield return [step];
        }
    }
}
