using System.Globalization;
using System.Net.Mime;
using System.Text.Json;
using CloudNative.CloudEvents;
using CloudNative.CloudEvents.SystemTextJson;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Reading;
using Moat.Server.Auth;

namespace Moat.Server.Doors;

/// <summary>
/// CloudEvents 1.0 over HTTP at <c>POST /api/v1/{org}/events</c>: structured, batched and binary. Plain JSON goes to
/// the operation as it is.
/// </summary>
internal static class EventDoor
{
    private const string Structured = "application/cloudevents";
    private const string Batched = "application/cloudevents-batch";
    private const int MaxDepth = 64;
    private static readonly JsonEventFormatter Formatter = new();

    public static void MapEvents(this IEndpointRouteBuilder endpoints, OperationCatalog catalog)
    {
        var operation = catalog.Find("events.create")!;
        endpoints
            .MapPost(
                RestDoor.Root + "events",
                http => IsCloudEvents(http.Request) ? Take(http) : RestDoor.Handle(http, operation)
            )
            .WithMetadata(new NeedsAttribute(operation.Permission), new ProgramDoor("rest"));
    }

    private static bool IsCloudEvents(HttpRequest request) =>
        request.ContentType?.StartsWith(Structured, StringComparison.OrdinalIgnoreCase) == true
        || request.Headers.ContainsKey("ce-id")
        || request.Headers.ContainsKey("ce-specversion");

    private static async Task Take(HttpContext http)
    {
        var session = http.RequestServices.GetRequiredService<IsmsSession>();
        try
        {
            var events = await Read(http);
            // A batch may be empty (CloudEvents JSON format, 4): there is nothing to take in, and nothing wrong.
            var result =
                events.Count == 0
                    ? new EventsReceived(0, 0, 0, 0, 0, 0)
                    : await session.Run(
                        session.Of<EventProcess>().Create,
                        new ReceiveEvents { Events = events },
                        http.RequestAborted
                    );
            http.Response.ContentType = "application/json";
            await JsonSerializer.SerializeAsync(http.Response.Body, result, InputBinder.Json, http.RequestAborted);
        }
        catch (Refusal refusal)
        {
            await Problems.Write(http, refusal);
        }
        catch (BadHttpRequestException bad)
        {
            await Problems.Write(http, bad.StatusCode, "request-invalid", bad.Message);
        }
    }

    /// <summary>The events of a request in any of the three forms. Throws <see cref="InputInvalid"/>.</summary>
    internal static async Task<List<GivenEvent>> Read(HttpContext http)
    {
        var request = http.Request;
        var type = TypeOf(request);
        try
        {
            var body = await GivenBody.Bytes(http);
            if (Is(type, Batched))
                return Batch(GivenJson.Document(body, MaxDepth));
            if (Is(type, Structured))
                return [One(body, type)];
            return [Binary(request, type, body)];
        }
        catch (Exception e) when (IsMalformed(e))
        {
            throw Malformed(e);
        }
    }

    private static bool Is(ContentType? type, string form) =>
        type?.MediaType.StartsWith(form, StringComparison.OrdinalIgnoreCase) == true;

    private static ContentType? TypeOf(HttpRequest request)
    {
        if (request.ContentType is null)
            return null;
        ContentType type;
        try
        {
            type = new ContentType(request.ContentType);
        }
        catch (FormatException)
        {
            throw new InputInvalid(
                "content-type",
                "This is no media type. Send application/cloudevents+json, application/cloudevents-batch+json, or ce- headers with application/json."
            );
        }
        if (Is(type, Structured) && !type.MediaType.EndsWith("+json", StringComparison.OrdinalIgnoreCase))
            throw new BadHttpRequestException(
                $"CloudEvents are read as JSON, not as {type.MediaType}.",
                StatusCodes.Status415UnsupportedMediaType
            );
        return type;
    }

    /// <summary>Each event of a list; the one that is wrong is named by its place.</summary>
    private static List<GivenEvent> Batch(JsonDocument body)
    {
        using var list = body;
        if (list.RootElement.ValueKind != JsonValueKind.Array)
            throw new InputInvalid("body", "A batch is a JSON array of events.");
        return [.. list.RootElement.EnumerateArray().Select(One)];
    }

