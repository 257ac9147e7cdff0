using System.CommandLine;
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

    public static Command Make()
    {
        var command = new Command("verify", "Verify an audit pack (needs nothing but the file), or the installation's journal and records")
        {
            Pack, Installation.Organization, Installation.Data, Installation.Postgres,
        };
        command.SetAction(async (parsed, ct) => parsed.GetValue(Pack) is { } pack
            ? await VerifyPack(pack, ct) : await VerifyInstallation(parsed, ct));
        return command;
    }

    private static async Task<int> VerifyPack(string path, CancellationToken ct)
    {
        var check = await Check(path, ct);
        foreach (var finding in check.Findings) Console.WriteLine($"FAILED: {finding}");
        foreach (var aside in check.Aside)
            Console.WriteLine($"Not part of the pack, not read: {aside}. A program that packs or shows folders added it.");
        Console.WriteLine($"Organisation: {check.Organization}");
        Console.WriteLine($"Key fingerprint: {check.Fingerprint ?? "none"}");
        Console.WriteLine(check.Holds
            ? $"OK: {check.Files} files, {check.Entries} journal entries, {check.Proofs} proofs. Compare the fingerprint with the one you were given in another way."
            : "The pack does NOT verify.");
        var notProved = string.Join(", ", PackVerifier.NotProved.Select(c => c.Column));
        if (check.Holds)
            Console.WriteLine($"Computed when the pack was made, not proved: {notProved}. Workbooks and other documents are for reading only.");
        return check.Holds ? 0 : 1;
    }

    private static async Task<PackCheck> Check(string path, CancellationToken ct)
    {
        if (Directory.Exists(path))
            return PackVerifier.IsPack(path)
                ? await PackVerifier.Verify(path, ct)
                : throw new InputInvalid("pack",
                    $"{path} is a folder without an audit pack in it. An installation is verified with: moat verify --data {path}");
        if (!File.Exists(path)) throw new InputInvalid("pack", $"There is no file {path}.");
        await using var file = File.OpenRead(path);
        return await PackVerifier.Verify(file, ct);
    }

    private static async Task<int> VerifyInstallation(ParseResult parsed, CancellationToken ct)
    {
        await using var installation = Installation.Open(Installation.Storage(parsed));
        var organization = await installation.Find(parsed.GetValue(Installation.Organization), ct);
        var check = (JournalCheck)await installation.Run(organization, installation.Get<OperationCatalog>().Find("journal.verify")!, [], ct);
        foreach (var finding in check.Findings) Console.WriteLine($"FAILED: {finding}");
        Console.WriteLine($"Key fingerprint: {check.KeyFingerprint}");
        Console.WriteLine(check.Holds ? $"OK: {check.Entries} entries, {check.Records} records." : "The installation does NOT verify.");
        return check.Holds ? 0 : 1;
    }
}
