using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Reading;
using Moat.Isms.Kernel.Remembering;
using Moat.Server.Auth;

namespace Moat.Server.Doors;

/// <summary>
/// Every operation at <c>/api/v1/{org}/…</c>: the query and route of a GET, the JSON or multipart body of a change.
/// </summary>
public static class RestDoor
{
    /// <summary>Where the routes begin.</summary>
    public const string Root = "/api/v1/{org}/";

    /// <summary>Maps the operations.</summary>
    internal static void MapRest(this IEndpointRouteBuilder endpoints, OperationCatalog catalog)
    {
        // Events come in forms of their own, so EventDoor maps that route.
        foreach (var operation in catalog.Reachable().Where(o => o.Name != "events.create"))
            endpoints
                .MapMethods(Root + operation.Route, [operation.HttpMethod], http => Handle(http, operation))
                .WithMetadata(new NeedsAttribute(operation.Permission), new ProgramDoor("rest"));
    }

    internal static async Task Handle(HttpContext http, Operation operation)
    {
        var session = http.RequestServices.GetRequiredService<IsmsSession>();
        try
        {
            var input = operation.TakesBody
                ? await Body(http, operation)
                : InputBinder.FromText(operation.InputType, Query(http));
            if (operation.OnOneRecord && http.GetRouteValue("ref") is string reference)
                input["ref"] = reference;
            if (
                IfMatch(http) is { } version
                && operation.InputType.IsSubclassOf(typeof(ChangeRecord)) | operation.InputType == typeof(ChangeRecord)
            )
                input["ifVersion"] = version;
            if (operation.ChangesRecords && http.Request.Headers["Idempotency-Key"] is [{ Length: > 0 } key, ..])
                http.RequestServices.GetRequiredService<CurrentCaller>().RequestKey = key;
            await Answer(http, operation, await session.Run(operation, input, http.RequestAborted));
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

    private static IEnumerable<KeyValuePair<string, string>> Query(HttpContext http) =>
        http.Request.Query.SelectMany(q => q.Value, (q, v) => KeyValuePair.Create(q.Key, v ?? ""));

    private static async Task<JsonObject> Body(HttpContext http, Operation operation)
    {
        if (http.Request.HasFormContentType)
            return await Form(http, operation);
        if (http.Request.ContentLength == 0 || (http.Request.ContentLength is null && http.Request.ContentType is null))
            return [];
        if (http.Request.ContentType?.Contains("json", StringComparison.OrdinalIgnoreCase) != true)
            throw new InputInvalid("content-type", "Send application/json or multipart/form-data.");
        try
        {
            return await GivenBody.Json(http) as JsonObject
                ?? throw new InputInvalid("body", "A JSON object is needed.");
        }
        catch (JsonException e)
        {
            throw new InputInvalid(GivenJson.Twice(e) ?? "body", GivenJson.Explain(e));
        }
    }

    private static async Task<JsonObject> Form(HttpContext http, Operation operation)
    {
        var form = await ReadForm(http);
        var input = InputBinder.FromText(
            operation.InputType,
            form.SelectMany(f => f.Value, (f, v) => KeyValuePair.Create(f.Key, v ?? ""))
        );
        foreach (var file in form.Files)
        {
            if (!input.TryAdd(file.Name, GivenFiles.AsJson(file)))
                throw new InputInvalid(file.Name, "This field is given twice.");
        }
        return input;
    }

    private static async Task<IFormCollection> ReadForm(HttpContext http)
    {
        try
        {
            return await http.Request.ReadFormAsync(http.RequestAborted);
        }
        catch (Exception e) when (e is InvalidDataException || (e is IOException and not BadHttpRequestException))
        {
            throw new InputInvalid("body", "The form is not whole: its boundary, its end or its length is wrong.");
        }
    }

    private static int? IfMatch(HttpContext http)
    {
        var header = http.Request.Headers.IfMatch.ToString();
        if (header.Length == 0)
            return null;
        return int.TryParse(header.Trim('"', ' '), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : throw new InputInvalid("If-Match", "Send the ETag that was answered, such as \"3\".");
    }

    private static async Task Pass(MadeFile file, HttpContext http)
    {
        http.Response.ContentLength = file.Length;
        await using (file)
            await file.CopyTo(http.Response.Body, http.RequestAborted);
    }

    private static Task Answer(HttpContext http, Operation operation, object result)
    {
        if (result is MadeFile file)
        {
            http.Response.Headers.ContentDisposition =
                $"attachment; filename*=UTF-8''{Uri.EscapeDataString(file.Name)}";
            http.Response.ContentType = file.ContentType;
            return Pass(file, http);
        }
        if (result is AnswerAgain again)
        {
            http.Response.Headers["Idempotency-Replayed"] = "true";
            http.Response.ContentType = "application/json";
            if (operation.Verb == "create")
                http.Response.StatusCode = StatusCodes.Status201Created;
            return http.Response.WriteAsync(again.Json, http.RequestAborted);
        }
        if (result is Done done)
        {
            http.Response.Headers.ETag = $"\"{done.Version}\"";
            if (operation.Verb == "create")
            {
                http.Response.StatusCode = StatusCodes.Status201Created;
                http.Response.Headers.Location = $"{http.Request.Path}/{done.Ref}";
            }
        }
        else if (operation.OnOneRecord && result.GetType().GetProperty("Version")?.GetValue(result) is int version)
            http.Response.Headers.ETag = $"\"{version}\"";
        http.Response.ContentType = "application/json";
        if (!operation.ChangesRecords)
            return AnswerWritten(http, Written(http, result));
        return JsonSerializer.SerializeAsync(
            http.Response.Body,
            result,
            result.GetType(),
            InputBinder.Json,
            http.RequestAborted
        );
    }

    private static WrittenAnswer Written(HttpContext http, object result) =>
        http.RequestServices.GetRequiredService<UnchangedCache>().Written(result, Write) ?? Write(result);

    private static WrittenAnswer Write(object result) =>
        new(JsonSerializer.SerializeToUtf8Bytes(result, result.GetType(), InputBinder.Json));

    /// <summary>
    /// What did not change since the client read it is not sent again (RFC 9110, 13.1.2); a record's own tag is its
    /// version and stays.
    /// </summary>
    private static async Task AnswerWritten(HttpContext http, WrittenAnswer written)
    {
        if (http.Response.Headers.ETag.Count == 0)
        {
            http.Response.Headers.ETag = written.Tag;
            if (http.Request.Headers.IfNoneMatch.Any(tags => tags == "*" || tags?.Contains(written.Tag) == true))
            {
                http.Response.StatusCode = StatusCodes.Status304NotModified;
                http.Response.ContentType = null;
                return;
            }
        }
        http.Response.ContentLength = written.Content.Length;
        await http.Response.Body.WriteAsync(written.Content, http.RequestAborted);
    }
}
