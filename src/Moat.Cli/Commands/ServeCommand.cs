using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Moat.Hosting;
using Moat.Hosting.Accounts;
using Moat.Hosting.Settings;
using Moat.Server.Host;

namespace Moat.Cli.Commands;

/// <summary>Serves an installation.</summary>
internal static class ServeCommand
{
    private static readonly Option<bool> PrintConfig = new("--print-config")
    {
        Description = "Print every setting with its value and its source, secrets masked, and end",
    };

    public static Command Make()
    {
        var command = new Command("serve", "Serve an installation; an empty one opens the set-up")
        {
            PrintConfig,
            Installation.Data,
            Installation.Postgres,
        };
        foreach (var option in SettingOptions.OfServing)
            command.Add(option);
        command.SetAction(
            async (parsed, ct) =>
            {
                var given = SettingOptions.Read(parsed);
                if (parsed.GetValue(PrintConfig))
                    Console.Write(SettingListing.Values(given));
                var options = DecidedSettings.Server(given);
                return parsed.GetValue(PrintConfig) ? 0 : await Serve(options, ct);
            }
        );
        return command;
    }

    private static async Task<int> Serve(ServerOptions options, CancellationToken ct)
    {
        await using var app = MoatServer.Build(options);
        await app.StartAsync(ct);
        await using (var scope = app.Services.CreateAsyncScope())
        {
            var empty = await scope.ServiceProvider.GetRequiredService<AccountDesk>().IsEmpty(ct);
            foreach (var url in app.Urls)
                Console.WriteLine(empty ? $"Moat is empty. Begin at {url}/setup" : $"Moat serves at {url}");
        }
        if (options.Outside.Mail is { } mail)
            Console.WriteLine($"Digests go out by mail: {mail}");
        await app.WaitForShutdownAsync(ct);
        return 0;
    }
}
