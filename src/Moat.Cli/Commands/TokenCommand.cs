using System.CommandLine;
using System.Text.Json.Nodes;
using Moat.Isms.Kernel;
using Moat.Isms.People;

namespace Moat.Cli.Commands;

/// <summary>Makes tokens for programs.</summary>
internal static class TokenCommand
{
    private static readonly Option<string> Role = new("--role")
    {
        Description = "member, auditor, risk-owner, control-owner, agent, isms-manager or owner",
        Required = true,
    };
    private static readonly Option<string> Name = new("--name")
    {
        Description = "What it is for",
        DefaultValueFactory = _ => "Command line",
    };
    private static readonly Option<int> Days = new("--days")
    {
        Description = "For how many days it works",
        DefaultValueFactory = _ => 90,
    };

    public static Command Make()
    {
        var create = new Command("create", "Make a token; prints only the token on its last line")
        {
            Role,
            Name,
            Days,
            Installation.As,
            Installation.Organization,
            Installation.Data,
            Installation.Postgres,
        };
        create.SetAction(
            async (parsed, ct) =>
            {
                await using var installation = Installation.OpenExisting(Installation.Storage(parsed));
                var organization = await installation.Find(parsed.GetValue(Installation.Organization), ct);
                var input = new JsonObject
                {
                    ["name"] = parsed.GetValue(Name),
                    ["role"] = parsed.GetValue(Role),
                    ["days"] = parsed.GetValue(Days),
                };
                var made = (MadeToken)
                    await installation.RunAs(
                        parsed.GetValue(Installation.As),
                        organization,
                        installation.Get<OperationCatalog>().Find("access.create-token")!,
                        input,
                        ct
                    );
                Console.WriteLine(made.Token);
                return 0;
            }
        );
        return new Command("token", "Tokens for programs") { create };
    }
}
