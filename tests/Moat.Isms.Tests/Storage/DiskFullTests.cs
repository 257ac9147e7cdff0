using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Evidence;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;
using Moat.Isms.Kernel.Seams;
using Moat.Storage;
using Moat.Storage.Blobs;

namespace Moat.Tests;

/// <summary>
/// A disk that is full: what was answered is there, what was refused left nothing, and the refusal says what to do.
/// </summary>
[TakesLong]
public sealed class DiskFullTests
{
    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task A_file_for_which_there_is_no_room_leaves_no_record_and_no_part(string database)
    {
        using var folder = new TemporaryFolder();
        using var small = SmallDisk.Mount(folder.Of("data/blobs"), "256k");
        await using var company = await Company.On(
            new StorageOptions
            {
                DataFolder = folder.Of("data"),
                Postgres = database == "postgres" ? await PostgresCluster.NewDatabase() : null,
            }
        );
        await Keep(company, 100_000, 1);
        var refused = await Assert.ThrowsAsync<Unavailable>(() => Keep(company, 200_000, 2));
        Assert.Contains("Make room in the data folder", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(folder.Path, refused.Message, StringComparison.Ordinal);
        Assert.Contains(
            "24 MB",
            await new FolderBlobs(folder.Of("data/blobs")).Trouble(CancellationToken.None),
            StringComparison.Ordinal
        );
        Assert.Equal(
            100_000,
            new FileInfo(
                Assert.Single(Directory.GetFiles(folder.Of("data/blobs"), "*", SearchOption.AllDirectories))
            ).Length
        );
        Assert.Equal(1, await company.Read(db => db.Set<EvidenceItem>().CountAsync()));
        await Keep(company, 50_000, 3);
        Assert.Equal(
            100_000,
            (await company.Run<EvidenceProcess, OneRecord, MadeFile>(p => p.Download, new OneRecord { Ref = "EVD-1" }))
                .Content
                .Length
        );
        Assert.Equal(
            50_000,
            (await company.Run<EvidenceProcess, OneRecord, MadeFile>(p => p.Download, new OneRecord { Ref = "EVD-2" }))
                .Content
                .Length
        );
        Assert.Empty((await company.Run<JournalProcess, Nothing, JournalCheck>(p => p.Verify, new Nothing())).Findings);
    }

    [Fact]
    public async Task Events_for_which_the_database_has_no_room_are_refused_whole_and_taken_once_when_there_is()
    {
        using var folder = new TemporaryFolder();
        using var small = SmallDisk.Mount(folder.Of("data"), "24m");
        await using var company = await Company.On(new StorageOptions { DataFolder = folder.Of("data") });
        var acknowledged = 0;
        var ballast = folder.Of("data/ballast");
        File.WriteAllBytes(ballast, new byte[8 * 1024 * 1024]);
        GivenEvent[]? refused = null;
        while (refused is null && acknowledged < 40_000)
        {
            var batch = Enumerable
                .Range(0, 200)
                .Select(i =>
                    FactTests.Event(
                        company,
                        $$"""{"name":"b{{acknowledged + i}}","publicByPolicy":false,"text":"{{new string('x', 2000)}}"}""",
                        name: $"b{acknowledged + i}"
                    )
                )
                .ToArray();
            try
            {
                await FactTests.Tell(company, batch);
                acknowledged += batch.Length;
            }
            catch (Unavailable e)
            {
                Assert.Contains("Make room", e.Message, StringComparison.Ordinal);
                refused = batch;
            }
        }
        Assert.NotNull(refused);
        Assert.Equal((acknowledged, acknowledged), await Kept(company));
        File.Delete(ballast);
        Assert.Equal(200, (await FactTests.Tell(company, refused)).Received);
        Assert.Equal(200, (await FactTests.Tell(company, refused)).Repeated);
        Assert.Equal((acknowledged + 200, acknowledged + 200), await Kept(company));
        Assert.Empty((await company.Run<JournalProcess, Nothing, JournalCheck>(p => p.Verify, new Nothing())).Findings);
    }

    [Fact]
    public async Task A_write_that_is_cut_off_leaves_no_part()
    {
        using var folder = new TemporaryFolder();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            new FolderBlobs(folder.Path).Put(
                Guid.Empty,
                new MemoryStream(new byte[1000]),
                new CancellationToken(canceled: true)
            )
        );
        Assert.Empty(Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task The_part_of_a_file_whose_writer_was_killed_is_removed_an_hour_later_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        var content = new byte[1000];
        var blobs = new FolderBlobs(folder.Path);
        Assert.Null(await blobs.Trouble(CancellationToken.None));
        await blobs.Put(Guid.Empty, new GivenContent(content), CancellationToken.None);
        var whole = Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).Single();
        foreach (var part in new[] { ".abcdefgh.old", ".abcdefgh.new" })
            File.WriteAllBytes(whole + part, [1, 2, 3]);
        var now = File.GetLastWriteTimeUtc(whole);
        foreach (var old in new[] { whole, whole + ".abcdefgh.old" })
            File.SetLastWriteTimeUtc(old, now - TimeSpan.FromHours(2));
        Assert.Equal(1, await blobs.Sweep(now, CancellationToken.None));
        var left = Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal);
        Assert.Equal([whole, whole + ".abcdefgh.new"], left);
        Assert.Equal(content, await blobs.Read(Guid.Empty, Path.GetFileName(whole), CancellationToken.None));
    }

    private static Task<(int, int)> Kept(Company company) =>
        company.Read(async db => (await db.Set<Resource>().CountAsync(), await db.Set<ReceivedEvent>().CountAsync()));

    private static Task<Done> Keep(Company company, int size, byte with) =>
        company.Run<EvidenceProcess, AddEvidence, Done>(
            p => p.Add,
            new AddEvidence
            {
                Title = "A log",
                Clauses = ["9.1"],
                PeriodFrom = new DateOnly(2026, 1, 1),
                PeriodTo = new DateOnly(2026, 2, 28),
                File = new GivenFile { Name = "log.txt", Content = Enumerable.Repeat(with, size).ToArray() },
            }
        );

    /// <summary>A disk of a few bytes in memory; only root can mount one.</summary>
    private sealed class SmallDisk : IDisposable
    {
        private readonly string _folder;

        private SmallDisk(string folder) => _folder = folder;

        public static SmallDisk Mount(string folder, string size)
        {
            Directory.CreateDirectory(folder);
            if (Run("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", folder) != 0)
                Assert.Skip("Only root can mount a small disk.");
            return new SmallDisk(folder);
        }

        public void Dispose() => Run("umount", "--lazy", _folder);

        private static int Run(string program, params string[] arguments)
        {
            using var process = Process.Start(
                new ProcessStartInfo(program, arguments) { RedirectStandardError = true }
            )!;
            process.WaitForExit();
            return process.ExitCode;
        }
    }
}
