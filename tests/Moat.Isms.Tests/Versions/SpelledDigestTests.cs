using Moat.Isms.Kernel.Reading;
using Moat.Isms.Versions;
using static Moat.Tests.VersionCase;

namespace Moat.Tests;

/// <summary>A digest is a digest however it is spelled, and one that nobody knows is never a pass.</summary>
public sealed class SpelledDigestTests
{
    private const string Tests = "<testsuite name='evaluation' tests='1'><testcase name='accuracy'/></testsuite>";

    private const string Scan = """
        {"version":"2.1.0","runs":[{"tool":{"driver":{"name":"t"}},"invocations":[{"executionSuccessful":true}],"results":[]}]}
        """;

    private static readonly string Known = Sha("known")[7..];
    private static readonly string MadeUp = Sha("made up")[7..];

    public static TheoryData<string> Spellings =>
        [
            "sha256:HEX",
            "SHA256:HEX",
            "Sha256:HEX",
            "SHA-256:HEX",
            "sha_256:HEX",
            "sha256=HEX",
            "SHA256 = HEX",
            "sha256: HEX",
            "HEX",
            " HEX ",
            "ｓｈａ256：HEX",
            "sha\u200b256:HEX",
            "notes:HEX",
            "notes@SHA-256:HEX",
            "notes/HEX",
        ];

    [Theory, MemberData(nameof(Spellings))]
    public async Task A_made_up_digest_is_unknown_and_a_known_one_is_found_in_every_spelling(string spelling)
    {
        await using var company = await Company.Found("sqlite");
        var notes = await Asset(company, "notes", "dataset");
        await company.Do(
            "versions.create",
            new
            {
                asset = notes,
                name = "7",
                digests = new[] { $"sha256:{Known}" },
            }
        );
        string Spelled(string hex) => spelling.Replace("HEX", hex, StringComparison.Ordinal);
        foreach (var report in new[] { BoundResultTests.Validation("notes"), Tests, Scan })
        foreach (var asModel in new[] { true, false })
        {
            var taken = await BoundResultTests.Report(
                company,
                report,
                asModel ? Spelled(MadeUp) : null,
                asModel ? null : Spelled(MadeUp)
            );
            Assert.Contains(
                taken.Remarks,
                r => r.Contains($"has the digest sha256:{MadeUp}", StringComparison.Ordinal)
            );
        }
        var unbound = (IReadOnlyList<VersionResultView>)await company.Do("versions.unbound", new { });
        Assert.Equal(6, unbound.Count);
        Assert.All(unbound, r => Assert.Null(r.Passed));
        Assert.Empty((await Get(company, "AVER-1")).Results);

        await BoundResultTests.Report(company, BoundResultTests.Validation("notes"), dataset: Spelled(Known));
        Assert.True(Assert.Single((await Get(company, "AVER-1")).Results).Passed);
    }

    [Theory]
    [InlineData("sha999:HEX")]
    [InlineData("sha256:HEXff")]
    [InlineData("sha256:HEXzz")]
    [InlineData("HEXz")]
    [InlineData("0xHEX")]
    [InlineData("sha256:c0ffee")]
    [InlineData("SHA256:")]
    [InlineData("sha-256=zz")]
    [InlineData("crc32:c0ffee00")]
    [InlineData("md5:c0ffee00c0ffee00c0ffee00c0ffee00")]
    [InlineData("c0ffee00c0ffee00c0ffee00c0ffee00")]
    [InlineData("sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")]
    [InlineData("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")]
    [InlineData("sha256:HEX sha256:c0ffee")]
    [InlineData("AVER - 99")]
    [InlineData("AVER-99999999999")]
    [InlineData("AST-1")]
    public async Task What_only_looks_exact_passes_for_nobody(string given)
    {
        await using var company = await Company.Found("sqlite");
        var notes = await Asset(company, "notes", "dataset");
        await company.Do(
            "versions.create",
            new
            {
                asset = notes,
                name = "7",
                digests = new[] { $"sha256:{Known}" },
            }
        );
        given = given.Replace("HEX", Known, StringComparison.Ordinal);
        var taken = await BoundResultTests.Report(company, BoundResultTests.Validation("notes"), dataset: given);
        Assert.NotEmpty(taken.Remarks);
        var unbound = (IReadOnlyList<VersionResultView>)await company.Do("versions.unbound", new { });
        Assert.Null(Assert.Single(unbound).Passed);
        Assert.Empty((await Get(company, "AVER-1")).Results);
    }

    [Theory]
    [InlineData("SHA256:HEX")]
    [InlineData("SHA-256:HEX  model.safetensors")]
    [InlineData("sha256=HEX")]
    [InlineData("HEX  model.safetensors")]
    public async Task A_digest_that_is_pushed_looked_for_or_named_as_origin_is_read_the_same_way(string spelling)
    {
        await using var company = await Company.Found("sqlite");
        var model = await Asset(company, "triage", "model");
        var given = spelling.Replace("HEX", Known, StringComparison.Ordinal);
        await company.Do(
            "versions.create",
            new
            {
                asset = model,
                name = "v1",
                digests = new[] { given },
            }
        );
        Assert.Equal($"sha256:{Known}", (await Get(company, "AVER-1")).Digests[0].Value);
        Assert.Equal(BytesAre.Entered, (await Find(company, given)).Are);
        var tuned = await Enter(company, model, "v2", given);
        Assert.Equal("AVER-1", Assert.Single((await Trace(company, tuned)).MadeFrom).Row.Ref);
    }

    [Fact]
    public async Task A_commit_that_looks_like_a_digest_still_names_the_version_that_is_called_so()
    {
        await using var company = await Company.Found("sqlite");
        var model = await Asset(company, "triage", "model");
        var commit = new string('c', 40);
        var version = await Enter(company, model, commit);
        await BoundResultTests.Report(company, Tests, modelVersion: $"triage/{commit}");
        Assert.True(Assert.Single((await Get(company, version)).Results).Passed);
    }

    [Fact]
    public async Task A_made_up_dataset_beside_a_known_model_is_said_and_shows_nothing()
    {
        await using var company = await Company.Found("sqlite");
        var model = await Asset(company, "triage", "model");
        var version = await Enter(company, model, "v1");
        var taken = await BoundResultTests.Report(company, Tests, version, $"SHA256:{MadeUp}");
        Assert.Contains($"It shows nothing for the dataset: No version has the digest sha256:{MadeUp}.", taken.Remarks);
        Assert.True(Assert.Single((await Get(company, version)).Results).Passed);
        var unbound = (IReadOnlyList<VersionResultView>)await company.Do("versions.unbound", new { });
        Assert.Null(Assert.Single(unbound).Passed);
    }

    [Fact]
    public void A_name_is_no_digest()
    {
        foreach (var name in new[] { "triage/15", "notes@7", "llama:7b", "nightly", "triage/2026-11-24", "mistral=8" })
            Assert.Null(SpelledDigest.In(name));
    }
}
