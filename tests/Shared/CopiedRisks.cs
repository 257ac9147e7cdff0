using Microsoft.Data.Sqlite;
using Moat.Storage;

namespace Moat.Tests;

/// <summary>
/// Many risks like the first one, entered past the journal: hundreds of operations would measure patience.
/// </summary>
internal static class CopiedRisks
{
    public static async Task Enter(StorageOptions storage, int count)
    {
        await using var connection = new SqliteConnection($"Data Source={storage.SqliteFile}");
        await connection.OpenAsync();
        await using var ask = connection.CreateCommand();
        ask.CommandText = "SELECT group_concat(name, ',') FROM pragma_table_info('risk')";
        var columns = (string)(await ask.ExecuteScalarAsync())!;
        var values = columns
            .Split(',')
            .Select(c =>
                c switch
                {
                    "number" => "number + 1000 + n.i",
                    "id" => "printf('019CAD00-0000-7000-8000-%012X', n.i)",
                    _ => c,
                }
            );
        await using var command = connection.CreateCommand();
        command.CommandText = $"""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})
            INSERT INTO risk ({columns}) SELECT {string.Join(',', values)} FROM n, (SELECT * FROM risk WHERE number = 1)
            """;
        if (await command.ExecuteNonQueryAsync() != count)
            throw new InvalidOperationException("There is no risk to copy.");
    }
}
