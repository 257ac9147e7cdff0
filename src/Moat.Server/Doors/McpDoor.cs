using System.Text.Json;
using System.Text.Json.Nodes;
using Moat.Hosting;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Reading;
using Moat.Server.Auth;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Moat.Server.Doors;

/// <summary>
/// Every operation as a tool of the Model Context Protocol at <c>/mcp</c> (streamable HTTP); the token names the
/// organisation.
/// </summary>
internal static class McpDoor
{
    private const int MaxDepth = 64;

    private const string Address = "/mcp";
    private static readonly NeedsAttribute Needs = new(Permission.Work);

    /// <summary>Adds the protocol.</summary>
    public static void AddMcp(this IServiceCollection services) =>
        services
            .AddMcpServer(options => options.ServerInfo = new Implementation { Name = "moat", Version = "1" })
            .WithHttpTransport(options => options.Stateless = true)
            .WithListToolsHandler(List)
            .WithCallToolHandler(Call);

    /// <summary>Maps it. What a tool needs is checked by the session, for each call.</summary>
    public static void MapMcpDoor(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapMcp(Address).WithMetadata(Needs, new ProgramDoor("mcp")).Add(Strictly);
        // Otherwise other methods and other kinds of body would be taken for the page of an organisation named mcp.
        endpoints.Map(Address, RefuseForm).WithMetadata(Needs, new ProgramDoor("mcp"));
    }

    private static Task RefuseForm(HttpContext http)
    {
        if (HttpMethods.IsPost(http.Request.Method))
            return Problems.Write(
                http,
                StatusCodes.Status415UnsupportedMediaType,
                "unsupported-media-type",
                "A message of the Model Context Protocol is sent as application/json."
            );
        http.Response.Headers.Allow = HttpMethods.Post;
        return Problems.InWords(http, StatusCodes.Status405MethodNotAllowed);
    }

    // The protocol's library finds what is wrong with a text or a name only in the middle of a call, and calls that its
    // own fault.
    private static void Strictly(EndpointBuilder endpoint)
    {
        if (endpoint.RequestDelegate is not { } next)
            return;
        endpoint.RequestDelegate = async http =>
        {
            if (HttpMethods.IsPost(http.Request.Method))
            {
                var body = await GivenBody.Bytes(http);
                if (Fault(body) is { } fault)
                {
                    http.Response.StatusCode = fault.Status;
                    await http.Response.WriteAsJsonAsync(fault.Answer, http.RequestAborted);
                    return;
                }
                http.Request.Body = new MemoryStream(body.ToArray(), writable: false);
            }
            await next(http);
        };
    }

    private static McpFault? Fault(ReadOnlyMemory<byte> body)
    {
        try
        {
            return McpMessage.Wrong(GivenJson.Read(body.Span, MaxDepth));
        }
        catch (JsonException e)
        {
            return McpFault.NoJson(GivenJson.Explain(e));
        }
    }

    private static ValueTask<ListToolsResult> List(RequestContext<ListToolsRequestParams> request, CancellationToken ct)
    {
        var services = request.Services!;
        var caller = services
            .GetRequiredService<IHttpContextAccessor>()
            .HttpContext!.RequestServices.GetRequiredService<CurrentCaller>()
            .Value;
        var tools = services
            .GetRequiredService<OperationCatalog>()
            .Reachable()
            .Where(o => !o.RefusesTokens && caller.May(o.Permission))
            .Select(ToolOf)
            .ToList();
        return ValueTask.FromResult(new ListToolsResult { Tools = tools });
    }

    private static async ValueTask<CallToolResult> Call(
        RequestContext<CallToolRequestParams> request,
        CancellationToken ct
    )
    {
        var services = request.Services!.GetRequiredService<IHttpContextAccessor>().HttpContext!.RequestServices;
        var name = request.Params?.Name ?? "";
        var operation = services
            .GetRequiredService<OperationCatalog>()
            .Reachable()
            .FirstOrDefault(o => o.ToolName == name);
        if (operation is null)
            return Say($"There is no tool '{name}'.", isError: true);
        try
        {
            var input = new JsonObject(
                (request.Params!.Arguments ?? new Dictionary<string, JsonElement>()).Select(a =>
                    KeyValuePair.Create(a.Key, JsonSerializer.SerializeToNode(a.Value))
                )
            );
            var result = await services.GetRequiredService<IsmsSession>().Run(operation, input, ct);
            return Say(JsonSerializer.Serialize(result, result.GetType(), InputBinder.Json));
        }
        catch (Refusal refusal)
        {
            // What is wrong with an input stands in its message already.
            var places = refusal is InputInvalid ? [] : Refused.FieldsOf(refusal);
            var details = string.Concat(places.Take(20).Select(d => $"\n{d.Field}: {d.Message}"));
            return Say($"{refusal.Code}: {refusal.Message}{details}", isError: true);
        }
    }

    private static Tool ToolOf(Operation operation) =>
        new()
        {
            Name = operation.ToolName,
            Title = operation.Summary,
            Description =
                $"{operation.Summary}. {(operation.ChangesRecords ? "Changes records; the change is journalled under this token." : "Only reads.")}",
            InputSchema = JsonSerializer.SerializeToElement(OperationSchemas.Input(operation)),
            Annotations = new ToolAnnotations { ReadOnlyHint = !operation.ChangesRecords, OpenWorldHint = false },
        };

    private static CallToolResult Say(string text, bool isError = false) =>
        new() { Content = [new TextContentBlock { Text = text }], IsError = isError };
}
