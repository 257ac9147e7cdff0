using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Moat.Isms.Evidence;
using Moat.Isms.Kernel;
using Moat.Isms.People;

namespace Moat.Tests;

/// <summary>An installation whose files are in a bucket: at its doors, by command, and in its backups.</summary>
public sealed class BucketDoorTests
{
    [Fact]
    public async Task Files_go_into_the_bucket_and_come_out_and_a_bucket_that_is_away_refuses_in_words()
    {
        using var server = await S3Server.Start();
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var acme = await Acme.Found(listens: true, clock: clock, bucket: server.Options());
        using var client = new HttpClient { BaseAddress = new Uri(acme.Url) };
        var token = await acme.Do<MadeToken>(
            "access.create-token",
            new JsonObject { ["name"] = "door", ["role"] = "isms-manager" }
        );
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Token);
        var content = RandomNumberGenerator.GetBytes(700_000);
        using (var added = await client.PostAsync("/api/v1/acme/evidence/add", FileDoorTests.Form(content)))
            Assert.Equal(HttpStatusCode.OK, added.StatusCode);
        Assert.Equal(content, await client.GetByteArrayAsync("/api/v1/acme/evidence/EVD-1/download"));
        Assert.False(Directory.Exists(acme.Storage.BlobFolder));
        Assert.Equal("ok", await client.GetStringAsync("/health/ready"));

        server.GoAway();
        content[0] ^= 1;
        using (var refused = await client.PostAsync("/api/v1/acme/evidence/add", FileDoorTests.Form(content)))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.Contains(
                "Files cannot be kept or read just now",
                await refused.Content.ReadAsStringAsync(),
                StringComparison.Ordinal
            );
        }
        using (var silent = await client.GetAsync("/api/v1/acme/evidence/EVD-1/download"))
            Assert.Equal(HttpStatusCode.ServiceUnavailable, silent.StatusCode);
        // Another server would have no files either, so that none is taken out for it.
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.StartsWith("ok but for files", await client.GetStringAsync("/health/ready"), StringComparison.Ordinal);
        Assert.Equal(1, (await acme.Do<Page<EvidenceRow>>("evidence.list", [])).Total);
        Assert.Single(server.Objects);
    }

    [Fact]
    public async Task An_installation_moves_into_a_bucket_is_backed_up_from_it_and_restored_into_either()
    {
        using var server = await S3Server.Start();
        using var folder = new TemporaryFolder();
        var (data, backup) = (folder.Of("data"), folder.Of("backup"));
        var bucket = new Dictionary<string, string>(server.Variables) { ["MOAT_PASSPHRASE"] = "correct horse battery" };
        var plain = new Dictionary<string, string> { ["MOAT_PASSPHRASE"] = "correct horse battery" };
        await MoatProgram.Do("init", "--org", "acme", "--name", "Acme", "--admin", "a@acme.test", "--data", data);
        await File.WriteAllTextAsync(folder.Of("gate.txt"), "passed");
        await MoatProgram.Do("evidence", "push", folder.Of("gate.txt"), "--clause", "9.1", "--data", data);

        Assert.Contains(
            "moat blobs move --to s3",
            await Said(bucket, "doctor", "--data", data),
            StringComparison.Ordinal
        );
        Assert.Equal(2, (await MoatProgram.Run("blobs", "move", "--to", "s3", "--data", data)).Code);
        Assert.Contains(
            "1 files were copied, 0 lay there already",
            await Done(bucket, "blobs", "move", "--to", "s3", "--data", data),
            StringComparison.Ordinal
        );
        Directory.Delete(Path.Combine(data, "blobs"), recursive: true);
        Assert.Contains(
            "was written to s3://files/moat",
            await Said(bucket, "doctor", "--data", data),
            StringComparison.Ordinal
        );
        await Done(bucket, "verify", "--data", data);
        await Done(bucket, "backup", backup, "--data", data);

        await Done(plain, "restore", backup, "--data", folder.Of("in-folder"));
        Assert.Single(Directory.GetFiles(folder.Of("in-folder/blobs"), "*", SearchOption.AllDirectories));
        foreach (var kept in server.Objects)
            File.Delete(kept);
        await Done(bucket, "restore", backup, "--data", folder.Of("in-bucket"));
        Assert.False(Directory.Exists(folder.Of("in-bucket/blobs")));
        await Done(
            bucket,
            "evidence",
            "download",
            "--ref",
            "EVD-1",
            "--out",
            folder.Of("out"),
            "--data",
            folder.Of("in-bucket")
        );
        Assert.Equal("passed", await File.ReadAllTextAsync(folder.Of("out")));

        server.GoAway();
        Assert.Contains("does not answer", await Said(bucket, "doctor", "--data", data), StringComparison.Ordinal);
        var (code, _, error) = await MoatProgram.RunIn(
            bucket,
            ["evidence", "push", folder.Of("gate.txt"), "--clause", "9.1", "--data", data]
        );
        Assert.NotEqual(0, code);
        Assert.Contains("the storage of files does not answer", error, StringComparison.Ordinal);
    }

    private static async Task<string> Said(Dictionary<string, string> environment, params string[] arguments) =>
        (await MoatProgram.RunIn(environment, arguments)).Out;

    private static async Task<string> Done(Dictionary<string, string> environment, params string[] arguments)
    {
        var (code, output, error) = await MoatProgram.RunIn(environment, arguments);
        Assert.True(code == 0, $"{string.Join(' ', arguments)}: {code} {output}{error}");
        return output;
    }
}
