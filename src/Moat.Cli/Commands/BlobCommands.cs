using System.CommandLine;
using Moat.Isms.Kernel;
using Moat.Storage.Blobs;

namespace Moat.Cli.Commands;

/// <summary>Where the files of an installation are kept.</summary>
internal static class BlobCommands
{
    private const string Bucket = "s3",
        Folder = "folder";

    private static readonly Option<string> To = new("--to")
    {
        Description = "s3: from the data folder into the bucket that --blobs names; folder: the other way round",
        Required = true,
    };

    public static Command Make()
    {
        var move = new Command(
            "move",
            "Copy all files into the bucket or back, each compared with its SHA-256; go on where it was cut off"
        )
        {
            To,
            Installation.Data,
            Installation.Postgres,
        };
        move.SetAction(Move);
        return new Command("blobs", "Where the files of the installation are kept") { move };
    }

    private static async Task<int> Move(ParseResult parsed, CancellationToken ct)
    {
        var storage = Installation.Storage(parsed);
        if (storage.Bucket is null)
            throw new InputInvalid(
                "--blobs",
                "Name the bucket, such as s3://BUCKET/PREFIX?region=eu-central-1, with --blobs or MOAT_BLOBS."
            );
        using var bucket = new BucketBlobs(storage.Bucket, TimeProvider.System);
        var folder = new FolderBlobs(storage.BlobFolder);
        var (from, to) = parsed.GetValue(To) switch
        {
            Bucket => ((IKeptFiles)folder, (IKeptFiles)bucket),
            Folder => (bucket, folder),
            _ => throw new InputInvalid("--to", $"Say {Bucket} or {Folder}."),
        };
        var moved = await FileMove.Run(from, to, ct);
        foreach (var fault in moved.Faults)
            await Console.Error.WriteLineAsync($"FAILED: {fault}");
        Console.WriteLine($"{to.Place}: {moved.Copied} files were copied, {moved.Known} lay there already.");
        Console.WriteLine(
            to == bucket
                ? "Serve with --blobs or MOAT_BLOBS from now on, and run this again after the last server without it ended."
                : "Serve without --blobs and MOAT_BLOBS from now on, and run this again after the last server with it ended."
        );
        Console.WriteLine($"Nothing was removed from {from.Place}.");
        return moved.Faults.Count == 0 ? 0 : 1;
    }
}
