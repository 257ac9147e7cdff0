using System.Text.Json;
using System.Text.Json.Nodes;
using Moat.Isms.Kernel;
using Moat.Server.Auth;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Moat.Server.Doors;

/// <summary>Every operation as a tool of the Model Context Protocol at <c>/mcp</c> (streamable HTTP); the token names the organisation.</summary>
internal static class McpDoor
{
    /// <summary>Adds the protocol.</summary>
    public static void AddMcp(this IServiceCollection services) =>
        services.AddMcpServer(options => options.ServerInfo = new Implementation { Name = "moat", Version = "1" })
            .WithHttpTransport(options => options.Stateless = true)
            .WithListToolsHandler(List)
            .WithCallToolHandler(Call);

    /// <summary>Maps it. What a tool needs is checked by the session, for each call.</summary>
    public static void MapMcpDoor(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapMcp("/mcp").WithMetadata(new NeedsAttribute(Permission.Work), new ProgramDoor("mcp"));

    private static ValueTask<ListToolsResult> List(RequestContext<ListToolsRequestParams> request, CancellationToken ct)
    {
        var services = request.Services!;
        var caller = services.GetRequiredService<IHttpContextAccessor>().HttpContext!.RequestServices.GetRequiredService<CurrentCaller>().Value;
        var tools = services.GetRequiredService<OperationCatalog>().Reachable().Where(o => !o.ByPerson && caller.May(o.Permission)).Select(ToolOf).ToList();
        return ValueTask.FromResult(new ListToolsResult { Tools = tools });
    }

    private static async ValueTask<CallToolResult> Call(RequestContext<CallToolRequestParams> request, CancellationToken ct)
    {
        var services = request.Services!.GetRequiredService<IHttpContextAccessor>().HttpContext!.RequestServices;
        var name = request.Params?.Name ?? "";
        var operation = services.GetRequiredService<OperationCatalog>().Reachable().FirstOrDefault(o => o.ToolName == name);
        if (operation is null) return Say($"There is no tool '{name}'.", isError: true);
        try
        {
            var input = new JsonObject((request.Params!.Arguments ?? new Dictionary<string, JsonElement>())
                .Select(a => KeyValuePair.Create(a.Key, JsonSerializer.SerializeToNode(a.Value))));
            var result = await services.GetRequiredService<IsmsSession>().Run(operation, input, ct);
            return Say(JsonSerializer.Serialize(result, result.GetType(), InputBinder.Json));
        }
        catch (Refusal refusal)
        {
            var details = refusal is RuleBroken { Details.Count: > 0 } rule
                ? "\n" + string.Join("\n", rule.Details.Take(20).Select(d => $"{d.Field}: {d.Message}"))
                : "";
            return Say($"{refusal.Code}: {refusal.Message}{details}", isError: true);
        }
    }

    private static Tool ToolOf(Operation operation) => new()
    {
        Name = operation.ToolName,
        Title = operation.Summary,
        Description = $"{operation.Summary}. {(operation.ChangesRecords ? "Changes records; the change is journalled under this token." : "Only reads.")}",
        InputSchema = JsonSerializer.SerializeToElement(OperationSchemas.Input(operation)),
        Annotations = new ToolAnnotations { ReadOnlyHint = !operation.ChangesRecords, OpenWorldHint = false },
    };

    private static CallToolResult Say(string text, bool isError = false) =>
        new() { Content = [new TextContentBlock { Text = text }], IsError = isError };
}
