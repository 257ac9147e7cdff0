using System.Text;
using Moat.Isms.Assets.Boms;
using Moat.Isms.Imports;
using Moat.Isms.Kernel;
using Moat.Isms.Versions;
using static Moat.Tests.VersionCase;

namespace Moat.Tests;

/// <summary>Bills of materials tell of versions; what they tell never takes the place of what is known.</summary>
public sealed class BillVersionTests
{
    private static readonly string Weights = Sha("weights")[7..];
    private static readonly string Base = Sha("base")[7..];
    private static readonly string Notes = Sha("notes")[7..];

    private static readonly string Bill = """
        {"bomFormat":"CycloneDX","specVersion":"1.6","version":1,"metadata":{"component":{"type":"application","name":"triage"}},
         "components":[
          {"bom-ref":"m","type":"machine-learning-model","name":"triage-7b","version":"3",
           "hashes":[{"alg":"SHA-256","content":"WEIGHTS"},{"alg":"MD5","content":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}],
           "pedigree":{"ancestors":[
            {"type":"machine-learning-model","name":"llama","version":"2","hashes":[{"alg":"SHA-256","content":"BASE"}]},
            {"type":"library","name":"peft"}]},
           "modelCard":{"modelParameters":{"datasets":[{"ref":"d"},{"type":"dataset","name":"gold"}]}}},
          {"bom-ref":"d","type":"data","name":"notes","hashes":[{"alg":"SHA-256","content":"NOTES"}]},
          {"bom-ref":"p","type":"machine-learning-model","name":"guard","version":"1"},
          {"bom-ref":"u","type":"machine-learning-model","name":"scorer"}]}
        """.Replace("WEIGHTS", Weights, StringComparison.Ordinal).Replace(
        "BASE",
        Base,
        StringComparison.Ordinal
    ).Replace("NOTES", Notes, StringComparison.Ordinal);

    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task A_bill_enters_versions_once_with_their_hashes_and_what_they_were_made_from(string database)
    {
        await using var company = await Company.Found(database);
        var preview = await company.Run<BomImport, GiveBom, BomResult>(p => p.Preview, Given(Bill));
        var taken = await Import(company, Bill);
        Assert.Equal(preview.Changes, taken.Changes);
        Assert.Equal(
            ["guard 1: no digest known", $"llama 2: sha256:{Base}", $"notes sha256:{Notes[..12]}: sha256:{Notes}"],
            taken
                .Changes.Where(c => c.What == "new version")
                .Select(c => $"{c.Subject}: {c.After}")
                .Where(c => !c.StartsWith("triage", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
        );
        Assert.Contains(taken.Remarks, r => r.Contains("ancestors[1]", StringComparison.Ordinal));

        var size = await company.Read(db => Task.FromResult(db.Journal.Count()));
        Assert.Empty((await Import(company, Bill)).Changes);
        Assert.Equal(size, await company.Read(db => Task.FromResult(db.Journal.Count())));

        var model = await Of(company, "triage-7b");
        Assert.Equal([$"md5:{new string('a', 32)}", $"sha256:{Weights}"], model.Digests.Select(d => d.Value));
        Assert.Equal(("BOM-1", true, "3"), (model.ToldBy, model.IsExact, model.Row.Name));
        Assert.Equal(
            ["llama", "notes"],
            (await Trace(company, model.Row.Ref)).MadeFrom.Select(m => m.Row.Asset).Order(StringComparer.Ordinal)
        );
        Assert.Equal(BytesAre.Entered, (await Find(company, $"sha256:{Weights}")).Are);

        var guard = await Of(company, "guard");
        Assert.Equal((0, false), (guard.Digests.Count, guard.IsExact));
        var refused = await Assert.ThrowsAsync<RuleBroken>(() => Release(company, guard.Row.Ref));
        Assert.Equal("versions.release.no-digest", refused.RuleId);
        Assert.Null(await TryOf(company, "scorer"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Other_hashes_under_the_same_version_stand_as_a_contradiction_until_they_are_settled(
        string database
    )
    {
        await using var company = await Company.Found(database);
        await Import(company, Bill);
        var model = (await Of(company, "triage-7b")).Row.Ref;
        var exchanged = Bill.Replace(Weights, Sha("other")[7..], StringComparison.Ordinal);
        var shown = await Import(company, exchanged);
        var change = Assert.Single(shown.Changes);
        Assert.Equal(("other bytes", $"{model} triage-7b 3"), (change.What, change.Subject));
        Assert.Contains(Weights, change.Before, StringComparison.Ordinal);
        Assert.Contains(Sha("other"), change.After, StringComparison.Ordinal);
        Assert.Empty((await Import(company, exchanged)).Changes);

        var view = await Get(company, model);
        Assert.Contains($"sha256:{Weights}", view.Digests.Select(d => d.Value));
        Assert.Equal(BytesAre.Unknown, (await Find(company, Sha("other"))).Are);
        Assert.Equal(("BOM-2", (DateTime?)null), (Assert.Single(view.Otherwise).ToldBy, view.Otherwise[0].Until));

        Assert.Equal("known bytes again", Assert.Single((await Import(company, Bill)).Changes).What);
        Assert.NotNull(Assert.Single((await Get(company, model)).Otherwise).Until);

        await Import(company, exchanged);
        var settle = new { @ref = model, reason = "The mirror packs the same tensors anew; compared one by one." };
        var agent = company.Owner with { PersonId = null, Name = "Pipeline" };
        var refused = await Assert.ThrowsAsync<RuleBroken>(() => company.Do("versions.settle", settle, agent));
        Assert.Equal("versions.settle.person", refused.RuleId);
        await company.Do("versions.settle", settle);
        Assert.All((await Get(company, model)).Otherwise, o => Assert.NotNull(o.Until));
        Assert.Empty((await Import(company, exchanged)).Changes);
        Assert.Equal(
            "versions.settle.none",
            (await Assert.ThrowsAsync<RuleBroken>(() => company.Do("versions.settle", settle))).RuleId
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_import_that_is_taken_back_takes_its_versions_and_contradictions_along(string database)
    {
        await using var company = await Company.Found(database);
        await Import(company, Bill);
        var model = (await Of(company, "triage-7b")).Row.Ref;
        await Import(company, Bill.Replace(Weights, Sha("other")[7..], StringComparison.Ordinal));
        Assert.Single((await Get(company, model)).Otherwise);
        await Undo(company);
        Assert.Empty((await Get(company, model)).Otherwise);
        await Undo(company);
        Assert.Empty(((Page<VersionRow>)await company.Do("versions.list", new { })).Items);
        Assert.Equal(BytesAre.Unknown, (await Find(company, $"sha256:{Weights}")).Are);
        await Import(company, Bill);
        Assert.Equal(BytesAre.Entered, (await Find(company, $"sha256:{Weights}")).Are);
    }

    private static async Task Undo(Company company)
    {
        var imports = (IReadOnlyList<ImportRow>)await company.Do("imports.list", new { });
        await company.Do(
            "imports.undo",
            new { entry = imports.First(i => i.UndoneBy is null).Entry, reason = "It was a wrong bill." }
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Another_base_model_under_the_same_version_is_a_contradiction_and_no_second_origin(string database)
    {
        await using var company = await Company.Found(database);
        await Import(company, Bill);
        var model = (await Of(company, "triage-7b")).Row.Ref;
        var swapped = Bill.Replace("\"llama\"", "\"mistral\"", StringComparison.Ordinal)
            .Replace(Base, Sha("mistral")[7..], StringComparison.Ordinal);
        var changes = (await Import(company, swapped)).Changes;
        Assert.Contains(changes, c => c is { What: "other origin", After: "mistral 2" });
        Assert.DoesNotContain((await Trace(company, model)).MadeFrom, m => m.Row.Asset == "mistral");
        Assert.Contains(
            "mistral 2",
            Assert.Single((await Get(company, model)).Otherwise).Told,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain((await Import(company, swapped)).Changes, c => c.What == "other origin");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_push_gives_the_digest_that_a_bill_did_not_know_and_a_bill_never_adds_to_what_was_released(
        string database
    )
    {
        await using var company = await Company.Found(database);
        await Import(company, Bill);
        var guard = await Of(company, "guard");
        await company.Do(
            "versions.create",
            new
            {
                asset = guard.Row.AssetRef,
                name = "1",
                digests = new[] { Sha("guard") },
            }
        );
        Assert.Equal(Sha("guard"), Assert.Single((await Get(company, guard.Row.Ref)).Digests).Value);
        await Release(company, guard.Row.Ref);
        var more = Bill.Replace(
            "\"name\":\"guard\",\"version\":\"1\"",
            $"\"name\":\"guard\",\"version\":\"1\",\"hashes\":[{{\"alg\":\"SHA-256\",\"content\":\"{Sha("guard")[7..]}\"}},{{\"alg\":\"MD5\",\"content\":\"{new string('b', 32)}\"}}]",
            StringComparison.Ordinal
        );
        Assert.Empty((await Import(company, more)).Changes);
        Assert.Single((await Get(company, guard.Row.Ref)).Digests);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Every_bill_of_the_corpus_is_taken_once_and_tells_nothing_new_the_second_time(string database)
    {
        await using var company = await Company.Found(database);
        foreach (
            var file in Corpus
                .Files("cyclonedx", "*.json")
                .Concat(Corpus.Files("spdx3", "*.json"))
                .Where(f =>
                    !f.Contains("/schemas/", StringComparison.Ordinal)
                    && !f.Contains("invalid-", StringComparison.Ordinal)
                    && !f.EndsWith("-input.json", StringComparison.Ordinal)
                )
        )
        {
            var given = new GiveBom
            {
                File = new GivenFile { Name = Path.GetFileName(file), Content = File.ReadAllBytes(file) },
            };
            await company.Run<BomImport, GiveBom, BomResult>(p => p.Import, given);
            Assert.Empty((await company.Run<BomImport, GiveBom, BomResult>(p => p.Import, given)).Changes);
        }
        var data = await Of(company, "Our World in Data CO2 and Greenhouse Gas Emissions dataset");
        Assert.Equal(
            ("2024-04-15", "sha1:32657f0d033fc07a7420be36a6af9083c6a63489", true),
            (data.Row.Name, data.Digests[0].Value, data.IsExact)
        );
    }

    private static GiveBom Given(string content) =>
        new()
        {
            File = new GivenFile { Name = "bom.json", Content = Encoding.UTF8.GetBytes(content) },
        };

    private static Task<BomResult> Import(Company company, string content) =>
        company.Run<BomImport, GiveBom, BomResult>(p => p.Import, Given(content));

    private static async Task<AssetVersionView> Of(Company company, string asset) =>
        await TryOf(company, asset) ?? throw new InvalidOperationException($"No version of {asset}.");

    private static async Task<AssetVersionView?> TryOf(Company company, string asset)
    {
        var all = (Page<VersionRow>)await company.Do("versions.list", new { limit = 200 });
        return all.Items.FirstOrDefault(v => v.Asset == asset) is { } row ? await Get(company, row.Ref) : null;
    }
}
