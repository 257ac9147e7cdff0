namespace Moat.Isms.Kernel;

/// <summary>
/// A file that an operation answers: its bytes, or a large one that is handed over by and by. Whoever got it closes it.
/// </summary>
public sealed record MadeFile : IAsyncDisposable
{
    private readonly Stream _content;

    /// <summary>A file in memory.</summary>
    public MadeFile(string name, string contentType, byte[] content)
        : this(name, contentType, new MemoryStream(content, writable: false)) { }

    /// <summary>A file elsewhere: on the disk, made by <see cref="Temporary"/>, or among what is kept.</summary>
    public MadeFile(string name, string contentType, Stream content) =>
        (Name, ContentType, _content) = (name, contentType, content);

    /// <summary>What it is called.</summary>
    public string Name { get; }

    /// <summary>Its media type.</summary>
    public string ContentType { get; }

    /// <summary>How many bytes it has.</summary>
    public long Length => _content.Length;

    /// <summary>All its bytes. Doors that can pass it on by and by use <see cref="CopyTo"/>.</summary>
    public byte[] Content
    {
        get
        {
            if (_content.CanSeek)
                _content.Position = 0;
            var bytes = new byte[Length];
            _content.ReadExactly(bytes);
            return bytes;
        }
    }

    /// <summary>An empty file that only its user may read and that goes away when it is closed.</summary>
    public static FileStream Temporary()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), options);
    }

    /// <summary>Passes all its bytes on.</summary>
    public async Task CopyTo(Stream into, CancellationToken ct)
    {
        if (_content.CanSeek)
            _content.Position = 0;
        await _content.CopyToAsync(into, ct);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _content.DisposeAsync();
}
