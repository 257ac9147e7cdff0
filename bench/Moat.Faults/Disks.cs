using System.Diagnostics;
using System.Globalization;

namespace Moat.Faults;

/// <summary>
/// The disk of the data is full, again and again, while eight clients write. Promise: 503 for what does not fit,
/// nothing lost or by halves.
/// </summary>
internal static class Disks
{
    private const int Times = 20;

    public static async IAsyncEnumerable<Result> Run(Plan plan)
    {
        var random = new Random(plan.Seed);
        string? mounted = null;
        try
        {
            await using var served = await Served.Start(prepare: folder => Mount(mounted = folder));
            var (writers, faults, refused) = (new Writers("disk"), new List<string>(), 0);
            for (var time = 1; time <= Times; time++)
            {
                using var client = served.Client();
                await served.Ready();
                Fill(Path.Combine(served.Data, "ballast"), leave: random.Next(0, 400_000));
                using var until = new CancellationTokenSource(TimeSpan.FromSeconds(2));
                await writers.Write(client, 8, until.Token);
                refused += writers.Unanswered.Count;
                if (served.Process.HasExited)
                    faults.Add($"time {time}: the server ended");
                File.Delete(Path.Combine(served.Data, "ballast"));
                await served.Ready();
                await writers.SendAgain(client);
            }
            var (lost, doubled) = writers.Compare(await served.StoredAssets());
            if (await served.Verify() is { } fault)
                faults.Add(fault);
            if (!writers.Unanswered.IsEmpty)
                faults.Add($"{writers.Unanswered.Count} could not be sent again");
            foreach (var (status, times) in writers.Odd)
                faults.Add($"{times} × status {status}");
            var seen = string.Create(
                CultureInfo.InvariantCulture,
                $"{writers.Acknowledged.Count:N0} writes acknowledged, {refused:N0} refused with 503, {lost} lost, {doubled} doubled"
            );
            yield return new Result(
                "disk full under 8 writers, SQLite",
                Times,
                lost + doubled + faults.Count,
                string.Join("; ", [seen, .. faults.Take(3)])
            );
        }
        finally
        {
            if (mounted is not null)
                Program("umount", "--lazy", mounted);
        }
    }

    private static void Mount(string folder)
    {
        Directory.CreateDirectory(folder);
        if (Program("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", folder) != 0)
            throw new LeftOut("only root can mount a small disk");
    }

    private static void Fill(string file, int leave)
    {
        var free = new DriveInfo(Path.GetDirectoryName(file)!).AvailableFreeSpace;
        using var ballast = new FileStream(file, FileMode.Create);
        var block = new byte[64 * 1024];
        try
        {
            for (var left = free - leave; left > 0; left -= block.Length)
                ballast.Write(block, 0, (int)Math.Min(left, block.Length));
            ballast.Flush();
        }
        catch (IOException)
        {
            // Full is what was wanted.
        }
    }

    private static int Program(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
