using Microsoft.Data.Sqlite;

namespace Moat.Storage.Sqlite;

/// <summary>The triggers of an SQLite file, and those that the migrations make of an empty one.</summary>
internal static class SqliteWalls
{
    /// <summary>Asks for the triggers and what they do.</summary>
    public const string Query =
        "SELECT 'the trigger ' || name || ' on ' || tbl_name, coalesce(sql, '') FROM sqlite_master WHERE type = 'trigger'";

    /// <summary>What the migrations make.</summary>
    public static Lazy<IReadOnlyList<Wall>> Made { get; } = new(Make);

    private static List<Wall> Make()
    {
        using var empty = new SqliteConnection("Data Source=:memory:;Pooling=False");
        empty.Open();
        foreach (var script in MigrationFiles.Of("Sqlite"))
            Run(empty, script.Contents);
        using var look = empty.CreateCommand();
        look.CommandText = Query;
        using var reader = look.ExecuteReader();
        var walls = new List<Wall>();
        while (reader.Read())
            walls.Add(new Wall(reader.GetString(0), reader.GetString(1)));
        return walls;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
