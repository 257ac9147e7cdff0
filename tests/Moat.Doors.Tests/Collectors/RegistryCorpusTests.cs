using System.Text.Json.Nodes;
using Moat.Collectors.Models;
using Moat.Isms.Evidence.Collectors;
using Moat.Knowledge;
using Moat.Knowledge.Checks;

namespace Moat.Tests;

/// <summary>
/// Every file of the corpus of MLflow, with what a model's fact says because of it. A file that nobody listed here
/// fails.
/// </summary>
public sealed class RegistryCorpusTests
{
    private const string Folder = "mlflow";
    private const string Search = "/api/2.0/mlflow/registered-models/search";
    private const string Versions = "/api/2.0/mlflow/model-versions/search";

    /// <summary>Registered models: name, versions, and what is served as version, stage and aliases.</summary>
    private static readonly Dictionary<string, (string Name, int Versions, string Served)> Models = new()
    {
        ["databricks__bulk__models__models__Keras_MNIST__model.json"] = ("Keras_Mnist", 2, ""),
        ["oss_mlflow__bulk__models__models__sklearn_iris__model.json"] = ("sklearn_iris", 1, ""),
        ["oss_mlflow__bulk__models__models__sklearn_wine__model.json"] = ("sklearn_wine", 1, "1 Production "),
        ["oss_mlflow__single__models__basic__model.json"] = (
            "sklearn_wine",
            3,
            "1 Production good-to-go; 2 Staging about-ready; 3  just-in-case"
        ),
    };

    /// <summary>Runs that made a version: how they ended, and the commit that they ran.</summary>
    private static readonly Dictionary<string, string> Runs = new()
    {
        ["databricks__single__versions__sklearn_wine__run__run.json"] =
            """{"status":"FINISHED","lifecycle":"active","commit":"4afec69ef703ad51d52c41b52696910017475764"}""",
        ["oss_mlflow__bulk__experiments__2__runs__5397ae67ee0c49139bf64834b4d27fab__run.json"] =
            """{"status":"FINISHED","lifecycle":"active","commit":"d38984e536ac5102ccd495fdafe487a418378009"}""",
    };

    private const string Version = "databricks__single__versions__sklearn_wine__version.json";

    /// <summary>
    /// What the collector never asks for. In place of the registry's answer it is no registry, and no model comes of
    /// it.
    /// </summary>
    private static readonly string[] NeverAsked =
    [
        "oss_mlflow__bulk__experiments__1__logged_models__logged_models.json",
        "oss_mlflow__bulk__experiments__experiments.json",
        "oss_mlflow__bulk__prompts__my-greeting-prompt_v1__prompt.json",
    ];

