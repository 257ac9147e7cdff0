using System.Net;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Xml;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Seams;

namespace Moat.Storage.Blobs;

/// <summary>
/// Keeps file contents as objects of a bucket, by organisation and SHA-256. The storage compares what arrives with its
/// sum, so that half of a file is never there.
/// </summary>
public sealed class BucketBlobs(BucketOptions options, TimeProvider clock) : IKeptFiles, IDisposable
{
    private const string Probe = "probe-";

    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(15);

    // A client asks for credentials when it is made, which a command without files does not need.
    private readonly Lazy<AmazonS3Client> _client = new(() =>
        BucketClient.Of(options.Url, options.PathStyle, options.Key)
    );
    private Look? _looked;

    /// <inheritdoc />
    public string Place => options.Url.Shown;

    /// <inheritdoc />
    public bool IsShared => true;

    private string Bucket => options.Url.Bucket;

    private AmazonS3Client Client => _client.Value;

    /// <inheritdoc />
    public async Task<string> Put(Guid organizationId, Stream content, CancellationToken ct)
    {
        // The name is the hash, so that all of it is read before any of it is sent.
        await using var spooled = content.CanSeek ? null : await Spooled(content, ct);
        var whole = spooled ?? content;
        var sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(whole, ct));
        var file = new KeptFile(organizationId, sha256);
        await Answered(
            async () =>
            {
                if (await this.Holds(file, ct))
                    return;
                whole.Position = 0;
                await new BucketUpload(Client, options, clock).Send(KeyOf(file), whole, sha256, ct);
            },
            ct
        );
        return sha256;
    }

    /// <inheritdoc />
    public async Task<Stream> Open(Guid organizationId, string sha256, CancellationToken ct)
    {
        if (!KeptFile.IsName(sha256))
            throw new NotFound($"file with SHA-256 {sha256}");
        var content = await OpenAsIs(new KeptFile(organizationId, sha256), ct);
        return new CheckedContent(content, content.Length, sha256);
    }

    /// <inheritdoc />
    public async Task<Stream> OpenAsIs(KeptFile file, CancellationToken ct)
    {
        GetObjectResponse? answer = null;
        await Answered(async () => answer = await Client.GetObjectAsync(Bucket, KeyOf(file), ct), ct, file);
        return new AnsweredContent(answer!);
    }

    /// <inheritdoc />
    public async Task<bool> Has(KeptFile file, CancellationToken ct)
    {
        long? length = null;
        await Answered(async () => length = await LengthOf(file, ct), ct);
        return length is not null;
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<KeptFile> All([EnumeratorCancellation] CancellationToken ct)
    {
        var request = new ListObjectsV2Request { BucketName = Bucket, Prefix = options.Url.Prefix };
        ListObjectsV2Response? page = null;
        do
        {
            await Answered(async () => page = await Client.ListObjectsV2Async(request, ct), ct);
            foreach (var found in page!.S3Objects ?? [])
                if (KeptFile.At(found.Key[options.Url.Prefix.Length..]) is { } file)
                    yield return file;
            request.ContinuationToken = page.NextContinuationToken;
        } while (page.IsTruncated == true);
    }

    /// <inheritdoc />
    public async Task<string?> Trouble(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (_looked is { } looked && now - looked.At < Remembered)
            return looked.Trouble;
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limited.CancelAfter(LongestLook);
        var trouble = await TroubleOf(
            () =>
                Client.ListObjectsV2Async(
                    new ListObjectsV2Request
                    {
                        BucketName = Bucket,
                        Prefix = options.Url.Prefix + Probe,
                        MaxKeys = 1,
                    },
                    limited.Token
                ),
            ct
        );
        _looked = new Look(now, trouble);
        return trouble;
    }

    /// <inheritdoc />
    public Task<string?> Tried(CancellationToken ct) =>
        TroubleOf(
            async () =>
            {
                var key = $"{options.Url.Prefix}{Probe}{Path.GetRandomFileName()}";
                using var content = new MemoryStream([1]);
                var sha256 = Convert.ToHexStringLower(SHA256.HashData(content.ToArray()));
                await new BucketUpload(Client, options with { LockDays = null }, clock).Send(key, content, sha256, ct);
                using (await Client.GetObjectAsync(Bucket, key, ct))
                    await Client.DeleteObjectAsync(Bucket, key, ct);
            },
            ct
        );

    /// <inheritdoc />
    /// <remarks>Objects are there whole or not at all; parts of large ones the bucket's own rules remove.</remarks>
    public Task<int> Sweep(DateTime now, CancellationToken ct) => Task.FromResult(0);

    /// <inheritdoc />
    public void Dispose()
    {
        if (_client.IsValueCreated)
            _client.Value.Dispose();
    }

    private static async Task<FileStream> Spooled(Stream content, CancellationToken ct)
    {
        var file = MadeFile.Temporary();
        try
        {
            await content.CopyToAsync(file, ct);
            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    private async Task<long?> LengthOf(KeptFile file, CancellationToken ct)
    {
        try
        {
            return (await Client.GetObjectMetadataAsync(Bucket, KeyOf(file), ct)).ContentLength;
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private string KeyOf(KeptFile file) => options.Url.Prefix + file.Path;

    private static async Task<string?> TroubleOf(Func<Task> ask, CancellationToken ct)
    {
        try
        {
            await ask();
            return null;
        }
        catch (Exception e) when (IsAway(e, ct))
        {
            return Words(e);
        }
    }

    private static async Task Answered(Func<Task> ask, CancellationToken ct, KeptFile? wanted = null)
    {
        try
        {
            await ask();
        }
        catch (AmazonS3Exception e) when (wanted is not null && e.StatusCode == HttpStatusCode.NotFound)
        {
            throw new NotFound($"file with SHA-256 {wanted.Sha256}");
        }
        catch (Exception e) when (IsAway(e, ct))
        {
            throw new Unavailable(
                $"Files cannot be kept or read just now, because {Words(e)}. Nothing was stored. Try again, or ask the operator to look at the bucket."
            );
        }
    }

    private static bool IsAway(Exception e, CancellationToken ct) =>
        e is AmazonServiceException or AmazonClientException or HttpRequestException or IOException or XmlException
        || (e is OperationCanceledException && !ct.IsCancellationRequested);

    // Names of buckets and addresses are the operator's alone.
    private static string Words(Exception e) =>
        e is AmazonServiceException { StatusCode: not 0 } refused
            ? $"the storage of files refuses it ({refused.ErrorCode ?? refused.StatusCode.ToString()})"
            : "the storage of files does not answer";

    private sealed record Look(DateTimeOffset At, string? Trouble);
}
