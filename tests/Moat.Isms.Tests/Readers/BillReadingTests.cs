using System.Text;
using Moat.Isms.Assets.Boms;
using Moat.Isms.Evidence.Reports;
using Moat.Isms.Kernel;
using Moat.Knowledge.Checks;

namespace Moat.Tests;

/// <summary>Bills of materials that say less, or something else, than they seem to.</summary>
public sealed class BillReadingTests
{
    private const string Model =
        """{"type":"machine-learning-model","bom-ref":"m","name":"triage","version":"1","hashes":[{"alg":"SHA-256","content":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}],"licenses":[{"license":{"id":"MIT"}}],"modelCard":{}}""";

    public static TheoryData<string, CheckOutcome> Holes =>
        new()
        {
            { "", CheckOutcome.Unknown },
            { ""","vulnerabilities":[]""", CheckOutcome.Passing },
            { ""","vulnerabilities":[{"id":"CVE-1","ratings":[{"severity":"low"}]}]""", CheckOutcome.Passing },
            { ""","vulnerabilities":[{"id":"CVE-1","ratings":[{"severity":"high"}]}]""", CheckOutcome.Failing },
            { ""","vulnerabilities":[{"id":"CVE-1","ratings":[{"severity":"High"}]}]""", CheckOutcome.Failing },
            { ""","vulnerabilities":[{"id":"CVE-1","ratings":[{"score":9.8}]}]""", CheckOutcome.Failing },
            { ""","vulnerabilities":[{"id":"CVE-1","ratings":[{"score":3.1}]}]""", CheckOutcome.Passing },
            { ""","vulnerabilities":[{"id":"CVE-1","ratings":[{"score":"9.8"}]}]""", CheckOutcome.Unknown },
            { ""","vulnerabilities":[{"id":"CVE-1","ratings":[{"score":-1}]}]""", CheckOutcome.Unknown },
            { ""","vulnerabilities":[{"id":"CVE-1","ratings":[{"severity":["critical"]}]}]""", CheckOutcome.Unknown },
            { ""","vulnerabilities":[{"id":"CVE-1","ratings":"critical"}]""", CheckOutcome.Unknown },
            {
                ""","vulnerabilities":[{"id":"CVE-1","ratings":[{"severity":"low"},"critical"]}]""",
                CheckOutcome.Unknown
            },
            { ""","vulnerabilities":{"id":"CVE-1"}""", CheckOutcome.Unknown },
            { ""","vulnerabilities":["CVE-1"]""", CheckOutcome.Unknown },
            { ""","vulnerabilities":[{"id":"CVE-1","ratings":[{"severity":"unknown"}]}]""", CheckOutcome.Unknown },
            { ""","vulnerabilities":[{"id":"CVE-1"}]""", CheckOutcome.Unknown },
            { ""","vulnerabilities":[{"id":"CVE-1","ratings":[{"severity":"serious"}]}]""", CheckOutcome.Unknown },
            {
                ""","vulnerabilities":[{"id":"CVE-1","ratings":[{"severity":"critical"}],"analysis":{"state":"not_affected"}}]""",
                CheckOutcome.Passing
            },
            {
                ""","vulnerabilities":[{"id":"CVE-1","ratings":[{"severity":"critical"}],"analysis":{"state":"resolved_with_pedigree"}}]""",
                CheckOutcome.Passing
            },
            {
                ""","vulnerabilities":[{"id":"CVE-1","ratings":[{"severity":"critical"}],"analysis":{"state":"wont_fix"}}]""",
                CheckOutcome.Failing
            },
            {
                ""","vulnerabilities":[{"id":"CVE-1","ratings":[{"severity":"critical"}],"analysis":{"state":true}}]""",
                CheckOutcome.Failing
            },
            { ""","vulnerabilities":["CVE-1"]""", CheckOutcome.Unknown },
            { ""","vulnerabilities":{"CVE-1":{}}""", CheckOutcome.Unknown },
            { ""","vulnerabilities":null""", CheckOutcome.Unknown },
        };

