using System.Text;
using System.Text.Json.Nodes;
using Moat.Collectors.Http;
using Moat.Isms.Evidence.Collectors;

namespace Moat.Collectors.Models;

/// <summary>MLflow's REST API as one collector's secret may use it.</summary>
internal sealed class MlflowApi : IDisposable
{
    private const int MostPages = 50;
    private const int VersionsOnAPage = 200;
    private readonly HttpClient _client;
    private readonly CollectorAccess _access;

    public MlflowApi(SourceHttp http, CollectorAccess access)
    {
        (_client, _access) = (http.Client(), access);
        if (access.Secret is not { Length: > 0 } secret)
            return;
        _client.DefaultRequestHeaders.Authorization = secret.Contains(':', StringComparison.Ordinal)
            ? new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)))
            : new("Bearer", secret);
    }

    /// <summary>The query's part that asks for the page after one.</summary>
    public static string After(string? page) => page is null ? "" : $"&page_token={Uri.EscapeDataString(page)}";

    /// <summary>One answer, which MLflow gives as an object.</summary>
    public async Task<SourceAnswer> Get(string path, CancellationToken ct) =>
        (await SourceHttp.Get(_client, SourceHttp.Below(_access, $"api/2.0/mlflow/{path}"), ct)).AsObject();

    /// <summary>All versions of a model, or none with the answer that refused them.</summary>
    public async Task<(List<JsonObject>? Versions, SourceAnswer Last)> Versions(string model, CancellationToken ct)
    {
        // A single quote ends a string in MLflow's filter; it is doubled inside one.
        var filter = Uri.EscapeDataString($"name='{model.Replace("'", "''", StringComparison.Ordinal)}'");
        var versions = new List<JsonObject>();
        string? page = null;
        SourceAnswer answer;
        var pages = 0;
        do
        {
            answer = await Get($"model-versions/search?filter={filter}&max_results={VersionsOnAPage}{After(page)}", ct);
            if (!answer.Ok)
                return (null, answer);
            versions.AddRange(answer.Json.At("model_versions").Objects());
            page = answer.Json.At("next_page_token").Text();
        } while (page is { Length: > 0 } && ++pages < MostPages);
        return (versions, answer);
    }

    public void Dispose() => _client.Dispose();
}
