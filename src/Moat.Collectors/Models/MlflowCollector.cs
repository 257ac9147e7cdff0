using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Moat.Collectors.Http;
using Moat.Isms.Evidence.Collectors;

namespace Moat.Collectors.Models;

/// <summary>
/// Reads an MLflow registry: which model versions are served, what made them, and who may change them (A.8.4, A.8.9).
/// </summary>
public sealed class MlflowCollector(SourceHttp http) : ICollector
{
    private const int MostPages = 500;

    /// <inheritdoc />
    public string Kind => "mlflow";

    /// <inheritdoc />
    public string Title => "MLflow registry";

    /// <inheritdoc />
    public string LeastPrivilege =>
        "An account with READ on registered models and on the experiments behind them. With MLflow's own sign-in, a user without any EDIT or MANAGE permission; "
        + "who may change a model MLflow tells to administrators only, so with such a user that stays unknown.";

    /// <inheritdoc />
    public string? SecretHint => "A token, or user:password; leave it out where the server asks for none";

    /// <inheritdoc />
    public IReadOnlyList<CollectorSetting> Settings { get; } =
    [new("url", "Address", "Such as https://mlflow.acme.internal", Required: true, Form: SettingForm.Address)];

    /// <inheritdoc />
    public IReadOnlyList<string> Lists(CollectorAccess access) => ["mlflow.model"];

    /// <inheritdoc />
    public async Task<string> Test(CollectorAccess access, CancellationToken ct)
    {
        using var api = new MlflowApi(http, access);
        var answer = await api.Get("registered-models/search?max_results=1", ct);
        return Models(answer) is not null ? "The registry can be searched." : throw Refused(answer);
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<Collected> Collect(
        CollectorAccess access,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        using var api = new MlflowApi(http, access);
        MlflowPermissions? permissions = null;
        string? page = null;
        for (var pages = 0; pages < MostPages; pages++)
        {
            var answer = await api.Get($"registered-models/search?max_results=100{MlflowApi.After(page)}", ct);
            if (Models(answer) is not { } models)
            {
                if (pages == 0)
                    throw Refused(answer);
                yield return new NotRead("registered models", $"MLflow answers {answer.Says}", HidesResources: true);
                yield break;
            }
            permissions ??= await MlflowPermissions.Read(api, ct);
            if (pages == 0 && permissions.Limit is { } limit)
                yield return limit;
            foreach (var model in models)
                yield return await Read(api, permissions, model, ct);
            if ((page = answer.Json.At("next_page_token").Text()) is not { Length: > 0 })
                yield break;
        }
        yield return new NotRead(
            "the rest of the registered models",
            $"the registry has more than {MostPages} pages",
            HidesResources: true
        );
    }

    /// <summary>
    /// The models of an answer. A registry without any answers an empty object; one that has something else in it is no
    /// registry.
    /// </summary>
    private static IReadOnlyList<JsonObject>? Models(SourceAnswer answer) =>
        !answer.Ok || answer.Json is not JsonObject told ? null
        : told["registered_models"] is JsonArray models
            ? models.All(m => m.At("name").Text() is not null) ? [.. models.OfType<JsonObject>()]
                : null
        : told.Count == 0 || told.ContainsKey("next_page_token") ? []
        : null;

    private static CollectorFailed Refused(SourceAnswer answer) =>
        new(
            $"MLflow answers {answer.SaysInstead} {answer.Json.At("error_code").Text()} {answer.Json.At("message").Text()}".Trim()
        );

    private static async Task<CollectedFact> Read(
        MlflowApi api,
        MlflowPermissions permissions,
        JsonObject model,
        CancellationToken ct
    )
    {
        var name = model["name"].Text()!;
        var (versions, last) = await api.Versions(name, ct);
        var fact = await new ModelReading(api, model, versions ?? [.. model["latest_versions"].Objects()]).Read(ct);
        if (versions is null)
            fact.Unknown("versions", $"MLflow answers {last.Says} for the versions");
        await permissions.Tell(fact, name, ct);
        return new CollectedFact("mlflow.model", name, name, fact);
    }
}
