using System.ComponentModel;
using System.Diagnostics;

namespace Moat.Hosting.Anchors;

/// <summary>What git answered.</summary>
internal sealed record GitAnswer(int Code, string Out, string Error)
{
    public bool Worked => Code == 0;
}

/// <summary>
/// Runs the git program in a folder. It speaks every transport and knows the keys and credentials that the operator
/// gave to the server's user. It asks nobody anything, runs no hooks, and reads no settings of a repository that others
/// write to.
/// </summary>
internal sealed class GitProgram(string folder)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly string[] Always =
    [
        "-c",
        "core.hooksPath=/dev/null",
        "-c",
        "commit.gpgSign=false",
        "-c",
        "gc.auto=0",
        "-c",
        "protocol.ext.allow=never",
        "-c",
        "user.name=Moat",
        "-c",
        "user.email=moat@localhost",
        "-c",
        "core.autocrlf=false",
    ];

    /// <summary>Runs a command. Throws <see cref="IOException"/> where there is no git or it takes too long.</summary>
    public async Task<GitAnswer> Run(CancellationToken ct, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", [.. Always, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (
            var inherited in start
                .Environment.Keys.Where(k =>
                    k.StartsWith("GIT_", StringComparison.Ordinal)
                    && k is not ("GIT_SSH" or "GIT_SSH_COMMAND" or "GIT_SSL_CAINFO")
                )
                .ToList()
        )
            start.Environment.Remove(inherited);
        (start.Environment["GIT_TERMINAL_PROMPT"], start.Environment["GIT_ASKPASS"], start.Environment["LC_ALL"]) = (
            "0",
            "true",
            "C"
        );
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            return await Wait(process, ct);
        }
        catch (Win32Exception e)
        {
            throw new IOException($"The git program cannot be started: {e.Message}");
        }
    }

    private static async Task<GitAnswer> Wait(Process process, CancellationToken ct)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limited.CancelAfter(Patience);
        try
        {
            var (output, error) = (
                process.StandardOutput.ReadToEndAsync(limited.Token),
                process.StandardError.ReadToEndAsync(limited.Token)
            );
            await process.WaitForExitAsync(limited.Token);
            return new GitAnswer(process.ExitCode, (await output).Trim(), (await error).Trim());
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new IOException($"git did not end within {Patience.TotalMinutes} minutes.");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
