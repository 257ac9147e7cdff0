using System.Text;
using Moat.Isms.Assets;
using Moat.Isms.Assets.Boms;
using Moat.Isms.Kernel;
using Moat.Isms.Tables;

namespace Moat.Tests;

/// <summary>A file does not bring back what a person retired: it is left alone and the answer says so.</summary>
public sealed class RetiredInFilesTests
{
    public static TheoryData<string, bool> Ways
    {
        get
        {
            var ways = new TheoryData<string, bool>();
            foreach (var database in Company.Databases)
            {
                ways.Add(database, false);
                ways.Add(database, true);
            }
            return ways;
        }
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task A_bill_leaves_a_retired_asset_and_its_relations_alone_until_it_is_reopened(
        string database,
        bool bySource
    )
    {
        await using var company = await Company.Found(database);
        if (bySource)
            await SourceBill.Connect(company);
        await Import(company, Bill("1"), bySource);
        await company.Do("draft.adopt", new { refs = new[] { "AST-1", "AST-2" } });
        await company.Do("assets.retire", new { @ref = "AST-1", reason = "The model is not served any more." });
        var before = await Asset(company, "AST-1");

        var result = await Import(company, Bill("2"), bySource);
        Assert.Empty(result.Changes);
        Assert.Equal(
            "AST-1 triage-7b is retired and was left as it is. Reopen it to take over what the bill says.",
            result.Remarks[0]
        );
        var after = await Asset(company, "AST-1");
        Assert.Equal(
            (before.Description, before.Version, Standing.Retired),
            (after.Description, after.Version, after.Standing)
        );

        await company.Do("assets.reopen", new { @ref = "AST-1", reason = "The model is served again." });
        result = await Import(company, Bill("2"), bySource);
        Assert.Contains(result.Changes, c => c.Field == "description");
        Assert.DoesNotContain(result.Remarks, r => r.Contains("retired", StringComparison.Ordinal));
        Assert.StartsWith("Version 2", (await Asset(company, "AST-1")).Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bill_names_where_a_merged_asset_went_and_joins_one_that_is_in_the_register()
    {
        await using var company = await Company.Found("sqlite");
        await company.Do("assets.create", new { name = "Triage-7B", kind = "model" });
        await company.Do("assets.create", new { name = "The model", kind = "model" });
        await company.Do(
            "assets.merge",
            new
            {
                @ref = "AST-1",
                into = "AST-2",
                reason = "One model under two names.",
            }
        );
        var preview = await company.Run<BomImport, GiveBom, BomResult>(
            p => p.Preview,
            new GiveBom { File = File("b.json", Bill("1")) }
        );
        Assert.StartsWith(
            "AST-1 Triage-7B is merged into AST-2 and was left as it is.",
            preview.Remarks[0],
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            preview.Changes,
            c => c.Subject.Contains("triage-7b", StringComparison.OrdinalIgnoreCase)
        );
        await company.Do("assets.create", new { name = "triage-7b", kind = "model" });
        preview = await company.Run<BomImport, GiveBom, BomResult>(
            p => p.Preview,
            new GiveBom { File = File("b.json", Bill("1")) }
        );
        Assert.Contains(preview.Changes, c => c.Subject == "AST-3 triage-7b");
        Assert.DoesNotContain(preview.Remarks, r => r.Contains("left as it is", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_table_leaves_a_retired_asset_alone_and_says_so()
    {
        await using var company = await Company.Found("sqlite");
        var table = File("a.csv", "Name,Type,Location\nLaptop,laptop,Berlin\n");
        await company.Run<AssetTable, GiveTable, TableResult>(p => p.Import, new GiveTable { File = table });
        await company.Do("assets.retire", new { @ref = "AST-1", reason = "It was sold to its user." });
        var again = await company.Run<AssetTable, GiveTable, TableResult>(
            p => p.Import,
            new GiveTable { File = File("a.csv", "Name,Type,Location\nLaptop,laptop,Hamburg\nServer,server,Bonn\n") }
        );
        Assert.Equal((1, 0), (again.New, again.Known));
        Assert.Contains("AST-1 was retired on", Assert.Single(again.NotTaken).Why, StringComparison.Ordinal);
        Assert.Equal("Berlin", (await Asset(company, "AST-1")).Location);
    }

    private static string Bill(string version) =>
        $$"""
            {"bomFormat":"CycloneDX","specVersion":"1.6","metadata":{"component":{"type":"application","name":"triage"} },
             "components":[{"bom-ref":"m","type":"machine-learning-model","name":"triage-7b","version":"{{version}}"}],
             "services":[{"bom-ref":"s","name":"embeddings"}],"dependencies":[{"ref":"m","dependsOn":[{{Needs(
                version
            )}}]}]}
            """;

    private static string Needs(string version) => version == "1" ? "\"s\"" : "";

    private static async Task<BomResult> Import(Company company, string bill, bool bySource)
    {
        if (!bySource)
            return await company.Run<BomImport, GiveBom, BomResult>(
                p => p.Import,
                new GiveBom { File = File("bom.json", bill) }
            );
        await SourceBill.OfferAgain(company, bill);
        return (BomResult)await company.Do("collectors.import-bill", new { @ref = "SRC-1" });
    }

    private static Task<AssetView> Asset(Company company, string asset) =>
        company.Run<AssetReading, OneRecord, AssetView>(p => p.Get, new OneRecord { Ref = asset });

    private static GivenFile File(string name, string text) =>
        new() { Name = name, Content = Encoding.UTF8.GetBytes(text) };
}
