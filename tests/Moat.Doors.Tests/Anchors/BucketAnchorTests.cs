using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Moat.Hosting.Anchors;

namespace Moat.Tests;

/// <summary>Checkpoints in a bucket: a real S3 server without object lock, and one that keeps locks.</summary>
public sealed class BucketAnchorTests
{
    [Fact]
    public async Task A_storage_without_locks_holds_checkpoints_and_the_missing_lock_is_said()
    {
        using var folder = new TemporaryFolder();
        var port = NodeProgram.FreePort();
        using var server = await NodeProgram.Start(
            "s3rver/bin/s3rver.js",
            "S3rver listening",
            "--directory",
            folder.Path,
            "--address",
            "127.0.0.1",
            "--port",
            $"{port}",
            "--configure-bucket",
            "proof"
        );
        var options = Options($"http://127.0.0.1:{port}/proof/moat", "S3RVER:S3RVER");
        await using var acme = await AnchoredCompany.Of("sqlite", options);
        await using var restored = await AnchoredCompany.Of("sqlite", options);
        await acme.Send();
        var held = Assert.Single((await acme.Status()).Places);
        Assert.True(held.HeldSize > 0, held.Problem);
        Assert.Contains("not locked", held.Says, StringComparison.Ordinal);
        await acme.NextDay("Weights");
        Assert.Equal(2, (await acme.Anchors()).Count);
        Assert.Equal(2, Directory.GetFiles(folder.Path, "*checkpoint*object", SearchOption.AllDirectories).Length);

        await restored.Send();
        Assert.Contains(
            "it was rolled back",
            Assert.Single((await restored.Status()).Places).Contradiction,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_wrong_key_and_a_silent_storage_are_told_and_tried_again()
    {
        using var folder = new TemporaryFolder();
        var port = NodeProgram.FreePort();
        using (
            await NodeProgram.Start(
                "s3rver/bin/s3rver.js",
                "S3rver listening",
                "--directory",
                folder.Path,
                "--address",
                "127.0.0.1",
                "--port",
                $"{port}",
                "--configure-bucket",
                "proof"
            )
        )
        {
            await using var wrong = await AnchoredCompany.Of(
                "sqlite",
                Options($"http://127.0.0.1:{port}/proof", "WRONG:S3RVER")
            );
            await wrong.Send();
            Assert.Contains(
                "InvalidAccessKeyId",
                Assert.Single((await wrong.Status()).Places).Problem,
                StringComparison.Ordinal
            );
        }
        await using var silent = await AnchoredCompany.Of(
            "sqlite",
            Options($"http://127.0.0.1:{port}/proof", "S3RVER:S3RVER")
        );
        await silent.Send();
        Assert.Contains(
            "cannot be reached",
            Assert.Single((await silent.Status()).Places).Problem,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_lock_in_compliance_mode_is_asked_for_and_read_back()
    {
        await using var storage = await LockingStorage.Start();
        await using var acme = await AnchoredCompany.Of(
            "sqlite",
            Options($"{storage.Url}/proof?lock-days=30", "id:secret")
        );
        await acme.Send();
        var place = Assert.Single((await acme.Status()).Places);
        Assert.True(place.HeldSize > 0, place.Problem);
        Assert.Equal("COMPLIANCE", storage.Mode);
        Assert.StartsWith("2026-04-01T09:00:00", storage.Until, StringComparison.Ordinal);
        Assert.EndsWith("locked until 1 April 2026.", place.Says, StringComparison.Ordinal);
        Assert.False(string.IsNullOrEmpty(storage.Sum));
    }

    [Theory]
    [InlineData("ftp://storage/proof", "id:secret")]
    [InlineData("https://id:secret@storage.example/proof", "id:secret")]
    [InlineData("https://storage.example/", "id:secret")]
    [InlineData("s3://proof", null)]
    [InlineData("s3://proof", "id")]
    [InlineData("s3://proof?lock-days=0", "id:secret")]
    [InlineData("s3://proof?lock-days=long", "id:secret")]
    public void An_address_that_is_none_and_a_missing_key_are_refused(string text, string? key) =>
        Assert.Throws<FormatException>(() => BucketAddress.Read(text, key));

    private static AnchorOptions Options(string address, string key) =>
        new() { Buckets = [BucketAddress.Read(address, key)] };

    /// <summary>Answers as S3 documents it for a bucket with object lock; s3rver knows no locks.</summary>
    private sealed class LockingStorage(WebApplication app) : IAsyncDisposable
    {
        private const string Space = "xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"";

        public string Url => app.Urls.First();

        public string Mode { get; private set; } = "";

        public string Until { get; private set; } = "";

        public string Sum { get; private set; } = "";

        public static async Task<LockingStorage> Start()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            var app = builder.Build();
            app.Urls.Add("http://127.0.0.1:0");
            var storage = new LockingStorage(app);
            app.Run(storage.Answer);
            await app.StartAsync();
            return storage;
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();

        private async Task Answer(HttpContext http)
        {
            var headers = http.Request.Headers;
            http.Response.ContentType = "application/xml";
            if (HttpMethods.IsPut(http.Request.Method))
            {
                (Mode, Until, Sum) = (
                    headers["x-amz-object-lock-mode"].ToString(),
                    headers["x-amz-object-lock-retain-until-date"].ToString(),
                    headers["x-amz-checksum-sha256"].ToString()
                );
                http.Response.Headers.ETag = "\"0\"";
            }
            else if (http.Request.Query.ContainsKey("retention"))
                await http.Response.WriteAsync(
                    $"<Retention {Space}><Mode>{Mode}</Mode><RetainUntilDate>{Until}</RetainUntilDate></Retention>"
                );
            else
                await http.Response.WriteAsync(
                    $"<ListBucketResult {Space}><Name>proof</Name><KeyCount>0</KeyCount><IsTruncated>false</IsTruncated></ListBucketResult>"
                );
        }
    }
}
