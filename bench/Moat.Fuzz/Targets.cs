using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Moat.Isms.Assets.Boms;
using Moat.Isms.Controls.Frameworks;
using Moat.Isms.Evidence.Checks;
using Moat.Isms.Evidence.Directories;
using Moat.Isms.Evidence.Reports;
using Moat.Isms.Improvement;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Reading;
using Moat.Isms.Tables;
using Moat.Server.Doors;
using Moat.Server.Doors.Scim;

namespace Moat.Fuzz;

/// <summary>The readers of what comes from outside.</summary>
internal static class Targets
{
    private const string Sarif = """
        {"version":"2.1.0","runs":[{"tool":{"driver":{"name":"t","rules":[{"id":"R","defaultConfiguration":{"level":"error"}}]},"extensions":[{"name":"x","rules":[{"id":"X"}]}]},
         "invocations":[{"executionSuccessful":true,"ruleConfigurationOverrides":[{"descriptor":{"index":0},"configuration":{"level":"note"}}],"toolExecutionNotifications":[{"level":"warning","message":{"text":"n"}}]}],
         "results":[{"ruleId":"R","ruleIndex":0,"message":{"text":"m"},"level":"warning","suppressions":[{"kind":"external","status":"accepted"}]},
          {"rule":{"id":"X","toolComponent":{"index":0}},"message":{"text":"m"},"properties":{"security-severity":"8.1"}}]}]}
        """;

    private const string Bill = """
        {"bomFormat":"CycloneDX","specVersion":"1.6","serialNumber":"urn:uuid:6f0f2f0e-9d0c-4c55-8f6f-2a6a5b1c7d10","version":1,"metadata":{"component":{"type":"application","name":"triage"}},
         "components":[{"bom-ref":"m","type":"machine-learning-model","name":"t","version":"1","modelCard":{"modelParameters":{"datasets":[{"ref":"d"},{"type":"dataset","name":"g"}]}},
          "components":[{"bom-ref":"d","type":"data","name":"notes","data":[{"type":"dataset"}]}]},{"bom-ref":"l","type":"library","name":"torch","licenses":[{"license":{"id":"MIT"}}],"hashes":[{"alg":"MD5","content":"00000000000000000000000000000000"}]}],
         "services":[{"bom-ref":"s","name":"e","provider":{"name":"L"},"endpoints":["https://a.test"]}],"dependencies":[{"ref":"m","dependsOn":["l","s"]}],
         "vulnerabilities":[{"id":"CVE-1","ratings":[{"severity":"low","score":2}],"analysis":{"state":"exploitable"}}]}
        """;

    private const string Spdx = """
        {"@context":"https://spdx.org/rdf/3.0.1/spdx-context.jsonld","@graph":[{"type":"SpdxDocument","spdxId":"d"},{"type":"ai_AIPackage","spdxId":"m","name":"model"},
         {"type":"dataset_DatasetPackage","spdxId":"s","name":"set"},{"type":"Relationship","spdxId":"r","from":"m","relationshipType":"trainedOn","to":["s"]},{"type":"Relationship","spdxId":"q","from":"m","relationshipType":"contains","to":["m"]}]}
        """;

    private const string JUnit = """
        <testsuites name="t"><testsuite name="a" tests="2" failures="1" errors="x" skipped="-1"><properties/><testcase name="one" status="run"/><testcase name="two"><failure message="x">text</failure></testcase>
        <testsuite name="in"><error/><testcase name="three"><skipped/></testcase></testsuite></testsuite></testsuites>
        """;

    private const string Expectations = """
        {"success":false,"statistics":{"evaluated_expectations":2,"unsuccessful_expectations":1,"success_percent":50},"meta":{"expectation_suite_name":"n","active_batch_definition":{"data_asset_name":"d"}},
         "results":[{"success":true,"exception_info":{"m":{"raised_exception":false}},"expectation_config":{"expectation_type":"e","kwargs":{"column":"c"}}},{"success":false,"expectation_config":{"type":"x"}}]}
        """;

