using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Moat.Storage.Backups;

/// <summary>
/// Rows of any table as JSON that does not depend on the database: values have the form the model gives them.
/// </summary>
internal static class BackupRows
{
    private static readonly System.Reflection.MethodInfo Typed = typeof(BackupRows).GetMethod(
        nameof(ReadTyped),
        System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static
    )!;

    private static readonly System.Reflection.MethodInfo Counted = typeof(BackupRows).GetMethod(
        nameof(CountTyped),
        System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static
    )!;

    /// <summary>The tables of a context that outlast the hour; those that refer to others come after them.</summary>
    public static IEnumerable<IEntityType> Tables(DbContext db) =>
        db
            .Model.GetEntityTypes()
            .Where(t =>
                t.GetTableName() is not null && !t.IsOwned() && t.FindAnnotation(Accounts.AccountsDb.Passing) is null
            )
            .OrderBy(t => t.GetForeignKeys().Count())
            .ThenBy(t => t.GetTableName(), StringComparer.Ordinal);

    /// <summary>Every row of a table.</summary>
    public static IEnumerable<JsonObject> Read(DbContext db, IEntityType table) =>
        (IEnumerable<JsonObject>)Typed.MakeGenericMethod(table.ClrType).Invoke(null, [db, table])!;

    /// <summary>How many rows a table has, of whatever organisation.</summary>
    public static long Count(DbContext db, IEntityType table) =>
        (long)Counted.MakeGenericMethod(table.ClrType).Invoke(null, [db])!;

    /// <summary>Enters a row as it was.</summary>
    public static void Insert(DbConnection connection, DbTransaction transaction, IEntityType table, JsonObject row)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        var (columns, names) = (new List<string>(), new List<string>());
        foreach (var property in table.GetProperties().Where(p => row.ContainsKey(p.Name)))
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"@p{columns.Count}");
            command.Parameters.Add(
                ((RelationalTypeMapping)property.GetTypeMapping()).CreateParameter(
                    command,
                    name,
                    row[property.Name]?.Deserialize(property.ClrType),
                    property.IsNullable
                )
            );
            columns.Add($"\"{property.GetColumnName()}\"");
            names.Add(name);
        }
        command.CommandText =
            $"INSERT INTO \"{table.GetTableName()}\" ({string.Join(", ", columns)}) VALUES ({string.Join(", ", names)})";
        command.ExecuteNonQuery();
    }

    private static long CountTyped<T>(DbContext db)
        where T : class => db.Set<T>().AsNoTracking().IgnoreQueryFilters().LongCount();

    private static IEnumerable<JsonObject> ReadTyped<T>(DbContext db, IEntityType table)
        where T : class
    {
        // The context would remember each row whose entry it is asked for, until all of them are in memory.
        var properties = table.GetProperties().Select(p => (p.Name, p.ClrType, Value: p.GetGetter())).ToList();
        foreach (var entity in db.Set<T>().AsNoTracking().IgnoreQueryFilters())
        {
            var row = new JsonObject();
            foreach (var (name, type, value) in properties)
                row[name] = JsonSerializer.SerializeToNode(value.GetClrValue(entity), type);
            yield return row;
        }
    }
}
