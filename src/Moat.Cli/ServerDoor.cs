using System.CommandLine;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Moat.Cli.Commands;
using Moat.Isms.Kernel;
using Moat.Isms.People;

namespace Moat.Cli;

/// <summary>
/// A server's REST door, as a pipeline reaches it with a token. What the server refuses is the same refusal here, so
/// that exit codes mean the same wherever the records are.
/// </summary>
internal sealed partial class ServerDoor : IDisposable
{
    /// <summary>Which server; without one, the data folder is used.</summary>
    public static Option<string?> Server { get; } =
        new("--server")
        {
            Description = "The server (default: MOAT_SERVER; without one, the data folder)",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable("MOAT_SERVER"),
        };

    /// <summary>The token that it lets in.</summary>
    public static Option<string?> Token { get; } =
        new("--token")
        {
            Description = "A token of role agent (default: MOAT_TOKEN, which no list of processes shows)",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable("MOAT_TOKEN"),
        };

    private readonly HttpClient _client = new();
    private readonly string _server;
    private readonly string _organization;

    /// <summary>
    /// Opens the door. A token begins with its organisation, so it need not be said twice. Throws <see
    /// cref="InputInvalid"/>.
    /// </summary>
    public ServerDoor(string server, string? token, string? organization)
    {
        if (token is not { Length: > 0 })
            throw new InputInvalid("--token", "A token is needed. Put it into MOAT_TOKEN.");
        if (!Uri.TryCreate(server, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new InputInvalid(
                "--server",
                $"'{server}' is no address of a server. Write it as https://moat.example.com."
            );
        _organization =
            organization
            ?? (Secret.Read(token) ?? throw new InputInvalid("--token", "This is no token of Moat.")).Organization;
        _server = server.TrimEnd('/');
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>The door that the options name; null where they name no server.</summary>
    public static ServerDoor? Of(ParseResult parsed) =>
        parsed.GetValue(Server) is { Length: > 0 } server
            ? new ServerDoor(server, parsed.GetValue(Token), parsed.GetValue(Installation.Organization))
            : null;

    /// <summary>Runs an operation that changes records; answers what it answered.</summary>
    public Task<JsonNode> Post(string route, JsonObject input, CancellationToken ct) =>
        Send(
            new HttpRequestMessage(HttpMethod.Post, Address(route))
            {
                Content = new StringContent(input.ToJsonString(), Encoding.UTF8, "application/json"),
            },
            ct
        );

    /// <summary>Asks a query; answers what it answered.</summary>
    public Task<JsonNode> Get(string route, JsonObject input, CancellationToken ct) =>
        Send(
            new HttpRequestMessage(
                HttpMethod.Get,
                $"{Address(route)}?{string.Join('&', input.Select(f => $"{f.Key}={Uri.EscapeDataString($"{f.Value}")}"))}"
            ),
            ct
        );

    /// <inheritdoc />
    public void Dispose() => _client.Dispose();

    private string Address(string route) => $"{_server}/api/v1/{_organization}/{route}";

    private async Task<JsonNode> Send(HttpRequestMessage request, CancellationToken ct)
    {
        using (request)
        {
            try
            {
                using var response = await _client.SendAsync(request, ct);
                var body = await response.Content.ReadAsStringAsync(ct);
                var answer = Read(body) ?? throw new ServerSilent($"The server answers {(int)response.StatusCode}.");
                return response.IsSuccessStatusCode ? answer : throw Refused((int)response.StatusCode, answer);
            }
            catch (HttpRequestException e)
            {
                throw new ServerSilent($"{_server} cannot be reached: {e.Message}");
            }
        }
    }

    private static JsonNode? Read(string body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Exception Refused(int status, JsonNode problem)
    {
        var errors = problem["errors"] is JsonArray list
            ? list.Select(e => new FieldError($"{e?["field"]}", $"{e?["message"]}")).ToList()
            : [];
        // What the server has no record of is told apart from an organisation that the token does not open.
        if (status == 404 && Missing().Match($"{problem["detail"]}") is { Success: true } missing)
            return new NotFound(missing.Groups["what"].Value);
        if (problem["ruleId"] is { } rule)
            return new RuleBroken($"{rule}", $"{problem["detail"]}", errors);
        return errors.Count > 0
            ? new InputInvalid(errors)
            : new ServerSilent($"The server refused it ({status}): {problem["detail"] ?? problem["title"]}");
    }

    [GeneratedRegex("^There is no (?<what>.+) here\\.$", RegexOptions.Singleline)]
    private static partial Regex Missing();
}
