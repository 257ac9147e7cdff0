using System.Text.Json.Nodes;
using Moat.Collectors.Http;

namespace Moat.Collectors.Models;

/// <summary>
/// A registered model as a fact, with each version that is served: under which name, from which run, out of which
/// commit. Stages are deprecated in favour of aliases; a version counts as served with either.
/// </summary>
internal sealed class ModelReading(MlflowApi api, JsonObject model, IReadOnlyList<JsonObject> versions)
{
    private const int MostServed = 20;
    private const int MostDatasets = 20;
    private const int MostRegistered = 50;
    private const string Gone = "gone";

    public async Task<JsonObject> Read(CancellationToken ct)
    {
        var aliases = model["aliases"]
            .Objects()
            .Select(a => (Alias: a["alias"].Text() ?? "", Version: a["version"]?.ToString()))
            .Concat(
                versions.SelectMany(v =>
                    (v["aliases"] as JsonArray ?? []).Select(a =>
                        (Alias: a.Text() ?? "", Version: v["version"]?.ToString())
                    )
                )
            )
            .Where(a => a.Alias.Length > 0)
            .Distinct()
            .OrderBy(a => a.Alias, StringComparer.Ordinal)
            .ToList();
        var served = versions
            .Where(v =>
                string.Equals(v["current_stage"].Text(), "Production", StringComparison.OrdinalIgnoreCase)
                || aliases.Any(a => a.Version == v["version"]?.ToString())
            )
            .ToList();
        // An alias serves what it names, also a version that the registry does not list.
        var lost = aliases.Where(a => versions.All(v => v["version"]?.ToString() != a.Version)).ToList();
        var fact = new JsonObject
        {
            ["name"] = model["name"].Text(),
            ["description"] = model["description"].Text() is { Length: > 0 } description ? description : null,
            ["versions"] = versions.Count,
            ["served"] = served.Count + lost.DistinctBy(a => a.Version).Count(),
            ["servedWithoutRun"] = served.Count(v => string.IsNullOrEmpty(v["run_id"].Text())),
            ["servedNotReady"] = served.Count(v => v["status"].Text() is not (null or "READY")),
            ["aliases"] = Lenient.List(aliases.Select(a => $"{a.Alias}={a.Version}")),
            ["sources"] = Lenient.List(
                served.Select(v => v["source"].Text()).OfType<string>().Distinct().Order(StringComparer.Ordinal)
            ),
            ["tags"] = Lenient.List(model["tags"].Pairs().Select(t => t.Key)),
        };
        fact["servedVersions"] = new JsonArray([
            .. await Served(fact, served, aliases.ToLookup(a => a.Version, a => a.Alias), ct),
        ]);
        fact["registeredVersions"] = Registered();
        // A version without a run is found; that every version has one is known only when each run is there to be read.
        if ((int)fact["servedWithoutRun"]! == 0 && (Lost(lost) ?? UnreadRun(fact, served.Count)) is { } why)
            fact.Unknown("servedWithoutRun", why);
        if ((int)fact["servedNotReady"]! == 0 && (Lost(lost) ?? Untold(served)) is { } unsure)
            fact.Unknown("servedNotReady", unsure);
        return fact;
    }

    private static string? Lost(List<(string Alias, string? Version)> lost) =>
        lost.Count == 0
            ? null
            : $"the alias {lost[0].Alias} names version {lost[0].Version}, which the registry does not list";

    private static string? Untold(List<JsonObject> served) =>
        served.FirstOrDefault(v => v["status"].Text() is null) is { } silent
            ? $"the registry does not say whether version {silent["version"]} is ready"
            : null;

    private static string? UnreadRun(JsonObject fact, int served)
    {
        var told = fact["servedVersions"].Objects().ToList();
        if (told.FirstOrDefault(v => v["run"].At("lifecycle").Text() == Gone) is { } gone)
            return $"the run that made version {gone["version"]} is gone from MLflow, so nobody can say what made it";
        if (told.FirstOrDefault(v => v["run"] is null) is { } unread)
            return $"the run that made version {unread["version"]} cannot be read";
        return served > told.Count ? $"only {told.Count} of {served} served versions were looked at" : null;
    }

