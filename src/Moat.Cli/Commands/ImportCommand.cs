using System.CommandLine;
using System.Text.Json.Nodes;
using Moat.Isms.Kernel;

namespace Moat.Cli.Commands;

/// <summary>Imports of files.</summary>
internal static class ImportCommand
{
    public static Command Make() =>
        new("import", "Import a file")
        {
            Import(
                "cyclonedx",
                "A CycloneDX bill of materials (JSON): models, datasets and services become assets",
                "assets.import-bom"
            ),
            Import("spdx", "An SPDX 3 document with AI or dataset profile (JSON-LD)", "assets.import-bom"),
            Import("assets", "A table of assets (CSV or XLSX)", "assets.import-table"),
            Import("risks", "A table of risks (CSV or XLSX)", "risks.import-table"),
        };

    private static Command Import(string name, string says, string operation)
    {
        var file = new Argument<FileInfo>("file") { Description = "The file" };
        var command = new Command(name, says)
        {
            file,
            Installation.As,
            Installation.Organization,
            Installation.Data,
            Installation.Postgres,
        };
        command.SetAction(
            async (parsed, ct) =>
            {
                await using var installation = Installation.OpenExisting(Installation.Storage(parsed));
                var organization = await installation.Find(parsed.GetValue(Installation.Organization), ct);
                var input = new JsonObject { ["file"] = await Files.Read(parsed.GetValue(file)!.FullName, ct) };
                var answer = await installation.RunAs(
                    parsed.GetValue(Installation.As),
                    organization,
                    installation.Get<OperationCatalog>().Find(operation)!,
                    input,
                    ct
                );
                Console.WriteLine(Installation.Show(answer));
                return 0;
            }
        );
        return command;
    }
}
