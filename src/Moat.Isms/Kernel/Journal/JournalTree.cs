using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;

namespace Moat.Isms.Kernel.Journal;

/// <summary>
/// The roots of each 256 entries of a journal, remembered: an entry never changes, so neither do they. A million
/// entries take 250 kB.
/// </summary>
public sealed class KnownBlocks
{
    private readonly ConcurrentDictionary<Guid, Blocks> _known = new();

    internal Blocks Of(Guid organization) => _known.GetOrAdd(organization, static _ => new Blocks());

    internal void Forget(Guid organization) => _known.TryRemove(organization, out _);

    /// <summary>One organisation's; whoever holds the turn may read and extend them.</summary>
    internal sealed class Blocks
    {
        public SemaphoreSlim Turn { get; } = new(1);

        public MerkleLevels Roots { get; } = new();
    }
}

/// <summary>
/// Proves what is in an organisation's journal. A proof reads the roots that are known, and of the entries only those
/// of the blocks that it cuts through.
/// </summary>
public sealed class JournalTree(MoatDb db, KnownBlocks known)
{
    private const int BlockSize = 256;

    /// <summary>The root over a part of the entries, as a proof names it; of one, its leaf hash.</summary>
    public async Task<byte[]> Root(LeafRange part, CancellationToken ct) => (await Roots([part], ct))[0];

    /// <summary>
    /// The hashes that lead from an entry to the root over the first <paramref name="size"/> entries.
    /// </summary>
    public Task<IReadOnlyList<byte[]>> Inclusion(long size, long sequence, CancellationToken ct) =>
        Roots(MerklePaths.Inclusion(size, sequence), ct);

    /// <summary>The hashes that show that an earlier size is a beginning of a later one.</summary>
    public Task<IReadOnlyList<byte[]>> Consistency(long first, long size, CancellationToken ct) =>
        Roots(MerklePaths.Consistency(first, size), ct);

    /// <summary>
    /// Throws <see cref="RuleBroken"/> unless the entries lead to what is signed. Where they do not, what was known is
    /// forgotten, in case the rows under it were exchanged, and they are read anew.
    /// </summary>
    public async Task MustLeadTo(Checkpoint signed, CancellationToken ct)
    {
        if (await IsRoot(signed, ct))
            return;
        known.Forget(db.Tenant);
        if (!await IsRoot(signed, ct))
            throw NotSigned();
    }

    private async Task<bool> IsRoot(Checkpoint signed, CancellationToken ct) =>
        (await Root(new LeafRange(0, signed.Size), ct)).AsSpan().SequenceEqual(signed.Root);

    private async Task<IReadOnlyList<byte[]>> Roots(IReadOnlyList<LeafRange> parts, CancellationToken ct)
    {
        var blocks = known.Of(db.Tenant);
        await blocks.Turn.WaitAsync(ct);
        try
        {
            await Extend(blocks.Roots, parts.Select(p => p.From + p.Count).DefaultIfEmpty().Max() / BlockSize, ct);
            var (roots, cut) = (new List<byte[]>(parts.Count), new Dictionary<long, MerkleLevels>());
            foreach (var part in parts)
                roots.Add(await Root(part, blocks.Roots, cut, ct));
            return roots;
        }
        finally
        {
            blocks.Turn.Release();
        }
    }

    private async Task Extend(MerkleLevels roots, long wanted, CancellationToken ct)
    {
        if (roots.Count >= wanted)
            return;
        var block = new MerkleLevels();
        await foreach (
            var leaf in Leaves(roots.Count * BlockSize, wanted * BlockSize).AsAsyncEnumerable().WithCancellation(ct)
        )
        {
            Append(block, leaf);
            if (block.Count < BlockSize)
                continue;
            roots.Append(block.Root(new LeafRange(0, BlockSize)));
            block = new MerkleLevels();
        }
        if (roots.Count < wanted)
            throw NotSigned();
    }

    private async Task<byte[]> Root(
        LeafRange part,
        MerkleLevels roots,
        Dictionary<long, MerkleLevels> cut,
        CancellationToken ct
    )
    {
        if (part.From % BlockSize == 0 && part.Count % BlockSize == 0)
            return roots.Root(new LeafRange(part.From / BlockSize, part.Count / BlockSize));
        if (part.Count > BlockSize)
        {
            var (left, right) = (await Root(part.Left, roots, cut, ct), await Root(part.Right, roots, cut, ct));
            return MerkleTree.Node(left, right);
        }
        var number = part.From / BlockSize;
        if (!cut.TryGetValue(number, out var block))
            cut[number] = block = await Block(number, roots, ct);
        var inside = part with { From = part.From % BlockSize };
        return inside.From + inside.Count <= block.Count ? block.Root(inside) : throw NotSigned();
    }

    // The root over all says nothing of the rows of a block that is known: they are held against what is known of it.
    private async Task<MerkleLevels> Block(long number, MerkleLevels roots, CancellationToken ct)
    {
        var block = new MerkleLevels();
        foreach (var leaf in await Leaves(number * BlockSize, (number + 1) * BlockSize).ToListAsync(ct))
            Append(block, leaf);
        return number >= roots.Count || IsKnown(block, roots.Root(new LeafRange(number, 1)))
            ? block
            : throw NotSigned();
    }

    private static bool IsKnown(MerkleLevels block, byte[] root) =>
        block.Count == BlockSize && block.Root(new LeafRange(0, BlockSize)).AsSpan().SequenceEqual(root);

    private static void Append(MerkleLevels block, byte[] leaf)
    {
        if (leaf.Length != MerkleTree.HashSize)
            throw NotSigned();
        block.Append(leaf);
    }

    // A proof that does not lead to what was signed would prove nothing to whoever gets it.
    internal static RuleBroken NotSigned() =>
        new(
            "journal.proof.signed",
            "The entries of the journal do not lead to its signed checkpoint. Verify the journal: it says what was changed."
        );

    private IQueryable<byte[]> Leaves(long from, long to) =>
        db
            .Journal.AsNoTracking()
            .Where(e => e.Sequence >= from && e.Sequence < to)
            .OrderBy(e => e.Sequence)
            .Select(e => e.Leaf);
}
