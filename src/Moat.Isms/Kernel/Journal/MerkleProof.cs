using System.Security.Cryptography;

namespace Moat.Isms.Kernel.Journal;

/// <summary>
/// Checks proofs with nothing but hashes (RFC 9162 sections 2.1.3.2 and 2.1.4.2). Stricter than a textbook verifier:
/// each hash must have 32 bytes, and nothing is consistent with a tree of size zero.
/// </summary>
public static class MerkleProof
{
    /// <summary>Whether the leaf is entry <paramref name="index"/> of the tree with this size and root.</summary>
    public static bool Includes(ulong index, ulong size, byte[] leaf, IReadOnlyList<byte[]> path, byte[] root)
    {
        if (index >= size || !AllHashes(path, leaf, root))
            return false;
        var (node, last, hash) = (index, size - 1, leaf);
        foreach (var sibling in path)
        {
            if (last == 0)
                return false;
            if ((node & 1) == 1 || node == last)
            {
                hash = MerkleTree.Node(sibling, hash);
                if ((node & 1) == 0)
                    while ((node & 1) == 0 && node != 0)
                        (node, last) = (node >> 1, last >> 1);
            }
            else
            {
                hash = MerkleTree.Node(hash, sibling);
            }
            (node, last) = (node >> 1, last >> 1);
        }
        return last == 0 && Same(hash, root);
    }

    /// <summary>
    /// Whether the tree of <paramref name="size1"/> entries is a beginning of the one of <paramref name="size2"/>.
    /// </summary>
    public static bool Consistent(ulong size1, ulong size2, byte[] root1, byte[] root2, IReadOnlyList<byte[]> path)
    {
        if (size1 == 0 || size1 > size2)
            return false;
        // Nothing is hashed then: the two roots only have to be the same bytes, as the public vectors have it.
        if (size1 == size2)
            return path.Count == 0 && Same(root1, root2);
        if (path.Count == 0 || !AllHashes(path, root1, root2))
            return false;

        var hashes = (size1 & (size1 - 1)) == 0 ? [root1, .. path] : path;
        var (node, last) = (size1 - 1, size2 - 1);
        while ((node & 1) == 1)
            (node, last) = (node >> 1, last >> 1);
        var (first, second) = (hashes[0], hashes[0]);
        foreach (var hash in hashes.Skip(1))
        {
            if (last == 0)
                return false;
            if ((node & 1) == 1 || node == last)
            {
                first = MerkleTree.Node(hash, first);
                second = MerkleTree.Node(hash, second);
                if ((node & 1) == 0)
                    while ((node & 1) == 0 && node != 0)
                        (node, last) = (node >> 1, last >> 1);
            }
            else
            {
                second = MerkleTree.Node(second, hash);
            }
            (node, last) = (node >> 1, last >> 1);
        }
        return last == 0 && Same(first, root1) && Same(second, root2);
    }

    private static bool AllHashes(IReadOnlyList<byte[]> path, params byte[][] others) =>
        path.Concat(others).All(h => h.Length == MerkleTree.HashSize);

    private static bool Same(byte[] a, byte[] b) => CryptographicOperations.FixedTimeEquals(a, b);
}
