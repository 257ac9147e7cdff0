using System.CommandLine;

namespace Moat.Cli.Commands;

/// <summary>Serves a filled example company.</summary>
internal static class DemoCommand
{
    public static Command Make() => new("demo", "Serve a filled example company");
}
