using System.Security.Cryptography;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Seams;

namespace Moat.Storage.Blobs;

/// <summary>A content that is kept.</summary>
/// <param name="OrganizationId">Whose it is.</param>
/// <param name="Sha256">Its SHA-256, hex.</param>
public sealed record KeptFile(Guid OrganizationId, string Sha256)
{
    /// <summary>How many characters a name has.</summary>
    public const int LengthOfName = 64;

    /// <summary>Whether contents can have this name.</summary>
    public static bool IsName(string name) => name.Length == LengthOfName && name.All(char.IsAsciiHexDigitLower);

    /// <summary>Where it lies in a folder, a bucket or a backup: two levels deep.</summary>
    public string Path => $"{OrganizationId:N}/{Sha256[..2]}/{Sha256}";

    /// <summary>The content that lies there; null where no content does.</summary>
    public static KeptFile? At(string path) =>
        path.Split('/') is [var organization, var two, var name]
        && Guid.TryParseExact(organization, "N", out var id)
        && IsName(name)
        && name.StartsWith(two, StringComparison.Ordinal)
            ? new KeptFile(id, name)
            : null;
}

/// <summary>The contents of an installation as a whole, wherever they are kept.</summary>
public interface IKeptFiles : IBlobStore
{
    /// <summary>Where that is, for the operator.</summary>
    string Place { get; }

    /// <summary>Whether all servers keep them in the same place, so that another server is no better off.</summary>
    bool IsShared { get; }

    /// <summary>Everything that is kept, of every organisation, in the order of its path.</summary>
    IAsyncEnumerable<KeptFile> All(CancellationToken ct);

    /// <summary>Whether it is kept.</summary>
    Task<bool> Has(KeptFile file, CancellationToken ct);

    /// <summary>
    /// The content as it lies there, for who compares it. Its length is known. Throws <see
    /// cref="Moat.Isms.Kernel.NotFound"/> and <see cref="Moat.Isms.Kernel.Unavailable"/>.
    /// </summary>
    Task<Stream> OpenAsIs(KeptFile file, CancellationToken ct);

    /// <summary>
    /// What keeps files from being kept, in words without a path, or null. Anybody may have this asked.
    /// </summary>
    Task<string?> Trouble(CancellationToken ct);

    /// <summary>The same, found by writing something, reading it and removing it.</summary>
    Task<string?> Tried(CancellationToken ct);

    /// <summary>Removes what writers that were killed left, and answers how much that was.</summary>
    Task<int> Sweep(DateTime now, CancellationToken ct);
}

/// <summary>What follows from what a place of files can do.</summary>
public static class KeptFiles
{
    /// <summary>Whether a content lies there and is what its name says: all of it is read.</summary>
    public static async Task<bool> Holds(this IKeptFiles files, KeptFile file, CancellationToken ct)
    {
        try
        {
            await using var content = await files.OpenAsIs(file, ct);
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, ct)) == file.Sha256;
        }
        catch (Exception e) when (e is NotFound or InvalidDataException)
        {
            return false;
        }
    }
}
