namespace Moat.Reports.Pack;

/// <summary>Passes on what another stream holds, until more was read than may be.</summary>
internal sealed class BoundedStream(Stream inner) : Stream
{
    /// <summary>How many bytes may still be read.</summary>
    public required long Left { get; set; }

    public override bool CanRead => true;

    public override bool CanSeek => inner.CanSeek;

    public override bool CanWrite => false;

    public override long Length => inner.Length;

    public override long Position
    {
        get => inner.Position;
        set => inner.Position = value;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        return (Left -= read) >= 0 ? read : throw new BrokenPack("it holds more than any pack.");
    }

    public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

    public override void Flush() { }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