    [Theory, MemberData(nameof(Holes))]
    public void Absent_is_not_none_and_what_cannot_be_read_is_not_harmless(
        string vulnerabilities,
        CheckOutcome outcome
    ) => Assert.Equal(outcome, Check("bom-no-severe-holes", Bill(Model, vulnerabilities)));

    [Theory]
    [InlineData("bom-versions-known", """{"type":"library","name":"x","version":7}""", CheckOutcome.Failing)]
    [InlineData("bom-versions-known", """{"type":"library","name":"x","version":"1"}""", CheckOutcome.Passing)]
    [InlineData("bom-versions-known", "7", CheckOutcome.Unknown)]
    [InlineData(
        "bom-hashes-known",
        """{"type":"library","name":"x","version":"1","hashes":[{"alg":"FOO","content":"1"}]}""",
        CheckOutcome.Unknown
    )]
    [InlineData(
        "bom-hashes-known",
        """{"type":"library","name":"x","version":"1","hashes":"none"}""",
        CheckOutcome.Unknown
    )]
    [InlineData(
        "bom-models-have-cards",
        """{"type":"machine-learning-model","name":"x","modelCard":{"bom-ref":7}}""",
        CheckOutcome.Unknown
    )]
    public void A_count_that_depends_on_a_violated_place_is_unknown(
        string check,
        string component,
        CheckOutcome outcome
    ) => Assert.Equal(outcome, Check(check, Bill($"{Model},{component}", "")));

    [Fact]
    public void A_violation_elsewhere_is_told_and_changes_no_count()
    {
        var report = ReportReader.Read(
            Encoding.UTF8.GetBytes(Bill(Model, ""","compositions":[{"aggregate":"perhaps"}],"vulnerabilities":[]"""))
        );
        Assert.Contains(report.Remarks, r => r.Contains("$.compositions[0].aggregate", StringComparison.Ordinal));
        Assert.Contains("1 part of this file is not read: compositions.", report.Remarks);
        Assert.Null(report.Facts[0].Content["unknown"]);
    }

    [Theory]
    [InlineData("""{"type":"data","name":"d","data":[{"type":"dataset"}]}""", "dataset d")]
    [InlineData("""{"type":"data","name":"d"}""", "dataset d")]
    [InlineData("""{"type":"data","name":"d","data":[{"type":"configuration"},{"type":"dataset"}]}""", "dataset d")]
    [InlineData("""{"type":"data","name":"d","data":[{"type":"configuration"}]}""", "")]
    [InlineData("""{"type":"data","name":"d","data":[{"type":"source-code"},{"type":"definition"}]}""", "")]
    public void Source_code_and_configurations_are_no_datasets(string component, string assets) =>
        Assert.Equal(assets, string.Join(", ", Import(Bill(component, "")).Assets.Select(a => $"{a.Kind} {a.Name}")));

    [Theory]
    [InlineData(
        """{"type":"machine-learning-model","name":"m","components":[{"type":"data","name":"d"}]}""",
        "m trained-on d"
    )]
    [InlineData(
        """{"type":"machine-learning-model","name":"m","components":[{"type":"library","name":"l","components":[{"type":"data","name":"d"}]}]}""",
        "m trained-on d"
    )]
    [InlineData(
        """{"type":"machine-learning-model","name":"m","components":[{"type":"machine-learning-model","name":"base"}]}""",
        "m depends-on base"
    )]
    [InlineData("""{"type":"data","name":"all","components":[{"type":"data","name":"part"}]}""", "all depends-on part")]
    public void A_part_within_another_is_related_to_it(string component, string relations) =>
        Assert.Equal(relations, Relations(Import(Bill(component, ""))));

