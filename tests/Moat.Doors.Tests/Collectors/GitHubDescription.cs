using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Moat.Tests;

/// <summary>GitHub's published OpenAPI description: which requests there are.</summary>
internal sealed class GitHubDescription : IDisposable
{
    private readonly JsonDocument _document;

    private GitHubDescription(JsonDocument document) => _document = document;

    /// <summary>The file of a product: api.github.com or a release of the Enterprise Server.</summary>
    public static string FileOf(string product) => NodeProgram.FileOf($"@octokit/openapi/generated/{product}.json");

    public static GitHubDescription Of(string product)
    {
        using var file = File.OpenRead(FileOf(product));
        return new GitHubDescription(JsonDocument.Parse(file));
    }

    /// <summary>Why a request such as <c>GET /orgs/acme?x=1</c> is none that is described, or null.</summary>
    public string? Wrong(string request)
    {
        var (method, address) = (request.Split(' ')[0].ToLowerInvariant(), request.Split(' ')[1]);
        var (path, query) = address.Split('?') is [var before, var after] ? (before, after) : (address, "");
        var fits = _document
            .RootElement.GetProperty("paths")
            .EnumerateObject()
            .Where(p => Fits(p.Name, path))
            .OrderBy(p => p.Name.Count(c => c == '{'))
            .ToList();
        if (fits.Count == 0)
            return $"{request}: there is no such path";
        if (!fits[0].Value.TryGetProperty(method, out var operation))
            return $"{request}: {fits[0].Name} has no {method}";
        var known = operation.TryGetProperty("parameters", out var parameters)
            ? parameters
                .EnumerateArray()
                .Select(Resolved)
                .Where(p => p.GetProperty("in").GetString() == "query")
                .ToList()
            : [];
        foreach (var (name, values) in QueryHelpers.ParseQuery(query))
        {
            var parameter = known.FirstOrDefault(p => p.GetProperty("name").GetString() == name);
            if (parameter.ValueKind == JsonValueKind.Undefined)
                return $"{request}: {fits[0].Name} has no parameter {name}";
            if (
                Resolved(parameter.GetProperty("schema")).TryGetProperty("enum", out var allowed)
                && allowed.EnumerateArray().All(a => a.GetString() != values.ToString())
            )
                return $"{request}: {name} cannot be {values}";
        }
        return null;
    }

    public void Dispose() => _document.Dispose();

    private JsonElement Resolved(JsonElement element) =>
        element.TryGetProperty("$ref", out var reference)
            ? reference
                .GetString()!
                .Split('/')
                .Skip(1)
                .Aggregate(_document.RootElement, (at, part) => at.GetProperty(part))
            : element;

    private static bool Fits(string template, string path)
    {
        var (wanted, given) = (template.Split('/'), path.Split('/'));
        return wanted.Length == given.Length
            && wanted.Zip(given).All(p => p.First == p.Second || (p.First.StartsWith('{') && p.Second.Length > 0));
    }
}
