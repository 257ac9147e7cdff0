using Microsoft.Data.Sqlite;
using Npgsql;

namespace Moat.Tests;

/// <summary>Takes what places said out of the database behind the product's back.</summary>
internal static class AnchorSql
{
    private const string Everything = "DELETE FROM anchor";

    public static async Task Delete(Company company)
    {
        if (company.Storage.Postgres is { } postgres)
        {
            await using var connection = new NpgsqlConnection(
                postgres.Replace("Username=moat", "Username=postgres", StringComparison.Ordinal)
            );
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand(Everything, connection);
            Assert.True(await command.ExecuteNonQueryAsync() > 0);
            return;
        }
        await using var file = new SqliteConnection($"Data Source={company.Storage.SqliteFile}");
        await file.OpenAsync();
        await using var delete = new SqliteCommand(Everything, file);
        Assert.True(await delete.ExecuteNonQueryAsync() > 0);
    }
}
