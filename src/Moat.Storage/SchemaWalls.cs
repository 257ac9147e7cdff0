using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;
using Moat.Storage.Postgres;
using Moat.Storage.Sqlite;

namespace Moat.Storage;

/// <summary>
/// What the database does by itself: triggers, and on PostgreSQL row-level security, rules and functions. It must be
/// what the migrations of this version make: a trigger that is gone leaves the journal open to change, and one that
/// somebody put there changes what is stored.
/// </summary>
internal sealed class SchemaWalls(MoatDb db, StorageOptions options) : IKeptOutside
{
    /// <summary>How each finding begins.</summary>
    public const string Prefix = "In the schema of the database";

    /// <inheritdoc />
    public async IAsyncEnumerable<string> Faults([EnumeratorCancellation] CancellationToken ct)
    {
        var found = options.Postgres is null
            ? Differences(SqliteWalls.Made.Value, await Read(SqliteWalls.Query, ct))
            : PostgresWalls.Differences(await Read(PostgresWalls.Query, ct));
        foreach (var fault in found)
            yield return $"{Prefix} {fault}";
    }

    /// <summary>What is missing, other or added; each wall has a name and what it does.</summary>
    internal static IEnumerable<string> Differences(IReadOnlyList<Wall> made, IReadOnlyList<Wall> stored)
    {
        var left = stored
            .GroupBy(w => w.Name)
            .ToDictionary(g => g.Key, g => string.Join('\n', g.Select(w => w.Does)), StringComparer.Ordinal);
        foreach (var (name, does) in made)
            if (!left.Remove(name, out var now))
                yield return $"{name} is missing.";
            else if (now != does)
                yield return $"{name} is not the one that Moat makes.";
        foreach (var name in left.Keys.Order(StringComparer.Ordinal))
            yield return $"{name} was added; Moat makes none of that name.";
    }

    private async Task<List<Wall>> Read(string query, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
            command.CommandText = query;
            await using var reader = await command.ExecuteReaderAsync(ct);
            return await Walls(reader, ct);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    internal static async Task<List<Wall>> Walls(DbDataReader reader, CancellationToken ct)
    {
        var walls = new List<Wall>();
        while (await reader.ReadAsync(ct))
            walls.Add(new Wall(reader.GetString(0), reader.GetString(1)));
        return walls;
    }
}

/// <summary>Something that the database does by itself.</summary>
/// <param name="Name">What it is and where, as it stands in a sentence.</param>
/// <param name="Does">What it does, in a form that is equal where that is.</param>
internal sealed record Wall(string Name, string Does);
