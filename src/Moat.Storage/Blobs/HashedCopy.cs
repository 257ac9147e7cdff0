using System.Buffers;
using System.Security.Cryptography;

namespace Moat.Storage.Blobs;

/// <summary>Passes bytes on and computes their SHA-256 on the way.</summary>
internal static class HashedCopy
{
    private const int PieceSize = 81920;

    /// <summary>Copies all of it and answers the hash in hex.</summary>
    public static async Task<string> Of(Stream from, Stream into, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var piece = ArrayPool<byte>.Shared.Rent(PieceSize);
        try
        {
            for (int read; (read = await from.ReadAsync(piece, ct)) > 0; )
            {
                hash.AppendData(piece, 0, read);
                await into.WriteAsync(piece.AsMemory(0, read), ct);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
