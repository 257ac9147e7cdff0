using System.Text;
using Moat.Isms.Assets.Boms;
using Moat.Isms.Kernel;
using static Moat.Tests.VersionCase;

namespace Moat.Tests;

/// <summary>What an MD5 or SHA-1 shows: nothing alone, for any file of a version.</summary>
public sealed class WeakDigestTests
{
    private static readonly string Md5 = $"md5:{new string('a', 32)}";

    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task A_version_is_exact_only_when_each_of_its_files_has_a_strong_digest(string database)
    {
        await using var company = await Company.Found(database);
        var set = await Asset(company, "notes", "dataset");
        var mixed = await Push(company, set, "v1", $"{Md5}  data.csv", $"{Sha("readme")}  README.md");
        var view = await Get(company, mixed);
        Assert.False(view.IsExact);
        Assert.Equal(["data.csv"], view.Weak);
        var refused = await Assert.ThrowsAsync<RuleBroken>(() => Release(company, mixed));
        Assert.Equal("versions.release.no-digest", refused.RuleId);
        Assert.Contains("data.csv", refused.Message, StringComparison.Ordinal);

        var both = await Push(
            company,
            set,
            "v2",
            $"{Md5}  data.csv",
            $"{Sha("data")}  data.csv",
            $"{Sha("readme")}  README.md"
        );
        Assert.True((await Get(company, both)).IsExact);
        await Release(company, both);
        var unnamed = await Push(company, set, "v3", Md5, $"{Sha("readme")}  README.md");
        Assert.False((await Get(company, unnamed)).IsExact);
    }

    [Fact]
    public async Task A_second_file_under_one_name_or_none_is_not_told_by_the_digest_of_the_first()
    {
        await using var company = await Company.Found("sqlite");
        var set = await Asset(company, "notes", "dataset");
        var two = await Push(company, set, "v1", Md5, $"md5:{new string('b', 32)}", Sha("first"));
        var view = await Get(company, two);
        Assert.Equal((false, "what no file is named for"), (view.IsExact, Assert.Single(view.Weak)));
        var refused = await Assert.ThrowsAsync<RuleBroken>(() => Release(company, two));
        Assert.Equal("versions.release.no-digest", refused.RuleId);
    }

    [Fact]
    public async Task An_origin_is_never_named_by_a_digest_that_can_be_forged()
    {
        await using var company = await Company.Found("sqlite");
        var set = await Asset(company, "notes", "dataset");
        await Push(company, set, "v1", Md5, Sha("a"));
        foreach (var given in new[] { Md5, $"MD5={new string('a', 32)}", $"SHA-1:{new string('a', 40)}" })
        {
            var refused = await Assert.ThrowsAsync<InputInvalid>(() => Enter(company, set, "v2", given));
            Assert.Equal("madeFrom[0]", Assert.Single(refused.Errors).Field);
            Assert.Contains("Give the SHA-256", refused.Message, StringComparison.Ordinal);
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Hashes_of_another_algorithm_only_stand_as_a_doubt_until_they_are_settled(string database)
    {
        await using var company = await Company.Found(database);
        await Import(company, "SHA-256", Sha("weights")[7..]);
        var sha512 = new string('5', 128);
        var taken = await Import(company, "SHA-512", sha512);
        Assert.Equal("cannot be compared", Assert.Single(taken.Changes).What);
        var told = Assert.Single((await Get(company, "AVER-1")).Otherwise);
        Assert.Equal($"cannot be compared: was sha256, now sha512: sha512:{sha512}", told.Told);
        Assert.Equal(("BOM-2", (DateTime?)null), (told.ToldBy, told.Until));
        Assert.Empty((await Import(company, "SHA-512", sha512)).Changes);
        Assert.Single((await Get(company, "AVER-1")).Otherwise);

        await Import(company, "SHA-256", Sha("weights")[7..]);
        Assert.NotNull(Assert.Single((await Get(company, "AVER-1")).Otherwise).Until);
        await Import(company, "SHA-512", sha512);
        await company.Do(
            "versions.settle",
            new { @ref = "AVER-1", reason = "The supplier changed the algorithm; compared with the file." }
        );
        Assert.Empty((await Import(company, "SHA-512", sha512)).Changes);
        Assert.All((await Get(company, "AVER-1")).Otherwise, o => Assert.NotNull(o.Until));
    }

    private static async Task<string> Push(Company company, string asset, string name, params string[] digests) =>
        BreakTests.Ref(
            await company.Do(
                "versions.create",
                new
                {
                    asset,
                    name,
                    digests,
                }
            )
        );

    private static Task<BomResult> Import(Company company, string algorithm, string hash) =>
        company.Run<BomImport, GiveBom, BomResult>(
            p => p.Import,
            new GiveBom
            {
                File = new GivenFile
                {
                    Name = "bom.json",
                    Content = Encoding.UTF8.GetBytes(
                        $$"""
                        {"bomFormat":"CycloneDX","specVersion":"1.6","serialNumber":"urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79",
                         "version":1,"components":[{"bom-ref":"m","type":"machine-learning-model","name":"triage","version":"3",
                           "hashes":[{"alg":"{{algorithm}}","content":"{{hash}}"}]}]}
                        """
                    ),
                },
            }
        );
}
