using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Moat.Isms.Assets;
using Moat.Isms.Assets.Boms;
using Moat.Isms.Evidence.Reports;
using Moat.Isms.Improvement;
using Moat.Isms.Kernel;
using Moat.Isms.Provisioning;
using Moat.Isms.Risks;
using Moat.Isms.Tables;

namespace Moat.Tests;

/// <summary>
/// Files that follow their format in an unusual way, and files that are wrong in one place: nothing is lost, and
/// nothing looks good unread.
/// </summary>
public sealed class OddFilesTests
{
    [Theory]
    [InlineData("pkg:generic/@acme/one", "pkg:generic/@acme/two")]
    [InlineData("pkg:generic/%40acme/one@1", "pkg:generic/%40acme/two@1")]
    [InlineData("?x", "?y")]
    public void Models_whose_addresses_differ_are_two_assets(string one, string two) =>
        Assert.Equal(2, BomReader.Read(Json(Bill(one, two))).Assets.Count);

    [Theory]
    [InlineData("pkg:huggingface/acme/m@1", "pkg:huggingface/acme/m@2?repository_url=https://a@hub.test")]
    [InlineData("pkg:generic/@acme/m@1", "pkg:generic/@acme/m@2#weights")]
    public void Versions_of_a_model_are_one_asset(string one, string two) =>
        Assert.Single(BomReader.Read(Json(Bill(one, two))).Assets);

