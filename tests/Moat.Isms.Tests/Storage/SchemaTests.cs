using System.Data.Common;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Moat.Isms.Kernel;
using Moat.Storage.Accounts;
using Npgsql;

namespace Moat.Tests;

/// <summary>
/// The tables that the migrations make are those that the model means: columns, types, what may be empty, keys and
/// indexes.
/// </summary>
public sealed class SchemaTests
{
    [Fact]
    public async Task The_migrated_schema_on_SQLite_is_that_of_the_model()
    {
        await using var company = await Company.Empty("sqlite");
        await using var migrated = new SqliteConnection($"Data Source={company.Storage.SqliteFile}");
        await using var meant = new SqliteConnection("Data Source=:memory:");
        await Compare(
            company,
            migrated,
            meant,
            """
            SELECT m.name AS t, 'column ' || c.name || ' ' || c.type || CASE WHEN c."notnull" OR c.pk > 0 THEN ' not null' ELSE '' END || CASE WHEN c.pk > 0 THEN ' key ' || c.pk ELSE '' END
            FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'
            UNION ALL
            SELECT m.name, 'index ' || CASE WHEN i."unique" THEN 'unique ' ELSE '' END || (SELECT group_concat(name, ', ') FROM (SELECT x.name FROM pragma_index_xinfo(i.name) x WHERE x.key ORDER BY x.seqno))
            FROM sqlite_master m, pragma_index_list(m.name) i WHERE m.type = 'table' AND i.origin = 'c'
            """
        );
    }

    [Fact]
    public async Task The_migrated_schema_on_PostgreSQL_is_that_of_the_model()
    {
        await using var company = await Company.Empty("postgres");
        await using var migrated = new NpgsqlConnection(company.Storage.Postgres);
        await using var meant = new NpgsqlConnection(await PostgresCluster.NewDatabase());
        await Compare(
            company,
            migrated,
            meant,
            """
            SELECT c.relname, 'column ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
            FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
            UNION ALL
            SELECT tablename, 'index ' || regexp_replace(replace(indexdef, 'CREATE ', ''), 'INDEX \S+ ON \S+ USING ', '') FROM pg_indexes WHERE schemaname = 'public'
            """
        );
    }

    private static async Task Compare(Company company, DbConnection migrated, DbConnection meant, string look)
    {
        await migrated.OpenAsync();
        await meant.OpenAsync();
        foreach (var script in await Scripts(company))
        {
            await using var create = meant.CreateCommand();
            create.CommandText = script;
            await create.ExecuteNonQueryAsync();
        }
        var (made, wanted) = (await Look(migrated, look), await Look(meant, look));
        Assert.True(wanted.Count > 40);
        var wrong = wanted
            .SelectMany(table =>
                table
                    .Value.Except(made.GetValueOrDefault(table.Key, []))
                    .Select(m => $"{table.Key}: the migrations do not make {m}")
            )
            .Concat(
                wanted.SelectMany(table =>
                    made.GetValueOrDefault(table.Key, [])
                        .Except(table.Value)
                        .Where(m => !IsTuning(m))
                        .Select(m => $"{table.Key}: the model does not mean {m}")
                )
            );
        Assert.Empty(wrong);
    }

    /// <summary>
    /// Indexes for a database's own text search or over an expression are nothing that the model could say.
    /// </summary>
    private static bool IsTuning(string member) =>
        Regex.IsMatch(
            member,
            @"^index ((UNIQUE )?(gin|gist|brin) |.*(\(\(| WHERE ))",
            RegexOptions.None,
            TimeSpan.FromSeconds(1)
        );

    private static async Task<IReadOnlyList<string>> Scripts(Company company)
    {
        await using var scope = company.Services.CreateAsyncScope();
        return
        [
            scope.ServiceProvider.GetRequiredService<MoatDb>().Database.GenerateCreateScript(),
            scope.ServiceProvider.GetRequiredService<AccountsDb>().Database.GenerateCreateScript(),
        ];
    }

    private static async Task<Dictionary<string, HashSet<string>>> Look(DbConnection connection, string look)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = look;
        await using var reader = await command.ExecuteReaderAsync();
        var tables = new Dictionary<string, HashSet<string>>();
        while (await reader.ReadAsync())
        {
            if (!tables.TryGetValue(reader.GetString(0), out var members))
                tables[reader.GetString(0)] = members = [];
            members.Add(reader.GetString(1));
        }
        return tables;
    }
}
