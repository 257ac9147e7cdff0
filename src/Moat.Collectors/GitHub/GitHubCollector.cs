using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Moat.Collectors.Http;
using Moat.Isms.Evidence.Collectors;

namespace Moat.Collectors.GitHub;

/// <summary>
/// Reads an organisation on GitHub or a GitHub Enterprise Server: how its code is protected and who can reach it
/// (A.8.4, A.8.32).
/// </summary>
public sealed class GitHubCollector(SourceHttp http, TimeProvider clock) : ICollector
{
    private readonly RememberedAnswers _remembered = new();

    /// <inheritdoc />
    public string Kind => "github";

    /// <inheritdoc />
    public string Title => "GitHub";

    /// <inheritdoc />
    public string LeastPrivilege =>
        "A fine-grained token of the organisation, or a GitHub App, with read access to: Metadata, Administration, Actions, Code scanning alerts, Dependabot alerts, "
        + "Secret scanning alerts, Contents, and the organisation's Members and Administration. It needs no write access anywhere.";

    /// <inheritdoc />
    public string? SecretHint => "A fine-grained token, or the private key of a GitHub App (the whole PEM file)";

    /// <inheritdoc />
    public IReadOnlyList<CollectorSetting> Settings { get; } =
    [
        new("organization", "Organisation", "The name in its address, such as acme", Required: true),
        new(
            "url",
            "API address",
            "https://api.github.com, or https://HOST/api/v3 of an Enterprise Server",
            Required: false,
            "https://api.github.com",
            SettingForm.Address
        ),
        new("app", "App id", "Only with a GitHub App", Required: false),
        new("installation", "Installation id", "Only with a GitHub App", Required: false),
    ];

    /// <inheritdoc />
    public IReadOnlyList<string> Lists(CollectorAccess access) => ["github.organization", "github.repository"];

    /// <inheritdoc />
    public async Task<string> Test(CollectorAccess access, CancellationToken ct)
    {
        using var api = await GitHubApi.SignIn(http, _remembered, access, clock, ct);
        var organization = await OrganizationOf(api, access, ct);
        var repositories = await api.Page($"orgs/{Name(access)}/repos?per_page=1", ct);
        return $"The organisation {organization["login"].Text()} and {(repositories.Ok ? "its repositories can be read" : "not its repositories")}.";
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<Collected> Collect(
        CollectorAccess access,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        using var api = await GitHubApi.SignIn(http, _remembered, access, clock, ct);
        yield return await Organization(api, await OrganizationOf(api, access, ct), ct);
        var (repositories, last) = await api.All($"orgs/{Name(access)}/repos?type=all&per_page=100", ct);
        if (!last.Ok)
            yield return new NotRead("repositories", $"GitHub answers {last.Says}", HidesResources: true);
        if (repositories.Any(r => r["full_name"].Text() is null))
            yield return new NotRead(
                "some repositories",
                $"GitHub tells of them {SourceAnswer.Unexpected}",
                HidesResources: true
            );
        foreach (var repository in repositories.Where(r => r["full_name"].Text() is not null))
            yield return await new RepositoryReading(api, repository, clock).Read(ct);
    }

    private static string Name(CollectorAccess access) => Uri.EscapeDataString(access.Need("organization"));

    private static async Task<JsonObject> OrganizationOf(GitHubApi api, CollectorAccess access, CancellationToken ct)
    {
        var answer = await api.Get($"orgs/{Name(access)}", ct);
        if (!answer.Ok)
            throw new CollectorFailed(
                $"GitHub answers {answer.Says} for the organisation {access.Need("organization")}. Is the name right, and may the token see it?"
            );
        return answer.Json is JsonObject told && told["login"].Text() is not null
            ? told
            : throw new CollectorFailed($"GitHub answers {SourceAnswer.Unexpected}.");
    }

    private static async Task<CollectedFact> Organization(GitHubApi api, JsonObject told, CancellationToken ct)
    {
        var login = told["login"].Text() ?? "";
        var (owners, last) = await api.All($"orgs/{Uri.EscapeDataString(login)}/members?role=admin&per_page=100", ct);
        var fact = new JsonObject
        {
            ["name"] = login,
            ["defaultRepositoryPermission"] = told["default_repository_permission"].Text(),
            ["membersCanCreatePublic"] = told["members_can_create_public_repositories"].Flag(),
        };
        // GitHub leaves these out for tokens that may not administer the organisation.
        if (told["two_factor_requirement_enabled"].Flag() is { } required)
            fact["twoFactorRequired"] = required;
        else
            fact.Unknown("twoFactorRequired", "the token may not read the organisation's settings");
        if (last.Ok)
        {
            fact["owners"] = owners.Count;
            fact["principals"] = new JsonArray([
                .. owners.Select(o =>
                    (JsonNode)new JsonObject { ["id"] = o["login"].Text(), ["permission"] = "owner" }
                ),
            ]);
        }
        else
        {
            var why =
                last.Status == HttpStatusCode.Forbidden
                    ? "the token may not read members"
                    : $"GitHub answers {last.Says}";
            fact.Unknown("owners", why);
            fact.Unknown("principals", why);
        }
        await SecondFactor(api, login, fact, ct);
        return new CollectedFact("github.organization", told["id"]?.ToString() ?? login, login, fact);
    }

    /// <summary>
    /// Who has no second factor. GitHub tells it to owners only, and refuses the filter (422) where it cannot be known.
    /// </summary>
    private static async Task SecondFactor(GitHubApi api, string login, JsonObject fact, CancellationToken ct)
    {
        var (without, last) = await api.All(
            $"orgs/{Uri.EscapeDataString(login)}/members?filter=2fa_disabled&per_page=100",
            ct
        );
        if (last.Ok)
            (fact["withoutSecondFactor"], fact["withoutSecondFactorNames"]) = (
                without.Count,
                Lenient.List(without.Select(m => m["login"].Text()).OfType<string>().Order(StringComparer.Ordinal))
            );
        else
            fact.Unknown(
                "withoutSecondFactor",
                $"only a token of an owner may see who has no second factor (GitHub answers {last.Says})"
            );
    }
}
