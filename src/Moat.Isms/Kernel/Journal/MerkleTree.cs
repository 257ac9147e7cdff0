using System.Security.Cryptography;

namespace Moat.Isms.Kernel.Journal;

/// <summary>
/// The hash tree of RFC 9162 section 2.1: leaf = SHA-256(0x00 ‖ entry), node = SHA-256(0x01 ‖ left ‖ right), split at
/// the largest power of two below the size. Proofs are made of the parts that <see cref="MerklePaths"/> names, and
/// checked by <see cref="MerkleProof"/>.
/// </summary>
public static class MerkleTree
{
    /// <summary>Length of every hash, in bytes.</summary>
    public const int HashSize = 32;

    /// <summary>Root of the tree without entries: SHA-256 of nothing.</summary>
    public static byte[] EmptyRoot => SHA256.HashData([]);

    /// <summary>Hash of an entry's bytes.</summary>
    public static byte[] Leaf(ReadOnlySpan<byte> entry)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([0]);
        hash.AppendData(entry);
        return hash.GetHashAndReset();
    }

    /// <summary>Hash of two neighbours.</summary>
    public static byte[] Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> data = stackalloc byte[1 + 2 * HashSize];
        data[0] = 1;
        left.CopyTo(data[1..]);
        right.CopyTo(data[(1 + HashSize)..]);
        return SHA256.HashData(data);
    }
}
