using System.Net;
using System.Text;
using Moat.Isms.Kernel;
using Npgsql;

namespace Moat.Tests;

/// <summary>
/// The database's primary goes away, and another server follows it: readers go on, writers are told, and once the other
/// server takes over they write again, without a restart.
/// </summary>
[TakesLong]
public sealed class StandbyTests
{
    [Fact]
    public async Task Readers_go_on_while_the_primary_is_away_and_writers_once_another_took_over()
    {
        var primary = await PostgresCluster.Own();
        var standby = await primary.Standby();
        var database = PostgresCluster.Served(await primary.Database());
        var site = new FollowedSite(primary.WithStandby(database, standby));
        await site.InitializeAsync();
        try
        {
            using var owner = site.With(Role.Owner);
            using var person = await site.SignedIn($"{Role.Owner}@acme.test");
            Assert.Equal(HttpStatusCode.Created, (await Create(owner, "Weights")).Status);
            await CaughtUp(standby.Alone(database), "Weights");
            await primary.Stop();

            Assert.Contains("Weights", await Eventually(owner, "/api/v1/acme/assets"), StringComparison.Ordinal);
            Assert.Contains("Weights", await Eventually(person, "/acme/assets"), StringComparison.Ordinal);
            Assert.Contains("read", await Eventually(owner, "/health/ready"), StringComparison.Ordinal);
            var (status, words) = await Create(owner, "Lost");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
            Assert.Contains("can be read, not changed", words, StringComparison.Ordinal);

            await standby.Promote();
            for (var attempt = 0; attempt < 60 && status != HttpStatusCode.Created; attempt++)
            {
                (status, words) = await Create(owner, "Weights again");
                await Task.Delay(250);
            }
            Assert.Equal(HttpStatusCode.Created, status);
            Assert.Contains("Weights again", await Eventually(owner, "/api/v1/acme/assets"), StringComparison.Ordinal);
        }
        finally
        {
            await site.DisposeAsync();
            foreach (var cluster in new[] { primary, standby })
            {
                if (cluster == standby)
                    await cluster.Stop();
                cluster.Remove();
            }
        }
    }

    private static async Task CaughtUp(string standby, string name)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(standby) { Username = "postgres" }.ConnectionString
        );
        await connection.OpenAsync();
        await using var count = new NpgsqlCommand("SELECT count(*) FROM asset WHERE name = $1", connection);
        count.Parameters.Add(new NpgsqlParameter { Value = name });
        for (var attempt = 0; attempt < 60; attempt++)
        {
            if ((long)(await count.ExecuteScalarAsync())! > 0)
                return;
            await Task.Delay(100);
        }
        Assert.Fail("The standby does not follow.");
    }

    // Connections that were open when it stopped are found to be broken one by one.
    private static async Task<string> Eventually(HttpClient client, string path)
    {
        var (status, text) = (HttpStatusCode.ServiceUnavailable, "");
        for (var attempt = 0; attempt < 60 && status != HttpStatusCode.OK; attempt++)
        {
            using var answer = await client.GetAsync(path);
            (status, text) = (answer.StatusCode, await answer.Content.ReadAsStringAsync());
            await Task.Delay(attempt == 0 ? 0 : 250);
        }
        Assert.True(status == HttpStatusCode.OK, $"{path}: {status} {text}");
        return text;
    }

    private static async Task<(HttpStatusCode Status, string Words)> Create(HttpClient owner, string name)
    {
        using var answer = await owner.PostAsync(
            "/api/v1/acme/assets",
            new StringContent($$"""{"name":"{{name}}","kind":"model"}""", Encoding.UTF8, "application/json")
        );
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private sealed class FollowedSite(string postgres) : Site
    {
        public override ValueTask InitializeAsync() => Start(postgres);
    }
}
