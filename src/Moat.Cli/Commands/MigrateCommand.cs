using System.CommandLine;
using Moat.Storage;

namespace Moat.Cli.Commands;

/// <summary>Brings the database up to date without serving.</summary>
internal static class MigrateCommand
{
    private static readonly Option<string?> ServingRole = new("--serving-role")
    {
        Description =
            "A PostgreSQL user that may then serve the database and can change neither its tables nor the journal's past",
    };

    public static Command Make()
    {
        var command = new Command(
            "migrate",
            "Bring the database to this version's schema; on PostgreSQL, as the owner of its tables"
        )
        {
            ServingRole,
            Installation.Data,
            Installation.Postgres,
        };
        command.SetAction(
            async (parsed, ct) =>
            {
                await using var installation = Installation.Open(Installation.Storage(parsed));
                Console.WriteLine("The database is up to date.");
                if (parsed.GetValue(ServingRole) is not { } role)
                    return 0;
                installation.Get<IMigrations>().LetServe(role);
                Console.WriteLine($"{role} may serve it now.");
                return 0;
            }
        );
        return command;
    }
}
