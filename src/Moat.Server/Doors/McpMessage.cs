using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Moat.Server.Doors;

/// <summary>Why a message of the Model Context Protocol is not taken.</summary>
/// <param name="Status">The status of the answer.</param>
/// <param name="Answer">The error as JSON-RPC 2.0 has it.</param>
internal sealed record McpFault(int Status, JsonObject Answer)
{
    // JSON-RPC 2.0, 5.1.
    private const int ParseError = -32700,
        InvalidRequest = -32600,
        InvalidParams = -32602;

    /// <summary>The body is not JSON.</summary>
    public static McpFault NoJson(string why) => Of(StatusCodes.Status400BadRequest, ParseError, why, null);

    /// <summary>The body is JSON and not a message.</summary>
    public static McpFault NoMessage(string why) => Of(StatusCodes.Status400BadRequest, InvalidRequest, why, null);

    /// <summary>The message asks for something in a wrong way; the answer to it says so.</summary>
    public static McpFault WrongParams(string why, JsonNode? id) => Of(StatusCodes.Status200OK, InvalidParams, why, id);

    private static McpFault Of(int status, int code, string message, JsonNode? id)
    {
        var error = new JsonObject { ["code"] = code, ["message"] = message };
        return new McpFault(
            status,
            new JsonObject
            {
                ["jsonrpc"] = "2.0",
                ["id"] = id?.DeepClone(),
                ["error"] = error,
            }
        );
    }
}

/// <summary>
/// Looks at a message of the Model Context Protocol before the protocol's library does, which answers a value of the
/// wrong kind as a fault of the server, without naming it.
/// </summary>
internal static class McpMessage
{
    private static readonly Dictionary<string, Type> Params = new()
    {
        ["initialize"] = typeof(InitializeRequestParams),
        ["tools/list"] = typeof(ListToolsRequestParams),
        ["tools/call"] = typeof(CallToolRequestParams),
    };

    /// <summary>What is wrong with a message, or null.</summary>
    public static McpFault? Wrong(JsonNode? body)
    {
        if (body is not JsonObject message)
            return McpFault.NoMessage("A message is a JSON object.");
        if (!IsText(message["jsonrpc"], out var version) || version != "2.0")
            return McpFault.NoMessage("jsonrpc: \"2.0\" is needed.");
        if (message["id"] is { } named && named.GetValueKind() is not (JsonValueKind.String or JsonValueKind.Number))
            return McpFault.NoMessage("id: a text or a number is needed.");
        if (!message.TryGetPropertyValue("method", out var asked))
            return null;
        if (!IsText(asked, out var method))
            return McpFault.NoMessage("method: a text is needed.");
        // What has no id is answered by nobody.
        if (message["id"] is not { } id)
            return null;
        return WrongParams(method, message["params"]) is { } why ? McpFault.WrongParams(why, id) : null;
    }

    private static string? WrongParams(string method, JsonNode? given)
    {
        if (given is not (null or JsonObject))
            return "params: an object is needed.";
        if (given?["_meta"] is not (null or JsonObject))
            return "params._meta: an object is needed.";
        if (!Params.TryGetValue(method, out var type))
            return null;
        if (method == "tools/call" && given?["name"] is null)
            return "params.name: the name of a tool is needed.";
        if (given?["arguments"] is not (null or JsonObject))
            return "params.arguments: an object is needed.";
        if (given?["cursor"] is { } cursor)
            return IsText(cursor, out _)
                ? "params.cursor: there is no such cursor; all tools are in one list."
                : "params.cursor: a text is needed.";
        return given is null ? null : Unfit(given, type);
    }

    private static string? Unfit(JsonNode given, Type type)
    {
        try
        {
            given.Deserialize(type, McpJsonUtilities.DefaultOptions);
            return null;
        }
        catch (JsonException e)
        {
            return $"params{e.Path?.TrimStart('$')}: this value does not fit.";
        }
    }

    private static bool IsText(JsonNode? node, out string text)
    {
        text = node is JsonValue value && value.TryGetValue<string>(out var said) ? said : "";
        return node?.GetValueKind() == JsonValueKind.String;
    }
}
