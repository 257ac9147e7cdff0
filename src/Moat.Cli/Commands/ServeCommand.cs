using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Moat.Server.Accounts;
using Moat.Server.Host;

namespace Moat.Cli.Commands;

/// <summary>Serves an installation.</summary>
internal static class ServeCommand
{
    /// <summary>Where to listen.</summary>
    public static Option<string> Url { get; } = new("--url")
    {
        Description = "Where to listen",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("MOAT_URL") ?? "http://127.0.0.1:4400",
    };

    public static Command Make()
    {
        var command = new Command("serve", "Serve an installation; an empty one opens the set-up") { Url, Installation.Data, Installation.Postgres };
        command.SetAction(async (parsed, ct) =>
        {
            await using var app = MoatServer.Build(new ServerOptions { Storage = Installation.Storage(parsed), Url = parsed.GetValue(Url)! });
            await app.StartAsync(ct);
            await using (var scope = app.Services.CreateAsyncScope())
            {
                var empty = await scope.ServiceProvider.GetRequiredService<AccountDesk>().IsEmpty(ct);
                foreach (var url in app.Urls)
                    Console.WriteLine(empty ? $"Moat is empty. Begin at {url}/setup" : $"Moat serves at {url}");
            }
            await app.WaitForShutdownAsync(ct);
            return 0;
        });
        return command;
    }
}
