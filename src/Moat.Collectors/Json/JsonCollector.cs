using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Moat.Collectors.Http;
using Moat.Isms.Evidence.Collectors;

namespace Moat.Collectors.Json;

/// <summary>Reads any JSON over HTTPS: one object, or a list of them, each a fact about a resource.</summary>
public sealed class JsonCollector(SourceHttp http) : ICollector
{
    private const int MostItems = 10_000;

    /// <inheritdoc />
    public string Kind => "json";

    /// <inheritdoc />
    public string Title => "Any JSON over HTTPS";

    /// <inheritdoc />
    public string LeastPrivilege =>
        "Whatever reads this one address. Give it a token of its own that can do nothing else.";

    /// <inheritdoc />
    public string? SecretHint => "The value of the header named in the settings, such as Bearer abc";

    /// <inheritdoc />
    public IReadOnlyList<CollectorSetting> Settings { get; } =
    [
        new(
            "url",
            "Address",
            "Such as https://api.acme.internal/gpu-tenants",
            Required: true,
            Form: SettingForm.ShelteredAddress
        ),
        new(
            "kind",
            "Kind of resource",
            "A name of yours with a dot, such as acme.tenant; checks are found by it",
            Required: true
        ),
        new(
            "items",
            "Where the list is",
            "JSON pointer to a list, such as /data; empty for the whole answer",
            Required: false
        ),
        new("id", "Where the id is", "JSON pointer inside an item, such as /id", Required: true, "/id"),
        new("name", "Where the name is", "JSON pointer inside an item, such as /name", Required: false),
        new("header", "Header for the secret", "Such as Authorization", Required: false, "Authorization"),
    ];

    /// <inheritdoc />
    public IReadOnlyList<string> Lists(CollectorAccess access) => [access.Need("kind")];

    /// <inheritdoc />
    public async Task<string> Test(CollectorAccess access, CancellationToken ct) =>
        $"{(await Items(access, ct)).Count} items can be read.";

    /// <inheritdoc />
    public async IAsyncEnumerable<Collected> Collect(
        CollectorAccess access,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var items = await Items(access, ct);
        foreach (var item in items.Take(MostItems))
        {
            var id = At(item, access.Need("id"))?.ToString();
            if (string.IsNullOrEmpty(id))
                yield return new NotRead("an item", $"it has no value at {access.Need("id")}", HidesResources: true);
            else
                yield return new CollectedFact(
                    access.Need("kind"),
                    id,
                    (access.Get("name") is { } name ? At(item, name)?.ToString() : null) ?? id,
                    (JsonObject)item.DeepClone()
                );
        }
        if (items.Count > MostItems)
            yield return new NotRead(
                "the rest of the list",
                $"it has {items.Count} items and {MostItems} are read",
                HidesResources: true
            );
    }

    private async Task<IReadOnlyList<JsonObject>> Items(CollectorAccess access, CancellationToken ct)
    {
        using var client = http.Client();
        var answer = await SourceHttp.Get(
            client,
            http.Sheltered(SourceHttp.Address(access)).AbsoluteUri,
            ct,
            request =>
            {
                if (access.Secret is { Length: > 0 } secret)
                    request.Headers.TryAddWithoutValidation(access.Get("header") ?? "Authorization", secret);
            }
        );
        if (!answer.Ok)
            throw new CollectorFailed($"The address answers {(int)answer.Status}.");
        var found = access.Get("items") is { } pointer ? At(answer.Json, pointer) : answer.Json;
        return found switch
        {
            JsonArray list when list.All(item => item is JsonObject) => [.. list.OfType<JsonObject>()],
            JsonArray => throw new CollectorFailed(
                $"The list at '{access.Get("items") ?? "/"}' has entries that are no objects."
            ),
            JsonObject one => [one],
            _ => throw new CollectorFailed($"There is no list and no object at '{access.Get("items") ?? "/"}'."),
        };
    }

    private static JsonNode? At(JsonNode? node, string pointer) =>
        pointer
            .Split('/', StringSplitOptions.RemoveEmptyEntries)
            .Select(p => p.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))
            .Aggregate(
                node,
                (at, part) =>
                    at switch
                    {
                        JsonObject o => o[part],
                        JsonArray a
                            when int.TryParse(part, System.Globalization.CultureInfo.InvariantCulture, out var i)
                                && i >= 0
                                && i < a.Count => a[i],
                        _ => null,
                    }
            );
}
