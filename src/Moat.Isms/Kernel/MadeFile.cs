namespace Moat.Isms.Kernel;

/// <summary>
/// A file that an operation answers: its bytes, or a large one on the disk that is gone once it was handed over.
/// </summary>
public sealed record MadeFile : IAsyncDisposable
{
    private readonly byte[]? _bytes;
    private readonly FileStream? _file;

    /// <summary>A file in memory.</summary>
    public MadeFile(string name, string contentType, byte[] content) =>
        (Name, ContentType, _bytes) = (name, contentType, content);

    /// <summary>A file on the disk, made by <see cref="Temporary"/>.</summary>
    public MadeFile(string name, string contentType, FileStream content) =>
        (Name, ContentType, _file) = (name, contentType, content);

    /// <summary>What it is called.</summary>
    public string Name { get; }

    /// <summary>Its media type.</summary>
    public string ContentType { get; }

    /// <summary>All its bytes. Doors that can pass it on by and by use <see cref="CopyTo"/>.</summary>
    public byte[] Content => _bytes ?? ReadAll(_file!);

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
        if (_bytes is not null)
        {
            await into.WriteAsync(_bytes, ct);
            return;
        }
        _file!.Position = 0;
        await _file.CopyToAsync(into, ct);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _file?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static byte[] ReadAll(FileStream file)
    {
        var bytes = new byte[file.Length];
        file.Position = 0;
        file.ReadExactly(bytes);
        return bytes;
    }
}
