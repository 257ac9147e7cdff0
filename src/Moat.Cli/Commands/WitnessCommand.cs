using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;
using Moat.Server.Host.Witness;

namespace Moat.Cli.Commands;

/// <summary>
/// Runs a witness: a customer, a consultant or an auditor holds a journal to its past without reading it.
/// </summary>
internal static class WitnessCommand
{
    private static readonly Option<string> Data = new("--data")
    {
        Description = "Where the witness keeps its key and what it cosigned",
        DefaultValueFactory = _ => "witness-data",
    };

    private static readonly Option<string> Url = new("--url")
    {
        Description = "Where to listen; put a proxy with TLS in front",
        DefaultValueFactory = _ => "http://127.0.0.1:4401",
    };

    private static readonly Option<string> Name = new("--name")
    {
        Description = "What the witness is called, such as witness.your-company.example/moat; counts when it begins",
        DefaultValueFactory = _ => $"{Environment.MachineName}/moat-witness",
    };

    private static readonly Option<string[]> Trust = new("--trust")
    {
        Description =
            "The key of an installation whose journals to witness, as its page Journal and moat journal checkpoint show it; may be repeated",
    };

    public static Command Make()
    {
        var command = new Command(
            "witness",
            "Run a witness: it remembers how long each journal was and cosigns only what continues it"
        )
        {
            Data,
            Url,
            Name,
            Trust,
        };
        command.SetAction(
            async (parsed, ct) =>
            {
                var name = parsed.GetValue(Name)!;
                if (!IsName(name))
                    throw new InputInvalid("--name", "A witness's name has no spaces and no plus sign.");
                var trusted = (parsed.GetValue(Trust) ?? []).Select(Key).ToList();
                if (trusted.Count == 0)
                    throw new InputInvalid(
                        "--trust",
                        "Say whose journals to witness: the installation's verifier key stands on its page Journal."
                    );
                var folder = Path.GetFullPath(parsed.GetValue(Data)!);
                var options = new WitnessOptions
                {
                    Folder = folder,
                    Url = parsed.GetValue(Url)!,
                    Name = name,
                    Trusted = trusted,
                };
                await using var app = WitnessServer.Build(options);
                await app.StartAsync(ct);
                var key = app.Services.GetRequiredService<WitnessBook>().Signer.Verifier;
                foreach (var url in app.Urls)
                {
                    Console.WriteLine($"The witness {key.Name} listens at {url}");
                    Console.WriteLine($"Name it to the installation with: moat serve --witness {url}={key}");
                }
                await app.WaitForShutdownAsync(ct);
                return 0;
            }
        );
        return command;
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= 200 && !name.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c == '+');

    private static NoteVerifier Key(string text)
    {
        try
        {
            return NoteVerifier.Parse(text);
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw new InputInvalid("--trust", $"'{text}': {e.Message}");
        }
    }
}
