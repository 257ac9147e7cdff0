using System.CommandLine;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;
using Moat.Storage.Accounts;
using Moat.Storage.Keys;

namespace Moat.Cli.Commands;

/// <summary>The key that signs the journals of an installation.</summary>
internal static class KeyCommands
{
    private static readonly Option<string> Reason = new("--reason")
    {
        Description = "Why, as it will stand in the journal",
        DefaultValueFactory = _ => "The key is changed as planned.",
    };

    private static readonly Option<string> Name = new("--name")
    {
        Description = "The name that signatures carry; the one of the key before, where there is one",
        DefaultValueFactory = _ => "moat/journal",
    };

    public static Command Make() => new("key", "The key that signs the journal") { Rotate(), Show(), New() };

    private static Command Rotate()
    {
        var command = new Command(
            "rotate",
            "Make a new key and let every journal go on with it; the old and the new key sign the change"
        )
        {
            Reason,
            Installation.As,
            Installation.Data,
            Installation.Postgres,
        };
        command.SetAction(
            async (parsed, ct) =>
            {
                await using var installation = Installation.OpenExisting(Installation.Storage(parsed));
                var keys = installation.Get<JournalKeys>();
                // A change that was cut off goes on with the key it had made.
                if (!keys.IsChanging)
                    keys.MakeNext();
                foreach (var organization in await installation.Organizations(ct))
                    await Change(installation, organization, parsed, ct);
                // Before the old key goes: only with it can be told which accounts fit their seals.
                await using (var scope = installation.Scope())
                    await scope.ServiceProvider.GetRequiredService<SealedAccounts>().Renew(ct);
                Finish(keys);
                return 0;
            }
        );
        return command;
    }

    private static async Task Change(
        Installation installation,
        Organization organization,
        ParseResult parsed,
        CancellationToken ct
    )
    {
        try
        {
            var input = new JsonObject { ["reason"] = parsed.GetValue(Reason) };
            var operation = installation.Get<OperationCatalog>().Find("journal.rotate-key")!;
            var rotated = (KeyRotated)
                await installation.RunAs(parsed.GetValue(Installation.As), organization, operation, input, ct);
            Console.WriteLine(
                $"{organization.Slug}: entry {rotated.AtEntry} changes the key\n  from {rotated.From}\n  to   {rotated.To}"
            );
        }
        catch (RuleBroken done) when (done.RuleId == "journal.rotate-key.new")
        {
            Console.WriteLine($"{organization.Slug}: goes on with the new key already.");
        }
    }

    private static void Finish(JournalKeys keys)
    {
        try
        {
            keys.Finish();
            Console.WriteLine(
                $"The old key was taken out of {keys.Place}. Servers on other machines need the new one now, and whoever compares "
                    + "fingerprints needs to be told."
            );
        }
        catch (Unavailable byHand)
        {
            Console.WriteLine(byHand.Message);
        }
    }

    private static Command Show()
    {
        var command = new Command("show", "Show the fingerprint of the key, and those before it")
        {
            Installation.Data,
            Installation.Postgres,
        };
        command.SetAction(
            async (parsed, ct) =>
            {
                await using var installation = Installation.OpenExisting(Installation.Storage(parsed));
                var query = installation.Get<OperationCatalog>().Find("journal.checkpoint")!;
                foreach (var organization in await installation.Organizations(ct))
                {
                    var state = (CheckpointView)await installation.Run(organization, query, [], ct);
                    Console.WriteLine($"{organization.Slug}: {state.Fingerprint}");
                    foreach (var key in state.Keys)
                        Console.WriteLine($"  since {key.Since:yyyy-MM-dd HH:mm} UTC: {key.Fingerprint}");
                }
                return 0;
            }
        );
        return command;
    }

    private static Command New()
    {
        var command = new Command(
            "new",
            $"Print a new key, for {EnvironmentKeyHolder.Variable} or a file; nothing is changed"
        )
        {
            Name,
        };
        command.SetAction(parsed => Console.Write(KeyText.New(parsed.GetValue(Name)!)));
        return command;
    }
}
