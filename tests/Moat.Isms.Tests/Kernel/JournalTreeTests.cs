using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;

namespace Moat.Tests.Kernel;

/// <summary>Proofs that read a few entries lead to the same roots as the tree over all of them.</summary>
public sealed class JournalTreeTests
{
    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task Proofs_over_several_blocks_are_those_of_the_definition_while_the_journal_grows(string database)
    {
        await using var company = await Company.Found(database);
        foreach (var size in new[] { 40, 256, 257, 511, 600 })
        {
            await Grow(company, size);
            var leaves = await Leaves(company);
            var root = MerkleDefinition.Root(leaves);
            foreach (var index in new[] { 0, 1, leaves.Length / 2, 255, 256, leaves.Length - 1 }.Where(i => i < size))
            {
                var proof = await Ask(company, "inclusion-proof", new { sequence = index });
                Assert.Equal(leaves[index], Convert.FromBase64String(proof.Leaf));
                Assert.True(MerkleProof.Includes((ulong)index, (ulong)leaves.Length, leaves[index], Path(proof), root));
            }
            foreach (var first in new[] { 1, 2, 255, 256, 300, leaves.Length - 1, leaves.Length }.Where(i => i <= size))
            {
                var proof = await Ask(company, "consistency-proof", new { size = first });
                var before = MerkleDefinition.Root(leaves.AsSpan(0, first));
                Assert.Equal(before, Convert.FromBase64String(proof.Leaf));
                Assert.True(MerkleProof.Consistent((ulong)first, (ulong)leaves.Length, before, root, Path(proof)));
            }
        }
    }

    [Theory]
    [InlineData(
        "UPDATE journal_entry SET leaf = (SELECT leaf FROM journal_entry WHERE sequence = 3) WHERE sequence = 2"
    )]
    [InlineData("UPDATE journal_entry SET leaf = X'00' WHERE sequence = 2")]
    [InlineData("DELETE FROM journal_entry WHERE sequence = 2")]
    public async Task No_proof_is_made_of_entries_that_do_not_lead_to_what_was_signed(string change)
    {
        await using var company = await Company.Found("sqlite");
        await Grow(company, 20);
        _ = await Ask(company, "inclusion-proof", new { sequence = 5 });
        await BehindTheGuards(company, change);
        var refused = await Assert.ThrowsAsync<RuleBroken>(() => Ask(company, "inclusion-proof", new { sequence = 6 }));
        Assert.Equal("journal.proof.signed", refused.RuleId);
    }

    [Fact]
    public async Task Known_blocks_under_which_the_rows_were_exchanged_are_read_anew()
    {
        await using var company = await Company.Found("sqlite");
        await Grow(company, 300);
        _ = await Ask(company, "inclusion-proof", new { sequence = 5 });
        await BehindTheGuards(
            company,
            "UPDATE journal_entry SET leaf = (SELECT leaf FROM journal_entry WHERE sequence = 3) WHERE sequence = 2"
        );
        // The blocks of two servers are apart: the one that knows them and the one that begins say the same.
        await using var other = company.Reopen();
        other.Owner = company.Owner;
        await company.Do("assets.create", new { name = "The last", kind = "bucket" });
        await Assert.ThrowsAsync<RuleBroken>(() => Ask(other, "inclusion-proof", new { sequence = 5 }));
    }

    [Theory]
    [InlineData(
        "UPDATE journal_entry SET leaf = (SELECT leaf FROM journal_entry WHERE sequence = 3) WHERE sequence = 2"
    )]
    [InlineData("DELETE FROM journal_entry WHERE sequence = 2")]
    public async Task Whoever_knows_a_block_makes_no_proof_of_rows_that_were_exchanged_in_it_since(string change)
    {
        await using var company = await Company.Found("sqlite");
        await Grow(company, 300);
        _ = await Ask(company, "inclusion-proof", new { sequence = 290 });
        await BehindTheGuards(company, change);
        await Assert.ThrowsAsync<RuleBroken>(() => Ask(company, "inclusion-proof", new { sequence = 5 }));
        // A block that nobody touched is proved as before.
        _ = await Ask(company, "inclusion-proof", new { sequence = 291 });
    }

    private static async Task BehindTheGuards(Company company, string change)
    {
        await WriteTests.Sql(company, "DROP TRIGGER journal_entry_no_update", changesRows: false);
        await WriteTests.Sql(company, "DROP TRIGGER journal_entry_no_delete", changesRows: false);
        await WriteTests.Sql(company, change);
    }

    private static async Task Grow(Company company, int size)
    {
        for (var at = (await Leaves(company)).Length; at < size; at++)
            await company.Do("assets.create", new { name = $"Bucket {at}", kind = "bucket" });
    }

    private static Task<byte[][]> Leaves(Company company) =>
        company.Read(db => db.Journal.OrderBy(e => e.Sequence).Select(e => e.Leaf).ToArrayAsync());

    private static async Task<ProofView> Ask(Company company, string proof, object input) =>
        (ProofView)await company.Do($"journal.{proof}", input);

    private static List<byte[]> Path(ProofView proof) => [.. proof.Hashes.Select(Convert.FromBase64String)];
}