    private const string Catalog = """
        {"catalog":{"uuid":"6b2f0b6e-53f4-4a52-8b3e-0e7d8c3b6a12","metadata":{"title":"t","last-modified":"2026-01-01T00:00:00Z","version":"1","oscal-version":"1.1.3"},"params":[{"id":"p","label":"who"}],
         "groups":[{"title":"g","controls":[{"id":"c-1","title":"one","props":[{"name":"label","value":"1"}],"parts":[{"name":"statement","prose":"Do {{ insert: param, p }}.","parts":[{"name":"item","prose":"a"}]},{"name":"guidance","prose":"g"}]}]}]}}
        """;

    private const string Library =
        "urn: urn:x:library:l\nprovider: p\nobjects:\n  framework:\n    urn: urn:x:framework:f\n    name: F\n    requirement_nodes:\n    - {urn: 'urn:x:1', assessable: true, ref_id: '1', name: One, description: Text}\n"
        + "  requirement_mapping_sets:\n  - source_framework_urn: a\n    target_framework_urn: b\n    requirement_mappings:\n    - {source_requirement_urn: 'a:1', target_requirement_urn: 'b:2'}\n";

    private const string Statement = """
        {"_type":"https://in-toto.io/Statement/v1","subject":[{"name":"a","digest":{"sha256":"00"}}],"predicateType":"https://slsa.dev/provenance/v1","predicate":{"runDetails":{"builder":{"id":"b"}}}}
        """;

    private const string Table =
        "Our people;;\nName;E-mail;Active;MFA\nAda;ada@a.test;yes;no\n\"Bo \"\"B\"\"\";bo@a.test;no;\n";
    private const string Users =
        """{"Resources":[{"id":"1","userName":"ada@a.test","active":true,"emails":[{"value":"ada@a.test","primary":true}],"name":{"formatted":"Ada"}}]}""";
    private const string Event =
        """{"specversion":"1.0","id":"1","source":"/ci","type":"t.alert","subject":"s","time":"2026-01-01T00:00:00Z","datacontenttype":"application/json","data":{"severity":"high","labels":{"a":"b"}}}""";
    private const string Alerts =
        """{"version":"4","groupKey":"g","status":"firing","externalURL":"http://a","alerts":[{"status":"firing","labels":{"alertname":"A","severity":"page"},"annotations":{"summary":"s"},"startsAt":"2026-01-01T00:00:00Z","endsAt":"0001-01-01T00:00:00Z","fingerprint":"f"}]}""";
    private const string Patch =
        """{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"add","path":"emails[type eq \"work\"].value","value":"a@a.test"},{"op":"replace","value":{"name.givenName":"A"}},{"op":"remove","path":"members"}]}""";
    private const string Filter =
        "emails[type eq \"work\" and (value co \"a\" or not (value pr))].value ew \".test\" and userName gt \"b\"";
    private const string Check =
        "---\nid: my-check\ntitle: \"T\"\nresource: sarif.scan\nseverity: high\ncontrols: [A.8.28]\nreads: [\"/errors\"]\nschema: '{\"properties\": {\"errors\": {\"maximum\": 0, \"pattern\": \"^a+$\"}}}'\nwhy: \"w\"\n---\nFix it.\n";
    private const string Atlas =
        "id: ATLAS\nversion: 5.6.0\nmatrices:\n- id: m\n  techniques:\n  - id: AML.T0001\n    name: n\n    description: d\n";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Target> All { get; } =
    [
        Of("bill", [Bill, Spdx], b => BomReader.Read(Given(b, "b.json"))),
        Report("sarif", [Sarif], Promise.OfScan),
        Report("junit", [JUnit], Promise.OfTests),
        Report(
            "expectations",
            [
                Expectations,
                $$"""{"run_results":{"a":{{Expectations}},"b":{"validation_result":{{Expectations}} } } }""",
            ],
            null
        ),
        Report("bill-report", [Bill], Promise.OfBill),
        Report(
            "attestation",
            [Attestation(), $"{Attestation()}\n{Attestation()}", $$"""{"dsseEnvelope":{{Attestation()}}}"""],
            null
        ),
        Of("framework", [Catalog, Library], b => FrameworkReader.Read(Given(b, "f.yaml"))),
        Of("atlas", [Atlas], b => AtlasReader.Read(Given(b, "ATLAS.yaml"))),
        Of("check", [Check], b => CheckFile.Read(Given(b, "my-check.md"))),
        Of(
            "table",
            [Table, Table.Replace(';', ','), Table.Replace(';', '\t')],
            b => TableReader.Read(Given(b, "t.csv"))
        ),
        new("workbook", [Workbooks.One()], Guarded(b => TableReader.Read(Given(b, "t.xlsx")))),
        Of("directory", [Users, Table], b => DirectoryReader.Read(Given(b, "d.csv"))),
        Of("json", [Bill, Event], b => GivenJson.Object(b, "body")),
        Of(
            "events",
            [Event, $"[{Event},{Event}]"],
            b => EventDoor.Read(b).Select((e, i) => AlertMessage.OfEvent(e, "s", i)).ToList()
        ),
        Of(
            "alertmanager",
            [Alerts],
            b =>
                AlertmanagerMessage.Read(GivenJson.Object(b, "body")).Select(e => AlertMessage.OfFact(e, null)).ToList()
        ),
        Of("header", ["\"a%20b%C3%A9\"", "plain"], b => HeaderText.Decode("ce-subject", Encoding.UTF8.GetString(b))),
        Of(
            "scim-filter",
            [Filter],
            b => ScimFilter.Read(Encoding.UTF8.GetString(b))(JsonNode.Parse(Users)!["Resources"]![0]!)
        ),
        Of(
            "scim-patch",
            [Patch],
            b => ScimPatch.Apply(JsonNode.Parse(Users)!["Resources"]![0]!.AsObject(), GivenJson.Object(b, "body"))
        ),
        new("schema", [Encoding.UTF8.GetBytes(Bill)], SchemaVerdicts.Compare),
    ];

