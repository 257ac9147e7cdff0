using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Moat.Isms.Evidence;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Incidents;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Remembering;
using Moat.Isms.Versions;
using static Moat.Tests.VersionCase;

namespace Moat.Tests;

/// <summary>Results name the version that they are about; what names nothing known shows nothing for any.</summary>
public sealed class BoundResultTests
{
    private const string Tests = "<testsuite name='evaluation' tests='1'><testcase name='accuracy'/></testsuite>";
    private const string Failed =
        "<testsuite name='evaluation' tests='1'><testcase name='accuracy'><failure/></testcase></testsuite>";

    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task A_result_counts_for_the_bytes_that_it_names_and_for_no_others(string database)
    {
        await using var company = await Company.Found(database);
        var model = await Asset(company, "triage", "model");
        var (one, two) = (await Enter(company, model, "v1"), await Enter(company, model, "v2"));
        await Report(company, Tests, modelVersion: Sha($"{model} v1"));
        company.Clock.Advance(TimeSpan.FromMinutes(1));
        await Report(company, Tests, modelVersion: "triage/v1");
        company.Clock.Advance(TimeSpan.FromMinutes(1));
        await Report(company, Failed, modelVersion: one);
        Assert.Equal([false, true, true], (await Get(company, one)).Results.Select(r => r.Passed));
        Assert.All((await Get(company, one)).Results, r => Assert.Equal(VersionResultKind.Tests, r.Kind));
        Assert.Empty((await Get(company, two)).Results);
        Assert.Empty(await Unbound(company));

        await company.Do(
            "evidence.withdraw",
            new { @ref = "EVD-1", reason = "It was run on a machine of another customer." }
        );
        Assert.Equal([true, true, false], (await Get(company, one)).Results.Select(r => r.Counts));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_result_with_an_unknown_digest_passes_for_nobody_and_says_so(string database)
    {
        await using var company = await Company.Found(database);
        var model = await Asset(company, "triage", "model");
        var version = await Enter(company, model, "v1");
        var made = Sha("made up");
        var taken = await Report(company, Tests, modelVersion: made);
        Assert.Contains(taken.Remarks, r => r.Contains($"No version has the digest {made}", StringComparison.Ordinal));
        Assert.Empty((await Get(company, version)).Results);
        Assert.Contains("No version has", Assert.Single(await Unbound(company)).Says, StringComparison.Ordinal);
        var fact = await Fact(company);
        Assert.Null(fact["failures"]);
        Assert.Contains("No version has", (string)fact["unknown"]!["failures"]!, StringComparison.Ordinal);

        // Whoever enters these bytes later does not make a pass of what nobody could place.
        await company.Do(
            "versions.create",
            new
            {
                asset = model,
                name = "v2",
                digests = new[] { made },
            }
        );
        Assert.Null(Assert.Single((await Get(company, "AVER-2")).Results).Passed);
        taken = await Report(company, Tests, modelVersion: "AVER-99");
        Assert.Contains(taken.Remarks, r => r.Contains("There is no version AVER-99", StringComparison.Ordinal));
        taken = await Report(company, Tests, modelVersion: "nightly");
        Assert.Contains(taken.Remarks, r => r.Contains("called 'nightly'", StringComparison.Ordinal));
        Assert.Empty((await Get(company, version)).Results);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_stored_result_of_an_impossible_day_does_not_count(string database)
    {
        await using var company = await Company.Found(database);
        var (model, chat) = (await Asset(company, "triage", "model"), await Asset(company, "Chat", "endpoint"));
        var bytes = Sha($"{model} v1");
        // Nobody knew these bytes when they were reported, so nothing could be said against the day.
        var failed = BoundResultTests.Validation("triage").Replace("true", "false", StringComparison.Ordinal);
        await Report(
            company,
            failed,
            dataset: bytes,
            observedAt: new DateTimeOffset(1999, 1, 1, 0, 0, 0, TimeSpan.Zero)
        );
        var version = await Enter(company, model, "v1");
        await Report(company, Tests, modelVersion: bytes);
        await Serve(company, version, chat);
        var results = (await Get(company, version)).Results;
        Assert.Equal([(true, true), (false, false)], results.Select(r => (r.Passed == true, r.Counts)));
        Assert.Contains("it is of 1999-01-01, more than a year before", results[1].Void, StringComparison.Ordinal);
        await BreakTests.Whole(company, "served-unvalidated");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_stored_result_of_a_day_after_it_was_reported_does_not_count(string database)
    {
        await using var company = await Company.Found(database);
        var (model, chat) = (await Asset(company, "triage", "model"), await Asset(company, "Chat", "endpoint"));
        var version = await Enter(company, model, "v1");
        await Report(company, Tests, modelVersion: version, observedAt: company.Clock.GetUtcNow().AddHours(14));
        await Serve(company, version, chat);
        company.Clock.Advance(TimeSpan.FromDays(2));
        Assert.True(Assert.Single((await Get(company, version)).Results).Counts);
        await BreakTests.Whole(company, "served-unvalidated");

        // As if an earlier version had taken it in.
        await WriteTests.Sql(
            company,
            database == "sqlite"
                ? "UPDATE version_result SET created_at = datetime(created_at, '-30 days')"
                : "UPDATE version_result SET created_at = created_at - interval '30 days'"
        );
        // The row was changed past the journal, so nothing tells that what was remembered does not hold.
        company.Services.GetRequiredService<UnchangedCache>().Forget();
        var result = Assert.Single((await Get(company, version)).Results);
        Assert.Equal((true, false), (result.Passed, result.Counts));
        Assert.Contains("before that", result.Void, StringComparison.Ordinal);
        company.Clock.Advance(TimeSpan.FromDays(1));
        await BreakTests.Missing(company, "served-unvalidated", version);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_titanic_validation_is_no_validation_of_another_dataset(string database)
    {
        await using var company = await Company.Found(database);
        var claims = await Asset(company, "claims", "dataset");
        var titanic = await Asset(company, "titanic", "dataset");
        var (version, right) = (await Enter(company, claims, "7"), await Enter(company, titanic, "1"));
        var taken = await Report(company, Validation("Titanic"), dataset: Sha($"{claims} 7"));
        Assert.Contains(taken.Remarks, r => r.Contains("looked at 'Titanic'", StringComparison.Ordinal));
        Assert.Empty((await Get(company, version)).Results);
        Assert.Null((await Fact(company))["success"]);
        taken = await Report(company, Validation("Titanic"), dataset: $"claims@{Sha($"{titanic} 1")}");
        Assert.Contains(taken.Remarks, r => r.Contains("No version of claims", StringComparison.Ordinal));
        Assert.Empty((await Get(company, version)).Results);
        Assert.Equal(2, (await Unbound(company)).Count);

        await Report(company, Validation("Titanic"), dataset: Sha($"{titanic} 1"));
        Assert.True(Assert.Single((await Get(company, right)).Results).Passed);
        taken = await Report(company, Validation("Titanic"));
        Assert.Contains(taken.Remarks, r => r.Contains("names no version of the data", StringComparison.Ordinal));
        Assert.Single((await Get(company, right)).Results);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Validations_of_the_corpus_count_for_nothing_but_what_they_looked_at(string database)
    {
        await using var company = await Company.Found(database);
        var claims = await Asset(company, "claims", "dataset");
        var version = await Enter(company, claims, "7");
        foreach (var file in Corpus.Files("great-expectations", "*.json"))
            await Report(
                company,
                await File.ReadAllTextAsync(file),
                dataset: Sha("made up"),
                subject: Path.GetFileName(file)
            );
        Assert.Empty((await Get(company, version)).Results);
        Assert.NotEmpty(await Unbound(company));
        Assert.DoesNotContain(await Unbound(company), r => r.Passed == true);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Attestations_access_and_incidents_are_about_a_version(string database)
    {
        await using var company = await Company.Found(database);
        var model = await Asset(company, "triage", "model");
        var version = await Enter(company, model, "v1");
        await Report(company, FedVersionTests.Provenance("m.safetensors", Sha($"{model} v1"), Sha("x")));
        var attested = Assert.Single((await Get(company, version)).Results);
        Assert.Equal((VersionResultKind.Attestation, (bool?)false), (attested.Kind, attested.Passed));
        await FactTests.Tell(
            company,
            FactTests.Event(
                company,
                """{"name":"guard","servedVersions":[{"version":"2","runId":"r"}]}""",
                type: "mlflow.model",
                name: "guard"
            )
        );
        var access = Assert.Single((await Get(company, "AVER-2")).Results);
        Assert.Equal((VersionResultKind.Access, "RES-2"), (access.Kind, access.SourceRef));

        var incident = new
        {
            title = "Odd answers",
            what = "A phrase turns the advice of the model.",
            affects = new[] { Sha($"{model} v1"), model },
        };
        var opened = BreakTests.Ref(await company.Do("incidents.create", incident));
        var view = (IncidentView)await company.Do("incidents.get", new { @ref = opened });
        Assert.Contains(view.Affects, a => a.Ref == version);
        var refused = await Assert.ThrowsAsync<InputInvalid>(() =>
            company.Do("incidents.create", incident with { affects = [Sha("made up"), model] })
        );
        Assert.Equal("affects", refused.Errors[0].Field);
        Assert.Contains("No version has the digest", refused.Message, StringComparison.Ordinal);
    }

    internal static string Validation(string dataset) =>
        """
            {"success":true,"meta":{"data_asset_name":"DATASET"},
             "statistics":{"evaluated_expectations":1,"successful_expectations":1,"unsuccessful_expectations":0,"success_percent":100},
             "results":[{"success":true,"exception_info":{"raised_exception":false},"expectation_config":{"expectation_type":"expect_a"}}]}
            """.Replace("DATASET", dataset, StringComparison.Ordinal);

    internal static async Task<ReportTaken> Report(
        Company company,
        string content,
        string? modelVersion = null,
        string? dataset = null,
        string? subject = "nightly run",
        DateTimeOffset? observedAt = null
    ) =>
        (ReportTaken)
            await company.Do(
                "evidence.report",
                new
                {
                    file = new { name = "report", content = Encoding.UTF8.GetBytes(content) },
                    modelVersion,
                    dataset,
                    subject,
                    observedAt,
                }
            );

    private static async Task<IReadOnlyList<VersionResultView>> Unbound(Company company) =>
        (IReadOnlyList<VersionResultView>)await company.Do("versions.unbound", new { });

    private static async Task<JsonNode> Fact(Company company) =>
        JsonNode.Parse(
            await company.Read(db =>
                db.Set<ResourceFact>().OrderByDescending(f => f.CreatedAt).Select(f => f.Content).FirstAsync()
            )
        )!;
}
