using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Seams;
using Moat.Storage.Blobs;

namespace Moat.Tests;

/// <summary>What is asked of a bucket with each file: its sum, its encryption and its lock.</summary>
public sealed class BucketUploadTests
{
    [Theory]
    [InlineData("?encryption=AES256", "AES256", "", "")]
    [InlineData("?kms-key=k1", "aws:kms", "k1", "")]
    [InlineData("?lock-days=30", "", "", "COMPLIANCE until 2026-04-01T09:00:00")]
    public async Task A_file_is_sent_with_its_sum_as_the_operator_wishes(
        string wish,
        string encryption,
        string key,
        string locked
    )
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var storage = builder.Build();
        storage.Urls.Add("http://127.0.0.1:0");
        IHeaderDictionary? sent = null;
        storage.Run(http =>
        {
            // Nothing is there yet.
            if (http.Request.Method == "HEAD")
                http.Response.StatusCode = 404;
            else
                sent = new HeaderDictionary(http.Request.Headers.ToDictionary());
            return Task.CompletedTask;
        });
        await storage.StartAsync();
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        using var bucket = new BucketBlobs(
            BucketOptions.Read($"{storage.Urls.First()}/files{wish}", "id:secret"),
            clock
        );
        byte[] content = [1, 2, 3];
        await bucket.Put(Guid.Empty, new GivenContent(content), CancellationToken.None);
        string Header(string name) => $"{sent![name]}";
        Assert.Equal(Convert.ToBase64String(SHA256.HashData(content)), Header("x-amz-checksum-sha256"));
        Assert.Equal(encryption, Header("x-amz-server-side-encryption"));
        Assert.Equal(key, Header("x-amz-server-side-encryption-aws-kms-key-id"));
        Assert.StartsWith(
            locked,
            $"{Header("x-amz-object-lock-mode")} until {Header("x-amz-object-lock-retain-until-date")}",
            StringComparison.Ordinal
        );
        Assert.Equal(locked.Length == 0, Header("x-amz-object-lock-mode").Length == 0);
    }
}
