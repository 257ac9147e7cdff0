namespace Moat.Isms.Kernel.Seams;

/// <summary>Where the content of files is kept, by organisation and SHA-256.</summary>
public interface IBlobStore
{
    /// <summary>Keeps content; keeping the same content again changes nothing.</summary>
    Task Put(Guid organizationId, string sha256, byte[] content, CancellationToken ct);

    /// <summary>The content. Throws <see cref="NotFound"/>.</summary>
    Task<byte[]> Get(Guid organizationId, string sha256, CancellationToken ct);

    /// <summary>
    /// The content as a stream, which the reader compares with its SHA-256. Throws <see cref="NotFound"/>.
    /// </summary>
    Task<Stream> Open(Guid organizationId, string sha256, CancellationToken ct);
}
