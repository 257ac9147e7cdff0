using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Moat.Isms.Assets;
using Moat.Isms.Assets.Boms;
using Moat.Isms.Kernel;

namespace Moat.Tests;

public sealed class BomTests
{
    private const string Triage = """
        {"bomFormat":"CycloneDX","specVersion":"1.6","serialNumber":"urn:uuid:6f0f2f0e-9d0c-4c55-8f6f-2a6a5b1c7d10","version":1,
         "metadata":{"component":{"type":"application","name":"triage"}},
         "components":[
          {"bom-ref":"m","type":"machine-learning-model","name":"triage-7b","version":"1","modelCard":{"modelParameters":{"task":"triage","datasets":[{"ref":"d"},{"type":"dataset","name":"gold","classification":"confidential"}]}}},
          {"bom-ref":"d","type":"data","name":"notes","data":[{"type":"dataset","classification":"restricted"}]},
          {"bom-ref":"l","type":"library","name":"torch"}],
         "services":[{"bom-ref":"s","name":"embeddings","provider":{"name":"Lumen"}}],
         "dependencies":[{"ref":"m","dependsOn":["l","s"]}]}
        """;

    public static TheoryData<string> Databases => [.. Company.Databases];

    [Fact]
    public void Models_data_and_services_become_assets_and_libraries_do_not()
    {
        var bill = BomReader.Read(File(Triage));
        Assert.Equal(
            ["model triage-7b", "dataset gold", "dataset notes", "supplier-api embeddings", "endpoint triage"],
            bill.Assets.Select(a => $"{a.Kind} {a.Name}")
        );
        Assert.Equal(1, bill.Others);
        Assert.Equal(4, bill.Assets.Single(a => a.Name == "notes").Confidentiality);
        Assert.Equal(3, bill.Assets.Single(a => a.Name == "gold").Confidentiality);
        var name = bill.Assets.ToDictionary(a => a.Key, a => a.Name);
        Assert.Equal(
            [
                "triage-7b depends-on embeddings",
                "triage-7b deployed-to triage",
                "triage-7b trained-on gold",
                "triage-7b trained-on notes",
            ],
            bill.Relations.Select(r => $"{name[r.From]} {r.Type} {name[r.To]}").Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("<bom/>", "XML")]
    [InlineData("PK\u0003\u0004", "ZIP")]
    [InlineData("{\"bomFormat\":\"CycloneDX\",", "line 1")]
    [InlineData("[1,2]", "object")]
    [InlineData("{\"a\":1}", "neither CycloneDX")]
    [InlineData("{\"bomFormat\":\"Other\",\"specVersion\":\"1.6\"}", "$.bomFormat")]
    [InlineData("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"0.9\"}", "$.specVersion")]
    [InlineData("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"components\":7}", "$.components")]
    [InlineData(
        "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"components\":[{\"type\":\"model\",\"name\":\"x\"}]}",
        "$.components[0].type"
    )]
    [InlineData("{\"spdxVersion\":\"SPDX-2.3\"}", "SPDX 2")]
    public void A_file_that_is_not_what_it_says_is_refused_with_the_place(string content, string says)
    {
        var refused = Assert.Throws<InputInvalid>(() => BomReader.Read(File(content)));
        Assert.Equal("file", refused.Errors.Single().Field);
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_json_is_refused()
    {
        var deep = "{\"bomFormat\":\"CycloneDX\",\"components\":" + new string('[', 5000) + new string(']', 5000) + "}";
        Assert.Contains(
            "nested deeper",
            Assert.Throws<InputInvalid>(() => BomReader.Read(File(deep))).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void No_bytes_whatever_do_anything_but_be_read_or_refused() =>
        Prop.ForAll<byte[]>(bytes => ReadsOrRefuses(bytes)).QuickCheckThrowOnFailure();

    [Fact]
    public void No_truncated_or_damaged_bill_does_anything_but_be_read_or_refused() =>
        Prop.ForAll(
                Gen.Choose(0, Triage.Length - 1).Zip(Gen.Choose(32, 126)).ToArbitrary(),
                at =>
                {
                    var bytes = Encoding.UTF8.GetBytes(Triage);
                    var damaged = bytes.ToArray();
                    damaged[at.Item1] = (byte)at.Item2;
                    return ReadsOrRefuses(bytes[..at.Item1]) && ReadsOrRefuses(damaged);
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Every_real_bill_is_taken_and_every_invalid_one_refused()
    {
        foreach (
            var file in Corpus
                .Files("cyclonedx", "*.json")
                .Where(f => !f.Contains("/schemas/", StringComparison.Ordinal))
                .Concat(Corpus.Files("spdx3", "*.json"))
        )
        {
            var content = new GivenFile { Name = Path.GetFileName(file), Content = System.IO.File.ReadAllBytes(file) };
            var refuse =
                file.Contains("invalid-", StringComparison.Ordinal)
                || file.EndsWith("-input.json", StringComparison.Ordinal);
            if (refuse)
                Assert.Throws<InputInvalid>(() => BomReader.Read(content));
            else
                Assert.NotNull(BomReader.Read(content));
        }
        var spdx = BomReader.Read(
            new GivenFile
            {
                Name = "ai.json",
                Content = System.IO.File.ReadAllBytes(Corpus.Of("spdx3/ai-example02.spdx3.json")),
            }
        );
        Assert.Equal(2, spdx.Assets.Count);
        Assert.Equal(LinkTypes.TrainedOn, spdx.Relations.Single().Type);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_same_bill_again_changes_nothing_and_a_changed_one_shows_its_difference_first(string database)
    {
        await using var company = await Company.Found(database);
        var first = await Import(company, Triage);
        Assert.Equal("BOM-1", first.Ref);
        var size = await company.Read(db => Task.FromResult(db.Journal.Count()));

        Assert.Empty((await Import(company, Triage)).Changes);
        Assert.Equal(size, await company.Read(db => Task.FromResult(db.Journal.Count())));

        var changed = Triage
            .Replace("\"version\":\"1\",\"modelCard\"", "\"version\":\"2\",\"modelCard\"", StringComparison.Ordinal)
            .Replace(",\"s\"]", "]", StringComparison.Ordinal);
        var preview = await company.Run<BomImport, GiveBom, BomResult>(
            p => p.Preview,
            new GiveBom { File = File(changed) }
        );
        Assert.Equal(
            ["changed description", "gone relation depends-on", "new version digest"],
            preview.Changes.Select(c => $"{c.What} {c.Field}")
        );
        Assert.Equal(size, await company.Read(db => Task.FromResult(db.Journal.Count())));

        Assert.Equal(preview.Changes, (await Import(company, changed)).Changes);
        var model = await company.Run<AssetReading, OneRecord, AssetView>(p => p.Get, new OneRecord { Ref = "AST-1" });
        Assert.StartsWith("Version 2", model.Description, StringComparison.Ordinal);
        Assert.DoesNotContain(model.Relations, r => r.Type == LinkTypes.DependsOn);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_asset_that_people_entered_is_joined_with_the_bill_by_kind_and_name(string database)
    {
        await using var company = await Company.Found(database);
        await company.Run<AssetRegister, CreateAsset, Done>(
            p => p.Create,
            new CreateAsset
            {
                Name = "Triage-7B",
                Kind = "model",
                CrownJewel = true,
            }
        );
        await Import(company, Triage);
        var models = await company.Run<AssetReading, ListAssets, Page<AssetRow>>(
            p => p.List,
            new ListAssets { Kind = "model" }
        );
        Assert.True(Assert.Single(models.Items).CrownJewel);
    }

    private static Task<BomResult> Import(Company company, string content) =>
        company.Run<BomImport, GiveBom, BomResult>(p => p.Import, new GiveBom { File = File(content) });

    private static bool ReadsOrRefuses(byte[] bytes)
    {
        try
        {
            BomReader.Read(new GivenFile { Name = "x.json", Content = bytes });
        }
        catch (InputInvalid)
        {
            // Refused with a reason: that is all it may do.
        }
        return true;
    }

    private static GivenFile File(string content) =>
        new() { Name = "bom.json", Content = Encoding.UTF8.GetBytes(content) };
}
