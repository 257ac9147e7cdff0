using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Moat.Tests;

/// <summary>Runs the program itself, as a user would.</summary>
internal static class MoatProgram
{
    public static string Dll => Path.Combine(AppContext.BaseDirectory, "moat.dll");

    /// <summary>Runs a command to its end.</summary>
    public static Task<(int Code, string Out, string Error)> Run(params string[] arguments) => RunIn([], arguments);

    /// <summary>Runs a command to its end with variables in its environment.</summary>
    public static async Task<(int Code, string Out, string Error)> RunIn(
        Dictionary<string, string> environment,
        params string[] arguments
    )
    {
        using var process = Start(arguments, environment);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    /// <summary>Runs a command that must work, and answers what it printed.</summary>
    public static async Task<string> Do(params string[] arguments)
    {
        var (code, output, error) = await Run(arguments);
        return code == 0
            ? output
            : throw new InvalidOperationException(
                $"moat {string.Join(' ', arguments)} ended with {code}: {error}{output}"
            );
    }

    /// <summary>Starts a server on a free port and waits until it says where it listens.</summary>
    public static async Task<ServedMoat> Serve(params string[] arguments)
    {
        var process = Start([.. arguments, "--url", "http://127.0.0.1:0"]);
        var said = new StringBuilder();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            said.AppendLine(line);
            if (Regex.Match(line, "http://127\\.0\\.0\\.1:[0-9]+") is not { Success: true } url)
                continue;
            _ = process.StandardOutput.ReadToEndAsync();
            _ = process.StandardError.ReadToEndAsync();
            return new ServedMoat(process, url.Value, said.ToString());
        }
        throw new InvalidOperationException($"The server ended: {said}{await process.StandardError.ReadToEndAsync()}");
    }

    private static Process Start(IEnumerable<string> arguments, Dictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Dll);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment ?? [])
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}

/// <summary>A server that runs until it is disposed.</summary>
/// <param name="Process">The process.</param>
/// <param name="Url">Where it listens.</param>
/// <param name="Said">What it printed until then.</param>
internal sealed record ServedMoat(Process Process, string Url, string Said) : IDisposable
{
    public void Dispose()
    {
        Process.Kill(entireProcessTree: true);
        Process.WaitForExit();
        Process.Dispose();
    }
}