    private static string Attestation()
    {
        var payload = Convert.ToBase64String(Encoding.UTF8.GetBytes(Statement));
        return $$"""{"payloadType":"application/vnd.in-toto+json","payload":"{{payload}}","signatures":[{"sig":"AA==","keyid":"k"}]}""";
    }

    private static Target Report(string name, string[] seeds, Action<Random>? promises) =>
        new(
            name,
            [.. seeds.Select(Encoding.UTF8.GetBytes)],
            b =>
            {
                try
                {
                    var report = ReportReader.Read(b);
                    return report.Facts.Any(f => f.Content["unknown"] is not null) || report.Remarks.Count > 0
                        ? Outcome.NotUnderstood
                        : Outcome.Read;
                }
                catch (Refusal)
                {
                    return Outcome.Refused;
                }
            },
            promises
        );

    private static Target Of(string name, string[] seeds, Func<byte[], object?> read) =>
        new(name, [.. seeds.Select(Encoding.UTF8.GetBytes)], Guarded(read));

    private static Target Of(string name, string[] seeds, Action<byte[]> read) =>
        Of(
            name,
            seeds,
            b =>
            {
                read(b);
                return null;
            }
        );

    private static Func<byte[], Outcome> Guarded(Func<byte[], object?> read) =>
        bytes =>
        {
            try
            {
                read(bytes);
                return Outcome.Read;
            }
            catch (Exception e) when (e is Refusal or ScimFault or BadHttpRequestException)
            {
                return Outcome.Refused;
            }
        };

    private static GivenFile Given(byte[] content, string name) => new() { Name = name, Content = content };
}