    private static GivenEvent One(ReadOnlyMemory<byte> body, ContentType? type)
    {
        using var strict = GivenJson.Document(body, MaxDepth);
        return Given(Formatter.DecodeStructuredModeMessage(body, type, null), 0);
    }

    private static GivenEvent One(JsonElement element, int index)
    {
        try
        {
            return Given(Formatter.ConvertFromJsonElement(element.Clone(), null), index);
        }
        catch (Exception e) when (IsMalformed(e))
        {
            throw Malformed(e, string.Create(CultureInfo.InvariantCulture, $"events[{index}]"));
        }
    }

    /// <summary>
    /// The events of a body, one or a list of them, whatever the headers say: a signature covers the body only. Throws
    /// <see cref="InputInvalid"/>.
    /// </summary>
    internal static List<GivenEvent> Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            var isList = body.Span.TrimStart(" \t\r\n"u8) is [(byte)'[', ..];
            return isList ? Batch(GivenJson.Document(body, MaxDepth)) : [One(body, null)];
        }
        catch (Exception e) when (IsMalformed(e))
        {
            throw Malformed(e);
        }
    }

    private static bool IsMalformed(Exception e) =>
        e is ArgumentException or JsonException or FormatException or InvalidOperationException;

    private static InputInvalid Malformed(Exception e, string field = "body") =>
        new(
            field,
            $"This is not CloudEvents 1.0: {(e is JsonException json ? GivenJson.Explain(json) : e.Message.Split('\n')[0])}"
        );

    /// <summary>
    /// Binary mode: attributes in headers, percent-encoded where they are not plain ASCII; the body is the data.
    /// </summary>
    private static GivenEvent Binary(HttpRequest request, ContentType? type, ReadOnlyMemory<byte> body)
    {
        if (!request.Headers.ContainsKey("ce-specversion"))
            throw new InputInvalid("ce-specversion", "This is needed; 1.0 is understood.");
        var happened = new CloudEvent(CloudEventsSpecVersion.V1_0);
        foreach (
            var (name, value) in request.Headers.Where(h => h.Key.StartsWith("ce-", StringComparison.OrdinalIgnoreCase))
        )
        {
            var attribute = name[3..].ToLowerInvariant();
            if (attribute == "specversion")
            {
                if (value != "1.0")
                    throw new InputInvalid("ce-specversion", "Only version 1.0 is understood.");
                continue;
            }
            happened.SetAttributeFromString(attribute, HeaderText.Decode(name.ToLowerInvariant(), value.ToString()));
        }
        if (type is not null)
            happened.DataContentType = type.ToString();
        if (body.Length > 0 && IsJson(type?.MediaType))
            happened.Data = Parsed(body);
        return Given(happened, 0);
    }

    private static GivenEvent Given(CloudEvent happened, int index)
    {
        if (!happened.IsValid)
            happened.Validate();
        return new GivenEvent
        {
            Id = happened.Id!,
            Source = happened.Source!.OriginalString,
            Type = happened.Type!,
            Subject = happened.Subject,
            Time = happened.Time,
            Data = happened.Data switch
            {
                JsonElement data => data,
                byte[] encoded when IsJson(happened.DataContentType) => Parsed(encoded),
                string text when IsJson(happened.DataContentType) => Parsed(System.Text.Encoding.UTF8.GetBytes(text)),
                _ => throw new InputInvalid(
                    string.Create(CultureInfo.InvariantCulture, $"events[{index}].data"),
                    "The data of a fact is a JSON object."
                ),
            },
        };
    }

    // CloudEvents JSON format 3.1: what has no type, a JSON type or one that ends with +json is JSON.
    private static bool IsJson(string? type)
    {
        var bare = type?.Split(';')[0].Trim();
        return bare is null
            || bare.EndsWith("/json", StringComparison.OrdinalIgnoreCase)
            || bare.EndsWith("+json", StringComparison.OrdinalIgnoreCase);
    }

    private static JsonElement Parsed(ReadOnlyMemory<byte> data)
    {
        using var json = GivenJson.Document(data, MaxDepth);
        return json.RootElement.Clone();
    }
}
