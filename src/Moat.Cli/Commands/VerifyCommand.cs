using System.CommandLine;
using System.Text.Json.Nodes;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;
using Moat.Reports.Pack;

namespace Moat.Cli.Commands;

/// <summary>Verifies what an auditor got, or the installation itself.</summary>
internal static class VerifyCommand
{
    private static readonly Argument<string?> Pack = new("pack")
    {
        Description = "An audit pack, zipped or unpacked into a folder; without one the installation is verified",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> Since = new("--since")
    {
        Description =
            "An earlier audit pack, checkpoint or anchor that you kept: also verify that the journal only grew since then",
    };

    public static Command Make()
    {
        var command = new Command(
            "verify",
            "Verify an audit pack (needs nothing but the file), or the installation's journal and records"
        )
        {
            Pack,
            Since,
            Installation.Organization,
            Installation.Data,
            Installation.Postgres,
        };
        command.SetAction(
            async (parsed, ct) =>
                parsed.GetValue(Pack) is { } pack
                    ? await VerifyPack(pack, Kept(parsed), ct)
                    : await VerifyInstallation(parsed, ct)
        );
        return command;
    }

    private static SinceFile? Kept(ParseResult parsed) =>
        parsed.GetValue(Since) is { } path ? SinceFile.Read(path) : null;

    private static async Task<int> VerifyPack(string path, SinceFile? since, CancellationToken ct)
    {
        var check = await Check(path, ct);
        Tell(check.Findings, check.Remarks);
        foreach (var aside in check.Aside)
            Console.WriteLine(
                $"Not part of the pack, not read: {aside}. A program that packs or shows folders added it."
            );
        Console.WriteLine($"Organisation: {check.Organization}");
        Console.WriteLine($"Key fingerprint: {check.Fingerprint ?? "none"}");
        Console.WriteLine(
            check.Holds
                ? $"OK: {check.Files} files, {check.Entries} journal entries, {check.Proofs} proofs. Compare the fingerprint with the one you were given in another way."
                : "The pack does NOT verify."
        );
        if (check.Holds)
            Console.WriteLine(
                $"Signed as part of the pack, but not proved by the journal: {string.Join(", ", check.NotProved)}."
            );
        return Both(check.Holds, since is null ? null : PackHistory.Compare(path, since.Note, since.Key));
    }

    /// <summary>What is wrong, and what a reader has to know although it makes nothing wrong.</summary>
    private static void Tell(IReadOnlyList<string> findings, IReadOnlyList<string> remarks)
    {
        foreach (var finding in findings)
            Console.WriteLine($"FAILED: {finding}");
        foreach (var remark in remarks)
            Console.WriteLine($"NOTE: {remark}");
    }

    private static async Task<PackCheck> Check(string path, CancellationToken ct)
    {
        if (Directory.Exists(path))
            return PackVerifier.IsPack(path)
                ? await PackVerifier.Verify(path, ct)
                : throw new InputInvalid(
                    "pack",
                    $"{path} is a folder without an audit pack in it. An installation is verified with: moat verify --data {path}"
                );
        Files.MustHaveContent("pack", path);
        await using var file = File.OpenRead(path);
        return await PackVerifier.Verify(file, ct);
    }

    private static async Task<int> VerifyInstallation(ParseResult parsed, CancellationToken ct)
    {
        var since = Kept(parsed);
        await using var installation = Installation.OpenExisting(Installation.Storage(parsed));
        if (await Unreadable(installation, ct) is { } unreadable)
        {
            Tell([unreadable], []);
            Console.WriteLine("The installation does NOT verify.");
            return 1;
        }
        var organization = await installation.Find(parsed.GetValue(Installation.Organization), ct);
        var check = await installation.Verify(organization, ct);
        var strays = await installation.StrayAccounts(ct);
        var holds = check.Holds && strays.Count == 0;
        Tell([.. check.Findings, .. strays], check.Remarks);
        Console.WriteLine($"Key fingerprint: {check.KeyFingerprint}");
        Console.WriteLine(
            holds ? $"OK: {check.Entries} entries, {check.Records} records." : "The installation does NOT verify."
        );
        return Both(holds, since is null ? null : await Compare(installation, organization, since, ct));
    }

    /// <summary>Why it cannot be told whose journals there are; null where it can.</summary>
    private static async Task<string?> Unreadable(Installation installation, CancellationToken ct)
    {
        try
        {
            await installation.Organizations(ct);
            return null;
        }
        catch (Exception e) when (e is FormatException or InvalidCastException or OverflowException)
        {
            return $"The list of organisations holds a value that no operation writes, so that nothing else was compared. {e.Message}";
        }
    }

    private static async Task<ComparedCheckpoint> Compare(
        Installation installation,
        Organization organization,
        SinceFile since,
        CancellationToken ct
    )
    {
        var input = new JsonObject { ["checkpoint"] = since.Note, ["verifierKey"] = since.Key?.ToString() };
        return (ComparedCheckpoint)
            await installation.Run(
                organization,
                installation.Get<OperationCatalog>().Find("journal.since")!,
                input,
                ct
            );
    }

    /// <summary>
    /// The exit code of what stands today and, where something kept was given, of what became of that.
    /// </summary>
    private static int Both(bool holds, ComparedCheckpoint? compared)
    {
        var grew = compared is null || SinceFile.Tell(compared) == 0;
        return holds && grew ? 0 : 1;
    }
}
