namespace Moat.Isms.Kernel.Journal;

/// <summary>
/// The right edge of a growing tree: one hash per set bit of the size, largest subtree first. Appending costs O(log n)
/// and needs no earlier entry, so a journal of any length is extended in constant memory.
/// </summary>
public sealed class Frontier
{
    private readonly List<byte[]> _subtrees;

    private Frontier(long size, List<byte[]> subtrees) => (Size, _subtrees) = (size, subtrees);

    /// <summary>How many entries the tree has.</summary>
    public long Size { get; private set; }

    /// <summary>The tree without entries.</summary>
    public static Frontier Empty => new(0, []);

    /// <summary>Reads what <see cref="ToText"/> wrote.</summary>
    public static Frontier Parse(long size, string text) =>
        new(size, [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Convert.FromBase64String)]);

    /// <summary>Appends a leaf hash.</summary>
    public void Append(byte[] leaf)
    {
        var hash = leaf;
        for (var size = Size; (size & 1) == 1; size >>= 1)
        {
            hash = MerkleTree.Node(_subtrees[^1], hash);
            _subtrees.RemoveAt(_subtrees.Count - 1);
        }
        _subtrees.Add(hash);
        Size++;
    }

    /// <summary>The root now.</summary>
    public byte[] Root()
    {
        if (_subtrees.Count == 0)
            return MerkleTree.EmptyRoot;
        var root = _subtrees[^1];
        for (var i = _subtrees.Count - 2; i >= 0; i--)
            root = MerkleTree.Node(_subtrees[i], root);
        return root;
    }

    /// <summary>The subtree hashes as text.</summary>
    public string ToText() => string.Join(' ', _subtrees.Select(Convert.ToBase64String));
}