    [Theory]
    [InlineData("""{"type":"Relationship","spdxId":"r","from":"m","to":[],"relationshipType":"trainedOn"}""", ".to")]
    [InlineData("""{"type":"Relationship","spdxId":"r","from":"m","relationshipType":"trainedOn"}""", ".to")]
    [InlineData("""{"type":"Relationship","spdxId":"r","from":"m","to":["d"]}""", ".relationshipType")]
    public void A_relationship_that_says_half_is_refused_with_its_place(string relationship, string place)
    {
        var file =
            $$"""{"@context":"https://spdx.org/rdf/3.0.1/spdx-context.jsonld","@graph":[{"type":"ai_AIPackage","spdxId":"m","name":"m"},{{relationship}}]}""";
        Assert.Contains(
            place,
            Assert.Throws<InputInvalid>(() => BomReader.Read(Json(file))).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_checkpoint_that_failed_is_no_success_although_each_of_its_validations_is()
    {
        const string suite =
            """{"success":true,"results":[{"success":true,"exception_info":{}}],"statistics":{"evaluated_expectations":1,"unsuccessful_expectations":0,"success_percent":100.0},"meta":{}}""";
        var fact = Fact($$"""{"success":false,"run_results":{"a":{{suite}} } }""");
        Assert.Null(fact["success"]);
        Assert.Contains(
            "the checkpoint says that it failed",
            (string)fact["unknown"]!["success"]!,
            StringComparison.Ordinal
        );
        Assert.True((bool)Fact($$"""{"success":true,"run_results":{"a":{{suite}} } }""")["success"]!);
        Assert.False((bool)Fact(suite.Replace("100.0", "50", StringComparison.Ordinal))["success"]!);
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    public void A_severity_that_is_no_number_rates_nothing(string severity)
    {
        var fact = Fact(
            $$"""
            {"version":"2.1.0","runs":[{"tool":{"driver":{"name":"t"} },"invocations":[{"executionSuccessful":true}],
             "results":[{"level":"none","message":{"text":"x"},"properties":{"security-severity":"{{severity}}"} }]}]}
            """
        );
        Assert.Null(fact["errors"]);
    }

    [Theory]
    [InlineData(
        "objects:\n  frameworks:\n  - {urn: a, name: A, requirement_nodes: [{urn: 'a:1', assessable: true}]}\n  - {urn: b, name: B}\n",
        "2 frameworks"
    )]
    [InlineData(
        "objects:\n  framework: {urn: a, name: A, requirement_nodes: [{urn: 'a:1', assessable: true}]}\n---\nobjects: {}\n",
        "2 documents"
    )]
    [InlineData("objects:\n  framework: {urn: a, name: \u00ff}\n", "not UTF-8")]
    public async Task A_library_that_would_be_taken_in_part_is_refused(string library, string says)
    {
        await using var company = await Company.Found("sqlite");
        var content = says == "not UTF-8" ? Encoding.Latin1.GetBytes(library) : Encoding.UTF8.GetBytes(library);
        var refused = await Assert.ThrowsAsync<InputInvalid>(() =>
            company.Do("frameworks.import", new { file = new { name = "f.yaml", content } })
        );
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Techniques_in_another_encoding_are_refused_and_not_read_with_question_marks()
    {
        var file = new GivenFile
        {
            Name = "ATLAS.yaml",
            Content = Encoding.Latin1.GetBytes(
                "id: ATLAS\nversion: 1\nmatrices:\n- techniques:\n  - {id: AML.T0001, name: Caf\u00e9}\n"
            ),
        };
        Assert.Contains(
            "not UTF-8",
            Assert.Throws<InputInvalid>(() => AtlasReader.Read(file)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_formula_without_a_result_and_a_text_that_is_not_there_are_named()
    {
        await using var company = await Company.Found("sqlite");
        var file = RawWorkbook.Of(w =>
            w.Write(
                "<sheetData><row r=\"1\"><c t=\"inlineStr\"><is><t>Asset</t></is></c><c t=\"inlineStr\"><is><t>Location</t></is></c></row>"
                    + "<row r=\"2\"><c t=\"inlineStr\"><is><t>Weights</t></is></c><c><f>UPPER(A9)</f></c></row>"
                    + "<row r=\"3\"><c t=\"inlineStr\"><is><t>Logs</t></is></c><c t=\"s\"><v>77</v></c></row>"
                    + "<row r=\"4\"><c t=\"inlineStr\"><is><t>Data</t></is></c><c t=\"str\"><f>T(B9)</f><v></v></c></row></sheetData>"
            )
        );
        var preview = await company.Run<AssetTable, GiveTable, TableResult>(
            p => p.Preview,
            new GiveTable { File = file }
        );
        Assert.Equal(3, preview.New);
        Assert.Contains(
            "The file holds a formula and not what it shows, so this cell counts as empty: row 2, column 'Location'.",
            preview.Remarks
        );
        Assert.Contains(
            "#ERROR! is an error of the spreadsheet and no value, so this cell counts as empty: row 3, column 'Location'.",
            preview.Remarks
        );
        Assert.DoesNotContain(preview.Remarks, r => r.Contains("row 4", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Y", true, 0)]
    [InlineData("No", false, 0)]
    [InlineData("", false, 0)]
    [InlineData("perhaps", false, 1)]
    public async Task What_is_neither_yes_nor_no_is_asked_about(string word, bool jewel, int problems)
    {
        await using var company = await Company.Found("sqlite");
        var file = new GivenFile
        {
            Name = "a.csv",
            Content = Encoding.UTF8.GetBytes($"Asset,Type,Crown jewel\nWeights,model,{word}\n"),
        };
        var preview = await company.Run<AssetTable, GiveTable, TableResult>(
            p => p.Preview,
            new GiveTable { File = file }
        );
        Assert.Equal(problems, preview.Problems.Count);
        if (problems > 0)
            return;
        await company.Run<AssetTable, GiveTable, TableResult>(p => p.Import, new GiveTable { File = file });
        Assert.Equal(
            jewel,
            (
                await company.Run<AssetReading, OneRecord, AssetView>(p => p.Get, new OneRecord { Ref = "AST-1" })
            ).CrownJewel
        );
    }

    [Fact]
    public async Task What_a_row_says_and_its_record_does_not_take_is_told()
    {
        await using var company = await Company.Found("sqlite");
        foreach (var email in new[] { "sam@acme.test", "sam.two@acme.test" })
            await company.Do("people.create", new { name = "Sam Same", email });
        var risks = await company.Run<RiskTable, GiveTable, TableResult>(
            p => p.Preview,
            new GiveTable
            {
                File = Table(
                    "Risk,Likelihood,Impact,Controls,Owner\nTheft of weights,3,,Locks,Sam Same\nLoss of logs,,,,sam@acme.test\n"
                ),
            }
        );
        Assert.Equal(
            [
                "Some rows rate only the likelihood or only the impact, or have a nought for one of them; such a half is not entered.",
                "Some rows describe measures and have no whole rating; these measures are not entered, because they treat a rating.",
                "'Sam Same' is the name of several people; those risks have no owner yet. Write the e-mail address instead.",
            ],
            risks.Remarks
        );
        var people = await company.Run<PeopleTable, GiveTable, TableResult>(
            p => p.Preview,
            new GiveTable
            {
                File = Table(
                    "Name,Email,Manager\nBo,bo@acme.test,Cy\nCy,cy@acme.test,Nobody Here\nDi,di@acme.test,sam@acme.test\n"
                ),
            }
        );
        Assert.Equal(
            "'Nobody Here' is nobody in the file or in the register of people; whom they lead is entered without a manager.",
            Assert.Single(people.Remarks)
        );
    }

    [Fact]
    public void Nested_suites_cost_no_more_than_the_same_suites_side_by_side()
    {
        const int suites = 90_000,
            depth = 90;
        string Nested(int deep) =>
            string.Concat(
                Enumerable.Repeat(
                    string.Concat(Enumerable.Repeat("<testsuite name=\"s\" tests=\"1\">", deep))
                        + "<testcase name=\"t\"/>"
                        + string.Concat(Enumerable.Repeat("</testsuite>", deep)),
                    suites / deep
                )
            );
        long Read(int deep)
        {
            var content = Encoding.UTF8.GetBytes($"<testsuites>{Nested(deep)}</testsuites>");
            var since = Stopwatch.StartNew();
            ReportReader.Read(content);
            return since.ElapsedMilliseconds;
        }
        Read(depth);
        var flat = Read(1);
        Assert.True(Read(depth) < (4 * flat) + 2000, $"{flat} ms side by side");
    }

    [Fact]
    public void A_report_may_hold_a_long_output_and_no_endless_tag()
    {
        var output = new string('x', 3 * 1024 * 1024);
        var fact = Fact(
            $"<testsuites><testsuite tests=\"2\"><testcase name=\"a\"><system-out>{output}</system-out></testcase>"
                + $"<testcase name=\"b\"><failure><![CDATA[{output}]]></failure></testcase></testsuite></testsuites>"
        );
        Assert.Equal((2, 1), ((int)fact["tests"]!, (int)fact["failures"]!));
        var refused = Assert.Throws<InputInvalid>(() =>
            Fact($"<testsuites><testsuite name=\"{output}\"/></testsuites>")
        );
        Assert.Contains("larger than 2 MiB", refused.Message, StringComparison.Ordinal);
        // What only stands in a text is no tag, and a sign in a value does not end one.
        Fact(
            $"<testsuites><!-- <a x='{output}' --><testsuite name=\"a > b\"><testcase name=\"a\"/></testsuite></testsuites>"
        );
        Assert.Throws<InputInvalid>(() => Fact($"<testsuites><testsuite name='>{output}'/></testsuites>"));
    }

    private static string Bill(string one, string two) =>
        $$"""
            {"bomFormat":"CycloneDX","specVersion":"1.6","components":[
              {"type":"machine-learning-model","name":"one","purl":"{{one}}"},{"type":"machine-learning-model","name":"two","purl":"{{two}}"}]}
            """;

    private static JsonObject Fact(string report) => ReportReader.Read(Encoding.UTF8.GetBytes(report)).Facts[0].Content;

    private static GivenFile Table(string content) =>
        new() { Name = "t.csv", Content = Encoding.UTF8.GetBytes(content) };

    private static GivenFile Json(string content) =>
        new() { Name = "b.json", Content = Encoding.UTF8.GetBytes(content) };
}
