using System.Text;
using Moat.Isms.Kernel;
using Moat.Isms.Versions;
using static Moat.Tests.VersionCase;

namespace Moat.Tests;

/// <summary>Versions that pointers of DVC and Git LFS tell of, and what is no such pointer.</summary>
public sealed class PointerTests
{
    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task A_pointer_enters_a_version_and_one_of_dvc_shows_no_bytes_until_the_files_are_pushed(
        string database
    )
    {
        await using var company = await Company.Found(database);
        var set = await Asset(company, "notes", "dataset");
        var lfs = $"version https://git-lfs.github.com/spec/v1\noid {Sha("notes")}\nsize 5000000000\n";
        var large = await Get(company, await Point(company, set, "lfs", ("notes.parquet", lfs)));
        Assert.Equal((Sha("notes"), 5_000_000_000L, true), (large.Digests[0].Value, large.Bytes, large.IsExact));

        var dvc = $"""
            outs:
            - md5: {new string('c', 32)}
              size: 12
              hash: md5
              path: notes.csv
              cloud:
                store:
                  etag: abc
                  version_id: 3HL4kqtJlcpXroDTDmJ+rmSpXd3dIbrHY
            """;
        var reference = await Point(company, set, "dvc", ("notes.csv.dvc", dvc));
        Assert.Equal(reference, await Point(company, set, "dvc", ("notes.csv.dvc", dvc)));
        var weak = await Get(company, reference);
        Assert.Equal(($"md5:{new string('c', 32)}", false, 12L), (weak.Digests[0].Value, weak.IsExact, weak.Bytes));
        Assert.Equal("store: notes.csv?versionId=3HL4kqtJlcpXroDTDmJ+rmSpXd3dIbrHY", weak.Location);
        Assert.Equal(
            "versions.release.no-digest",
            (await Assert.ThrowsAsync<RuleBroken>(() => Release(company, reference))).RuleId
        );
        await company.Do(
            "versions.create",
            new
            {
                asset = set,
                name = "dvc",
                digests = new[] { $"{Sha("bytes")}  notes.csv", $"md5:{new string('c', 32)}" },
            }
        );
        Assert.Equal(reference, await Point(company, set, "dvc", ("notes.csv.dvc", dvc)));
        await Release(company, reference);
        Assert.Equal(
            "versions.create.other-bytes",
            (
                await Assert.ThrowsAsync<RuleBroken>(() =>
                    Point(
                        company,
                        set,
                        "dvc",
                        (
                            "notes.csv.dvc",
                            dvc.Replace(new string('c', 32), new string('d', 32), StringComparison.Ordinal)
                        )
                    )
                )
            ).RuleId
        );
    }

    [Theory]
    [InlineData("", "neither a pointer")]
    [InlineData("hello", "neither a pointer")]
    [InlineData("outs: [", "no pointer of DVC")]
    [InlineData("outs: []", "outs: It is no list that names a file")]
    [InlineData("outs: x", "outs: It is no list that names a file")]
    [InlineData("outs:\n- x", "outs[0]: It is no entry")]
    [InlineData("outs:\n- md5: nothing\n  path: a", "outs[0].md5: An MD5 has 32 characters")]
    [InlineData("outs:\n- path: a", "outs[0].md5: It has no MD5")]
    [InlineData("outs:\n- md5: MD5\n  path: a\n- path: b", "outs[1].md5: It has no MD5")]
    [InlineData("outs:\n- md5: MD5\n  path: a\n- md5: MD5", "outs[1].path: It does not say")]
    [InlineData("outs:\n- md5: MD5\n  path: a\n- md5: MD5\n  path: a", "outs[1].path: 'a' stands here a second")]
    [InlineData("outs:\n- md5: [MD5]\n  path: a", "outs[0].md5: It is no single value")]
    [InlineData("outs:\n- md5: MD5\n  path: a\n  size: -1", "outs[0].size: A size is a whole number")]
    [InlineData("outs:\n- md5: MD5\n  path: a\n  hash: etag", "outs[0].hash: 'etag' is not read")]
    [InlineData("outs:\n- path: d\n  files: []", "outs[0].files: It is no list")]
    [InlineData("outs:\n- path: d\n  files:\n  - relpath: a\n    md5: zz", "outs[0].files[0].md5: An MD5 has")]
    [InlineData(
        "version https://git-lfs.github.com/spec/v1\noid OID\nsize 1\nsize 2",
        "line 4: size stands here a second"
    )]
    [InlineData(
        "version https://git-lfs.github.com/spec/v1\noid OID\noid OID\nsize 1",
        "line 3: oid stands here a second"
    )]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid OID\nsize 99999999999999999999", "line 3: A size is")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid OID\nsize 1000000000000001", "line 3: A size is")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid OID\nsize -1", "line 3: A size is")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid md5:MD5\nsize 1", "line 2: An oid is")]
    [InlineData("version https://git-lfs.github.com/spec/v1\nOID\nsize 1", "line 2: ")]
    [InlineData("version https://git-lfs.github.com/spec/v2\noid OID\nsize 1", "line 1: ")]
    [InlineData("a: &a [1]\nb: *a", "aliases")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:12\nsize 1", "line 2: An oid is sha256:")]
    [InlineData("version https://git-lfs.github.com/spec/v1\nsize 1", "has an oid")]
    public async Task What_is_no_pointer_is_refused_and_says_why(string content, string says)
    {
        await using var company = await Company.Found("sqlite");
        var set = await Asset(company, "notes", "dataset");
        content = content
            .Replace("MD5", new string('a', 32), StringComparison.Ordinal)
            .Replace("OID", Sha("a"), StringComparison.Ordinal);
        var refused = await Assert.ThrowsAsync<InputInvalid>(() => Point(company, set, "v1", ("notes.dvc", content)));
        Assert.Equal("pointers", refused.Errors[0].Field);
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pointer_says_what_was_read_of_it_and_what_was_not()
    {
        await using var company = await Company.Found("sqlite");
        var set = await Asset(company, "notes", "dataset");
        var dvc =
            $"md5: {new string('b', 32)}\ndeps:\n- path: x\nouts:\n- md5: {new string('a', 32)}.dir\n  path: raw\n  size: 12\n  nfiles: 3\n";
        var lfs = $"version https://git-lfs.github.com/spec/v1\next-0-zip sha256:1\noid {Sha("a")}\nsize 5000\n";
        var done = (VersionDone)await Pointed(company, set, "v1", ("raw.dvc", dvc), ("a.bin", lfs));
        Assert.Equal(["raw.dvc: 1 file by MD5, 12 bytes.", "a.bin: 1 file by SHA-256, 5,000 bytes."], done.Read);
        Assert.Equal(
            [
                "raw.dvc: 3 parts of this file are not read: deps, md5, outs[].nfiles.",
                "a.bin: 1 part of this file is not read: ext-0-zip.",
            ],
            done.Remarks
        );
        Assert.Equal(["raw/ (DVC's list of its files)"], (await Get(company, done.Ref)).Weak);
    }

    private static async Task<string> Point(
        Company company,
        string asset,
        string name,
        params (string Name, string Content)[] pointers
    ) => BreakTests.Ref(await Pointed(company, asset, name, pointers));

    private static Task<object> Pointed(
        Company company,
        string asset,
        string name,
        params (string Name, string Content)[] pointers
    ) =>
        company.Do(
            "versions.point",
            new
            {
                asset,
                name,
                pointers = pointers.Select(p => new { name = p.Name, content = Encoding.UTF8.GetBytes(p.Content) }),
            }
        );
}
