using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Moat.Collectors.Http;

/// <summary>What a source answered: its status, its JSON when it sent some, and where the next page is.</summary>
public sealed record SourceAnswer(HttpStatusCode Status, JsonNode? Json, HttpResponseHeaders Headers)
{
    /// <summary>Whether it is a success, in the form that was asked for.</summary>
    public bool Ok => IsSuccess && !Misshapen;

    /// <summary>What a person has to know of it: its status, or that nobody expected its form.</summary>
    public string Says => IsSuccess && Misshapen ? Unexpected : $"{(int)Status}";

    /// <summary>
    /// The same of an answer in which what was asked for is missing: a success is then in a form nobody expected.
    /// </summary>
    public string SaysInstead => Ok ? Unexpected : Says;

    /// <summary>The address of the next page (RFC 8288), or null.</summary>
    public string? Next =>
        Headers.TryGetValues("Link", out var links)
            ? links
                .SelectMany(l => l.Split(','))
                .Where(l => l.Contains("rel=\"next\"", StringComparison.Ordinal))
                .Select(l => l.Split(';')[0].Trim().Trim('<', '>'))
                .FirstOrDefault()
            : null;

    /// <summary>The objects of a list.</summary>
    public IEnumerable<JsonObject> Objects => Json.Objects();

    /// <summary>What is said of an answer whose form is not that of its kind of source.</summary>
    internal const string Unexpected = "in a form nobody expected";

    private bool Misshapen { get; init; }

    private bool IsSuccess => (int)Status is >= 200 and < 300;

    /// <summary>The answer as one object; a success in any other form is none.</summary>
    public SourceAnswer AsObject() => this with { Misshapen = Json is not JsonObject };

    /// <summary>The answer as a list of objects; a success in any other form is none.</summary>
    public SourceAnswer AsList() =>
        this with
        {
            Misshapen = Json is not JsonArray list || list.Any(item => item is not JsonObject),
        };
}
