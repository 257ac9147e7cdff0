using System.Globalization;
using Moat.Faults;
using Moat.Tests;

var suites = new Dictionary<string, Func<Plan, IAsyncEnumerable<Result>>>(StringComparer.Ordinal)
{
    ["kill"] = Kills.Run,
    ["outage"] = Outages.Run,
    ["disk"] = Disks.Run,
    ["clock"] = Clocks.Run,
    ["roles"] = RolesAtOperations.Run,
    ["uploads"] = Uploads.Run,
    ["counterparts"] = Counterparts.Run,
    ["cluster"] = Moat.Faults.Cluster.Failovers.Run,
};
var given = new Queue<string>(args);
var chosen = new List<string>();
var plan = new Plan(Seed: 1, Kills: 200, Requests: 10_000, Failovers: 100);
while (given.TryDequeue(out var word))
{
    switch (word)
    {
        case "--seed":
            plan = plan with { Seed = Number(word) };
            break;
        case "--kills":
            plan = plan with { Kills = Number(word) };
            break;
        case "--requests":
            plan = plan with { Requests = Number(word) };
            break;
        case "--failovers":
            plan = plan with { Failovers = Number(word) };
            break;
        case "all":
            chosen.AddRange(suites.Keys);
            break;
        case var name when suites.ContainsKey(name):
            chosen.Add(name);
            break;
        default:
            return Refuse(
                $"'{word}' is none of {string.Join(", ", suites.Keys)}, all, --seed N, --kills N, --requests N, --failovers N."
            );
    }
}
if (chosen.Count == 0)
    chosen.AddRange(suites.Keys);

Console.WriteLine(
    FormattableString.Invariant(
        $"Seed {plan.Seed}, {TimeProvider.System.GetUtcNow():yyyy-MM-dd}, {Environment.ProcessorCount} processors\n"
    )
);
Console.WriteLine("| fault | tried | promises broken | seen |\n|---|---|---|---|");
var broken = 0;
foreach (var name in chosen)
{
    try
    {
        await foreach (var result in suites[name](plan))
        {
            Console.WriteLine(result);
            broken += result.Broken;
        }
    }
    catch (LeftOut why)
    {
        Console.WriteLine($"| {name} | 0 | – | left out: {why.Message} |");
    }
}
await PostgresCluster.End();
Console.WriteLine(
    broken == 0 ? "\nEvery promise held." : FormattableString.Invariant($"\n{broken} promises were broken.")
);
return broken == 0 ? 0 : 1;

int Number(string option) =>
    given.TryDequeue(out var text)
    && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new ArgumentException($"{option} takes a number.");

static int Refuse(string why)
{
    Console.Error.WriteLine(why);
    return 2;
}
