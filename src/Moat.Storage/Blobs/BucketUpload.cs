using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;

namespace Moat.Storage.Blobs;

/// <summary>
/// Sends content to a bucket with its sum, its encryption and its lock: in one piece, or in parts of a few mebibytes,
/// one after the other, so that none but the one at hand is in memory.
/// </summary>
internal sealed class BucketUpload(AmazonS3Client client, BucketOptions options, TimeProvider clock)
{
    private const int PartSize = 16 * 1024 * 1024;

    private string Bucket => options.Url.Bucket;

    private DateTime? LockedUntil => options.LockDays is { } days ? clock.GetUtcNow().UtcDateTime.AddDays(days) : null;

    private ServerSideEncryptionMethod? Method =>
        options.Encryption switch
        {
            BucketEncryption.Aes256 => ServerSideEncryptionMethod.AES256,
            BucketEncryption.Kms => ServerSideEncryptionMethod.AWSKMS,
            _ => null,
        };

    /// <summary>Sends all of the content, which is at its beginning.</summary>
    public Task Send(string key, Stream content, string sha256, CancellationToken ct) =>
        content.Length <= PartSize ? SendWhole(key, content, sha256, ct) : SendParts(key, content, ct);

    private Task SendWhole(string key, Stream content, string sha256, CancellationToken ct)
    {
        var put = new PutObjectRequest
        {
            BucketName = Bucket,
            Key = key,
            InputStream = content,
            AutoCloseStream = false,
            UseChunkEncoding = false,
            ChecksumSHA256 = Convert.ToBase64String(Convert.FromHexString(sha256)),
            ServerSideEncryptionMethod = Method,
            ServerSideEncryptionKeyManagementServiceKeyId = options.KmsKey,
        };
        if (LockedUntil is { } until)
            (put.ObjectLockMode, put.ObjectLockRetainUntilDate) = (ObjectLockMode.Compliance, until);
        return client.PutObjectAsync(put, ct);
    }

    private async Task SendParts(string key, Stream content, CancellationToken ct)
    {
        var begin = new InitiateMultipartUploadRequest
        {
            BucketName = Bucket,
            Key = key,
            ChecksumAlgorithm = ChecksumAlgorithm.SHA256,
            ServerSideEncryptionMethod = Method,
            ServerSideEncryptionKeyManagementServiceKeyId = options.KmsKey,
        };
        if (LockedUntil is { } until)
            (begin.ObjectLockMode, begin.ObjectLockRetainUntilDate) = (ObjectLockMode.Compliance, until);
        var upload = (await client.InitiateMultipartUploadAsync(begin, ct)).UploadId;
        try
        {
            var parts = new List<PartETag>();
            var piece = new byte[PartSize];
            for (
                int read;
                (read = await content.ReadAtLeastAsync(piece, PartSize, throwOnEndOfStream: false, ct)) > 0;

            )
                parts.Add(await SendPart(key, upload, parts.Count + 1, new ArraySegment<byte>(piece, 0, read), ct));
            await client.CompleteMultipartUploadAsync(
                new CompleteMultipartUploadRequest
                {
                    BucketName = Bucket,
                    Key = key,
                    UploadId = upload,
                    PartETags = parts,
                },
                ct
            );
        }
        catch
        {
            await client.AbortMultipartUploadAsync(Bucket, key, upload, CancellationToken.None);
            throw;
        }
    }

    private async Task<PartETag> SendPart(
        string key,
        string upload,
        int number,
        ArraySegment<byte> piece,
        CancellationToken ct
    )
    {
        using var content = new MemoryStream(piece.Array!, piece.Offset, piece.Count, writable: false);
        var sum = Convert.ToBase64String(SHA256.HashData(piece));
        var sent = await client.UploadPartAsync(
            new UploadPartRequest
            {
                BucketName = Bucket,
                Key = key,
                UploadId = upload,
                PartNumber = number,
                InputStream = content,
                PartSize = piece.Count,
                UseChunkEncoding = false,
                ChecksumSHA256 = sum,
            },
            ct
        );
        return new PartETag(number, sent.ETag) { ChecksumSHA256 = sum };
    }
}
