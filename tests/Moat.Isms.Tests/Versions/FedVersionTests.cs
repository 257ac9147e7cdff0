using System.Text;
using System.Text.Json.Nodes;
using Moat.Isms.Evidence;
using Moat.Isms.Kernel;
using Moat.Isms.Versions;
using static Moat.Tests.VersionCase;

namespace Moat.Tests;

/// <summary>Versions that registries, attestations and pointers tell of.</summary>
public sealed class FedVersionTests
{
    private const string Registered = """
        {"name":"triage","servedVersions":[{"version":"15","runId":"r1","source":"s3://mlflow/r1/model",
         "run":{"status":"FINISHED","commit":"9f86d081","datasets":[{"name":"notes","digest":"062ac4fa"},{"name":"unknown set","digest":"1"}]}}]}
        """;

    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task A_registry_tells_its_versions_once_with_run_source_and_data_and_no_digest(string database)
    {
        await using var company = await Company.Found(database);
        await Asset(company, "notes", "dataset");
        await FactTests.Tell(company, FactTests.Event(company, Registered, type: "mlflow.model", name: "triage"));
        var (version, data) = (await Get(company, "AVER-1"), await Get(company, "AVER-2"));
        Assert.Equal(
            ("15", "triage", "r1", "s3://mlflow/r1/model", "9f86d081", "RES-1"),
            (version.Row.Name, version.Row.Asset, version.Run, version.Location, version.Commit, version.ToldBy)
        );
        Assert.Equal((false, "062ac4fa", "notes"), (version.IsExact, data.Row.Name, data.Row.Asset));
        Assert.Equal("AVER-2", Assert.Single((await Trace(company, "AVER-1")).MadeFrom).Row.Ref);

        await FactTests.Tell(
            company,
            FactTests.Event(
                company,
                Registered.Replace("FINISHED", "KILLED", StringComparison.Ordinal),
                1,
                "triage",
                "mlflow.model"
            )
        );
        Assert.Equal(2, ((Page<VersionRow>)await company.Do("versions.list", new { })).Items.Count);
        Assert.Empty((await Get(company, "AVER-1")).Otherwise);

        await FactTests.Tell(
            company,
            FactTests.Event(
                company,
                Registered
                    .Replace("\"r1\"", "\"r2\"", StringComparison.Ordinal)
                    .Replace("062ac4fa", "11111111", StringComparison.Ordinal),
                2,
                "triage",
                "mlflow.model"
            )
        );
        Assert.Equal(
            ["made by run r2, not r1", "made from AVER-3 notes 11111111"],
            (await Get(company, "AVER-1")).Otherwise.Select(o => o.Told).Order(StringComparer.Ordinal)
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Registered_versions_that_nothing_serves_are_entered_too_and_one_that_is_served_once(
        string database
    )
    {
        await using var company = await Company.Found(database);
        var registered = Registered.Insert(
            Registered.IndexOf("\"servedVersions\"", StringComparison.Ordinal),
            """
            "registeredVersions":[{"version":"16","runId":"r2","source":"s3://mlflow/r2/model"},{"version":"15","runId":"r1","source":null}],
            """
        );
        for (var time = 0; time < 2; time++)
            await FactTests.Tell(
                company,
                FactTests.Event(
                    company,
                    registered.Replace("FINISHED", $"FINISHED {time}", StringComparison.Ordinal),
                    time,
                    "triage",
                    "mlflow.model"
                )
            );
        Assert.Equal(2, ((Page<VersionRow>)await company.Do("versions.list", new { })).Items.Count);
        var (served, other) = (await Get(company, "AVER-1"), await Get(company, "AVER-2"));
        Assert.Equal(("15", "r1", "9f86d081"), (served.Row.Name, served.Run, served.Commit));
        Assert.Equal(("16", "r2", "s3://mlflow/r2/model"), (other.Row.Name, other.Run, other.Location));
        Assert.False(other.IsExact);
        foreach (var version in new[] { served, other })
            Assert.Equal("RES-1", Assert.Single(version.Results).SourceRef);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_attestation_enters_a_version_of_the_asset_it_names_and_tells_more_of_what_is_known(
        string database
    )
    {
        await using var company = await Company.Found(database);
        var (model, set) = (await Asset(company, "triage", "model"), await Asset(company, "notes", "dataset"));
        var notes = await Enter(company, set, "7");
        var taken = await Report(company, Provenance("triage.safetensors", Sha("a"), Sha($"{set} 7")), model, "v3");
        Assert.DoesNotContain(taken.Remarks, r => r.Contains("No version", StringComparison.Ordinal));
        var version = await Get(company, "AVER-2");
        Assert.Equal(
            ("v3", "https://ci.acme.test/runs/7", "8f70009f", taken.Ref),
            (version.Row.Name, version.Run, version.Commit, version.ToldBy)
        );
        Assert.Equal((Sha("a"), "triage.safetensors"), (version.Digests[0].Value, version.Digests[0].File));
        Assert.Equal(notes, Assert.Single((await Trace(company, "AVER-2")).MadeFrom).Row.Ref);

        await Report(company, Provenance("triage.safetensors", Sha("a"), Sha($"{set} 7")), model, "v3");
        Assert.Equal(2, ((Page<VersionRow>)await company.Do("versions.list", new { })).Items.Count);
        await Report(company, Provenance("triage.safetensors", Sha("b"), Sha($"{set} 7")), model, "v3");
        Assert.Equal(Sha("b"), Assert.Single((await Get(company, "AVER-2")).Otherwise).Told);

        var pushed = await Enter(company, model, "v4");
        await Report(company, Provenance("model.safetensors", Sha($"{model} v4"), Sha($"{set} 7")));
        Assert.Equal("https://ci.acme.test/runs/7", (await Get(company, pushed)).Run);
        Assert.Equal(notes, Assert.Single((await Trace(company, pushed)).MadeFrom).Row.Ref);
        var strange = await Report(company, Provenance("model.safetensors", Sha("made up"), Sha("x")));
        Assert.Contains(strange.Remarks, r => r.Contains("shows nothing for any version", StringComparison.Ordinal));
        Assert.Equal(3, ((Page<VersionRow>)await company.Do("versions.list", new { })).Items.Count);
    }

    [Fact]
    public async Task Only_who_may_enter_assets_enters_versions_by_an_attestation_and_only_of_what_has_bytes()
    {
        await using var company = await Company.Found("sqlite");
        var (model, office) = (await Asset(company, "triage", "model"), await Asset(company, "Office", "office"));
        var given = Provenance("a", Sha("a"), Sha("b"));
        var owner = company.Owner with { Role = Role.ControlOwner };
        await Assert.ThrowsAsync<Forbidden>(() => Report(company, given, model, "v1", owner));
        var refused = await Assert.ThrowsAsync<InputInvalid>(() => Report(company, given, office, "v1"));
        Assert.Equal("asset", refused.Errors[0].Field);
        refused = await Assert.ThrowsAsync<InputInvalid>(() =>
            Report(company, "<testsuite name='a' tests='1'><testcase name='b'/></testsuite>", model, "v1")
        );
        Assert.Equal("asset", refused.Errors[0].Field);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Every_attestation_of_the_corpus_enters_its_files_and_a_model_signature_its_list(string database)
    {
        await using var company = await Company.Found(database);
        foreach (var file in Corpus.Files("attestations", "*"))
        {
            var asset = await Asset(company, Path.GetFileName(file), "model");
            await Report(company, await File.ReadAllTextAsync(file), asset, "v1");
            var version = ((Page<VersionRow>)await company.Do("versions.list", new { asset })).Items;
            Assert.True((await Get(company, Assert.Single(version).Ref)).IsExact);
        }
        Assert.Equal(
            BytesAre.Entered,
            (await Find(company, "sha256:32dcb1f8e1ae52d5963e56a6ba06ab58b424c15ed2a6b70d2feca1d089370028")).Are
        );
        var built = (
            await Find(company, "sha256:06ce330900a7d6403bc8d88e5dfad6aeeb8ae40179f66bb89e69c8bf6f6b1a0b")
        ).Versions[0];
        Assert.Equal("8f70009fde0c94ade6ce2a054b94718c819126ec", (await Get(company, built.Ref)).Commit);
    }

    internal static string Provenance(string file, string digest, string material) =>
        Envelope(
            "https://slsa.dev/provenance/v1",
            file,
            digest,
            new JsonObject
            {
                ["buildDefinition"] = new JsonObject
                {
                    ["resolvedDependencies"] = new JsonArray(
                        new JsonObject
                        {
                            ["uri"] = "git+https://git.acme.test/train",
                            ["digest"] = new JsonObject { ["gitCommit"] = "8f70009f" },
                        },
                        new JsonObject
                        {
                            ["uri"] = "s3://data/notes",
                            ["digest"] = new JsonObject { ["sha256"] = material[7..] },
                        }
                    ),
                },
                ["runDetails"] = new JsonObject
                {
                    ["builder"] = new JsonObject { ["id"] = "https://ci.acme.test" },
                    ["metadata"] = new JsonObject { ["invocationId"] = "https://ci.acme.test/runs/7" },
                },
            }
        );

    private static string Envelope(string type, string file, string digest, JsonObject predicate) =>
        new JsonObject
        {
            ["payloadType"] = "application/vnd.in-toto+json",
            ["payload"] = Convert.ToBase64String(
                Encoding.UTF8.GetBytes(
                    new JsonObject
                    {
                        ["_type"] = "https://in-toto.io/Statement/v1",
                        ["subject"] = new JsonArray(
                            new JsonObject
                            {
                                ["name"] = file,
                                ["digest"] = new JsonObject { ["sha256"] = digest[7..] },
                            }
                        ),
                        ["predicateType"] = type,
                        ["predicate"] = predicate,
                    }.ToJsonString()
                )
            ),
            ["signatures"] = new JsonArray(),
        }.ToJsonString();

    internal static async Task<ReportTaken> Report(
        Company company,
        string content,
        string? asset = null,
        string? name = null,
        Caller? by = null
    ) =>
        (ReportTaken)
            await company.Do(
                "evidence.report",
                new
                {
                    file = new { name = "attestation.json", content = Encoding.UTF8.GetBytes(content) },
                    asset,
                    versionName = name,
                },
                by
            );
}
