using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Moat.Collectors.Http;
using Moat.Isms.Evidence.Collectors;

namespace Moat.Collectors.Models;

/// <summary>Reads an MLflow registry: which model versions are served, what made them, and who may change them (A.8.4, A.8.9).</summary>
public sealed class MlflowCollector(SourceHttp http) : ICollector
{
    private const int MostPages = 500;
    private const int MostVersions = 50;

    /// <inheritdoc />
    public string Kind => "mlflow";

    /// <inheritdoc />
    public string Title => "MLflow registry";

    /// <inheritdoc />
    public string LeastPrivilege => "An account with READ on registered models. With MLflow's own sign-in, a user without any EDIT or MANAGE permission.";

    /// <inheritdoc />
    public string? SecretHint => "A token, or user:password; leave it out where the server asks for none";

    /// <inheritdoc />
    public IReadOnlyList<CollectorSetting> Settings { get; } = [new("url", "Address", "Such as https://mlflow.acme.internal", Required: true)];

    /// <inheritdoc />
    public IReadOnlyList<string> Lists(CollectorAccess access) => ["mlflow.model"];

    /// <inheritdoc />
    public async Task<string> Test(CollectorAccess access, CancellationToken ct)
    {
        using var client = Client(access);
        var answer = await SourceHttp.Get(client, Address(access, "registered-models/search?max_results=1"), ct);
        return answer.Ok ? "The registry can be searched." : throw Refused(answer);
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<Collected> Collect(CollectorAccess access, [EnumeratorCancellation] CancellationToken ct)
    {
        using var client = Client(access);
        string? page = null;
        for (var pages = 0; pages < MostPages; pages++)
        {
            var answer = await SourceHttp.Get(client, Address(access, $"registered-models/search?max_results=100{(page is null ? "" : $"&page_token={Uri.EscapeDataString(page)}")}"), ct);
            if (!answer.Ok && pages == 0) throw Refused(answer);
            if (!answer.Ok)
            {
                yield return new NotRead("registered models", $"MLflow answers {(int)answer.Status}", HidesResources: true);
                yield break;
            }
            foreach (var model in answer.Json?["registered_models"].Objects() ?? [])
                yield return await Read(client, access, model, ct);
            if ((page = answer.Json?["next_page_token"].Text()) is not { Length: > 0 }) yield break;
        }
    }

    private HttpClient Client(CollectorAccess access)
    {
        var client = http.Client();
        if (access.Secret is not { Length: > 0 } secret) return client;
        client.DefaultRequestHeaders.Authorization = secret.Contains(':', StringComparison.Ordinal)
            ? new("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(secret)))
            : new("Bearer", secret);
        return client;
    }

    private static string Address(CollectorAccess access, string path) => $"{access.Need("url").TrimEnd('/')}/api/2.0/mlflow/{path}";

    private static CollectorFailed Refused(SourceAnswer answer) =>
        new($"MLflow answers {(int)answer.Status} {answer.Json?["error_code"].Text()} {answer.Json?["message"].Text()}".Trim());

    private static async Task<CollectedFact> Read(HttpClient client, CollectorAccess access, JsonObject model, CancellationToken ct)
    {
        var name = model["name"].Text() ?? "";
        // A single quote ends a string in MLflow's filter; it is doubled inside one.
        var filter = Uri.EscapeDataString($"name='{name.Replace("'", "''", StringComparison.Ordinal)}'");
        var found = await SourceHttp.Get(client, Address(access, $"model-versions/search?filter={filter}&max_results={MostVersions}"), ct);
        var versions = found.Ok ? found.Json?["model_versions"].Objects().ToList() ?? [] : model["latest_versions"].Objects().ToList();
        var fact = Summary(model, versions);
        if (!found.Ok) fact.Unknown("versions", $"MLflow answers {(int)found.Status} for the versions");
        var permissions = await SourceHttp.Get(client, Address(access, $"registered-models/permissions/get?name={Uri.EscapeDataString(name)}"), ct);
        if (permissions.Ok && permissions.Json?["registered_model_permission"].Object() is { } own)
            fact["principals"] = new JsonArray(new JsonObject { ["id"] = own["user_id"]?.ToString(), ["permission"] = own["permission"].Text() });
        else fact.Unknown("principals", "the server does not tell who may change the model");
        return new CollectedFact("mlflow.model", name, name, fact);
    }

    /// <summary>The registered model as a fact. Stages are deprecated in favour of aliases; a version counts as served with either.</summary>
    internal static JsonObject Summary(JsonObject model, IReadOnlyList<JsonObject> versions)
    {
        var aliases = model["aliases"].Objects().Select(a => (Alias: a["alias"].Text(), Version: a["version"]?.ToString())).ToList();
        var served = versions.Where(v => v["current_stage"].Text() == "Production" || aliases.Any(a => a.Version == v["version"]?.ToString())).ToList();
        return new JsonObject
        {
            ["name"] = model["name"].Text(),
            ["description"] = model["description"].Text() is { Length: > 0 } description ? description : null,
            ["versions"] = versions.Count,
            ["served"] = served.Count,
            ["servedWithoutRun"] = served.Count(v => string.IsNullOrEmpty(v["run_id"].Text())),
            ["servedNotReady"] = served.Count(v => v["status"].Text() is not (null or "READY")),
            ["aliases"] = Lenient.List(aliases.Select(a => $"{a.Alias}={a.Version}").Order(StringComparer.Ordinal)),
            ["sources"] = Lenient.List(served.Select(v => v["source"].Text()).OfType<string>().Distinct().Order(StringComparer.Ordinal)),
            ["tags"] = Lenient.List(model["tags"].Objects().Select(t => t["key"].Text()).OfType<string>().Order(StringComparer.Ordinal)),
        };
    }
}
