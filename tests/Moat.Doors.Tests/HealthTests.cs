using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Moat.Hosting;
using Moat.Server.Host;

namespace Moat.Tests;

/// <summary>Whether a server says that it is ready, and why not.</summary>
public sealed class HealthTests
{
    [Fact]
    public async Task It_is_ready_until_another_program_changes_the_schema()
    {
        await using var company = await Company.Found("sqlite");
        await using var app = await Serve(company);
        Assert.Equal((HttpStatusCode.OK, "ok"), await Ask(app, "ready"));
        await Sql(company, "UPDATE SchemaVersions SET ScriptName = '9999_later.sql' WHERE ScriptName LIKE '0050%'");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "the database is of a newer Moat"), await Ask(app, "ready"));
        await Sql(company, "DELETE FROM SchemaVersions WHERE ScriptName = '9999_later.sql'");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "the database is of an older Moat"), await Ask(app, "ready"));
        // The process is well; starting it again would change nothing.
        Assert.Equal((HttpStatusCode.OK, "ok"), await Ask(app, "live"));
    }

    [Fact]
    public async Task It_is_not_ready_with_keys_that_are_not_those_of_the_database()
    {
        await using var company = await Company.Found("sqlite");
        await using (var app = await Serve(company))
        {
            await Sql(
                company,
                "UPDATE journal_head SET verifier_key = 'moat/x+0ac32b5d+AZlJ6RsJLWyfs0OVpGlMoS2XFvWAVjQyzCYkGRwOSYuw'"
            );
            Assert.Equal(
                (HttpStatusCode.ServiceUnavailable, "the key of a journal is missing"),
                await Ask(app, "ready")
            );
        }
        await using var other = await Company.Found("sqlite");
        await File.WriteAllTextAsync(
            Path.Combine(other.Storage.KeyFolder, "protection.key"),
            Convert.ToBase64String(new byte[32])
        );
        await using var second = await Serve(other);
        Assert.Equal(
            (
                HttpStatusCode.ServiceUnavailable,
                "keys of cookies and secrets do not open with this server's protection.key"
            ),
            await Ask(second, "ready")
        );
    }

    private static async Task<WebApplication> Serve(Company company)
    {
        var app = MoatServer.Build(
            new ServerOptions
            {
                Storage = company.Storage,
                Clock = company.Clock,
                Url = "http://127.0.0.1:0",
            }
        );
        await app.StartAsync();
        return app;
    }

    private static async Task<(HttpStatusCode Status, string Text)> Ask(WebApplication app, string what)
    {
        using var client = new HttpClient();
        using var answer = await client.GetAsync($"{app.Urls.First()}/health/{what}");
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task Sql(Company company, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={company.Storage.SqliteFile};Pooling=False");
        await connection.OpenAsync();
        await using var command = new SqliteCommand(sql, connection);
        Assert.True(await command.ExecuteNonQueryAsync() > 0);
    }
}
