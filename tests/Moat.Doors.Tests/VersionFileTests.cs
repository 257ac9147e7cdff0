using System.Diagnostics;

namespace Moat.Tests;

/// <summary>
/// <c>moat version</c> reads regular files only, says of everything else what is wrong with it, and ends when it is
/// told to.
/// </summary>
public sealed class VersionFileTests
{
    [Fact]
    public async Task What_is_no_regular_file_is_refused_in_words_and_not_waited_for()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var folder = new TemporaryFolder();
        using (var made = Process.Start("mkfifo", [folder.Of("pipe")]))
            await made.WaitForExitAsync();
        File.CreateSymbolicLink(folder.Of("dangling"), folder.Of("none"));
        File.CreateSymbolicLink(folder.Of("loop"), folder.Of("loop"));
        File.CreateSymbolicLink(folder.Of("to pipe"), folder.Of("pipe"));
        await Ends("points to nothing", "verify", folder.Of("dangling"));
        await Ends("points to nothing", "push", folder.Of("loop"), "--asset", "AST-1", "--name", "v1");
        await Ends("is a pipe", "verify", folder.Of("pipe"));
        await Ends("is a pipe", "push", folder.Of("to pipe"), "--asset", "AST-1", "--name", "v1");
        await Ends("is a pipe", "push", "--pointer", folder.Of("pipe"), "--asset", "AST-1", "--name", "v1");
        await Ends("or a device", "verify", "/dev/zero");
    }

    [Fact]
    public async Task Names_that_no_list_can_hold_are_refused_in_words_on_one_line()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.Of("a\nOK: b"), "bytes");
        await Ends(
            @"a\nOK: b: Its name has a line break",
            "push",
            folder.Of("a\nOK: b"),
            "--asset",
            "A",
            "--name",
            "v"
        );
        using var shell = Process.Start(
            new ProcessStartInfo("sh")
            {
                RedirectStandardError = true,
                ArgumentList =
                {
                    "-c",
                    "cd \"$1\"; f=$(printf 'w\\377.bin'); echo x >\"$f\"; dotnet \"$2\" version verify \"$f\"",
                    "sh",
                    folder.Path,
                    Dll,
                },
            }
        )!;
        var said = await shell.StandardError.ReadToEndAsync();
        await shell.WaitForExitAsync();
        Assert.Equal(2, shell.ExitCode);
        Assert.Contains("The name is not UTF-8", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_an_hour_ends_with_the_signal_to_end()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var folder = new TemporaryFolder();
        await using (var large = File.Create(folder.Of("large")))
            large.SetLength(1L << 42);
        using var timed = Process.Start(
            "timeout",
            ["-k", "10", "4", "dotnet", Dll, "version", "verify", folder.Of("large")]
        );
        await timed.WaitForExitAsync();
        // 137 where it had to be killed.
        Assert.Equal(124, timed.ExitCode);
    }

    private static string Dll => Path.Combine(AppContext.BaseDirectory, "moat.dll");

    private static async Task Ends(string says, params string[] command)
    {
        using var folder = new TemporaryFolder();
        var run = MoatProgram.Run(["version", .. command, "--data", folder.Of("absent")]);
        Assert.Same(run, await Task.WhenAny(run, Task.Delay(TimeSpan.FromSeconds(60))));
        var (code, output, error) = await run;
        Assert.True(
            code == 2 && error.Contains(says, StringComparison.Ordinal),
            $"moat version {string.Join(' ', command)} ended with {code}: {output}{error}"
        );
        Assert.Single(error.TrimEnd('\n').Split('\n'));
    }
}
