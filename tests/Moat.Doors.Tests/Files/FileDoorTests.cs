using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Moat.Isms.Evidence;
using Moat.Isms.Kernel;
using Moat.Isms.People;

namespace Moat.Tests;

/// <summary>Files go in through forms and come out as they were, and never otherwise.</summary>
public sealed class FileDoorTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1_000)]
    [InlineData(5_000_000)]
    public async Task A_file_of_a_form_comes_out_as_it_went_in_with_its_length(int size)
    {
        await using var acme = await Acme.Found(listens: true);
        using var client = await Client(acme);
        var content = RandomNumberGenerator.GetBytes(size);
        using var added = await client.PostAsync("/api/v1/acme/evidence/add", Form(content));
        if (size == 0)
        {
            Assert.Equal(HttpStatusCode.BadRequest, added.StatusCode);
            Assert.Contains("empty", await added.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            return;
        }
        Assert.Equal(HttpStatusCode.OK, added.StatusCode);
        using var answer = await client.GetAsync("/api/v1/acme/evidence/EVD-1/download");
        Assert.Equal(size, answer.Content.Headers.ContentLength);
        Assert.Equal(content, await answer.Content.ReadAsByteArrayAsync());
        // The same as JSON is the same file.
        var input = Input(content);
        using var again = await client.PostAsJsonAsync("/api/v1/acme/evidence/add", input);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Single(Directory.GetFiles(acme.Storage.BlobFolder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_refused_and_nothing_is_kept()
    {
        await using var acme = await Acme.Found(listens: true);
        using var client = await Client(acme);
        using var larger = await client.PostAsync("/api/v1/acme/evidence/add", Form(new byte[GivenFile.MostBytes + 1]));
        Assert.Equal(HttpStatusCode.BadRequest, larger.StatusCode);
        Assert.Contains("larger than 16 MiB", await larger.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(acme.Storage.BlobFolder));
        using var most = await client.PostAsync("/api/v1/acme/evidence/add", Form(new byte[GivenFile.MostBytes]));
        Assert.Equal(HttpStatusCode.OK, most.StatusCode);
    }

    [Fact]
    public async Task Two_files_in_one_field_are_refused()
    {
        await using var acme = await Acme.Found(listens: true);
        using var client = await Client(acme);
        using var form = Form([1, 2, 3]);
        using var second = new ByteArrayContent([4]);
        form.Add(second, "file", "b.txt");
        using var answer = await client.PostAsync("/api/v1/acme/evidence/add", form);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("given twice", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(acme.Storage.BlobFolder));
    }

    [Theory]
    [InlineData("multipart/form-data", "--x\r\n")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nhalf")]
    [InlineData("multipart/form-data; boundary=x", "none of it")]
    public async Task A_form_that_is_not_whole_is_refused_in_words(string type, string body)
    {
        await using var acme = await Acme.Found(listens: true);
        using var client = await Client(acme);
        using var content = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var answer = await client.PostAsync("/api/v1/acme/evidence/add", content);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("The form is not whole", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(5_000_000)]
    public async Task A_file_that_was_changed_where_it_is_kept_is_never_handed_out_as_whole(int size)
    {
        await using var acme = await Acme.Found(listens: true);
        using var client = await Client(acme);
        await client.PostAsync("/api/v1/acme/evidence/add", Form(RandomNumberGenerator.GetBytes(size)));
        var file = Directory.GetFiles(acme.Storage.BlobFolder, "*", SearchOption.AllDirectories).Single();
        var kept = await File.ReadAllBytesAsync(file);
        kept[^1] ^= 1;
        await File.WriteAllBytesAsync(file, kept);
        using var answer = await client.GetAsync(
            "/api/v1/acme/evidence/EVD-1/download",
            HttpCompletionOption.ResponseHeadersRead
        );
        if (size < 80_000)
        {
            Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
            return;
        }
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await Assert.ThrowsAsync<HttpRequestException>(() => answer.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("carried:0")]
    [InlineData("carried:-1")]
    [InlineData("sha256:aa")]
    [InlineData("no base64!")]
    public async Task A_text_that_only_looks_like_content_is_refused(string content)
    {
        await using var acme = await Acme.Found(listens: true);
        using var client = await Client(acme);
        var input = Input([1]);
        input["file"]!["content"] = content;
        using var answer = await client.PostAsJsonAsync("/api/v1/acme/evidence/add", input);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("file.content", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_is_sent_again_with_its_key_is_answered_again()
    {
        await using var acme = await Acme.Found(listens: true);
        using var client = await Client(acme);
        client.DefaultRequestHeaders.Add("Idempotency-Key", "once");
        var content = RandomNumberGenerator.GetBytes(200_000);
        async Task<(HttpStatusCode, bool)> Send(byte[] bytes)
        {
            using var answer = await client.PostAsync("/api/v1/acme/evidence/add", Form(bytes));
            return (answer.StatusCode, answer.Headers.Contains("Idempotency-Replayed"));
        }
        Assert.Equal((HttpStatusCode.OK, false), await Send(content));
        Assert.Equal((HttpStatusCode.OK, true), await Send(content));
        content[0] ^= 1;
        Assert.Equal((HttpStatusCode.BadRequest, false), await Send(content));
        Assert.Equal(1, (await acme.Do<Page<EvidenceRow>>("evidence.list", [])).Total);
    }

    [Fact]
    public async Task What_a_pipeline_pushes_to_a_server_is_kept_once()
    {
        await using var acme = await Acme.Found(listens: true);
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder.Of("gate.bin"), RandomNumberGenerator.GetBytes(300_000));
        for (var times = 0; times < 2; times++)
            await MoatProgram.Do(
                "evidence",
                "push",
                folder.Of("gate.bin"),
                "--clause",
                "9.1",
                "--clause",
                "9.2.1",
                "--complete",
                "true",
                "--server",
                acme.Url,
                "--token",
                await Token(acme, "push")
            );
        var row = Assert.Single((await acme.Do<Page<EvidenceRow>>("evidence.list", [])).Items);
        Assert.Equal(("gate.bin", 300_000, true), (row.FileName, row.Size, row.Complete));
        Assert.Equal(["9.1", "9.2.1"], row.Clauses);
    }

    private static async Task<HttpClient> Client(Acme acme)
    {
        var client = new HttpClient { BaseAddress = new Uri(acme.Url) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await Token(acme, "door"));
        return client;
    }

    private static async Task<string> Token(Acme acme, string name) =>
        (
            await acme.Do<MadeToken>(
                "access.create-token",
                new JsonObject { ["name"] = name, ["role"] = "isms-manager" }
            )
        ).Token;

    private static JsonObject Input(byte[] content) =>
        new()
        {
            ["title"] = "Gate of the release",
            ["clauses"] = new JsonArray("9.1"),
            ["periodFrom"] = "2026-01-01",
            ["periodTo"] = "2026-01-02",
            ["file"] = new JsonObject { ["name"] = "gate.bin", ["content"] = Convert.ToBase64String(content) },
        };

    internal static MultipartFormDataContent Form(byte[] content) =>
        new()
        {
            { new StringContent("Gate of the release"), "title" },
            { new StringContent("9.1"), "clauses" },
            { new StringContent("2026-01-01"), "periodFrom" },
            { new StringContent("2026-01-02"), "periodTo" },
            { new ByteArrayContent(content), "file", "gate.bin" },
        };
}
