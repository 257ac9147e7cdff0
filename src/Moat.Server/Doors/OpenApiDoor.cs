using System.Text;
using System.Text.Json.Nodes;
using Moat.Isms.Kernel;
using Moat.Server.Auth;

namespace Moat.Server.Doors;

/// <summary>Describes the REST door as OpenAPI 3.1 at <c>/openapi/v1.json</c>, made once from the catalog.</summary>
internal static class OpenApiDoor
{
    /// <summary>Maps the description.</summary>
    public static void MapOpenApi(this IEndpointRouteBuilder endpoints, OperationCatalog catalog)
    {
        var document = new Lazy<byte[]>(() => Encoding.UTF8.GetBytes(Describe(catalog).ToJsonString()));
        endpoints
            .MapGet("/openapi/v1.json", () => Results.Bytes(document.Value, "application/json"))
            .WithMetadata(new PublicPageAttribute());
    }

    private static JsonObject Describe(OperationCatalog catalog)
    {
        var paths = new JsonObject();
        foreach (var operation in catalog.Reachable())
        {
            var path = RestDoor.Root + operation.Route;
            if (paths[path] is not JsonObject methods)
                paths[path] = methods = [];
            methods[operation.HttpMethod.ToLowerInvariant()] = Describe(operation);
        }
        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "Moat",
                ["version"] = "v1",
                ["description"] = "Every operation of the ISMS. Refusals are problem details (RFC 9457).",
                ["license"] = new JsonObject { ["name"] = "Apache-2.0", ["identifier"] = "Apache-2.0" },
            },
            ["security"] = new JsonArray(new JsonObject { ["token"] = new JsonArray() }),
            ["tags"] = new JsonArray([
                .. catalog.Processes.Select(p =>
                    (JsonNode)new JsonObject { ["name"] = p.Name, ["description"] = p.Summary }
                ),
            ]),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = new JsonObject
                {
                    ["token"] = new JsonObject
                    {
                        ["type"] = "http",
                        ["scheme"] = "bearer",
                        ["description"] = "A token of the organisation.",
                    },
                },
            },
        };
    }

    private static JsonObject Describe(Operation operation)
    {
        var input = OperationSchemas.Input(operation);
        var parameters = new JsonArray(Parameter("org", "path", new JsonObject { ["type"] = "string" }, true));
        var properties = input["properties"] as JsonObject ?? [];
        if (operation.Route.Contains("{ref}", StringComparison.Ordinal))
        {
            parameters.Add(Parameter("ref", "path", new JsonObject { ["type"] = "string" }, true));
            properties.Remove("ref");
            if (
                input["required"] is JsonArray required
                && required.FirstOrDefault(r => (string?)r == "ref") is { } named
            )
                required.Remove(named);
        }
        if (!operation.TakesBody)
            foreach (var (name, schema) in properties)
                parameters.Add(Parameter(name, "query", schema!.DeepClone(), false));
        if (operation.ChangesRecords)
        {
            parameters.Add(
                Parameter(
                    "Idempotency-Key",
                    "header",
                    new JsonObject { ["type"] = "string", ["maxLength"] = 200 },
                    false
                )
            );
            if (operation.InputType.IsAssignableTo(typeof(ChangeRecord)))
                parameters.Add(Parameter("If-Match", "header", new JsonObject { ["type"] = "string" }, false));
        }
        var described = new JsonObject
        {
            ["operationId"] = operation.Name,
            ["summary"] = operation.Summary,
            ["description"] =
                operation.ByPerson
                    ? "A person's own signature, given in the browser with the password again: every token is answered 403 with the problem type person-needed."
                : operation.RefusesTokens
                    ? $"Needs the permission {operation.Permission} and a person who is signed in: every token is refused."
                : $"Needs the permission {operation.Permission}.",
            ["tags"] = new JsonArray(operation.Process),
            ["parameters"] = parameters,
            ["responses"] = Responses(operation),
        };
        if (operation.TakesBody)
            described["requestBody"] = new JsonObject
            {
                ["required"] = properties.Count > 0,
                ["content"] = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = input } },
            };
        return described;
    }

    private static JsonObject Parameter(string name, string place, JsonNode schema, bool required) =>
        new()
        {
            ["name"] = name,
            ["in"] = place,
            ["required"] = required,
            ["schema"] = schema,
        };

    private static JsonObject Responses(Operation operation)
    {
        var answer =
            operation.ResultType == typeof(MadeFile)
                ? new JsonObject { ["application/octet-stream"] = new JsonObject() }
                : new JsonObject
                {
                    ["application/json"] = new JsonObject { ["schema"] = OperationSchemas.Of(operation.ResultType) },
                };
        var responses = new JsonObject
        {
            [operation is { Verb: "create", ChangesRecords: true } ? "201" : "200"] = new JsonObject
            {
                ["description"] = "Done",
                ["content"] = answer,
            },
        };
        foreach (
            var (status, says) in new[]
            {
                ("400", "The input is wrong; names the field"),
                ("401", "No valid token"),
                ("403", "The role does not allow it"),
                ("404", "No such record"),
                ("409", "Changed by somebody else"),
                ("422", "A rule of the ISMS forbids it"),
            }
        )
            responses[status] = new JsonObject
            {
                ["description"] = says,
                ["content"] = new JsonObject { ["application/problem+json"] = new JsonObject() },
            };
        return responses;
    }
}
