using System.CommandLine;

namespace Moat.Cli.Commands;

/// <summary>Brings the database up to date without serving.</summary>
internal static class MigrateCommand
{
    public static Command Make()
    {
        var command = new Command("migrate", "Bring the database to this version's schema") { Installation.Data, Installation.Postgres };
        command.SetAction(async (parsed, ct) =>
        {
            await using var installation = Installation.Open(Installation.Storage(parsed));
            Console.WriteLine("The database is up to date.");
            return 0;
        });
        return command;
    }
}