    [Fact]
    public void What_the_subject_of_the_bill_holds_is_read_too() =>
        Assert.Equal(
            "m trained-on d",
            Relations(
                Import(
                    """{"bomFormat":"CycloneDX","specVersion":"1.6","metadata":{"component":{"type":"machine-learning-model","name":"m","components":[{"type":"data","name":"d"}]}}}"""
                )
            )
        );

    [Theory]
    [InlineData("1.1")]
    [InlineData("1.8")]
    [InlineData("2.0")]
    public void A_version_without_a_schema_is_refused_by_both_readers(string version)
    {
        var bill = Bill(Model, "").Replace("\"1.6\"", $"\"{version}\"", StringComparison.Ordinal);
        Assert.Contains(
            "One of: 1.2",
            Assert.Throws<InputInvalid>(() => Import(bill)).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "One of: 1.2",
            Assert.Throws<InputInvalid>(() => ReportReader.Read(Encoding.UTF8.GetBytes(bill))).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_licence_that_is_on_no_list_is_told_and_the_bill_is_taken()
    {
        var bill = Import(
            Bill("""{"type":"library","name":"x","licenses":[{"license":{"id":"Apache 2"}}],"evidence":{}}""", "")
        );
        Assert.Contains(
            bill.Remarks,
            r => r.Contains("$.components[0].licenses[0].license.id", StringComparison.Ordinal)
        );
        Assert.Contains("1 part of this file is not read: components[].evidence.", bill.Remarks);
    }

    [Fact]
    public void What_is_read_of_the_metadata_is_not_named_as_not_read()
    {
        var bill = Import(
            Bill(
                """{"type":"library","name":"x"}""",
                ""","metadata":{"timestamp":"2026-11-24T00:00:00Z","component":{"type":"application","name":"a","copyright":"b"}}"""
            )
        );
        Assert.Contains("2 parts of this file are not read: components[].copyright, metadata.timestamp.", bill.Remarks);
    }

    [Theory]
    [InlineData("\"group\":\"acme\",", 198, "$.components[0].group and name: At most 200 characters; it has 203.")]
    [InlineData("", 5000, "$.components[0].name: At most 200 characters; it has 5,000.")]
    public void A_name_that_is_too_long_is_refused(string group, int length, string says)
    {
        var bill = Bill($$"""{"type":"data",{{group}}"name":"{{new string('n', length)}}"}""", "");
        Assert.Contains(says, Assert.Throws<InputInvalid>(() => Import(bill)).Message, StringComparison.Ordinal);
        var spdx = Spdx($$"""{"type":"ai_AIPackage","spdxId":"urn:m","name":"{{new string('n', length + 3)}}"}""");
        Assert.Contains(
            "$.@graph[0].name: At most 200 characters",
            Assert.Throws<InputInvalid>(() => Import(spdx)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_description_that_is_too_long_is_shortened_and_that_is_said()
    {
        var text = new string('t', 9000);
        foreach (
            var (bill, place) in new[]
            {
                (Bill($$"""{"type":"data","name":"d","description":"{{text}}"}""", ""), "$.components[0]"),
                (
                    Spdx($$"""{"type":"ai_AIPackage","spdxId":"urn:m","name":"m","description":"{{text}}"}"""),
                    "$.@graph[0]"
                ),
            }
        )
            Assert.Contains(
                $"Only the first 4,000 characters are kept of the description of {place} (9,001 characters).",
                Import(bill).Remarks
            );
    }

    [Fact]
    public void A_classification_that_is_not_understood_is_said_and_none_is_made_of_it()
    {
        var bill = Import(
            Bill(
                """{"type":"data","name":"d","data":[{"type":"dataset","classification":"ULTRA"}]},{"type":"data","name":"e","data":[{"type":"dataset","classification":"public"},{"type":"dataset","classification":"secret"}]}""",
                ""
            )
        );
        Assert.Equal([null, 4], bill.Assets.Select(a => a.Confidentiality));
        Assert.Contains(
            bill.Remarks,
            r =>
                r.EndsWith(
                    "nobody classified: 'ULTRA' at $.components[0].data[0].classification.",
                    StringComparison.Ordinal
                )
        );
        var spdx = Import(
            Spdx(
                """{"type":"dataset_DatasetPackage","spdxId":"urn:d","name":"d","dataset_confidentialityLevel":"purple"}"""
            )
        );
        Assert.Null(spdx.Assets.Single().Confidentiality);
        Assert.Contains(
            spdx.Remarks,
            r => r.EndsWith("'purple' at $.@graph[0].dataset_confidentialityLevel.", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_reference_to_what_is_not_in_the_bill_is_said()
    {
        var bill = Import(
            Bill(
                """{"type":"machine-learning-model","bom-ref":"m","name":"m","modelCard":{"modelParameters":{"datasets":[{"ref":"gone"}]}}},{"type":"library","bom-ref":"l","name":"l"}""",
                ""","dependencies":[{"ref":"m","dependsOn":["l","ghost"]},{"ref":"nobody"}]"""
            )
        );
        Assert.Equal(
            "Not in this bill, so nothing is related to it: 'gone' at $.components[0].modelCard.modelParameters.datasets[0].ref, "
                + "'ghost' at $.dependencies[0].dependsOn[1], 'nobody' at $.dependencies[1].ref.",
            bill.Remarks[^1]
        );
        var spdx = Import(
            Spdx(
                """
                {"type":"ai_AIPackage","spdxId":"urn:m","name":"m"},
                {"type":"Relationship","spdxId":"urn:r","relationshipType":"trainedOn","from":"urn:m","to":["urn:ghost","https://spdx.org/rdf/3.0.1/terms/Core/NoneElement"]}
                """
            )
        );
        Assert.Equal(
            "Not in this bill, so nothing is related to it: 'urn:ghost' at $.@graph[1].to[0].",
            spdx.Remarks[^1]
        );
    }

    [Fact]
    public void Two_parts_that_are_one_asset_are_said_or_refused()
    {
        var bill = Import(
            Bill("""{"type":"data","name":"d","version":"1"},{"type":"data","name":"d","version":"2"}""", "")
        );
        Assert.Equal("Version 1.", Assert.Single(bill.Assets).Description);
        Assert.Contains(
            "The same asset as an earlier part of the bill, which counts where they differ: 'd' at $.components[1].",
            bill.Remarks
        );
        var spdx = Spdx(
            """{"type":"ai_AIPackage","spdxId":"urn:m","name":"m"},{"type":"ai_AIPackage","spdxId":"urn:m","name":"n"}"""
        );
        Assert.Contains(
            "$.@graph[1].spdxId: 'urn:m' is used twice.",
            Assert.Throws<InputInvalid>(() => Import(spdx)).Message,
            StringComparison.Ordinal
        );
    }

    private static CheckOutcome Check(string check, string bill) =>
        Knowledge
            .KnowledgeBase.Shipped.CheckById[check]
            .Rule.Evaluate(
                new FactContent(ReportReader.Read(Encoding.UTF8.GetBytes(bill)).Facts[0].Content.ToJsonString())
            )
            .Outcome;

    private static BomDocument Import(string bill) =>
        BomReader.Read(new GivenFile { Name = "bom.json", Content = Encoding.UTF8.GetBytes(bill) });

    private static string Relations(BomDocument bill)
    {
        var name = bill.Assets.ToDictionary(a => a.Key, a => a.Name);
        return string.Join(", ", bill.Relations.Select(r => $"{name[r.From]} {r.Type} {name[r.To]}"));
    }

    private static string Spdx(string elements) =>
        $$"""{"@context":"https://spdx.org/rdf/3.0.1/spdx-context.jsonld","@graph":[{{elements}}]}""";

    private static string Bill(string components, string more) =>
        $$"""{"bomFormat":"CycloneDX","specVersion":"1.6","components":[{{components}}]{{more}}}""";
}
