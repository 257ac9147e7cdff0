using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Moat.Isms.Kernel;

namespace Moat.Tests;

/// <summary>What did not change since a program read it is not written and sent again.</summary>
public sealed class UnchangedAnswerTests(Site site)
{
    [Theory]
    [InlineData("readiness")]
    [InlineData("readiness?step=3&gaps=true")]
    [InlineData("soa/draft")]
    [InlineData("assets?limit=5")]
    [InlineData("risks?sort=-number")]
    public async Task A_client_that_has_the_answer_is_told_so_until_a_record_changes(string what)
    {
        using var program = site.With(Role.Owner);
        var address = $"/api/v1/acme/{what}";
        using var first = await program.GetAsync(address);
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        var (tag, text) = (first.Headers.ETag!, await first.Content.ReadAsStringAsync());
        Assert.NotNull(JsonNode.Parse(text));

        using var again = await Asked(program, address, tag.Tag);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Empty(await again.Content.ReadAsByteArrayAsync());
        Assert.Equal(tag, again.Headers.ETag);
        using var other = await Asked(program, address, "\"another\"");
        Assert.Equal((HttpStatusCode.OK, text), (other.StatusCode, await other.Content.ReadAsStringAsync()));

        using var made = await program.PostAsJsonAsync(
            "/api/v1/acme/assets",
            new { name = $"Bucket {Guid.CreateVersion7()}", kind = "bucket" }
        );
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        using var changed = await program.GetAsync(address);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
    }

    [Fact]
    public async Task A_thread_is_remembered_for_who_may_see_it_and_tells_what_came_since()
    {
        using var program = site.With(Role.Owner);
        var asset = (string)
            JsonNode.Parse(
                await (
                    await program.PostAsJsonAsync("/api/v1/acme/assets", new { name = "Threaded", kind = "bucket" })
                ).Content.ReadAsStringAsync()
            )!["ref"]!;
        var before = await program.GetStringAsync($"/api/v1/acme/thread/{asset}?walk=true");
        Assert.Equal(before, await program.GetStringAsync($"/api/v1/acme/thread/{asset}?walk=true"));
        using var edited = await program.PatchAsJsonAsync(
            $"/api/v1/acme/assets/{asset}",
            new { description = "Holds the checkpoints" }
        );
        Assert.True(edited.IsSuccessStatusCode, await edited.Content.ReadAsStringAsync());
        Assert.NotEqual(before, await program.GetStringAsync($"/api/v1/acme/thread/{asset}?walk=true"));
    }

    private static async Task<HttpResponseMessage> Asked(HttpClient program, string address, string tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        return await program.SendAsync(request);
    }
}
