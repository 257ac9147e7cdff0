using System.CommandLine;
using Moat.Cli;
using Moat.Cli.Commands;
using Moat.Hosting;
using Moat.Isms.Kernel;

var catalog = OperationCatalog.Whole;
var root = new RootCommand("Moat: the information security management system for companies that build AI.")
{
    ServeCommand.Make(),
    DoctorCommand.Make(),
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
    BlobCommands.Make(),
    Installation.JournalKey,
    Installation.Blobs,
    Installation.ProtectionKey,
    SettingOptions.Config,
    ContentCommand.Make(),
};
foreach (var command in OperationCommands.Make(catalog, args))
{
    if (command.Name == "evidence")
        command.Add(PushCommand.Make());
    root.Add(command);
}
return await Refusals.Guard(async () =>
{
    var given = root.Parse(args);
    var code = await given.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    // The parser has told what it did not understand.
    return given.Errors.Count > 0 ? Refused.UsedWrongly : code;
});
