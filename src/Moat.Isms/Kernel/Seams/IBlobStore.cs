namespace Moat.Isms.Kernel.Seams;

/// <summary>Where the content of files is kept, by organisation and SHA-256. It goes in and out as it comes.</summary>
public interface IBlobStore
{
    /// <summary>
    /// Keeps content, whole or not at all, and answers its SHA-256 in hex. Keeping the same content again changes
    /// nothing. Throws <see cref="Unavailable"/>.
    /// </summary>
    Task<string> Put(Guid organizationId, Stream content, CancellationToken ct);

    /// <summary>
    /// The content. Its length is known, and its last bytes come only where all are those of the SHA-256: else reading
    /// throws <see cref="InvalidDataException"/>. Throws <see cref="NotFound"/> and <see cref="Unavailable"/>.
    /// </summary>
    Task<Stream> Open(Guid organizationId, string sha256, CancellationToken ct);
}

/// <summary>Shorter ways to the same.</summary>
public static class BlobStoreWays
{
    /// <summary>Keeps the content of a file, where there is one, and answers its SHA-256.</summary>
    public static async Task<string?> Put(
        this IBlobStore blobs,
        Guid organizationId,
        GivenFile? file,
        CancellationToken ct
    ) => file is null ? null : await blobs.Put(organizationId, file.Content, ct);

    /// <summary>Keeps what was given and answers its SHA-256.</summary>
    public static async Task<string> Put(
        this IBlobStore blobs,
        Guid organizationId,
        GivenContent given,
        CancellationToken ct
    )
    {
        await using var content = given.Open();
        return await blobs.Put(organizationId, content, ct);
    }

    /// <summary>All bytes of content that is read at once, such as a bill of materials.</summary>
    public static async Task<byte[]> Read(
        this IBlobStore blobs,
        Guid organizationId,
        string sha256,
        CancellationToken ct
    )
    {
        await using var content = await blobs.Open(organizationId, sha256, ct);
        var bytes = new byte[content.Length];
        await content.ReadExactlyAsync(bytes, ct);
        return bytes;
    }
}
