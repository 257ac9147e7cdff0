using Amazon.Runtime;
using Amazon.S3.Model;

namespace Moat.Storage.Blobs;

/// <summary>An object as the storage sends it; its length is known from the first on.</summary>
internal sealed class AnsweredContent(GetObjectResponse answer) : Stream
{
    private readonly Stream _sent = answer.ResponseStream;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => answer.ContentLength;

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        try
        {
            return _sent.Read(buffer, offset, count);
        }
        catch (AmazonClientException e)
        {
            throw Changed(e);
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await _sent.ReadAsync(buffer, cancellationToken);
        }
        catch (AmazonClientException e)
        {
            throw Changed(e);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void Flush() { }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing)
            return;
        try
        {
            answer.Dispose();
        }
        // Whoever read to the end knows it by then, and whoever did not has no use for it.
        catch (AmazonClientException) { }
    }

    // The client compares a sum of its own, which the storage tells.
    private static InvalidDataException Changed(AmazonClientException e) =>
        new("A stored file was changed where it is kept.", e);
}
