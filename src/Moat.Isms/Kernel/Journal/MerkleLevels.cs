using System.Numerics;
using System.Runtime.InteropServices;

namespace Moat.Isms.Kernel.Journal;

/// <summary>
/// A tree with every whole subtree's root at hand, so that a proof costs O(log n). Takes 64 bytes for each leaf. Not
/// for several threads at once.
/// </summary>
public sealed class MerkleLevels
{
    private readonly List<List<byte>> _levels = [];

    /// <summary>How many leaves it has.</summary>
    public long Count => _levels.Count == 0 ? 0 : _levels[0].Count / MerkleTree.HashSize;

    /// <summary>Appends the hash of a leaf, or of a subtree where each leaf of this tree stands for one.</summary>
    /// <remarks>Throws <see cref="ArgumentOutOfRangeException"/> for what is no hash.</remarks>
    public void Append(ReadOnlySpan<byte> hash)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(hash.Length, MerkleTree.HashSize);
        Add(0, hash);
        for (var (level, index) = (0, Count - 1); (index & 1) == 1; level++, index >>= 1)
            Add(level + 1, MerkleTree.Node(At(level, index - 1), At(level, index)));
    }

    /// <summary>
    /// The root over a part, as the paths of <see cref="MerklePaths"/> name it: whole, or with a ragged right end.
    /// </summary>
    public byte[] Root(LeafRange part)
    {
        if (part.Count == 0)
            return MerkleTree.EmptyRoot;
        return BitOperations.IsPow2(part.Count)
            ? At(BitOperations.Log2((ulong)part.Count), part.From / part.Count).ToArray()
            : MerkleTree.Node(Root(part.Left), Root(part.Right));
    }

    private ReadOnlySpan<byte> At(int level, long index) =>
        CollectionsMarshal.AsSpan(_levels[level]).Slice(checked((int)index * MerkleTree.HashSize), MerkleTree.HashSize);

    private void Add(int level, ReadOnlySpan<byte> hash)
    {
        if (level == _levels.Count)
            _levels.Add([]);
        _levels[level].AddRange(hash);
    }
}
