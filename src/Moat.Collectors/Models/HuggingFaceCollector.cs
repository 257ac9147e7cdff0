using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Moat.Collectors.Http;
using Moat.Isms.Evidence.Collectors;

namespace Moat.Collectors.Models;

/// <summary>
/// Reads what an organisation has on the Hugging Face Hub: what is public, gated, and in formats that run code when
/// loaded (A.8.4, A.8.28).
/// </summary>
public sealed class HuggingFaceCollector(SourceHttp http) : ICollector
{
    private const int MostPages = 100;

    // Of more, a part would pass for the whole.
    private const int MostFiles = 1000;

    /// <inheritdoc />
    public string Kind => "huggingface";

    /// <inheritdoc />
    public string Title => "Hugging Face Hub";

    /// <inheritdoc />
    public string LeastPrivilege =>
        "A fine-grained token with read access to the organisation's repositories and nothing else. Without one, only what is public can be seen.";

    /// <inheritdoc />
    public string? SecretHint => "A read token that begins with hf_";

    /// <inheritdoc />
    public IReadOnlyList<CollectorSetting> Settings { get; } =
    [
        new("organization", "Organisation", "The name in its address, such as acme-ai", Required: true),
        new(
            "url",
            "Address",
            "https://huggingface.co, or that of an own hub",
            Required: false,
            "https://huggingface.co",
            SettingForm.Address
        ),
    ];

    /// <inheritdoc />
    public IReadOnlyList<string> Lists(CollectorAccess access) => ["huggingface.model", "huggingface.dataset"];

    /// <inheritdoc />
    public async Task<string> Test(CollectorAccess access, CancellationToken ct)
    {
        using var client = Client(access);
        var answer = await Get(client, Address(access, "models"), ct);
        return answer.Ok
            ? $"{answer.Objects.Count()} models can be seen{(access.Secret is null ? "; without a token, only public ones" : "")}."
            : throw new CollectorFailed($"The hub answers {answer.Says}.");
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<Collected> Collect(
        CollectorAccess access,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        using var client = Client(access);
        var read = false;
        foreach (var (path, kind) in new[] { ("models", "huggingface.model"), ("datasets", "huggingface.dataset") })
        {
            string? next = Address(access, path);
            for (var pages = 0; next is not null && pages < MostPages; pages++)
            {
                var answer = await Get(client, next, ct);
                if (!answer.Ok)
                {
                    yield return new NotRead(path, $"the hub answers {answer.Says}", HidesResources: true);
                    break;
                }
                read = true;
                foreach (var repository in answer.Objects)
                    yield return await WithFiles(client, access, path, Fact(kind, repository), ct);
                next = answer.Next;
                // The token goes to the host that was configured and to no other, whatever a page says.
                if (next is not null && new Uri(next).Host != SourceHttp.Address(access).Host)
                    next = null;
            }
        }
        if (!read)
            throw new CollectorFailed("The hub tells neither models nor datasets.");
    }

    private static async Task<SourceAnswer> Get(HttpClient client, string address, CancellationToken ct) =>
        (await SourceHttp.Get(client, address, ct)).AsList();

    /// <summary>
    /// The files of the revision with the digests that the hub has: the SHA-256 of large ones, Git's SHA-1 of others.
    /// </summary>
    private static async Task<CollectedFact> WithFiles(
        HttpClient client,
        CollectorAccess access,
        string path,
        CollectedFact fact,
        CancellationToken ct
    )
    {
        const string files = "revisionFiles";
        if (fact.Content["revision"].Text() is not { Length: > 0 } revision)
            return fact;
        var name = string.Join('/', fact.Name.Split('/').Select(Uri.EscapeDataString));
        var answer = (
            await SourceHttp.Get(
                client,
                SourceHttp.Below(access, $"api/{path}/{name}/revision/{Uri.EscapeDataString(revision)}?blobs=true"),
                ct
            )
        ).AsObject();
        if (!answer.Ok || answer.Json.At("siblings") is not JsonArray)
            fact.Content.Unknown(files, $"the hub answers {answer.SaysInstead} for the files of the revision");
        else if (answer.Json.At("siblings").Objects().ToList() is var listed && listed.Count <= MostFiles)
            fact.Content[files] = new JsonArray([.. listed.Select(FileOf)]);
        return fact;
    }

    private static JsonNode FileOf(JsonObject listed) =>
        listed["lfs"].At("sha256").Text() is { } sha256
            ? new JsonObject { ["file"] = listed["rfilename"].Text(), ["sha256"] = sha256 }
            : new JsonObject { ["file"] = listed["rfilename"].Text(), ["blob"] = listed["blobId"].Text() };

    private HttpClient Client(CollectorAccess access)
    {
        var client = http.Client();
        if (access.Secret is { Length: > 0 } token)
            client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return client;
    }

    private static string Address(CollectorAccess access, string path) =>
        SourceHttp.Below(
            access,
            $"api/{path}?author={Uri.EscapeDataString(access.Need("organization"))}&full=true&limit=100"
        );

    internal static CollectedFact Fact(string kind, JsonObject repository)
    {
        var id = repository["id"].Text() ?? repository["modelId"].Text() ?? "";
        var files = repository["siblings"].Objects().Select(s => s["rfilename"].Text()).OfType<string>().ToList();
        var tags = (repository["tags"] as JsonArray)?.Select(t => t.Text()).OfType<string>().ToList() ?? [];
        var risky = files.Where(f => ModelFiles.RunsCode(f, files)).Order(StringComparer.Ordinal).ToList();
        var fact = new JsonObject
        {
            ["name"] = id,
            ["private"] = repository["private"].Flag(),
            ["gated"] = repository["gated"] is JsonValue gate
                ? gate.Text() ?? (gate.Flag() == true ? "yes" : "no")
                : null,
            ["disabled"] = repository["disabled"].Flag(),
            ["files"] = files.Count,
            ["unsafe"] = risky.Count,
            ["unsafeFiles"] = Lenient.List(risky.Take(20)),
            ["weightFiles"] = files.Count(ModelFiles.HoldsWeights),
            ["card"] = files.Contains("README.md"),
            ["licence"] = tags.FirstOrDefault(t => t.StartsWith("license:", StringComparison.Ordinal))?[
                "license:".Length..
            ],
            ["revision"] = repository["sha"].Text(),
        };
        if (repository["siblings"] is not JsonArray)
            fact.Unknown("unsafe", "the hub does not list the files");
        return new CollectedFact(kind, repository["_id"].Text() ?? id, id, fact);
    }
}
