using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Reading;

namespace Moat.Cli.Commands;

/// <summary>
/// Every operation as <c>moat PROCESS VERB</c>, with an option for each field of its input; nothing is written by hand.
/// </summary>
internal static class OperationCommands
{
    private static readonly Option<string?> Json = new("--json")
    {
        Description = "The whole input as a JSON object; options come on top",
    };
    private static readonly Option<string?> Out = new("--out")
    {
        Description = "Where to write the answer instead of the console",
    };
    private static readonly Option<string?> Format = new("--format") { Description = "json, the only form there is" };

    // 'moat readiness' alone reads it: the plainest query of a process needs no verb.
    private static readonly string[] Plain = ["list", "get", "make"];

    /// <summary>
    /// A command for each process, filled where somebody named it: a thousand fields are looked at for all of them.
    /// </summary>
    public static IEnumerable<Command> Make(OperationCatalog catalog, IReadOnlyCollection<string> said)
    {
        foreach (var group in catalog.Reachable().GroupBy(o => o.Process))
        {
            var process = new Command(group.Key, catalog.Processes.First(p => p.Name == group.Key).Summary);
            if (said.Any(s => s.Contains(group.Key, StringComparison.Ordinal)))
                Fill(process, [.. group]);
            yield return process;
        }
    }

    private static void Fill(Command process, IReadOnlyList<Operation> operations)
    {
        if (operations.FirstOrDefault(o => !o.ChangesRecords && !o.OnOneRecord && Plain.Contains(o.Verb)) is { } plain)
            Fill(process, plain);
        foreach (var operation in operations)
        {
            var command = new Command(
                operation.Verb,
                operation.ByPerson
                    ? $"{operation.Summary} (a person's signature: only in the browser)"
                    : operation.Summary
            );
            Fill(command, operation);
            process.Add(command);
        }
    }

    private static void Fill(Command command, Operation operation)
    {
        var fields = InputBinder
            .Json.GetTypeInfo(operation.InputType)
            .Properties.Where(p => p.Set is not null || p.AssociatedParameter is not null)
            .Select(p => (Property: p, Option: OptionOf(p)))
            .ToList();
        foreach (var (_, option) in fields)
            command.Add(option);
        foreach (
            var option in new Option[]
            {
                Json,
                Out,
                Format,
                Installation.As,
                Installation.Organization,
                Installation.Data,
                Installation.Postgres,
            }
        )
            command.Add(option);
        command.SetAction(
            async (parsed, ct) =>
            {
                var input = await Input(operation, parsed, fields, ct);
                await using var installation = Installation.OpenExisting(Installation.Storage(parsed));
                await Tell(await installation.Run(parsed, operation, input, ct), parsed.GetValue(Out), ct);
                return 0;
            }
        );
    }

    private static Option<string[]> OptionOf(JsonPropertyInfo property) =>
        new($"--{JsonNamingPolicy.KebabCaseLower.ConvertName(property.Name)}")
        {
            Description =
                property.PropertyType == typeof(GivenFile) ? "Path of a file"
                : property.IsRequired ? "Needed"
                : null,
            AllowMultipleArgumentsPerToken = false,
            Arity = ArgumentArity.ZeroOrMore,
        };

    private static async Task<JsonObject> Input(
        Operation operation,
        ParseResult parsed,
        List<(JsonPropertyInfo Property, Option<string[]> Option)> fields,
        CancellationToken ct
    )
    {
        var input = parsed.GetValue(Json) is { } json ? ReadJson(json) : [];
        var texts = fields
            .Where(f => f.Property.PropertyType != typeof(GivenFile))
            .SelectMany(f => parsed.GetValue(f.Option) ?? [], (f, v) => KeyValuePair.Create(f.Property.Name, v));
        foreach (var (name, value) in InputBinder.FromText(operation.InputType, texts))
            input[name] = value?.DeepClone();
        foreach (var (property, option) in fields.Where(f => f.Property.PropertyType == typeof(GivenFile)))
            if (parsed.GetValue(option) is [var path, ..])
                input[property.Name] = await Files.Read(path, ct);
        return input;
    }

    private static JsonObject ReadJson(string json)
    {
        try
        {
            return GivenJson.Read(json) as JsonObject ?? throw new InputInvalid("--json", "A JSON object is needed.");
        }
        catch (JsonException e)
        {
            throw new InputInvalid("--json", GivenJson.Explain(e));
        }
    }

    private static async Task Tell(object answer, string? path, CancellationToken ct)
    {
        if (answer is MadeFile file)
        {
            await using (file)
            await using (var written = File.Create(path ?? file.Name))
                await file.CopyTo(written, ct);
            Console.WriteLine(path ?? file.Name);
        }
        else if (path is not null)
            await File.WriteAllTextAsync(path, Installation.Show(answer), ct);
        else
            Console.WriteLine(Installation.Show(answer));
    }
}
