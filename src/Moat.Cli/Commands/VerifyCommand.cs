using System.CommandLine;
using System.Text.Json.Nodes;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;
using Moat.Reports.Pack;

namespace Moat.Cli.Commands;

/// <summary>Verifies what an auditor got, or the installation itself.</summary>
internal static class VerifyCommand
{
    private static readonly Argument<string?> Pack = new("pack") { Description = "An audit pack; without one the installation is verified", Arity = ArgumentArity.ZeroOrOne };

    private static readonly Option<string?> Since = new("--since")
    {
        Description = "An earlier audit pack, checkpoint or anchor that you kept: also verify that the journal only grew since then",
    };

    public static Command Make()
    {
        var command = new Command("verify", "Verify an audit pack (needs nothing but the file), or the installation's journal and records")
        {
            Pack, Since, Installation.Organization, Installation.Data, Installation.Postgres,
        };
        command.SetAction(async (parsed, ct) =>
            parsed.GetValue(Pack) is { } pack ? VerifyPack(pack, Kept(parsed)) : await VerifyInstallation(parsed, ct));
        return command;
    }

    private static SinceFile? Kept(ParseResult parsed) => parsed.GetValue(Since) is { } path ? SinceFile.Read(path) : null;

    private static int VerifyPack(string path, SinceFile? since)
    {
        if (!File.Exists(path))
            throw new InputInvalid("pack", Directory.Exists(path) ? $"{path} is a folder. An installation is verified with: moat verify --data {path}" : $"There is no file {path}.");
        using var file = File.OpenRead(path);
        var check = PackVerifier.Verify(file);
        foreach (var finding in check.Findings) Console.WriteLine($"FAILED: {finding}");
        Console.WriteLine($"Organisation: {check.Organization}");
        Console.WriteLine($"Key fingerprint: {check.Fingerprint ?? "none"}");
        Console.WriteLine(check.Holds
            ? $"OK: {check.Files} files, {check.Entries} journal entries, {check.Proofs} proofs. Compare the fingerprint with the one you were given in another way."
            : "The pack does NOT verify.");
        return Both(check.Holds, since is null ? null : PackHistory.Compare(file, since.Note, since.Key));
    }

    private static async Task<int> VerifyInstallation(ParseResult parsed, CancellationToken ct)
    {
        var since = Kept(parsed);
        await using var installation = Installation.Open(Installation.Storage(parsed));
        var organization = await installation.Find(parsed.GetValue(Installation.Organization), ct);
        var check = (JournalCheck)await installation.Run(organization, installation.Get<OperationCatalog>().Find("journal.verify")!, [], ct);
        foreach (var finding in check.Findings) Console.WriteLine($"FAILED: {finding}");
        Console.WriteLine($"Key fingerprint: {check.KeyFingerprint}");
        Console.WriteLine(check.Holds ? $"OK: {check.Entries} entries, {check.Records} records." : "The installation does NOT verify.");
        return Both(check.Holds, since is null ? null : await Compare(installation, organization, since, ct));
    }

    private static async Task<ComparedCheckpoint> Compare(Installation installation, Organization organization, SinceFile since, CancellationToken ct)
    {
        var input = new JsonObject { ["checkpoint"] = since.Note, ["verifierKey"] = since.Key?.ToString() };
        return (ComparedCheckpoint)await installation.Run(organization, installation.Get<OperationCatalog>().Find("journal.since")!, input, ct);
    }

    /// <summary>The exit code of what stands today and, where something kept was given, of what became of that.</summary>
    private static int Both(bool holds, ComparedCheckpoint? compared)
    {
        var grew = compared is null || SinceFile.Tell(compared) == 0;
        return holds && grew ? 0 : 1;
    }
}
