using System.Numerics;

namespace Moat.Isms.Kernel.Journal;

/// <summary>A run of neighbouring leaves whose root is one step of a proof.</summary>
public readonly record struct LeafRange(long From, long Count)
{
    /// <summary>
    /// The part that is split off on the left (RFC 9162, 2.1.1): the largest power of two below its size.
    /// </summary>
    public LeafRange Left => new(From, (long)BitOperations.RoundUpToPowerOf2((ulong)Count) / 2);

    /// <summary>The rest.</summary>
    public LeafRange Right => new(From + Left.Count, Count - Left.Count);
}

/// <summary>Of which parts of the tree a proof needs the roots, in the order of the proof.</summary>
public static class MerklePaths
{
    /// <summary>The parts that lead from a leaf to the root of a tree of this size (RFC 9162, 2.1.3.1).</summary>
    public static IReadOnlyList<LeafRange> Inclusion(long size, long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var (path, part) = (new List<LeafRange>(), new LeafRange(0, size));
        while (part.Count > 1)
        {
            var (left, right) = (part.Left, part.Right);
            var isLeft = index < right.From;
            path.Add(isLeft ? right : left);
            part = isLeft ? left : right;
        }
        path.Reverse();
        return path;
    }

    /// <summary>
    /// The parts that show that the tree of the first <paramref name="first"/> leaves is a beginning of the one of
    /// <paramref name="size"/> (RFC 9162, 2.1.4.1).
    /// </summary>
    public static IReadOnlyList<LeafRange> Consistency(long first, long size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(first, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, size);
        var (path, part, whole) = (new List<LeafRange>(), new LeafRange(0, size), true);
        while (part.From + part.Count != first)
        {
            var (left, right) = (part.Left, part.Right);
            var inLeft = first <= right.From;
            path.Add(inLeft ? right : left);
            (part, whole) = inLeft ? (left, whole) : (right, false);
        }
        if (!whole)
            path.Add(part);
        path.Reverse();
        return path;
    }
}
