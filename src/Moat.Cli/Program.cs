using System.CommandLine;
using Moat.Cli;
using Moat.Cli.Commands;
using Moat.Isms.Kernel;

var catalog = OperationCatalog.Whole;
var root = new RootCommand("Moat: the information security management system for companies that build AI.")
{
    ServeCommand.Make(),
    DemoCommand.Make(),
    InitCommand.Make(),
    OrganizationCommands.Make(),
    TokenCommand.Make(),
    UserCommand.Make(),
    ImportCommand.Make(),
    VerifyCommand.Make(),
    VersionCommands.Make(),
    WitnessCommand.Make(),
    BackupCommands.Backup(),
    BackupCommands.Restore(),
    RestoreDrillCommand.Make(),
    KeyCommands.Make(),
    MigrateCommand.Make(),
    Installation.JournalKey,
    SettingOptions.Config,
    ContentCommand.Make(),
};
foreach (var command in OperationCommands.Make(catalog))
{
    if (command.Name == "evidence")
        command.Add(PushCommand.Make());
    root.Add(command);
}
return await Refusals.Guard(() =>
    root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false })
);
