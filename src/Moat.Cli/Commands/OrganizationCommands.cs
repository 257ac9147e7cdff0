using System.CommandLine;

namespace Moat.Cli.Commands;

/// <summary>The organisations of an installation.</summary>
internal static class OrganizationCommands
{
    private static readonly Option<string> Format = new("--format")
    {
        Description = "text or json",
        DefaultValueFactory = _ => "text",
    };

    public static Command Make()
    {
        var list = new Command("list", "List the organisations") { Format, Installation.Data, Installation.Postgres };
        list.SetAction(
            async (parsed, ct) =>
            {
                await using var installation = Installation.OpenExisting(Installation.Storage(parsed));
                var all = await installation.Organizations(ct);
                if (parsed.GetValue(Format) == "json")
                    Console.WriteLine(Installation.Show(all));
                else
                    foreach (var organization in all)
                        Console.WriteLine($"{organization.Slug}\t{organization.Name}");
                return 0;
            }
        );
        return new Command("org", "The organisations of the installation") { list };
    }
}
