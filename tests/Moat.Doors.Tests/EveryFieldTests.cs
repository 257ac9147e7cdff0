using System.Text.Json;
using System.Text.Json.Nodes;
using Moat.Cli.Commands;
using Moat.Isms.Kernel;
using Moat.Server.Doors;

namespace Moat.Tests;

/// <summary>A field declared once is described at every door, and what is given there arrives in it.</summary>
public sealed class EveryFieldTests(Site site)
{
    private IEnumerable<(Operation Operation, InputField Field)> Fields =>
        from operation in site.Catalog.Reachable()
        from given in InputRules.Of(operation.InputType)
        where given.Property.SetMethod is not null
        select (operation, given);

    [Fact]
    public void There_are_fields() => Assert.True(Fields.Count() > 1000, $"{Fields.Count()}");

    [Fact]
    public void What_is_given_as_JSON_or_as_text_arrives_in_its_field()
    {
        var lost = new List<string>();
        foreach (var (operation, field) in Fields)
        {
            var value = GivenValues.For(field.Property);
            Assert.True(value is not null, $"No value for {operation.Name} {field.Name}");
            var json = Needed(operation);
            json[field.Name] = value!.DeepClone();
            if (!Arrives(operation, field, json, value))
                lost.Add($"{operation.Name} {field.Name} as JSON");
            var text = InputBinder.FromText(
                operation.InputType,
                [KeyValuePair.Create(field.Name, GivenValues.AsText(value))]
            );
            foreach (var (name, needed) in Needed(operation))
                text.TryAdd(name, needed!.DeepClone());
            if (!Arrives(operation, field, text, value))
                lost.Add($"{operation.Name} {field.Name} as text");
        }
        Assert.Empty(lost);
    }

    [Fact]
    public async Task Every_field_is_described_in_OpenApi()
    {
        var document = JsonNode.Parse(await site.With((string?)null).GetStringAsync("/openapi/v1.json"))!;
        Assert.Empty(
            Fields
                .Where(f => !Described(document, f.Operation).Contains(f.Field.Name))
                .Select(f => $"{f.Operation.Name} {f.Field.Name}")
        );
    }

    [Fact]
    public async Task Every_field_is_an_argument_of_its_tool()
    {
        var answer = await site.Mcp(site.With(Role.Owner), "tools/list", []);
        var tools = answer["result"]!["tools"]!
            .AsArray()
            .ToDictionary(t => (string)t!["name"]!, t => t!["inputSchema"]?["properties"] as JsonObject ?? []);
        Assert.Empty(
            Fields
                .Where(f =>
                    tools.TryGetValue(f.Operation.ToolName, out var arguments) && !arguments.ContainsKey(f.Field.Name)
                )
                .Select(f => $"{f.Operation.Name} {f.Field.Name}")
        );
    }

    [Fact]
    public void Every_field_is_an_option_of_its_command()
    {
        var commands = OperationCommands
            .Make(site.Catalog, [.. site.Catalog.All.Select(o => o.Process)])
            .SelectMany(c => c.Subcommands, (c, s) => KeyValuePair.Create($"{c.Name}.{s.Name}", s))
            .ToDictionary(c => c.Key, c => c.Value.Options.Select(o => o.Name).ToHashSet());
        Assert.Empty(
            Fields
                .Where(f =>
                    !commands[f.Operation.Name]
                        .Contains($"--{JsonNamingPolicy.KebabCaseLower.ConvertName(f.Field.Name)}")
                )
                .Select(f => $"{f.Operation.Name} {f.Field.Name}")
        );
    }

    private static JsonObject Needed(Operation operation)
    {
        var json = new JsonObject();
        foreach (var property in InputBinder.Json.GetTypeInfo(operation.InputType).Properties.Where(p => p.IsRequired))
            json[property.Name] = GivenValues.For(operation.InputType.GetProperty(property.Name, Any)!);
        return json;
    }

    private const System.Reflection.BindingFlags Any =
        System.Reflection.BindingFlags.Public
        | System.Reflection.BindingFlags.Instance
        | System.Reflection.BindingFlags.IgnoreCase;

    private static bool Arrives(Operation operation, InputField field, JsonObject json, JsonNode value)
    {
        var type = field.Property.PropertyType;
        var bound = field.Property.GetValue(InputBinder.Bind(operation.InputType, json));
        return JsonNode.DeepEquals(Written(bound, type), Written(value.Deserialize(type, InputBinder.Json), type));
    }

    private static JsonNode? Written(object? value, Type type) =>
        JsonSerializer.SerializeToNode(value, type, InputBinder.Json);

    private static HashSet<string> Described(JsonNode document, Operation operation)
    {
        var described = document["paths"]![RestDoor.Root + operation.Route]![operation.HttpMethod.ToLowerInvariant()]!;
        var body = described["requestBody"]?["content"]?["application/json"]?["schema"]?["properties"] as JsonObject;
        return
        [
            .. described["parameters"]!.AsArray().Select(p => (string)p!["name"]!),
            .. body?.Select(p => p.Key) ?? [],
        ];
    }
}
