using System.Security.Cryptography;

namespace Moat.Isms.Kernel.Seams;

/// <summary>
/// Content on its way out, whose SHA-256 is computed as it is read. The last bytes are handed out only where all of
/// them are those that were kept: a download of changed bytes breaks, and never looks whole.
/// </summary>
/// <param name="inner">Where it comes from; closed with this.</param>
/// <param name="length">How many bytes it must have.</param>
/// <param name="sha256">What they must hash to.</param>
public sealed class CheckedContent(Stream inner, long length, string sha256) : Stream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _read;
    private bool _checked;

    /// <inheritdoc />
    public override bool CanRead => true;

    /// <inheritdoc />
    public override bool CanSeek => false;

    /// <inheritdoc />
    public override bool CanWrite => false;

    /// <inheritdoc />
    public override long Length => length;

    /// <inheritdoc />
    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc />
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc />
    public override int Read(Span<byte> buffer) => Seen(buffer, buffer.IsEmpty ? 0 : inner.Read(buffer));

    /// <inheritdoc />
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = buffer.IsEmpty ? 0 : await inner.ReadAsync(buffer, cancellationToken);
        return Seen(buffer.Span, read);
    }

    /// <inheritdoc />
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc />
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void Flush() { }

    /// <inheritdoc />
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash.Dispose();
            inner.Dispose();
        }
        base.Dispose(disposing);
    }

    private int Seen(ReadOnlySpan<byte> buffer, int read)
    {
        if (_checked || buffer.IsEmpty)
            return read == 0 ? 0 : throw Changed();
        _hash.AppendData(buffer[..read]);
        _read += read;
        if (_read < length && read > 0)
            return read;
        _checked = true;
        return _read == length && Convert.ToHexStringLower(_hash.GetHashAndReset()) == sha256 ? read : throw Changed();
    }

    private InvalidDataException Changed() => new($"The stored file {sha256} was changed where it is kept.");
}
