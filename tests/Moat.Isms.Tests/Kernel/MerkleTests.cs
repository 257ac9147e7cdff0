using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Moat.Isms.Kernel.Journal;

namespace Moat.Tests;

public sealed class MerkleTests
{
    [Fact]
    public void The_empty_and_the_first_trees_have_the_published_roots()
    {
        // RFC 9162 2.1.1: the hash of the empty tree is SHA-256 of nothing; a leaf is hashed with a zero byte before
        // it.
        Assert.Equal(SHA256.HashData([]), MerkleDefinition.Root([]));
        Assert.Equal(SHA256.HashData([0]), MerkleTree.Leaf([]));
    }

    [Fact]
    public void Every_public_proof_vector_behaves_as_it_says()
    {
        var files = Corpus.Files("merkle", "*.json").ToList();
        Assert.True(files.Count > 100);
        foreach (var file in files)
        {
            var vector = JsonNode.Parse(File.ReadAllText(file))!;
            var expected = !(bool)vector["wantErr"]!;
            Assert.True(
                expected == Verifies(vector),
                $"{Path.GetFileName(file)} should {(expected ? "" : "not ")}verify: {vector["desc"]}"
            );
        }
    }

    [Fact]
    public void Every_entry_of_any_tree_can_be_proved_and_no_other_leaf_can() =>
        Prop.ForAll(
                Trees(),
                tree =>
                {
                    var leaves = tree.Select(l => MerkleTree.Leaf(l)).ToArray();
                    var root = MerkleDefinition.Root(leaves);
                    var other = MerkleTree.Leaf("something else"u8.ToArray());
                    return Enumerable
                        .Range(0, leaves.Length)
                        .All(i =>
                        {
                            var path = MerkleDefinition.Inclusion(leaves, i);
                            return MerkleProof.Includes((ulong)i, (ulong)leaves.Length, leaves[i], path, root)
                                && !MerkleProof.Includes((ulong)i, (ulong)leaves.Length, other, path, root)
                                && !MerkleProof.Includes(
                                    (ulong)i + 1,
                                    (ulong)leaves.Length,
                                    leaves[i],
                                    path,
                                    SHA256.HashData(root)
                                );
                        });
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Every_beginning_of_any_tree_is_consistent_with_it() =>
        Prop.ForAll(
                Trees(),
                tree =>
                {
                    var leaves = tree.Select(l => MerkleTree.Leaf(l)).ToArray();
                    var root = MerkleDefinition.Root(leaves);
                    return Enumerable
                        .Range(1, leaves.Length)
                        .All(size =>
                        {
                            var before = MerkleDefinition.Root(leaves.AsSpan(0, size));
                            var path = MerkleDefinition.Consistency(leaves, size);
                            return MerkleProof.Consistent((ulong)size, (ulong)leaves.Length, before, root, path)
                                && (
                                    size == leaves.Length
                                    || !MerkleProof.Consistent(
                                        (ulong)size,
                                        (ulong)leaves.Length,
                                        SHA256.HashData(before),
                                        root,
                                        path
                                    )
                                );
                        });
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Levels_answer_the_root_of_every_part_that_a_proof_names() =>
        Prop.ForAll(
                Trees(),
                tree =>
                {
                    var (leaves, levels) = (tree.Select(l => MerkleTree.Leaf(l)).ToArray(), new MerkleLevels());
                    foreach (var leaf in leaves)
                        levels.Append(leaf);
                    return Enumerable
                        .Range(0, leaves.Length)
                        .SelectMany(i =>
                            MerklePaths
                                .Inclusion(leaves.Length, i)
                                .Concat(MerklePaths.Consistency(i + 1, leaves.Length))
                                .Append(new LeafRange(0, i))
                        )
                        .All(p => levels.Root(p).AsSpan().SequenceEqual(MerkleDefinition.Root(leaves, p)));
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Appending_to_the_right_edge_gives_the_root_of_the_whole_tree() =>
        Prop.ForAll(
                Trees(),
                tree =>
                {
                    var frontier = Frontier.Empty;
                    foreach (var leaf in tree.Select(l => MerkleTree.Leaf(l)))
                    {
                        frontier.Append(leaf);
                        frontier = Frontier.Parse(frontier.Size, frontier.ToText());
                    }
                    return frontier
                        .Root()
                        .AsSpan()
                        .SequenceEqual(MerkleDefinition.Root(tree.Select(l => MerkleTree.Leaf(l)).ToArray()));
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void A_signed_checkpoint_opens_with_its_key_only_and_not_when_a_character_changed()
    {
        var signer = new NoteSigner(new SeedKey("moat/test", SeedKey.NewSeed()));
        var stranger = new NoteSigner(new SeedKey("moat/test", SeedKey.NewSeed()));
        var note = signer.Sign(new Checkpoint("moat/test", 7, new byte[32]).ToText());
        Assert.Equal(7, Checkpoint.Open(note, NoteVerifier.Parse(signer.Verifier.ToString()))!.Size);
        Assert.Null(Checkpoint.Open(note, stranger.Verifier));
        for (var at = 0; at < note.Length; at++)
        {
            var changed = note[..at] + (char)(note[at] == 'A' ? 'B' : 'A') + note[(at + 1)..];
            if (Checkpoint.Open(changed, signer.Verifier) is { } opened)
                Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"Character {at} may change: {opened.Size}"));
        }
    }

    private static Arbitrary<byte[][]> Trees() =>
        ArbMap.Default.ArbFor<byte>().Generator.ArrayOf().ArrayOf().Where(t => t.Length is > 0 and < 70).ToArbitrary();

    private static bool Verifies(JsonNode vector)
    {
        try
        {
            var proof = vector["proof"] is JsonArray list
                ? list.Select(h => Convert.FromBase64String((string)h!)).ToList()
                : [];
            return vector["leafIdx"] is not null
                ? MerkleProof.Includes(
                    Number(vector["leafIdx"]),
                    Number(vector["treeSize"]),
                    Hash(vector["leafHash"]),
                    proof,
                    Hash(vector["root"])
                )
                : MerkleProof.Consistent(
                    Number(vector["size1"]),
                    Number(vector["size2"]),
                    Hash(vector["root1"]),
                    Hash(vector["root2"]),
                    proof
                );
        }
        catch (Exception e) when (e is FormatException or OverflowException or JsonException)
        {
            return false;
        }
    }

    private static ulong Number(JsonNode? node) => ulong.Parse(node!.ToJsonString(), CultureInfo.InvariantCulture);

    private static byte[] Hash(JsonNode? node) => (string?)node is { } text ? Convert.FromBase64String(text) : [];
}
