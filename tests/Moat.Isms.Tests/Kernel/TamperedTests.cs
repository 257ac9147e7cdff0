using Moat.Isms.Assets;
using Moat.Isms.Kernel;
using Moat.Reports.Pack;

namespace Moat.Tests;

/// <summary>What somebody changed behind the product's back is found, and no pack is made of it.</summary>
public sealed class TamperedTests
{
    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task Evidence_that_is_gone_or_changed_is_found_by_verify_and_no_pack_is_made(string database)
    {
        await using var company = await Company.Found(database);
        await Give(company);
        Assert.Empty(await WriteTests.Findings(company));
        var file = Assert.Single(Directory.GetFiles(company.Storage.BlobFolder, "*", SearchOption.AllDirectories));
        var content = await File.ReadAllBytesAsync(file);
        await File.WriteAllTextAsync(file, "another review");
        Assert.Contains(
            "EVD-1: its file review.txt was changed",
            Assert.Single(await WriteTests.Findings(company)),
            StringComparison.Ordinal
        );
        await NoPack(company, "EVD-1");
        File.Delete(file);
        Assert.Contains(
            "EVD-1: its file review.txt is gone",
            Assert.Single(await WriteTests.Findings(company)),
            StringComparison.Ordinal
        );
        await File.WriteAllBytesAsync(file, content);
        Assert.Empty(await WriteTests.Findings(company));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task No_pack_is_made_of_edited_or_deleted_rows(string database)
    {
        await using var company = await Company.Found(database);
        await Asset(company, "Weights");
        await Asset(company, "Notebook");
        Assert.NotEmpty((await Pack(company)).Content);
        await WriteTests.Sql(company, "UPDATE asset SET name = 'Something else' WHERE number = 1");
        await NoPack(company, "AST-1");
        await WriteTests.Sql(company, "UPDATE asset SET name = 'Weights' WHERE number = 1");
        await WriteTests.Sql(company, "DELETE FROM asset WHERE number = 2");
        await NoPack(company, "its record is gone");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task One_finding_hides_no_other_and_what_could_not_be_compared_is_said(string database)
    {
        await using var company = await Company.Found(database);
        await Asset(company, "Weights");
        await Give(company);
        await WriteTests.Sql(company, "UPDATE asset SET name = 'Something else'");
        await WriteTests.Sql(company, "UPDATE reference_counter SET last = last + 1 WHERE prefix = 'AST'");
        await WriteTests.Sql(company, "UPDATE journal_head SET edge = ''");
        File.Delete(Assert.Single(Directory.GetFiles(company.Storage.BlobFolder, "*", SearchOption.AllDirectories)));
        await Finds(
            company,
            "AST-1: the field Name",
            "The counter of AST",
            "The state from which the journal goes on",
            "EVD-1: its file review.txt is gone"
        );
        await WriteTests.LiftTheGuard(company);
        await WriteTests.Sql(company, "UPDATE journal_entry SET actor = 'Nobody' WHERE sequence = 1");
        await Finds(
            company,
            "Entry 1 (",
            "Records, counters and the index of records were not compared, because",
            "The state from which the journal goes on",
            "EVD-1: its file review.txt is gone"
        );
    }

    private static async Task Finds(Company company, params string[] beginnings)
    {
        var findings = await WriteTests.Findings(company);
        Assert.All(beginnings, b => Assert.Contains(findings, f => f.StartsWith(b, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("size = size + 1")]
    [InlineData("edge = ''")]
    public async Task The_state_from_which_the_journal_goes_on_is_compared(string change)
    {
        await using var company = await Company.Found("sqlite");
        await Asset(company, "Weights");
        await WriteTests.Sql(company, $"UPDATE journal_head SET {change}");
        Assert.NotEmpty(await WriteTests.Findings(company));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_key_that_was_lost_is_not_replaced_by_one_that_signs_over_the_journal(string database)
    {
        await using var company = await Company.Found(database);
        await Asset(company, "Weights");
        var file = Path.Combine(company.Storage.KeyFolder, "journal.key");
        var key = await File.ReadAllTextAsync(file);
        File.Delete(file);
        await using (var later = company.Reopen())
        {
            var refused = await Assert.ThrowsAsync<Unavailable>(() => Asset(later, "Notebook", company.Owner));
            Assert.Contains("journal.key", refused.Message, StringComparison.Ordinal);
            Assert.Contains(
                await WriteTests.Findings(later, company.Owner),
                f => f.Contains("another key", StringComparison.Ordinal)
            );
            await Assert.ThrowsAsync<RuleBroken>(() =>
                later.Run<PackProcess, Nothing, MadeFile>(p => p.Make, new Nothing(), company.Owner)
            );
            Assert.False(File.Exists(file));
        }
        await File.WriteAllTextAsync(file, key);
        await using var again = company.Reopen();
        await Asset(again, "Notebook", company.Owner);
        Assert.Empty(await WriteTests.Findings(again, company.Owner));
    }

    private static Task<Done> Asset(Company company, string name, Caller? caller = null) =>
        company.Run<AssetRegister, CreateAsset, Done>(
            p => p.Create,
            new CreateAsset { Name = name, Kind = "model" },
            caller
        );

    private static Task<MadeFile> Pack(Company company) =>
        company.Run<PackProcess, Nothing, MadeFile>(p => p.Make, new Nothing());

    private static async Task NoPack(Company company, string named)
    {
        var refused = await Assert.ThrowsAsync<RuleBroken>(() => Pack(company));
        Assert.Equal("pack.make.verified", refused.RuleId);
        Assert.Contains(refused.Details, d => d.Message.Contains(named, StringComparison.Ordinal));
    }

    private static async Task Give(Company company) =>
        await company.Do(
            "evidence.add",
            new
            {
                title = "Access review",
                clauses = new[] { "9.1" },
                periodFrom = "2026-01-01",
                periodTo = "2026-02-28",
                file = new { name = "review.txt", content = Convert.ToBase64String("reviewed"u8.ToArray()) },
            }
        );
}
