using Moat.Isms.Kernel.Reading;

namespace Moat.Isms.Versions;

/// <summary>What bounds pointers of DVC and Git LFS.</summary>
internal sealed class PointerBounds : IReaderBounds
{
    /// <inheritdoc />
    public IReadOnlyList<ReaderLimit> Limits { get; } =
    [
        new("Pointer (DVC, Git LFS)", "bytes", VersionPointer.MostBytes),
        new("Pointer (DVC, Git LFS)", "files", VersionPointer.MostFiles),
    ];
}
