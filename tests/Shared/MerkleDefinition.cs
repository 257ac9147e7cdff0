using Moat.Isms.Kernel.Journal;

namespace Moat.Tests;

/// <summary>
/// The tree as RFC 9162 defines it (2.1.1), by recursion over all leaves: what the quick ways are held against.
/// </summary>
internal static class MerkleDefinition
{
    public static byte[] Root(ReadOnlySpan<byte[]> leaves) =>
        leaves.Length switch
        {
            0 => MerkleTree.EmptyRoot,
            1 => leaves[0],
            _ => Split(leaves),
        };

    public static List<byte[]> Inclusion(byte[][] leaves, int index) =>
        [.. MerklePaths.Inclusion(leaves.Length, index).Select(p => Root(leaves, p))];

    public static List<byte[]> Consistency(byte[][] leaves, int size) =>
        [.. MerklePaths.Consistency(size, leaves.Length).Select(p => Root(leaves, p))];

    public static byte[] Root(byte[][] leaves, LeafRange part) => Root(leaves.AsSpan((int)part.From, (int)part.Count));

    private static byte[] Split(ReadOnlySpan<byte[]> leaves)
    {
        var split = 1;
        while (split * 2 < leaves.Length)
            split *= 2;
        return MerkleTree.Node(Root(leaves[..split]), Root(leaves[split..]));
    }
}
