using System.Buffers.Binary;
using System.IO.Compression;
using Moat.Isms.Kernel;
using Moat.Reports.Pack;

namespace Moat.Tests;

/// <summary>
/// A pack is its files: zipped again or unpacked it verifies, and whatever else a ZIP file may be is a finding.
/// </summary>
public sealed class PackedAgainTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Another = new(2031, 5, 6, 7, 8, 10, TimeSpan.Zero);

    // Made once for all tests: none of them changes it.
    private static readonly Lazy<Task<byte[]>> Made = new(async () =>
    {
        await using var company = await RuleTests.Completed("sqlite");
        return (await company.Run<PackProcess, Nothing, MadeFile>(p => p.Make, new Nothing())).Content;
    });

    private byte[] _pack = [];
    private List<(string Name, byte[] Content)> _files = [];

    // What is wrong with paths is seen whatever the other files are.
    private IEnumerable<(string Name, byte[] Content)> Few =>
        _files.Where(f =>
            f.Name is PackFormat.Manifest or PackFormat.Signature or PackFormat.Verifier or PackFormat.Soa
        );

    public async ValueTask InitializeAsync()
    {
        _pack = await Made.Value;
        _files = [.. Packs.Files(_pack).Select(f => (f.Key, f.Value))];
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public void In_another_order_at_another_time_with_folders_and_comments_it_verifies()
    {
        Verifies(Packs.Zip(_files.AsEnumerable().Reverse(), Another, e => e.Comment = "packed again"));
        Verifies(Packs.Zip([("registers/", []), .. _files, ("evidence/", [])], Another));
    }

    [Fact]
    public void In_one_folder_it_verifies_and_what_computers_add_is_named()
    {
        Verifies(Packs.Zip([("pack/", []), .. _files.Select(f => ($"pack/{f.Name}", f.Content))], Another));
        var check = Packs.Verify(
            Packs.Zip([
                ("__MACOSX/pack/._soa.json", [1]),
                ("pack/.DS_Store", [2]),
                .. _files.Select(f => ($"pack/{f.Name}", f.Content)),
            ])
        );
        Assert.True(check.Holds, string.Join('\n', check.Findings));
        Assert.Equal(["__MACOSX/pack/._soa.json", "pack/.DS_Store"], check.Aside);
    }

    [Fact]
    public async Task Unpacked_it_verifies_and_one_differing_file_is_named_and_only_that_one()
    {
        using var folder = new TemporaryFolder();
        ZipFile.ExtractToDirectory(new MemoryStream(_pack), folder.Of("pack"));
        Assert.True(PackVerifier.IsPack(folder.Of("pack")) && PackVerifier.IsPack(folder.Path));
        foreach (var path in new[] { folder.Of("pack"), folder.Path })
        {
            var check = await PackVerifier.Verify(path, CancellationToken.None);
            Assert.True(check.Holds, string.Join('\n', check.Findings));
        }
        File.AppendAllText(folder.Of("pack/readiness.json"), " ");
        Assert.Equal(
            ["readiness.json: it was changed."],
            (await PackVerifier.Verify(folder.Path, CancellationToken.None)).Findings
        );
    }

    [Fact]
    public async Task Links_are_not_followed()
    {
        using var folder = new TemporaryFolder();
        ZipFile.ExtractToDirectory(new MemoryStream(Packs.Zip(Few)), folder.Path);
        File.Move(folder.Of("soa.json"), folder.Of("other"));
        File.CreateSymbolicLink(folder.Of("soa.json"), folder.Of("other"));
        Directory.CreateSymbolicLink(folder.Of("loop"), folder.Path);
        var check = await PackVerifier.Verify(folder.Path, CancellationToken.None);
        Assert.Contains("soa.json: it is a link; a pack has none.", check.Findings);
        Assert.Contains("loop: it is a link; a pack has none.", check.Findings);
        Finds(
            Packs.Zip(Few, each: e => e.ExternalAttributes = e.FullName == "soa.json" ? 0xA1FF << 16 : 0),
            "soa.json: it is a link"
        );
    }

    [Fact]
    public void Paths_that_lead_elsewhere_doubles_and_too_many_files_are_found()
    {
        Finds(Packs.Zip([.. Few, ("../../etc/passwd", [1])]), "../../etc/passwd: this is not a path");
        Finds(Packs.Zip([.. Few, ("/etc/passwd", [1])]), "/etc/passwd: this is not a path");
        Finds(Packs.Zip([.. Few, ("C:\\x", [1])]), "this is not a path");
        Finds(Packs.Zip([.. Few, ("soa.json", [1])]), "soa.json: it is in the pack twice.");
        Finds(
            Packs.Zip([.. _files, .. Enumerable.Range(0, 66_000).Select(i => ($"evidence/{i}", Array.Empty<byte>()))]),
            "it was added; the manifest does not name it."
        );
        var files = new PackedFiles();
        for (var i = 0; i < PackedFiles.MostFiles; i++)
            files.See("evidence/1", new PackedFile(0, () => Stream.Null));
        Assert.Contains(
            "it has more than",
            Assert.Throws<BrokenPack>(() => files.See("evidence/1", new PackedFile(0, () => Stream.Null))).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_file_that_grows_beyond_what_the_manifest_says_is_not_read()
    {
        using var made = new MemoryStream();
        using (var archive = new ZipArchive(made, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, content) in _files)
            {
                using var stream = archive.CreateEntry(name).Open();
                if (name != "soa.docx")
                    stream.Write(content);
                else
                    for (var i = 0; i < 300; i++)
                        stream.Write(new byte[1 << 20]);
            }
        var before = GC.GetTotalAllocatedBytes();
        Finds(made.ToArray(), "soa.docx: it was changed.");
        Assert.True(GC.GetTotalAllocatedBytes() - before < 250L << 20, "It was unpacked.");
    }

    [Fact]
    public void What_is_encrypted_or_says_another_length_than_it_has_is_found()
    {
        foreach (var (offset, value) in new[] { (8, (ushort)1), (24, (ushort)7) })
        {
            var changed = _pack.ToArray();
            var entry = Entry(changed, "soa.docx"u8);
            BinaryPrimitives.WriteUInt16LittleEndian(changed.AsSpan(entry + offset), value);
            Finds(changed, "soa.docx: ");
        }
    }

    // Where a name stands in the archive's list of files, its entry begins 46 bytes before.
    private static int Entry(byte[] pack, ReadOnlySpan<byte> name) => pack.AsSpan().LastIndexOf(name) - 46;

    [Fact]
    public void Cut_or_altered_anywhere_it_is_a_finding_or_the_same_files_and_never_a_fault()
    {
        var random = new Random(20260302);
        for (var i = 0; i < 60; i++)
        {
            var changed = _pack.ToArray();
            // The list of files at the end is where a reader of archives goes wrong.
            var from = i % 2 == 0 ? 0 : changed.Length * 9 / 10;
            for (var flips = random.Next(1, 4); flips > 0; flips--)
                changed[random.Next(from, changed.Length)] ^= (byte)(1 << random.Next(8));
            if (i % 10 == 0)
                changed = changed[..random.Next(changed.Length)];
            var check = Packs.Verify(changed);
            Assert.True(
                check.Holds == (check.Findings.Count == 0)
                    && check.Findings.All(f => !f.Contains("   at ", StringComparison.Ordinal))
            );
        }
    }

    private static void Verifies(byte[] pack)
    {
        var check = Packs.Verify(pack);
        Assert.True(check.Holds, string.Join('\n', check.Findings));
        Assert.Empty(check.Aside);
    }

    private static void Finds(byte[] pack, string finding) =>
        Assert.Contains(Packs.Verify(pack).Findings, f => f.Contains(finding, StringComparison.Ordinal));
}
