using System.Text;
using System.Text.Json.Nodes;
using Moat.Isms.Kernel;
using Moat.Isms.Versions;
using static Moat.Tests.VersionCase;

namespace Moat.Tests;

/// <summary>Versions that stores tell of: object versions of S3 and revisions of the Hugging Face Hub.</summary>
public sealed class StoredVersionTests
{
    private const string Id = "3HL4kqtJlcpXroDTDmJ+rmSpXd3dIbrHY";
    private const string Place = "s3://weights/triage/model.bin?versionId=3HL4kqtJlcpXroDTDmJ%2BrmSpXd3dIbrHY";
    private static readonly string Sum = Base64("model");
    private static readonly string Md5 = new('c', 32);

    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory]
    [InlineData(
        """{"VersionId":"V","ETag":"\"MD5\"","ChecksumSHA256":"SUM","ServerSideEncryption":"AES256"}""",
        true,
        true
    )]
    [InlineData("""{"ETag":"\"MD5\"","ChecksumSHA256":"SUM","ServerSideEncryption":"aws:kms"}""", true, false)]
    [InlineData("""{"ETag":"MD5-2","ChecksumSHA256":"SUM","ChecksumType":"FULL_OBJECT"}""", true, false)]
    [InlineData("""{"Checksum":{"ChecksumSHA256":"SUM","ChecksumType":"FULL_OBJECT"},"ObjectSize":5}""", true, false)]
    [InlineData("""{"ETag":"\"MD5\"","ServerSideEncryption":"AES256"}""", false, true)]
    [InlineData("""{"ETag":"MD5","ChecksumSHA256":"SUM-2","ServerSideEncryption":"AES256"}""", false, true)]
    [InlineData("""{"ETag":"MD5-2","ChecksumSHA256":"SUM","ServerSideEncryption":"AES256"}""", false, false)]
    [InlineData("""{"ETag":"MD5","ChecksumSHA256":"SUM","ChecksumType":"COMPOSITE"}""", false, false)]
    [InlineData("""{"Checksum":{"ChecksumSHA256":"SUM"}}""", false, false)]
    [InlineData("""{"ETag":"MD5","ChecksumSHA256":"c2hvcnQ="}""", false, false)]
    [InlineData("""{"ETag":"MD5"}""", false, false)]
    [InlineData("""{"ETag":"MD5","ServerSideEncryption":"AES256","SSECustomerAlgorithm":"AES256"}""", false, false)]
    [InlineData("""{"ETag":"MD5","ServerSideEncryption":"AES256","StorageClass":"EXPRESS_ONEZONE"}""", false, false)]
    public async Task A_tag_or_checksum_is_a_digest_only_where_s3_makes_it_one(string answer, bool sha, bool md5)
    {
        await using var company = await Company.Found("sqlite");
        var set = await Asset(company, "notes", "dataset");
        var content = answer
            .Replace("SUM", Sum, StringComparison.Ordinal)
            .Replace("MD5", Md5, StringComparison.Ordinal);
        if (!sha && !md5)
        {
            var refused = await Assert.ThrowsAsync<InputInvalid>(() => Point(company, set, content));
            Assert.StartsWith(
                "pointers: notes.parquet.json: It names no exact bytes: ",
                $"{refused.Errors[0].Field}: {refused.Errors[0].Message}",
                StringComparison.Ordinal
            );
            return;
        }
        var view = await Get(company, (await Point(company, set, content)).Ref);
        Assert.Equal(
            new[] { md5 ? $"md5:{Md5}" : null, sha ? Sha("model") : null }.OfType<string>(),
            view.Digests.Select(d => d.Value)
        );
        Assert.All(view.Digests, d => Assert.Equal("notes.parquet", d.File));
        Assert.Equal(sha, view.IsExact);
    }

    [Fact]
    public async Task An_answer_of_s3_brings_the_version_of_the_object_to_the_place_that_is_given()
    {
        await using var company = await Company.Found("sqlite");
        var set = await Asset(company, "notes", "dataset");
        var answer = Told(Sum)
            .Replace("\"bucket\":\"weights\",\"key\":\"triage/model.bin\",", "", StringComparison.Ordinal);
        var done = await Point(company, set, answer, "s3://weights/triage/model.bin");
        Assert.Equal("notes.parquet.json: 1 file by SHA-256, 5 bytes.", Assert.Single(done.Read));
        var view = await Get(company, done.Ref);
        Assert.Equal((Place, 5L), (view.Location, view.Bytes));
        Assert.Equal(done.Ref, (await Point(company, set, answer, "s3://weights/triage/model.bin")).Ref);
        var other = Told(Base64("other"));
        Assert.Equal(
            "versions.create.other-bytes",
            (await Assert.ThrowsAsync<RuleBroken>(() => Point(company, set, other))).RuleId
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_lies_where_a_version_is_stored_is_held_against_it_and_its_access_is_bound(string database)
    {
        await using var company = await Company.Found(database);
        var model = await Asset(company, "triage", "model");
        var version = BreakTests.Ref(await Stored(company, model, "v1", "model"));
        await Tell(company, Told(Sum));
        var view = await Get(company, version);
        Assert.Empty(view.Otherwise);
        var access = Assert.Single(view.Results);
        Assert.Equal((VersionResultKind.Access, "RES-1", Place), (access.Kind, access.SourceRef, access.Given));
        Assert.Empty(await Unbound(company));

        await Tell(company, Told(Base64("exchanged")), 1);
        Assert.Equal([Sha("exchanged")], (await Get(company, version)).Otherwise.Select(o => o.Told));
        await BreakTests.Missing(company, "version-told-otherwise", version);
        await Tell(company, Told(Sum), 2);
        Assert.NotNull(Assert.Single((await Get(company, version)).Otherwise).Until);
        Assert.Single((await Get(company, version)).Results);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Access_to_an_object_of_no_known_version_shows_nothing_until_one_is_stored_there(string database)
    {
        await using var company = await Company.Found(database);
        var model = await Asset(company, "triage", "model");
        await Tell(company, Told(Sum));
        Assert.Equal(
            $"No version is stored at {Place}, and no asset lies there.",
            Assert.Single(await Unbound(company)).Says
        );
        var (elsewhere, here) = (
            BreakTests.Ref(
                await Stored(company, model, "v0", "model", Place.Replace("rHY", "xxx", StringComparison.Ordinal))
            ),
            BreakTests.Ref(await Stored(company, model, "v1", "model"))
        );
        Assert.Equal(
            "Who may change it stands in the facts of RES-1",
            Assert.Single((await Get(company, here)).Results).Says
        );
        Assert.Empty((await Get(company, elsewhere)).Results);
        Assert.Empty(await Unbound(company));

        await Tell(company, Told(Sum).Replace(Id, "null", StringComparison.Ordinal), 1);
        await Tell(company, """{"name":"weights"}""", 2, "s3.bucket", "weights");
        Assert.Equal(
            ["bucket weights", "s3://weights/triage/model.bin, without a version"],
            (await Unbound(company)).Select(r => r.Given).Order(StringComparer.Ordinal)
        );
        Assert.Single((await Get(company, here)).Results);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_object_where_an_asset_lies_is_a_version_of_it(string database)
    {
        await using var company = await Company.Found(database);
        foreach (
            var (name, location) in new[]
            {
                ("all", "s3://weights"),
                ("triage", "s3://weights/triage/"),
                ("other", "s3://weights-2"),
            }
        )
            await company.Do(
                "assets.create",
                new
                {
                    name,
                    kind = "model",
                    location,
                }
            );
        await Tell(company, Told(Sum));
        await Tell(company, Told(Sum).Replace("}", ",\"more\":1}", StringComparison.Ordinal), 1);
        var version = Assert.Single(((Page<VersionRow>)await company.Do("versions.list", new { })).Items);
        Assert.Equal(("triage", $"model.bin@{Id}"), (version.Asset, version.Name));
        var view = await Get(company, version.Ref);
        Assert.Equal(
            ((Sha("model"), "model.bin"), Place, "RES-1"),
            ((view.Digests[0].Value, view.Digests[0].File), view.Location, view.ToldBy)
        );
        Assert.Equal(VersionResultKind.Access, Assert.Single(view.Results).Kind);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_revision_of_the_hub_is_a_version_that_is_exact_where_each_file_has_a_sha_256(string database)
    {
        await using var company = await Company.Found(database);
        var (first, second, third) = (new string('1', 40), new string('2', 40), new string('3', 40));
        var large = $$"""{"file":"model.safetensors","sha256":"{{Sha("model")[7..]}}"}""";
        await Hub(first, $"[{large}]", 0);
        await Hub(second, $$"""[{{large}},{"file":"config.json","blob":"{{new string('b', 40)}}"}]""", 1);
        await Hub(third, "null", 2);
        await Hub(first, $"[{large}]", 3);
        var (exact, weak, none) = (
            await Get(company, "AVER-1"),
            await Get(company, "AVER-2"),
            await Get(company, "AVER-3")
        );
        Assert.Equal((first, "acme/triage", true), (exact.Row.Name, exact.Row.Asset, exact.IsExact));
        Assert.Equal((Sha("model"), "model.safetensors"), (exact.Digests[0].Value, exact.Digests[0].File));
        Assert.Equal($"hf://acme/triage@{first}", exact.Location);
        Assert.Equal(["config.json (as Git keeps it)"], weak.Weak);
        Assert.Equal((false, 0), (none.IsExact, none.Digests.Count));
        Assert.Equal(3, ((Page<VersionRow>)await company.Do("versions.list", new { })).Items.Count);

        Task Hub(string revision, string files, int minutes) =>
            Tell(
                company,
                $$"""{"name":"acme/triage","revision":"{{revision}}","revisionFiles":{{files}}}""",
                minutes,
                "huggingface.model",
                "acme/triage"
            );
    }

    private static string Base64(string bytes) => Convert.ToBase64String(Convert.FromHexString(Sha(bytes)[7..]));

    private static string Told(string sum) =>
        new JsonObject
        {
            ["bucket"] = "weights",
            ["key"] = "triage/model.bin",
            ["versionId"] = Id,
            ["contentLength"] = 5,
            ["checksumSha256"] = sum,
            ["checksumType"] = "FULL_OBJECT",
        }.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private static Task Tell(
        Company company,
        string fact,
        int minutes = 0,
        string type = "s3.object",
        string name = "s3://weights/triage/model.bin"
    )
    {
        var told = FactTests.Event(company, fact, minutes, name, type);
        return FactTests.Tell(company, told);
    }

    private static Task<object> Stored(
        Company company,
        string asset,
        string name,
        string bytes,
        string location = Place
    ) =>
        company.Do(
            "versions.create",
            new
            {
                asset,
                name,
                location,
                digests = new[] { Sha(bytes) },
            }
        );

    private static async Task<VersionDone> Point(
        Company company,
        string asset,
        string answer,
        string? location = null
    ) =>
        (VersionDone)
            await company.Do(
                "versions.point",
                new
                {
                    asset,
                    name = "v1",
                    location,
                    pointers = new[] { new { name = "notes.parquet.json", content = Encoding.UTF8.GetBytes(answer) } },
                }
            );

    private static async Task<IReadOnlyList<VersionResultView>> Unbound(Company company) =>
        (IReadOnlyList<VersionResultView>)await company.Do("versions.unbound", new { });
}
