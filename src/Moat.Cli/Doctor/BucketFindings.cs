using Moat.Storage;
using Moat.Storage.Blobs;

namespace Moat.Cli.Doctor;

/// <summary>The bucket of files: whether it takes and gives one, and whether all of them are there.</summary>
internal static class BucketFindings
{
    public static async Task<IEnumerable<Finding>> Of(StorageOptions storage, TimeProvider clock, CancellationToken ct)
    {
        using var bucket = new BucketBlobs(storage.Bucket!, clock);
        return await bucket.Tried(ct) is { } trouble
            ?
            [
                Finding.Broken(
                    FolderFindings.Files,
                    $"{bucket.Place}: {trouble}.",
                    "See that the bucket is there, and that the key may list, read, write and delete in it."
                ),
            ]
            :
            [
                Finding.Fine(FolderFindings.Files, $"A file was written to {bucket.Place}, read and removed again."),
                .. await Left(storage, bucket, ct),
            ];
    }

    private static async Task<IEnumerable<Finding>> Left(
        StorageOptions storage,
        BucketBlobs bucket,
        CancellationToken ct
    )
    {
        await foreach (var file in new FolderBlobs(storage.BlobFolder).All(ct))
            if (!await bucket.Has(file, ct))
                return
                [
                    Finding.Warning(
                        FolderFindings.Files,
                        $"{storage.BlobFolder} holds files that are not in the bucket, where alone they are looked for.",
                        "Copy them: moat blobs move --to s3"
                    ),
                ];
        return [];
    }
}
