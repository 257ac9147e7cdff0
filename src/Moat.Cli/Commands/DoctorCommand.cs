using System.CommandLine;
using Moat.Cli.Doctor;
using Moat.Hosting;
using Moat.Hosting.Settings;
using Moat.Isms.Kernel;

namespace Moat.Cli.Commands;

/// <summary>Says what is wrong with an installation, and how to mend it.</summary>
internal static class DoctorCommand
{
    private static readonly Option<string?> Mail = new("--mail")
    {
        Description = "Send a message to this address; without it the mail server is asked and nothing is sent",
    };

    private static readonly Option<string?> Backups = new("--backups")
    {
        Description = "The folder that backups go to, to see how old the newest is",
    };

    private static readonly Option<bool> Serving = new("--serving")
    {
        Description = "Also ask the running server whether it is ready",
    };

    private static readonly Option<bool> Json = new("--json") { Description = "Print the findings as JSON" };

    public static Command Make()
    {
        var command = new Command(
            "doctor",
            "Say what is wrong with the configuration, files, clock, database, keys, mail and backups, and how to mend it; changes nothing"
        )
        {
            Mail,
            Backups,
            Serving,
            Json,
            Installation.Data,
            Installation.Postgres,
        };
        foreach (var option in SettingOptions.OfServing)
            command.Add(option);
        command.SetAction(
            async (parsed, ct) =>
            {
                var diagnosis = await Examine(parsed, ct);
                if (parsed.GetValue(Json))
                    Console.WriteLine(Installation.Show(diagnosis));
                else
                    Tell(diagnosis);
                return diagnosis.Condition == Condition.Broken ? 1 : 0;
            }
        );
        return command;
    }

    private static async Task<Diagnosis> Examine(ParseResult parsed, CancellationToken ct)
    {
        ServerOptions server;
        try
        {
            server = DecidedSettings.Server(SettingOptions.Read(parsed));
        }
        catch (InputInvalid wrong)
        {
            // Nothing else can be looked at where nobody knows which installation is meant.
            return Diagnosis.Of([.. Refused.FieldsOf(wrong).Select(f => Wrong(f.Field, f.Message))]);
        }
        var also = new Examined(parsed.GetValue(Mail), parsed.GetValue(Backups), parsed.GetValue(Serving));
        return await Examination.Of(server, also, ct);
    }

    private static Finding Wrong(string key, string why) =>
        Finding.Broken(
            "settings",
            $"{key}: {why}",
            "Correct it where it stands: the command line, the environment or the file; docs/configuration.md lists all of them."
        );

    private static void Tell(Diagnosis diagnosis)
    {
        foreach (var finding in diagnosis.Findings)
        {
            Console.WriteLine($"{Mark(finding.Condition)} {finding.About}: {finding.Says.ReplaceLineEndings(" ")}");
            if (finding.Mend is { } mend)
                Console.WriteLine($"         {mend}");
        }
        Console.WriteLine(
            diagnosis.Condition switch
            {
                Condition.Fine => "Everything is fine.",
                Condition.Warning => "Moat works; look at the warnings.",
                _ => "Something is BROKEN.",
            }
        );
    }

    private static string Mark(Condition condition) =>
        condition switch
        {
            Condition.Fine => "fine    ",
            Condition.Warning => "WARNING ",
            _ => "BROKEN  ",
        };
}
