using System.Net;
using System.Text;
using Moat.Isms.Kernel;

namespace Moat.Tests;

/// <summary>
/// The database goes away and comes back: everybody is told so, nothing is half-stored, and the server goes on.
/// </summary>
[TakesLong]
public sealed class OutageTests
{
    [Fact]
    public async Task While_the_database_is_away_the_answer_says_so_and_when_to_try_again()
    {
        var cluster = await PostgresCluster.Own();
        var site = new StoppableSite(PostgresCluster.Served(await cluster.Database()));
        await site.InitializeAsync();
        try
        {
            using var owner = site.With(Role.Owner);
            Assert.Equal(HttpStatusCode.Created, await Create(owner));
            await cluster.Stop();
            foreach (var path in new[] { "/api/v1/acme/assets", "/health/ready", "/sign-in" })
            {
                using var away = await owner.GetAsync(path);
                if (path != "/sign-in")
                    Assert.Equal(HttpStatusCode.ServiceUnavailable, away.StatusCode);
                if (path.StartsWith("/api", StringComparison.Ordinal))
                    Assert.NotNull(away.Headers.RetryAfter);
            }
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await Create(owner));
            await cluster.Begin();
            await BackAgain(owner);
            Assert.Equal(HttpStatusCode.Created, await Create(owner));
        }
        finally
        {
            await site.DisposeAsync();
            await cluster.Stop();
            cluster.Remove();
        }
    }

    // Connections that were open when it stopped are found to be broken one by one.
    private static async Task BackAgain(HttpClient owner)
    {
        for (var attempt = 0; attempt < 60; attempt++)
        {
            using var ready = await owner.GetAsync("/health/ready");
            using var read = await owner.GetAsync("/api/v1/acme/assets");
            if (ready.IsSuccessStatusCode && read.IsSuccessStatusCode)
                return;
            await Task.Delay(250);
        }
        Assert.Fail("The server does not find back to its database.");
    }

    private static async Task<HttpStatusCode> Create(HttpClient owner)
    {
        using var answer = await owner.PostAsync(
            "/api/v1/acme/assets",
            new StringContent("""{"name":"Weights","kind":"model"}""", Encoding.UTF8, "application/json")
        );
        return answer.StatusCode;
    }

    private sealed class StoppableSite(string postgres) : Site
    {
        public override ValueTask InitializeAsync() => Start(postgres);
    }
}
