using System.Data.Common;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Moat.Isms.Kernel.Journal;
using Moat.Isms.People;
using Npgsql;

namespace Moat.Tests;

/// <summary>A token whose row somebody damaged is nobody's, and verification names it.</summary>
public sealed class DamagedTokenTests
{
    [Theory]
    [InlineData("sqlite", "role = 'emperor'")]
    [InlineData("sqlite", "expires_at = 'zzz'")]
    [InlineData("sqlite", "id = 'nothing'")]
    [InlineData("sqlite", "secret_hash = 'x'")]
    [InlineData("postgres", "role = 'emperor'")]
    [InlineData("postgres", "secret_hash = 'x'")]
    public async Task A_damaged_token_is_refused_and_found(string database, string damage)
    {
        var postgres = database == "postgres" ? await PostgresCluster.NewServedDatabase() : null;
        await using var acme = await Acme.Found(listens: true, postgres: postgres);
        var made = await acme.Do<MadeToken>(
            "access.create-token",
            new JsonObject { ["name"] = "Pipeline", ["role"] = "isms-manager" }
        );
        using var program = new HttpClient { BaseAddress = new Uri(acme.Url) };
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", made.Token);
        // A server remembers a token for a second; this one was never asked for.
        await Sql();
        Assert.Equal(HttpStatusCode.Unauthorized, await Ask());
        Assert.Contains(
            (await acme.Do<JournalCheck>("journal.verify", [])).Findings,
            f => f.StartsWith("ApiToken", StringComparison.Ordinal) || f.StartsWith("TOK-1", StringComparison.Ordinal)
        );
        var other = await acme.Do<MadeToken>(
            "access.create-token",
            new JsonObject { ["name"] = "Another", ["role"] = "isms-manager" }
        );
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", other.Token);
        Assert.Equal(HttpStatusCode.OK, await Ask());

        async Task<HttpStatusCode> Ask()
        {
            using var answer = await program.GetAsync("/api/v1/acme/assets");
            return answer.StatusCode;
        }

        async Task Sql()
        {
            await using DbConnection connection = postgres is null
                ? new SqliteConnection($"Data Source={acme.Storage.SqliteFile};Pooling=False")
                : new NpgsqlConnection(PostgresCluster.AsSuperuser(postgres));
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = $"UPDATE api_token SET {damage}";
            Assert.Equal(1, await command.ExecuteNonQueryAsync());
        }
    }
}
