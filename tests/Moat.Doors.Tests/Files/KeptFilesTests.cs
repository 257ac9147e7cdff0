using System.Security.Cryptography;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Seams;
using Moat.Storage.Blobs;

namespace Moat.Tests;

/// <summary>What keeps files keeps its word, whether it is a folder or a bucket of a real S3 server.</summary>
public sealed class KeptFilesTests
{
    private static readonly Guid Ours = new("11111111-1111-1111-1111-111111111111");
    private static readonly Guid Theirs = new("22222222-2222-2222-2222-222222222222");

    public static TheoryData<string> Places => ["folder", "bucket"];

    [Theory, MemberData(nameof(Places))]
    public async Task Content_comes_out_as_it_went_in_and_is_its_organisations_alone(string place)
    {
        using var where = await Where.Of(place);
        // The last one goes into a bucket in parts.
        foreach (var size in new[] { 0, 1, 81_920, 200_000, 21 * 1024 * 1024 })
        {
            var content = RandomNumberGenerator.GetBytes(size);
            var sha256 = await where.Files.Put(Ours, new Trickle(content), CancellationToken.None);
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), sha256);
            Assert.Equal(sha256, await where.Files.Put(Ours, new GivenContent(content), CancellationToken.None));
            Assert.Equal(content, await where.Files.Read(Ours, sha256, CancellationToken.None));
            Assert.True(await where.Files.Has(new KeptFile(Ours, sha256), CancellationToken.None));
            await Assert.ThrowsAsync<NotFound>(() => where.Files.Open(Theirs, sha256, CancellationToken.None));
        }
        Assert.Equal(5, where.Kept.Count);
        await where.Files.Put(Theirs, new GivenContent(new byte[] { 1 }), CancellationToken.None);
        var all = new List<KeptFile>();
        await foreach (var file in where.Files.All(CancellationToken.None))
            all.Add(file);
        Assert.Equal((5, 1), (all.Count(f => f.OrganizationId == Ours), all.Count(f => f.OrganizationId == Theirs)));
        Assert.Null(await where.Files.Trouble(CancellationToken.None));
        Assert.Null(await where.Files.Tried(CancellationToken.None));
        Assert.Equal(6, where.Kept.Count);
    }

    [Theory, MemberData(nameof(Places))]
    public async Task Changed_bytes_and_missing_ones_are_never_read_as_whole(string place)
    {
        using var where = await Where.Of(place);
        var content = RandomNumberGenerator.GetBytes(300_000);
        var sha256 = await where.Files.Put(Ours, new GivenContent(content), CancellationToken.None);
        var file = Assert.Single(where.Kept);
        foreach (var at in new[] { 0, content.Length - 1 })
        {
            var changed = content.ToArray();
            changed[at] ^= 1;
            await File.WriteAllBytesAsync(file, changed);
            await using var read = await where.Files.Open(Ours, sha256, CancellationToken.None);
            using var kept = new MemoryStream();
            await Assert.ThrowsAsync<InvalidDataException>(() => read.CopyToAsync(kept));
            Assert.True(kept.Length < content.Length);
        }
        File.Delete(file);
        foreach (var name in new[] { sha256, "../../../etc/passwd", sha256.ToUpperInvariant(), "" })
            await Assert.ThrowsAsync<NotFound>(() => where.Files.Open(Ours, name, CancellationToken.None));
    }

    [Theory, MemberData(nameof(Places))]
    public async Task The_true_content_takes_the_place_of_a_damaged_one(string place)
    {
        using var where = await Where.Of(place);
        using var safe = await Where.Of("folder");
        var content = RandomNumberGenerator.GetBytes(3_000);
        var sha256 = await where.Files.Put(Ours, new GivenContent(content), CancellationToken.None);
        await safe.Files.Put(Ours, new GivenContent(content), CancellationToken.None);
        foreach (var damaged in new byte[][] { [], new byte[3_000], [1] })
        {
            await File.WriteAllBytesAsync(Assert.Single(where.Kept), damaged);
            await where.Files.Put(Ours, new GivenContent(content), CancellationToken.None);
            Assert.Equal(content, await where.Files.Read(Ours, sha256, CancellationToken.None));
            // A copy looks at what lies there, too, and not only whether something does.
            await File.WriteAllBytesAsync(Assert.Single(where.Kept), damaged);
            var moved = await FileMove.Run(safe.Files, where.Files, CancellationToken.None);
            Assert.Equal((1, 0, 0), (moved.Copied, moved.Known, moved.Faults.Count));
            Assert.Equal(content, await where.Files.Read(Ours, sha256, CancellationToken.None));
        }
    }

    [Theory, MemberData(nameof(Places))]
    public async Task What_is_cut_off_leaves_nothing(string place)
    {
        using var where = await Where.Of(place);
        await Assert.ThrowsAsync<TimeoutException>(() =>
            where.Files.Put(Ours, new Trickle(new byte[500_000], endsAt: 400_000), CancellationToken.None)
        );
        Assert.Empty(where.Kept);
    }

    [Fact]
    public async Task A_bucket_that_is_away_or_refuses_is_told_and_keeps_nothing()
    {
        using var server = await S3Server.Start();
        using (var refused = new BucketBlobs(server.Options("WRONG:S3RVER"), TimeProvider.System))
        {
            Assert.Equal(
                "the storage of files refuses it (InvalidAccessKeyId)",
                await refused.Trouble(CancellationToken.None)
            );
            await Assert.ThrowsAsync<Unavailable>(() =>
                refused.Put(Ours, new GivenContent(new byte[] { 1 }), CancellationToken.None)
            );
        }
        using var bucket = new BucketBlobs(server.Options(), TimeProvider.System);
        var sha256 = await bucket.Put(Ours, new GivenContent(new byte[] { 1 }), CancellationToken.None);
        server.GoAway();
        Assert.Equal("the storage of files does not answer", await bucket.Trouble(CancellationToken.None));
        foreach (
            var attempt in new Func<Task>[]
            {
                () => bucket.Put(Ours, new GivenContent(new byte[] { 2 }), CancellationToken.None),
                () => bucket.Open(Ours, sha256, CancellationToken.None),
                () => bucket.Has(new KeptFile(Ours, sha256), CancellationToken.None),
            }
        )
        {
            var away = await Assert.ThrowsAsync<Unavailable>(attempt);
            Assert.Contains("does not answer", away.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("127.0.0.1", away.Message, StringComparison.Ordinal);
        }
        await server.Run();
        Assert.Equal([1], await bucket.Read(Ours, sha256, CancellationToken.None));
        Assert.Single(server.Objects);
    }

    [Fact]
    public async Task Files_move_into_a_bucket_and_back_and_a_move_that_was_cut_off_goes_on()
    {
        using var there = await Where.Of("bucket");
        using var here = await Where.Of("folder");
        for (byte i = 0; i < 5; i++)
            await here.Files.Put(i < 3 ? Ours : Theirs, new GivenContent(new[] { i }), CancellationToken.None);
        await there.Files.Put(Ours, new GivenContent(new byte[] { 0 }), CancellationToken.None);
        var broken = here.Kept[^1];
        var whole = await File.ReadAllBytesAsync(broken);
        await File.WriteAllBytesAsync(broken, [77]);
        var moved = await FileMove.Run(here.Files, there.Files, CancellationToken.None);
        Assert.Equal(4, moved.Copied + moved.Known);
        Assert.Contains("was changed", Assert.Single(moved.Faults), StringComparison.Ordinal);
        Assert.Equal(4, there.Kept.Count);

        await File.WriteAllBytesAsync(broken, whole);
        var again = await FileMove.Run(here.Files, there.Files, CancellationToken.None);
        Assert.Equal((1, 4, 0), (again.Copied, again.Known, again.Faults.Count));
        using var anew = await Where.Of("folder");
        var back = await FileMove.Run(there.Files, anew.Files, CancellationToken.None);
        Assert.Equal((5, 0, 0), (back.Copied, back.Known, back.Faults.Count));
        Assert.Equal(here.Kept.Select(Path.GetFileName), anew.Kept.Select(Path.GetFileName));
    }

    /// <summary>A place that files are kept in, and the files of the disk that it keeps them in.</summary>
    private sealed class Where(IKeptFiles files, Func<IReadOnlyList<string>> kept, IDisposable under) : IDisposable
    {
        public IKeptFiles Files => files;

        public IReadOnlyList<string> Kept => [.. kept().Order(StringComparer.Ordinal)];

        public static async Task<Where> Of(string place)
        {
            if (place == "bucket")
            {
                var server = await S3Server.Start();
                return new Where(new BucketBlobs(server.Options(), TimeProvider.System), () => server.Objects, server);
            }
            var folder = new TemporaryFolder();
            return new Where(
                new FolderBlobs(folder.Path),
                () => Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories),
                folder
            );
        }

        public void Dispose()
        {
            (files as IDisposable)?.Dispose();
            under.Dispose();
        }
    }

    /// <summary>Content that comes in pieces, cannot be read again, and may break off.</summary>
    private sealed class Trickle(byte[] content, int endsAt = int.MaxValue) : Stream
    {
        private int _at;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (_at >= endsAt)
                throw new TimeoutException();
            var read = Math.Min(Math.Min(count, 70_001), content.Length - _at);
            content.AsSpan(_at, read).CopyTo(buffer.AsSpan(offset));
            _at += read;
            return read;
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
