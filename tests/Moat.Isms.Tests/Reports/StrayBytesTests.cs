using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Moat.Reports.Pack;

namespace Moat.Tests;

/// <summary>
/// What is put into a pack beside its files is found: bytes behind, before and between them, and folders without any.
/// </summary>
public sealed class StrayBytesTests
{
    private const int End = 22;
    private static readonly byte[] Hidden = Encoding.UTF8.GetBytes("another statement of applicability");

    private static readonly Lazy<Task<byte[]>> Made = new(async () =>
    {
        await using var company = await Company.Found("sqlite");
        return (
            await company.Run<PackProcess, Moat.Isms.Kernel.Nothing, Moat.Isms.Kernel.MadeFile>(p => p.Make, new())
        ).Content;
    });

    [Fact]
    public async Task Bytes_behind_the_end_are_found_and_a_declared_comment_is_not()
    {
        var pack = await Made.Value;
        Verifies(pack);
        Finds([.. pack, .. new byte[400]], "400 bytes behind its end belong to no file.");
        Finds([.. pack, 7], "1 byte behind its end belongs to no file.");
        var commented = (byte[])[.. pack, .. Hidden];
        BinaryPrimitives.WriteUInt16LittleEndian(commented.AsSpan(pack.Length - 2), (ushort)Hidden.Length);
        Verifies(commented);
        Finds([.. commented, 0], "1 byte behind its end belongs to no file.");
    }

    [Fact]
    public async Task Bytes_before_between_and_behind_the_files_are_found()
    {
        var pack = await Made.Value;
        var list = (int)BinaryPrimitives.ReadUInt32LittleEndian(pack.AsSpan(pack.Length - End + 16));
        Finds(With(pack, 0, list), "34 bytes before ");
        Finds(With(pack, list, list), "34 bytes before its list of files belong to no file.");
        Finds(With(pack, pack.Length - End, list), "34 bytes behind its list of files belong to no file.");
        var second = (int)BinaryPrimitives.ReadUInt32LittleEndian(pack.AsSpan(SecondEntry(pack, list) + 42));
        Finds(With(pack, second, list), "34 bytes before ");
    }

    [Fact]
    public async Task A_pack_whose_lengths_stand_behind_the_files_verifies()
    {
        var files = Packs.Files(await Made.Value);
        using var made = new Forward();
        using (var archive = new ZipArchive(made, ZipArchiveMode.Create))
            foreach (var (name, content) in files)
            {
                using var stream = archive.CreateEntry(name).Open();
                stream.Write(content);
            }
        Verifies(made.Written);
        // A length behind a file that tells of another file is none.
        var at = made.Written.AsSpan().LastIndexOf("PK\u0007\u0008"u8);
        made.Written[at + 5] ^= 1;
        Finds(made.Written, "16 bytes before ");
    }

    [Fact]
    public async Task An_empty_folder_is_named_and_one_that_files_need_is_not()
    {
        var files = Packs.Files(await Made.Value).Select(f => (f.Key, f.Value)).ToList();
        Assert.Empty(Verifies(Packs.Zip([("registers/", []), .. files])));
        Assert.Contains(
            "accepted by the auditor/ is an empty folder",
            Assert.Single(Verifies(Packs.Zip([.. files, ("accepted by the auditor/", [])]))),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "x/ is an empty folder",
            Assert.Single(
                Verifies(Packs.Zip([("pack/", []), .. files.Select(f => ($"pack/{f.Key}", f.Value)), ("pack/x/", [])]))
            ),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_empty_folder_of_an_unpacked_pack_is_named()
    {
        using var folder = new TemporaryFolder();
        ZipFile.ExtractToDirectory(new MemoryStream(await Made.Value), folder.Path);
        Directory.CreateDirectory(folder.Of("registers/accepted"));
        var check = await PackVerifier.Verify(folder.Path, CancellationToken.None);
        Assert.True(check.Holds, string.Join('\n', check.Findings));
        Assert.Contains(
            "registers/accepted/ is an empty folder",
            Assert.Single(check.Remarks),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("zip", "-qr", "again.zip", ".")]
    [InlineData(
        "python3",
        "-m",
        "zipfile",
        "-c",
        "again.zip",
        "journal",
        "registers",
        "processes",
        "manifest.json",
        "manifest.sig",
        "index.html",
        "readiness.json",
        "soa.json",
        "soa.xlsx",
        "soa.docx",
        "documents"
    )]
    public async Task What_other_programs_make_of_the_files_verifies(string program, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        ZipFile.ExtractToDirectory(new MemoryStream(await Made.Value), folder.Path);
        var given = arguments.Where(a =>
            a.StartsWith('-') || a is "again.zip" or "." or "zipfile" || Path.Exists(folder.Of(a))
        );
        if (!Runs(program, folder.Path, given))
            Assert.Skip($"{program} is not there.");
        Verifies(await File.ReadAllBytesAsync(folder.Of("again.zip")));
    }

    private static bool Runs(string program, string folder, IEnumerable<string> arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    /// <summary>The pack with hidden bytes at a place; every file is still found where its list says.</summary>
    private static byte[] With(byte[] pack, int at, int list)
    {
        var made = (byte[])[.. pack[..at], .. Hidden, .. pack[at..]];
        if (at > list)
            return made;
        var end = made.Length - End;
        BinaryPrimitives.WriteUInt32LittleEndian(made.AsSpan(end + 16), (uint)(list + Hidden.Length));
        for (var entry = list + Hidden.Length; entry < end; entry = Next(made, entry))
        {
            var start = BinaryPrimitives.ReadUInt32LittleEndian(made.AsSpan(entry + 42));
            if (start >= at)
                BinaryPrimitives.WriteUInt32LittleEndian(made.AsSpan(entry + 42), start + (uint)Hidden.Length);
        }
        return made;
    }

    private static int SecondEntry(byte[] pack, int list) => Next(pack, list);

    private static int Next(byte[] pack, int entry) =>
        entry
        + 46
        + BinaryPrimitives.ReadUInt16LittleEndian(pack.AsSpan(entry + 28))
        + BinaryPrimitives.ReadUInt16LittleEndian(pack.AsSpan(entry + 30))
        + BinaryPrimitives.ReadUInt16LittleEndian(pack.AsSpan(entry + 32));

    private static IReadOnlyList<string> Verifies(byte[] pack)
    {
        var check = Packs.Verify(pack);
        Assert.True(check.Holds, string.Join('\n', check.Findings));
        return check.Remarks;
    }

    private static void Finds(byte[] pack, string finding)
    {
        var found = Packs.Verify(pack).Findings;
        Assert.True(found.Any(f => f.StartsWith(finding, StringComparison.Ordinal)), string.Join('\n', found));
    }

    /// <summary>A stream that cannot go back, as a program's output is.</summary>
    private sealed class Forward : Stream
    {
        private readonly MemoryStream _kept = new();
        private byte[]? _written;

        public byte[] Written => _written ??= _kept.ToArray();

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Write(byte[] buffer, int offset, int count) => _kept.Write(buffer, offset, count);

        public override void Flush() { }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
