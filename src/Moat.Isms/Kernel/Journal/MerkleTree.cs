using System.Security.Cryptography;

namespace Moat.Isms.Kernel.Journal;

/// <summary>
/// The hash tree of RFC 9162 section 2.1: leaf = SHA-256(0x00 ‖ entry), node = SHA-256(0x01 ‖ left ‖ right), split at
/// the largest power of two below the size. Proofs made here are checked by <see cref="MerkleProof"/>.
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

    /// <summary>Root over leaf hashes in order.</summary>
    public static byte[] Root(ReadOnlySpan<byte[]> leaves)
    {
        if (leaves.Length == 0)
            return EmptyRoot;
        if (leaves.Length == 1)
            return leaves[0];
        var split = SplitBelow(leaves.Length);
        return Node(Root(leaves[..split]), Root(leaves[split..]));
    }

    /// <summary>The hashes that lead from leaf <paramref name="index"/> to the root.</summary>
    public static List<byte[]> Inclusion(ReadOnlySpan<byte[]> leaves, int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, leaves.Length);
        var path = new List<byte[]>();
        Include(leaves, index, path);
        return path;
    }

    /// <summary>
    /// The hashes that show that the tree of the first <paramref name="size"/> entries is a beginning of this one.
    /// </summary>
    public static List<byte[]> Consistency(ReadOnlySpan<byte[]> leaves, int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, leaves.Length);
        var path = new List<byte[]>();
        if (size < leaves.Length)
            Consist(leaves, size, whole: true, path);
        return path;
    }

    private static void Include(ReadOnlySpan<byte[]> leaves, int index, List<byte[]> path)
    {
        if (leaves.Length == 1)
            return;
        var split = SplitBelow(leaves.Length);
        if (index < split)
        {
            Include(leaves[..split], index, path);
            path.Add(Root(leaves[split..]));
        }
        else
        {
            Include(leaves[split..], index - split, path);
            path.Add(Root(leaves[..split]));
        }
    }

    private static void Consist(ReadOnlySpan<byte[]> leaves, int size, bool whole, List<byte[]> path)
    {
        if (size == leaves.Length)
        {
            if (!whole)
                path.Add(Root(leaves));
            return;
        }
        var split = SplitBelow(leaves.Length);
        if (size <= split)
        {
            Consist(leaves[..split], size, whole, path);
            path.Add(Root(leaves[split..]));
        }
        else
        {
            Consist(leaves[split..], size - split, whole: false, path);
            path.Add(Root(leaves[..split]));
        }
    }

    private static int SplitBelow(int size) => 1 << (31 - int.LeadingZeroCount(size - 1));
}
