using System.CommandLine;
using Microsoft.Extensions.Hosting;
using Moat.Cli.Demo;
using Moat.Hosting;
using Moat.Hosting.Settings;
using Moat.Server.Host;
using Moat.Storage;

namespace Moat.Cli.Commands;

/// <summary>Makes the example company once, then serves it.</summary>
internal static class DemoCommand
{
    private static readonly Option<string> Data = new("--data")
    {
        Description = "Where the example is kept",
        DefaultValueFactory = _ => "demo-data",
    };
    private static readonly Option<bool> Fresh = new("--fresh")
    {
        Description = "Forget the example that is there and tell the story again",
    };
    private static readonly Option<bool> Only = new("--only") { Description = "Make it and stop, without serving" };

    public static Command Make()
    {
        var command = new Command(
            "demo",
            "Serve a filled example company: fourteen months of an AI company in health care"
        )
        {
            Data,
            Fresh,
            Only,
            SettingOptions.Of("Server:Url"),
        };
        command.SetAction(
            async (parsed, ct) =>
            {
                var listening = DecidedSettings.Listening(SettingOptions.Read(parsed, parsed.GetValue(Data)));
                var storage = new StorageOptions { DataFolder = Path.GetFullPath(parsed.GetValue(Data)!) };
                if (parsed.GetValue(Fresh) && IsDemo(storage))
                    Directory.Delete(storage.DataFolder, recursive: true);
                if (!File.Exists(SignIn(storage)))
                    await Tell(storage, ct);
                Console.WriteLine(await File.ReadAllTextAsync(SignIn(storage), ct));
                if (parsed.GetValue(Only))
                    return 0;
                var story = new OutsideWorld { IsStory = true };
                await using var app = MoatServer.Build(
                    new ServerOptions
                    {
                        Storage = storage,
                        Url = listening,
                        Outside = story,
                    }
                );
                await app.StartAsync(ct);
                foreach (var url in app.Urls)
                    Console.WriteLine($"Moat serves the example at {url}/{DemoCast.Slug}");
                await app.WaitForShutdownAsync(ct);
                return 0;
            }
        );
        return command;
    }

    /// <summary>A folder is only ever deleted when the story made it.</summary>
    private static bool IsDemo(StorageOptions storage) => File.Exists(SignIn(storage));

    private static string SignIn(StorageOptions storage) => Path.Combine(storage.DataFolder, "demo-sign-in.txt");

    private static async Task Tell(StorageOptions storage, CancellationToken ct)
    {
        if (File.Exists(storage.SqliteFile))
            throw new InvalidDataException(
                $"{storage.DataFolder} already holds an installation that is not the example. Choose another folder with --data."
            );
        Console.WriteLine("Replaying fourteen months of Corvid Clinical AI GmbH ...");
        var now = TimeProvider.System.GetUtcNow();
        var clock = new StoryClock(now.AddDays(-DemoStory.Days));
        var password = InitCommand.NewPassword();
        await using (var installation = Installation.Open(storage, clock))
            await new DemoStory(new DemoCast(installation, clock), clock, now).Tell(password, ct);
        await File.WriteAllTextAsync(
            SignIn(storage),
            $"Sign in as {DemoCast.Email("mara")} (owner), jonas@ (ISMS manager), dana@ (risk owner), ivo@ (control owner), lea@ (member) or paul@ (auditor), all with the password {password}",
            ct
        );
    }
}
