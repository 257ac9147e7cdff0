using System.Diagnostics;

namespace Moat.Faults.Cluster;

/// <summary>
/// A machine of the cluster: a network namespace with an address of its own, and what runs in it. It can be cut off
/// the network and killed as a whole.
/// </summary>
/// <param name="Name">What it is called, such as <c>db1</c>.</param>
/// <param name="Address">Its address.</param>
/// <param name="Folder">Its disk.</param>
internal sealed record Machine(string Name, string Address, string Folder)
{
    private const string Bridge = "moatfaults";

    /// <summary>Where the machines meet; this machine has the first address.</summary>
    public const string Here = "10.77.0.1";

    private string Cable => $"mf-{Name}";

    /// <summary>Puts the network up that machines are put on.</summary>
    public static async Task NewNetwork()
    {
        // A run that was broken off leaves its own behind.
        await EndNetwork();
        await Take($"ip link add {Bridge} type bridge");
        await Take($"ip address add {Here}/24 dev {Bridge}");
        await Take($"ip link set {Bridge} up");
    }

    /// <summary>Takes the network down.</summary>
    public static Task EndNetwork() => Try($"ip link delete {Bridge}");

    /// <summary>Puts the machine on the network.</summary>
    public async Task Connect()
    {
        await Remove();
        await Take($"ip netns add {Name}");
        await Take($"ip link add {Cable} type veth peer name eth0 netns {Name}");
        await Take($"ip link set {Cable} master {Bridge} up");
        await Take($"ip -n {Name} address add {Address}/24 dev eth0");
        await Take($"ip -n {Name} link set eth0 up");
        await Take($"ip -n {Name} link set lo up");
    }

    /// <summary>Pulls its cable.</summary>
    public Task CutOff() => Take($"ip link set {Cable} down");

    /// <summary>Plugs its cable in again.</summary>
    public Task Rejoin() => Take($"ip link set {Cable} up");

    /// <summary>Starts a program on it, with the rights of a user or of this program.</summary>
    public Process Run(string? user, params string[] command)
    {
        string[] asUser = user is null ? [] : ["setpriv", $"--reuid={user}", $"--regid={user}", "--clear-groups"];
        var log = Path.Combine(Folder, "log");
        var start = new ProcessStartInfo("ip") { WorkingDirectory = Folder };
        // Nothing may be a pipe that somebody waits for.
        foreach (
            var word in (string[])
                ["netns", "exec", Name, .. asUser, "sh", "-c", $"exec \"$0\" \"$@\" >>{log} 2>&1", .. command]
        )
            start.ArgumentList.Add(word);
        start.Environment["HOME"] = Folder;
        return Process.Start(start)!;
    }

    /// <summary>Ends everything on it without a word, as a power cut does.</summary>
    public async Task Kill()
    {
        foreach (var id in await Processes())
            await Try($"kill -9 {id}");
        for (var wait = 0; wait < 100 && (await Processes()).Count > 0; wait++)
            await Task.Delay(50);
    }

    /// <summary>Kills and forgets it.</summary>
    public async Task Remove()
    {
        await Kill();
        await Try($"ip link delete {Cable}");
        await Try($"ip netns delete {Name}");
    }

    /// <summary>What its programs said last.</summary>
    public Task<string> LastWords() => Try($"tail -n 5 {Path.Combine(Folder, "log")}");

    private async Task<List<string>> Processes() =>
        [.. (await Try($"ip netns pids {Name}")).Split('\n', StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>Runs a command that must work.</summary>
    public static async Task<string> Take(string command)
    {
        var (code, said) = await Shell(command);
        return code == 0 ? said : throw new InvalidOperationException($"{command} ended with {code}: {said}");
    }

    private static async Task<string> Try(string command) => (await Shell(command)).Said;

    private static async Task<(int Code, string Said)> Shell(string command)
    {
        var start = new ProcessStartInfo("sh") { RedirectStandardOutput = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"{command} 2>&1");
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, said);
    }
}
