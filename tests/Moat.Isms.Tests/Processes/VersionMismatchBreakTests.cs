using static Moat.Tests.BreakTests;

namespace Moat.Tests;

/// <summary>Breaks about versions that do not fit together; each falls away when it is repaired.</summary>
public sealed class VersionMismatchBreakTests
{
    private const string Passed = "<testsuite name='evaluation' tests='1'><testcase name='a'/></testsuite>";
    private const string Failed =
        "<testsuite name='evaluation' tests='1'><testcase name='a'><failure/></testcase></testsuite>";

    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task What_is_served_passed_a_validation_that_names_its_bytes(string database)
    {
        await using var company = await Company.Found(database);
        var model = await VersionCase.Asset(company, "Weights", "model");
        var chat = await VersionCase.Asset(company, "Chat", "endpoint");
        var version = await VersionCase.Enter(company, model, "v1");
        await Whole(company, "served-unvalidated");
        await VersionCase.Serve(company, version, chat);
        await Missing(company, "served-unvalidated", version);
        await BoundResultTests.Report(company, Passed, modelVersion: VersionCase.Sha("made up"));
        await Missing(company, "served-unvalidated", version);
        await BoundResultTests.Report(company, Passed, modelVersion: VersionCase.Sha($"{model} v1"));
        await Whole(company, "served-unvalidated");
        company.Clock.Advance(TimeSpan.FromMinutes(1));
        await BoundResultTests.Report(company, Failed, modelVersion: version);
        await Missing(company, "served-unvalidated", version);
        company.Clock.Advance(TimeSpan.FromMinutes(1));
        await BoundResultTests.Report(company, Passed, modelVersion: version);
        await Whole(company, "served-unvalidated");
        foreach (var evidence in new[] { "EVD-2", "EVD-4" })
            await company.Do(
                "evidence.withdraw",
                new { @ref = evidence, reason = "The set for the evaluation leaked into training." }
            );
        await Missing(company, "served-unvalidated", version);
        await company.Do("versions.stop-serving", new { @ref = version, endpoint = chat });
        await Whole(company, "served-unvalidated");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_test_of_one_file_is_no_test_of_a_model_of_several(string database)
    {
        await using var company = await Company.Found(database);
        var model = await VersionCase.Asset(company, "Weights", "model");
        var chat = await VersionCase.Asset(company, "Chat", "endpoint");
        var version = await WithdrawnBytesTests.Files(company, model, "v1", [], "weights  w.bin", "licence  LICENSE");
        await WithdrawnBytesTests.Files(company, model, "v2", [], "others", "licence");
        await VersionCase.Serve(company, version, chat);
        await BoundResultTests.Report(company, Passed, modelVersion: VersionCase.Sha("licence"));
        await Missing(company, "served-unvalidated", version);
        Assert.Equal(
            "names LICENSE only, which is 1 of 2 files",
            Assert.Single((await VersionCase.Get(company, version)).Results).Covers
        );
        await BoundResultTests.Report(company, Passed, modelVersion: VersionCase.Sha("weights"));
        await Whole(company, "served-unvalidated");
        company.Clock.Advance(TimeSpan.FromMinutes(1));
        await BoundResultTests.Report(company, Failed, modelVersion: version);
        company.Clock.Advance(TimeSpan.FromMinutes(1));
        await BoundResultTests.Report(company, Passed, modelVersion: VersionCase.Sha("licence"));
        await Missing(company, "served-unvalidated", version);
        company.Clock.Advance(TimeSpan.FromMinutes(1));
        await BoundResultTests.Report(company, Passed, modelVersion: version);
        await Whole(company, "served-unvalidated");
        Assert.Null((await VersionCase.Get(company, version)).Results[0].Covers);

        var half = Ref(
            await company.Do(
                "versions.create",
                new
                {
                    asset = model,
                    name = "v3",
                    digests = new[] { $"{VersionCase.Sha("half")}  a", $"md5:{new string('a', 32)}  b" },
                }
            )
        );
        await VersionCase.Serve(company, half, chat);
        await BoundResultTests.Report(company, Passed, modelVersion: VersionCase.Sha("half"));
        await Missing(company, "served-unvalidated", half);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_validation_from_before_there_were_the_bytes_validates_nothing(string database)
    {
        await using var company = await Company.Found(database);
        var model = await VersionCase.Asset(company, "Weights", "model");
        var chat = await VersionCase.Asset(company, "Chat", "endpoint");
        var version = await VersionCase.Enter(company, model, "v1");
        var entered = company.Clock.GetUtcNow();
        var digest = VersionCase.Sha($"{model} v1");
        await VersionCase.Serve(company, version, chat);
        foreach (
            var (names, at) in new[]
            {
                (version, entered.AddDays(-1)),
                ("Weights/v1", entered.AddYears(-27)),
                (digest, entered.AddDays(-367)),
            }
        )
        {
            var taken = await BoundResultTests.Report(company, Passed, modelVersion: names, observedAt: at);
            Assert.Contains(taken.Remarks, r => r.Contains($"it is of {at:yyyy-MM-dd}", StringComparison.Ordinal));
            await Missing(company, "served-unvalidated", version);
        }
        Assert.Empty((await VersionCase.Get(company, version)).Results);
        await BoundResultTests.Report(company, Passed, modelVersion: digest, observedAt: entered.AddDays(-9));
        await Whole(company, "served-unvalidated");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_is_released_was_not_made_from_what_is_withdrawn(string database)
    {
        await using var company = await Company.Found(database);
        var data = await VersionCase.Asset(company, "Logs", "dataset");
        var model = await VersionCase.Asset(company, "Weights", "model");
        var logs = await VersionCase.Enter(company, data, "1");
        var version = await VersionCase.Enter(company, model, "v1", logs);
        await VersionCase.Release(company, version);
        await Whole(company, "released-from-withdrawn");
        await VersionCase.Withdraw(company, logs);
        await Missing(company, "released-from-withdrawn", version);
        await company.Do(
            "versions.reinstate",
            new { @ref = logs, reason = "The phrase is a quote; nobody planted it." }
        );
        await Whole(company, "released-from-withdrawn");
        await VersionCase.Withdraw(company, logs);
        await VersionCase.Withdraw(company, version);
        await Whole(company, "released-from-withdrawn");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Another_base_model_is_a_break_until_a_person_released_or_withdrew_it(string database)
    {
        await using var company = await Company.Found(database);
        var (llama, mistral) = (
            await VersionCase.Asset(company, "llama", "model"),
            await VersionCase.Asset(company, "mistral", "model")
        );
        var model = await VersionCase.Asset(company, "Weights", "model");
        var (first, second, other) = (
            await VersionCase.Enter(company, llama, "2"),
            await VersionCase.Enter(company, llama, "3"),
            await VersionCase.Enter(company, mistral, "1")
        );
        var sound = await VersionCase.Enter(company, model, "v1", first);
        await VersionCase.Release(company, sound);
        await VersionCase.Enter(company, model, "v2", second);
        await Whole(company, "base-model-exchanged");
        var exchanged = await VersionCase.Enter(company, model, "v3", other);
        await Missing(company, "base-model-exchanged", exchanged);
        await VersionCase.Withdraw(company, exchanged);
        await Whole(company, "base-model-exchanged");
        var meant = await VersionCase.Enter(company, model, "v4", other);
        await Missing(company, "base-model-exchanged", meant);
        await VersionCase.Release(company, meant);
        await Whole(company, "base-model-exchanged");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Other_bytes_under_a_known_version_are_a_break_until_they_are_settled(string database)
    {
        await using var company = await Company.Found(database);
        var model = await VersionCase.Asset(company, "triage", "model");
        var version = await VersionCase.Enter(company, model, "v1");
        await Whole(company, "version-told-otherwise");
        async Task Attest(string bytes) =>
            await company.Do(
                "evidence.report",
                new
                {
                    file = new
                    {
                        name = "a.json",
                        content = System.Text.Encoding.UTF8.GetBytes(
                            FedVersionTests.Provenance("m", VersionCase.Sha(bytes), VersionCase.Sha("x"))
                        ),
                    },
                    asset = model,
                    versionName = "v1",
                }
            );
        await Attest("other");
        await Missing(company, "version-told-otherwise", version);
        await Attest($"{model} v1");
        await Whole(company, "version-told-otherwise");
        await Attest("other");
        await Missing(company, "version-told-otherwise", version);
        await company.Do("versions.settle", new { @ref = version, reason = "The mirror packs the same files anew." });
        await Whole(company, "version-told-otherwise");
    }
}
