using System.Globalization;
using System.Text;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Reading;

namespace Moat.Isms.Versions;

/// <summary>
/// What stands in the place of large files: a pointer of Git LFS or of DVC in a repository, or what S3 answers about an
/// object.
/// </summary>
/// <param name="Digests">The digests that it names.</param>
/// <param name="Bytes">The size that it names.</param>
/// <param name="Place">The object and its version in the store, where DVC keeps versions of the cloud.</param>
/// <param name="Says">What was read of it, in words.</param>
/// <param name="NotRead">What was not; null when all was read.</param>
internal sealed record VersionPointer(
    IReadOnlyList<GivenDigest> Digests,
    long? Bytes,
    string? Place,
    string Says,
    string? NotRead
)
{
    /// <summary>The version of the object, where the storage tells it without its place.</summary>
    public string? ObjectVersion { get; init; }

    /// <summary>The most bytes of a pointer.</summary>
    public const int MostBytes = 1024 * 1024;

    /// <summary>The most files that one pointer names.</summary>
    public const int MostFiles = 1000;

    /// <summary>The most bytes of one file that a pointer names: nobody has a file of a petabyte.</summary>
    public const long MostSize = 1_000_000_000_000_000;

    /// <summary>
    /// Reads it. What it does not understand MUST NOT be passed over where it decides which bytes are meant. Throws
    /// <see cref="InputInvalid"/> on <c>pointers</c>, with the place within the file.
    /// </summary>
    public static VersionPointer Read(GivenFile file)
    {
        if (file.Content.Length > MostBytes)
            throw Wrong(file, $"A pointer is at most {MostBytes / 1024} KiB. Push the file itself instead.");
        var text = Encoding
            .UTF8.GetString(file.Bytes())
            .TrimStart('\uFEFF')
            .Replace("\r\n", "\n", StringComparison.Ordinal);
        return LfsPointer.Is(text) ? LfsPointer.Read(file, text)
            : ObjectPointer.Is(text) ? ObjectPointer.Read(file, text)
            : DvcPointer.Read(file, text);
    }

    /// <summary>A size in bytes; null for what is none, or one that no file has.</summary>
    internal static long? Size(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= MostSize
            ? number
            : null;

    /// <summary>What was read, in words.</summary>
    internal static string Said(GivenFile file, int files, string algorithm, long? bytes) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{file.Name.Cut(80)}: {files:N0} {(files == 1 ? "file" : "files")} by {algorithm}, "
        ) + (bytes is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known:N0} bytes.") : "size not said.");

    /// <summary>The refusal of a pointer, with the place within it.</summary>
    internal static InputInvalid Wrong(GivenFile file, string message) =>
        new("pointers", $"{file.Name.Cut(80)}: {message}");
}
