using System.Diagnostics;

namespace Moat.Tests;

/// <summary>A program of tests/counterparts, which ./test installs through npm, running until it is disposed.</summary>
internal sealed class NodeProgram : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly Process _process;

    private NodeProgram(Process process) => _process = process;

    private static string Packages =>
        Path.Combine(
            Environment.GetEnvironmentVariable("MOAT_COUNTERPARTS")
                ?? Path.Combine(
                    Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
                    ".cache",
                    "moat",
                    "counterparts"
                ),
            "node_modules"
        );

    /// <summary>A file of an installed package. Its absence skips the test, and fails it where CI is true.</summary>
    public static string FileOf(string path)
    {
        var file = Path.Combine(Packages, path);
        Counterpart.Need(
            Counterpart.Find("node") is not null && File.Exists(file),
            $"Node.js with {path.Split('/')[0]}/{path.Split('/')[1]}"
        );
        return file;
    }

    /// <summary>Starts a script and waits until it says that it is ready.</summary>
    public static async Task<NodeProgram> Start(string script, string ready, params string[] arguments)
    {
        var process = Process.Start(
            new ProcessStartInfo("node", [FileOf(script), .. arguments])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var errors = process.StandardError.ReadToEndAsync();
        using var limited = new CancellationTokenSource(Patience);
        while (await process.StandardOutput.ReadLineAsync(limited.Token) is { } line)
        {
            if (!line.Contains(ready, StringComparison.Ordinal))
                continue;
            _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            return new NodeProgram(process);
        }
        throw new InvalidOperationException($"{script} ended: {await errors}");
    }

    public static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }
}
