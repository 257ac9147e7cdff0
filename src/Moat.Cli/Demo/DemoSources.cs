using System.Text.Json;
using System.Text.Json.Nodes;
using Moat.Isms.Evidence.Collectors;
using Moat.Isms.Evidence.Facts;

namespace Moat.Cli.Demo;

/// <summary>
/// What the company's sources answered on each day: the story stands in for the network, and everything from there on
/// is a run of a collector as the server would make it. In the end they are paused, because this company exists only
/// here and nobody would answer.
/// </summary>
internal sealed partial class DemoStory
{
    private const string GitHub = "SRC-1",
        Buckets = "SRC-2",
        Prometheus = "SRC-3";

    // An hour less than a step of the story, because the next run counts from the end of the one before.
    private const int HoursBetweenRuns = 24 * EveryDays - 1;

    private static readonly string[] NoScanning =
    [
        "corvid/prompt-library, code scanning: the feature is off or the token may not read it (GitHub answers 403)",
    ];
    private static readonly Dictionary<string, string> ToldBy = new()
    {
        ["github"] = GitHub,
        ["s3"] = Buckets,
        ["prometheus"] = Prometheus,
    };

    private async Task ConnectSources(CancellationToken ct)
    {
        await Connect("GitHub of Corvid", "github", ["organization=corvid", "url=https://api.github.example"], ct);
        await Connect(
            "Buckets of weights, notes and demos",
            "s3",
            ["region=eu-central-1", "url=https://s3.corvid.example", "prefix=corvid-"],
            ct
        );
        await Connect("Prometheus of the platform", "prometheus", ["url=https://prometheus.corvid.example"], ct);
    }

    private Task<object> Connect(string name, string kind, string[] settings, CancellationToken ct) =>
        cast.Do(
            "mara",
            "collectors.create",
            new
            {
                name,
                kind,
                settings,
                secret = "kept-by-nobody:this-company-exists-only-here",
                everyHours = HoursBetweenRuns,
            },
            ct
        );

    /// <summary>Reads each source once; what has no source of its own tells by itself.</summary>
    private async Task Collect(int day, CancellationToken ct)
    {
        var facts = Events(day)
            .Select(e => e.AsObject())
            .ToLookup(e => ToldBy.GetValueOrDefault(((string)e["type"]!).Split('.')[0], ""));
        foreach (var source in new[] { GitHub, Buckets, Prometheus })
            await ReadSource(source, [.. facts[source]], source == GitHub ? NoScanning : [], ct);
        await cast.Do("ivo", "events.create", new JsonObject { ["events"] = new JsonArray([.. facts[""]]) }, ct);
    }

    private async Task ReadSource(
        string source,
        IReadOnlyList<JsonObject> facts,
        string[] missing,
        CancellationToken ct
    )
    {
        var run = ((BegunRun)await cast.AsServer("collectors.begin", new { source }, ct)).RunId;
        await cast.AsServer("collectors.receive", new { run, facts = facts.Select(f => Observed(source, f)) }, ct);
        var listed = source == Prometheus ? [] : facts.Select(f => (string)f["type"]!).Distinct().ToArray();
        await cast.AsServer(
            "collectors.finish",
            new
            {
                run,
                outcome = missing.Length > 0 ? "partial" : "complete",
                message = missing.Length > 0
                    ? $"{facts.Count} resources; {missing.Length} thing could not be read."
                    : $"{facts.Count} resources.",
                missing,
                listed,
            },
            ct
        );
    }

    private ObservedFact Observed(string source, JsonObject fact)
    {
        var (data, subject) = (fact["data"]!.AsObject(), (string)fact["subject"]!);
        return new ObservedFact(
            (string)fact["type"]!,
            source,
            subject,
            (string?)data["name"] ?? subject,
            clock.GetUtcNow().UtcDateTime,
            FactText.Of(JsonSerializer.SerializeToElement(data))
        );
    }

    private async Task PauseSources(CancellationToken ct)
    {
        foreach (var source in new[] { GitHub, Buckets, Prometheus })
            await cast.Do("mara", "collectors.edit", new JsonObject { ["ref"] = source, ["paused"] = true }, ct);
    }
}
