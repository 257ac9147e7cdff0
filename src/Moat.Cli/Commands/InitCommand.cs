using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Moat.Hosting.Accounts;
using Moat.Isms.Kernel;
using YamlDotNet.Serialization;

namespace Moat.Cli.Commands;

/// <summary>Founds an organisation, optionally with the answers of its interview.</summary>
internal static class InitCommand
{
    private static readonly Option<string> Slug = new("--org") { Description = "Its name in URLs", Required = true };
    private static readonly Option<string> Name = new("--name")
    {
        Description = "Its name for people",
        Required = true,
    };
    private static readonly Option<string> Admin = new("--admin")
    {
        Description = "E-mail of its first owner",
        Required = true,
    };
    private static readonly Option<string?> Password = new("--password-file")
    {
        Description = "A file with the owner's password; without it one is made and printed",
    };
    private static readonly Option<string?> Answers = new("--answers")
    {
        Description = "Answers of the interview (YAML); completes it and drafts the ISMS",
    };

    public static Command Make()
    {
        var command = new Command("init", "Found an organisation with its first owner")
        {
            Slug,
            Name,
            Admin,
            Password,
            Answers,
            Installation.Data,
            Installation.Postgres,
        };
        command.SetAction(
            async (parsed, ct) =>
            {
                await using var installation = Installation.Open(Installation.Storage(parsed));
                var answers = parsed.GetValue(Answers) is { } file
                    ? ReadAnswers(await File.ReadAllTextAsync(file, ct), file)
                    : null;
                await Found(installation, parsed, ct);
                if (answers is not null)
                    await Draft(installation, parsed.GetValue(Slug)!, answers, ct);
                return 0;
            }
        );
        return command;
    }

    /// <summary>Answers of an interview in YAML: a mapping of keys to a value or a list.</summary>
    internal static JsonObject ReadAnswers(string yaml, string file)
    {
        try
        {
            var answers = new DeserializerBuilder().Build().Deserialize<Dictionary<string, object?>>(yaml);
            return JsonSerializer.SerializeToNode(answers)!.AsObject();
        }
        catch (YamlDotNet.Core.YamlException e)
        {
            throw new InputInvalid($"{file}:{e.Start.Line}", "This is not a YAML mapping of answers.");
        }
    }

    private static async Task Found(Installation installation, ParseResult parsed, CancellationToken ct)
    {
        await using var scope = installation.Scope();
        var desk = scope.ServiceProvider.GetRequiredService<AccountDesk>();
        var email = parsed.GetValue(Admin)!;
        var (slug, name) = (parsed.GetValue(Slug)!, parsed.GetValue(Name)!);
        if (await desk.Find(email) is { } account)
            await desk.Found(slug, name, account, "cli", ct);
        else
        {
            var given = parsed.GetValue(Password);
            var password = given is null ? NewPassword() : (await File.ReadAllTextAsync(given, ct)).Trim();
            await desk.FoundAnew(slug, name, (email, email.Split('@')[0], password), "cli", ct);
            if (given is null)
                Console.WriteLine($"Password of {email}: {password}");
        }
        Console.WriteLine($"Founded '{slug}'.");
    }

    private static async Task Draft(Installation installation, string slug, JsonObject answers, CancellationToken ct)
    {
        var organization = await installation.Find(slug, ct);
        var catalog = installation.Get<OperationCatalog>();
        await installation.RunAs(
            null,
            organization,
            catalog.Find("interview.answer")!,
            new JsonObject { ["answers"] = answers, ["complete"] = true },
            ct
        );
        var drafted = await installation.RunAs(null, organization, catalog.Find("draft.generate")!, [], ct);
        Console.WriteLine(Installation.Show(drafted));
    }

    internal static string NewPassword() => RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", 16);
}