    [Fact]
    public void Every_file_is_listed() =>
        Assert.Equal(
            Corpus.Files(Folder, "*").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal),
            Models.Keys.Concat(Runs.Keys).Concat(NeverAsked).Append(Version).Order(StringComparer.Ordinal)
        );

    [Fact]
    public async Task Registered_models_are_told_with_stages_and_aliases()
    {
        foreach (var (file, (name, versions, served)) in Models)
        {
            var model = Read(file)["registered_model"]!.AsObject();
            var fact = await Fact(s =>
                Serve(s, model, (model["versions"] ?? model["latest_versions"])!.DeepClone())
                    .On("/api/2.0/mlflow/runs/get", """{"run":{"info":{"status":"FINISHED"}}}""")
            );
            Assert.Equal((file, name, versions), (file, (string)fact["name"]!, (int)fact["versions"]!));
            Assert.Equal(
                served,
                string.Join(
                    "; ",
                    fact["servedVersions"]!
                        .AsArray()
                        .Select(v => $"{v!["version"]} {v["stage"]} {string.Join(',', v["aliases"]!.AsArray())}")
                )
            );
            Assert.Equal(served.Length == 0 ? "NotApplicable" : "Passing", Outcome("mlflow-served-has-run", fact));
        }
    }

    [Fact]
    public async Task A_version_is_told_with_its_alias_and_tags()
    {
        var version = Read(Version)["model_version"]!;
        var fact = await Fact(s =>
            Serve(s, new JsonObject { ["name"] = (string)version["name"]! }, new JsonArray(version.DeepClone()))
        );
        Assert.Equal(
            ("15", "white_2", "6222162b4c7f47c2820a7e5b520f65a9", "alias=white_2"),
            (
                (string)fact["servedVersions"]![0]!["version"]!,
                (string)fact["servedVersions"]![0]!["aliases"]![0]!,
                (string)fact["servedVersions"]![0]!["runId"]!,
                (string)fact["servedVersions"]![0]!["tags"]![0]!
            )
        );
    }

    [Fact]
    public async Task A_run_is_told_with_the_version_that_it_made()
    {
        foreach (var (file, told) in Runs)
        {
            var run = Read(file);
            var version = new JsonObject
            {
                ["version"] = "1",
                ["current_stage"] = "Production",
                ["run_id"] = (string)run["info"]!["run_id"]!,
            };
            var fact = await Fact(s =>
                Serve(s, new JsonObject { ["name"] = "wine" }, new JsonArray(version))
                    .On(
                        r =>
                            r.Path == "/api/2.0/mlflow/runs/get"
                            && r.Query["run_id"] == (string)run["info"]!["run_id"]!,
                        new JsonObject
                        {
                            ["run"] = new JsonObject
                            {
                                ["info"] = run["info"]!.DeepClone(),
                                ["data"] = new JsonObject { ["tags"] = run["tags"]!.DeepClone() },
                            },
                        }.ToJsonString()
                    )
            );
            Assert.Equal(told, fact["servedVersions"]![0]!["run"]!.ToJsonString());
        }
    }

    [Fact]
    public async Task What_is_never_asked_for_makes_no_model()
    {
        foreach (var file in NeverAsked)
        {
            await using var source = await RecordedSource.Start();
            source.On(_ => true, Read(file).ToJsonString());
            Assert.Contains(
                "in a form nobody expected",
                (
                    await Assert.ThrowsAsync<CollectorFailed>(() =>
                        RecordedSource.Everything(new MlflowCollector(RecordedSource.Http()), source.Access())
                    )
                ).Message,
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public async Task Pages_of_models_are_followed_and_names_with_quotes_are_asked_for()
    {
        await using var source = await RecordedSource.Start();
        source
            .On(
                r => r.Path == Search && !r.Query.ContainsKey("page_token"),
                """{"registered_models":[{"name":"wine"}],"next_page_token":"p2"}"""
            )
            .On(Search, """{"registered_models":[{"name":"o'hara"}]}""")
            .On(
                r => r.Path == Versions && r.Query["filter"] == "name='o''hara'",
                """{"model_versions":[{"version":"1"}]}"""
            )
            .On(Versions, "{}");
        var facts = (await RecordedSource.Everything(new MlflowCollector(RecordedSource.Http()), source.Access()))
            .OfType<CollectedFact>()
            .ToList();
        Assert.Equal([("wine", 0), ("o'hara", 1)], facts.Select(f => (f.Name, (int)f.Content["versions"]!)));
    }

    private static JsonNode Read(string file) =>
        JsonNode.Parse(File.ReadAllText(Corpus.Of($"{Folder}/{file}")))!["mlflow"]!;

    private static RecordedSource Serve(RecordedSource source, JsonObject model, JsonNode versions) =>
        source
            .On(Search, $$"""{"registered_models":[{{model.ToJsonString()}}]}""")
            .On(Versions, $$"""{"model_versions":{{versions.ToJsonString()}}}""");

    private static async Task<JsonObject> Fact(Action<RecordedSource> with)
    {
        await using var source = await RecordedSource.Start();
        with(source);
        return (await RecordedSource.Everything(new MlflowCollector(RecordedSource.Http()), source.Access()))
            .OfType<CollectedFact>()
            .Single()
            .Content;
    }

    private static string Outcome(string check, JsonObject fact) =>
        $"{KnowledgeBase.Shipped.CheckById[check].Rule.Evaluate(new FactContent(fact.ToJsonString())).Outcome}";
}
