using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Moat.Isms.Anchors;
using Moat.Isms.Kernel;
using Moat.Storage.Blobs;

namespace Moat.Hosting.Anchors;

/// <summary>
/// A bucket of S3 or of storage that speaks its protocol. Each object is written with a lock in compliance mode, under
/// which nobody can delete it until its day, not even the owner of the bucket. Whether the storage set the lock is read
/// back, and said as it is.
/// </summary>
internal sealed class BucketPlace(BucketAddress address, TimeProvider clock) : IAnchorPlace, IDisposable
{
    private readonly AmazonS3Client _client = BucketClient.Of(
        address.Url,
        pathStyle: address.Url.Endpoint is not null,
        address.Key
    );

    /// <inheritdoc />
    public AnchorTarget Target { get; } = new($"the bucket {address.Url.Shown}".Cut(300), AnchorKind.S3);

    /// <inheritdoc />
    public async Task<AnchorResult> Send(string organization, OutgoingAnchor anchor, Prover prove, CancellationToken ct)
    {
        try
        {
            var prefix = $"{address.Url.Prefix}{organization}/";
            var notes = new HeldNotes(await Names(prefix, ct), (name, stop) => Read(prefix + name, stop));
            if (await notes.Compare(anchor, prove, ct) is { } known)
                return known;
            var key = prefix + HeldNotes.NameOf(anchor);
            await Write(key, anchor.Checkpoint, ct);
            return AnchorResult.Held($"Written as {HeldNotes.NameOf(anchor)}, {await Lock(key, ct)}");
        }
        catch (AmazonServiceException e)
        {
            return AnchorResult.Failed(
                $"The storage answers {e.ErrorCode ?? e.StatusCode.ToString()}: {e.Message}".Cut(900)
            );
        }
        catch (Exception e)
            when (e
                    is HttpRequestException
                        or AmazonClientException
                        or IOException
                        or XmlException
                        or InvalidOperationException
                || (e is OperationCanceledException && !ct.IsCancellationRequested)
            )
        {
            return AnchorResult.Failed($"The storage cannot be reached: {e.Message}".Cut(900));
        }
    }

    /// <inheritdoc />
    public void Dispose() => _client.Dispose();

    private async Task<List<string>> Names(string prefix, CancellationToken ct)
    {
        var names = new List<string>();
        var request = new ListObjectsV2Request { BucketName = address.Url.Bucket, Prefix = prefix };
        ListObjectsV2Response page;
        do
        {
            page = await _client.ListObjectsV2Async(request, ct);
            names.AddRange((page.S3Objects ?? []).Select(o => o.Key[prefix.Length..]));
            request.ContinuationToken = page.NextContinuationToken;
        } while (page.IsTruncated == true);
        return names;
    }

    private async Task<string> Read(string key, CancellationToken ct)
    {
        using var answer = await _client.GetObjectAsync(address.Url.Bucket, key, ct);
        var buffer = new byte[HeldNotes.Longest + 1];
        var read = await answer.ResponseStream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
        return read < buffer.Length ? Encoding.UTF8.GetString(buffer, 0, read) : "";
    }

    private async Task Write(string key, string note, CancellationToken ct)
    {
        try
        {
            await _client.PutObjectAsync(Put(key, note, locked: true), ct);
        }
        // A bucket without object lock refuses the request instead of passing the lock over.
        catch (AmazonS3Exception e) when (e.ErrorCode is "InvalidRequest" or "NotImplemented" or "InvalidArgument")
        {
            await _client.PutObjectAsync(Put(key, note, locked: false), ct);
        }
    }

    private PutObjectRequest Put(string key, string note, bool locked)
    {
        var put = new PutObjectRequest
        {
            BucketName = address.Url.Bucket,
            Key = key,
            ContentBody = note,
            ContentType = "text/plain; charset=utf-8",
            UseChunkEncoding = false,
            // Storage asks for a sum with every lock.
            ChecksumSHA256 = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(note))),
        };
        if (!locked)
            return put;
        (put.ObjectLockMode, put.ObjectLockRetainUntilDate) = (
            ObjectLockMode.Compliance,
            clock.GetUtcNow().UtcDateTime.AddDays(address.LockDays)
        );
        return put;
    }

    private async Task<string> Lock(string key, CancellationToken ct)
    {
        try
        {
            var retention = (
                await _client.GetObjectRetentionAsync(
                    new GetObjectRetentionRequest { BucketName = address.Url.Bucket, Key = key },
                    ct
                )
            ).Retention;
            if (retention?.Mode == ObjectLockRetentionMode.Compliance && retention.RetainUntilDate is { } until)
                return string.Create(CultureInfo.InvariantCulture, $"locked until {until:d MMMM yyyy}.");
        }
        // Storage that knows no locks answers with an error, or with something else altogether. The checkpoint lies
        // there all the same.
        catch (Exception e) when (e is AmazonServiceException or XmlException)
        {
            return "not locked for certain: the storage does not confirm a lock. Whoever has its key could delete it.";
        }
        return "not locked: the bucket has no object lock. Whoever has its key could delete it.";
    }
}