    /// <summary>The newest versions, served or not: which there are, and from which run.</summary>
    private JsonArray Registered() =>
        new([
            .. versions
                .Where(v => v["version"] is not null)
                .OrderByDescending(v => long.TryParse(v["version"]!.ToString(), out var number) ? number : 0)
                .ThenBy(v => v["version"]!.ToString(), StringComparer.Ordinal)
                .Take(MostRegistered)
                .Select(v =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["version"] = v["version"]!.ToString(),
                            ["runId"] = v["run_id"].Text() is { Length: > 0 } run ? run : null,
                            ["source"] = v["source"].Text(),
                        }
                ),
        ]);

    private async Task<List<JsonNode>> Served(
        JsonObject fact,
        IEnumerable<JsonObject> served,
        ILookup<string?, string> aliases,
        CancellationToken ct
    )
    {
        var told = new List<JsonNode>();
        foreach (var version in served.OrderBy(v => v["version"]?.ToString(), StringComparer.Ordinal).Take(MostServed))
        {
            var number = version["version"]?.ToString();
            var run = version["run_id"].Text() is { Length: > 0 } id ? id : null;
            told.Add(
                new JsonObject
                {
                    ["version"] = number,
                    ["stage"] = version["current_stage"].Text() is { Length: > 0 } stage and not "None" ? stage : null,
                    ["aliases"] = Lenient.List(aliases[number]),
                    ["runId"] = run,
                    ["run"] = run is null ? null : await Run(fact, run, ct),
                    ["source"] = version["source"].Text(),
                    ["status"] = version["status"].Text(),
                    ["tags"] = Lenient.List(version["tags"].Pairs().Select(t => $"{t.Key}={t.Value}")),
                }
            );
        }
        return told;
    }

    /// <summary>The run that made a version: how it ended, and the commit that it ran.</summary>
    private async Task<JsonObject?> Run(JsonObject fact, string id, CancellationToken ct)
    {
        var answer = await api.Get($"runs/get?run_id={Uri.EscapeDataString(id)}", ct);
        if (answer.Ok && answer.Json.At("run") is JsonObject run && run["info"] is JsonObject info)
        {
            var told = new JsonObject
            {
                ["status"] = info["status"].Text(),
                ["lifecycle"] = info["lifecycle_stage"].Text(),
                ["commit"] = Commit(run["data"].At("tags").Pairs()),
            };
            if (Datasets(run) is { Count: > 0 } datasets)
                told["datasets"] = datasets;
            return told;
        }
        // A run that was deleted for good is told as gone: the version names it, and nothing can be read there.
        if (answer.Json.At("error_code").Text() == "RESOURCE_DOES_NOT_EXIST")
            return new JsonObject
            {
                ["status"] = null,
                ["lifecycle"] = Gone,
                ["commit"] = null,
            };
        fact.Unknown("sourceRuns", $"MLflow answers {answer.SaysInstead} for the run of a version");
        return null;
    }

    /// <summary>
    /// The data that the run logged as its inputs, each with the digest that MLflow computes: a short one, of a part of
    /// the data, which tells versions apart by name and proves no bytes.
    /// </summary>
    private static JsonArray Datasets(JsonObject run) =>
        new([
            .. run["inputs"]
                .At("dataset_inputs")
                .Objects()
                .Select(i => i["dataset"])
                .Where(d => d.At("name").Text() is not null && d.At("digest").Text() is not null)
                .Take(MostDatasets)
                .Select(d =>
                    (JsonNode)new JsonObject { ["name"] = d.At("name").Text(), ["digest"] = d.At("digest").Text() }
                ),
        ]);

    private static string? Commit(IReadOnlyList<(string Key, string Value)> tags) =>
        tags.FirstOrDefault(t => t.Key == "mlflow.source.git.commit").Value
        ?? tags.FirstOrDefault(t => t.Key == "mlflow.databricks.gitRepoCommit").Value;
}
