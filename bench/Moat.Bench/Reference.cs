using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Moat.Bench;

/// <summary>
/// The yardstick: a bare ASP.NET Core program that answers fifty rows of a SQLite table with an index as JSON.
/// </summary>
internal static class Reference
{
    public static async Task Serve(string file, string url)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(url);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var connectionString = $"Data Source={file}";
        Make(connectionString);
        app.MapGet(
            "/rows",
            async () =>
            {
                await using var connection = new SqliteConnection(connectionString);
                await connection.OpenAsync();
                await using var command = new SqliteCommand(
                    "SELECT number, title, score, owner, treatment FROM row WHERE tenant = 1 ORDER BY score DESC, number DESC LIMIT 50",
                    connection
                );
                await using var reader = await command.ExecuteReaderAsync();
                var rows = new List<Row>();
                while (await reader.ReadAsync())
                    rows.Add(
                        new Row(
                            reader.GetInt32(0),
                            reader.GetString(1),
                            reader.GetInt32(2),
                            reader.GetString(3),
                            reader.GetString(4)
                        )
                    );
                return rows;
            }
        );
        await app.StartAsync();
        Console.WriteLine($"Reference at {app.Urls.First()}");
        await app.WaitForShutdownAsync();
    }

    private static void Make(string connectionString)
    {
        using var connection = new SqliteConnection(connectionString);
        connection.Open();
        using var make = new SqliteCommand(
            """
            PRAGMA journal_mode=WAL;
            CREATE TABLE row (number INTEGER, tenant INTEGER, title TEXT, score INTEGER, owner TEXT, treatment TEXT);
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
            INSERT INTO row SELECT i, 1, 'Risk ' || i || ' of the triage service', 1 + i % 25, 'Olga Owner', 'Modify' FROM n;
            CREATE INDEX row_score ON row (tenant, score, number);
            """,
            connection
        );
        make.ExecuteNonQuery();
    }

    private sealed record Row(int Number, string Title, int Score, string Owner, string Treatment);
}
