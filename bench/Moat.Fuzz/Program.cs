using System.Diagnostics;
using System.Globalization;
using Moat.Fuzz;

// ./fuzz [reader ...] [--minutes 10] [--seed 1]: tries each reader for so long with inputs made from good ones. Exit
// code 1 when one misbehaves.
var names = args.TakeWhile(a => !a.StartsWith("--", StringComparison.Ordinal)).ToList();
double Number(string option, double usual) =>
    Array.IndexOf(args, option) is >= 0 and var at && at + 1 < args.Length
        ? double.Parse(args[at + 1], CultureInfo.InvariantCulture)
        : usual;
var (minutes, seed) = (Number("--minutes", 10), (int)Number("--seed", 1));
var chosen = Targets.All.Where(t => names.Count == 0 || names.Contains(t.Name)).ToList();
if (chosen.Count == 0 || names.Any(n => chosen.All(t => t.Name != n)))
{
    Console.Error.WriteLine($"Readers are: {string.Join(", ", Targets.All.Select(t => t.Name))}");
    return 2;
}
var findings = 0;
Console.WriteLine(
    "| reader | inputs | read | in part | refused | slowest ms | most MB | findings |\n|---|---|---|---|---|---|---|---|"
);
foreach (var target in chosen)
    findings += new Trial(target, seed).Run(TimeSpan.FromMinutes(minutes / (names.Count == 0 ? chosen.Count : 1)));
return findings == 0 ? 0 : 1;

/// <summary>One reader, tried for some time.</summary>
internal sealed class Trial(Target target, int seed)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private const long MostBytes = 200_000_000;
    private const int MostFindings = 5;

    private readonly Random _random = new(seed);
    private readonly int[] _outcomes = new int[3];
    private readonly HashSet<string> _found = [];
    private double _slowest;
    private long _most;

    public int Run(TimeSpan time)
    {
        var since = Stopwatch.StartNew();
        foreach (var good in target.Seeds)
            Try(good);
        while (since.Elapsed < time && _found.Count < MostFindings)
        {
            Try(Mutation.Of(target.Seeds[_random.Next(target.Seeds.Count)], _random));
            if (target.Promises is not null)
                Guard([], () => target.Promises(_random));
        }
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"| {target.Name} | {_outcomes.Sum():N0} | {_outcomes[0]:N0} | {_outcomes[1]:N0} | {_outcomes[2]:N0} | {_slowest:N0} | {_most / 1e6:N0} | {_found.Count} |"
            )
        );
        return _found.Count;
    }

    private void Try(byte[] input)
    {
        // Kept before it is tried: a reader that ends the process cannot tell of it any more.
        File.WriteAllBytes(Place("current"), input);
        var (before, since) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.StartNew());
        Guard(input, () => _outcomes[(int)target.Read(input)]++);
        var (took, memory) = (since.Elapsed, GC.GetAllocatedBytesForCurrentThread() - before);
        (_slowest, _most) = (Math.Max(_slowest, took.TotalMilliseconds), Math.Max(_most, memory));
        if (took > Longest)
            Report(input, $"It took {took.TotalSeconds:N1} s.");
        if (memory > MostBytes)
            Report(input, $"It took {memory / 1e6:N0} MB.");
    }

    private void Guard(byte[] input, Action act)
    {
        try
        {
            act();
        }
        catch (Exception e)
        {
            Report(input, $"{e.GetType().Name} in {e.StackTrace?.Split('\n').FirstOrDefault()?.Trim()}: {e.Message}");
        }
    }

    private void Report(byte[] input, string what)
    {
        if (!_found.Add(what.Split(':')[0]))
            return;
        var place = Place($"{_found.Count}");
        File.WriteAllBytes(place, input);
        Console.Error.WriteLine($"{target.Name}: {what} The input is {place}.");
    }

    private string Place(string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine("artifacts", "fuzz")).FullName;
        return Path.Combine(folder, $"{target.Name}-{name}.bin");
    }
}
