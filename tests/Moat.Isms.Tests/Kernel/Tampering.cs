using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;
using Record = Moat.Isms.Kernel.Record;

namespace Moat.Tests;

/// <summary>What became of a change behind the product's back.</summary>
/// <param name="Outcome">found, refused or not found.</param>
internal sealed record Tampered(string Table, string Column, string Outcome);

/// <summary>
/// Changes values of a company's database through SQL, one in each table at a time, asks the product to verify, looks
/// for each change among the findings by the record it names, and puts everything back.
/// </summary>
internal sealed class Tampering(Company company) : IDisposable
{
    // The product names a hundred findings; a changed key makes two.
    private const int AtOnce = 40;

    private readonly SqliteConnection _file = Open(company.Storage.SqliteFile);

    private static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Foreign Keys=False");
        connection.Open();
        return connection;
    }

    public void Dispose() => _file.Dispose();

    /// <summary>Changes columns of tables of records; <paramref name="columns"/> chooses which of a table's.</summary>
    public async Task<List<Tampered>> Records(Func<string, int, IEnumerable<int>> columns)
    {
        var types = await Types();
        var done = new List<Tampered>();
        var plan = types
            .SelectMany(t =>
                columns(t.GetTableName()!, Columns(t.GetTableName()!).Count)
                    .Select((c, turn) => (Type: t, Column: c, Turn: turn))
            )
            .ToList();
        foreach (var turn in plan.GroupBy(p => p.Turn).OrderBy(g => g.Key))
        foreach (var some in turn.Chunk(AtOnce))
            done.AddRange(await Together([.. some.Select(s => (s.Type, s.Column))]));
        return done;
    }

    /// <summary>Changes every column of a table that holds no records, each alone.</summary>
    public async Task<List<Tampered>> Alone(string table)
    {
        var done = new List<Tampered>();
        foreach (var column in Columns(table))
        {
            if (Row(table, 0) is not { } row)
                continue;
            var before = Value(table, column, row);
            var refused = !Set(table, column, row, OtherOf(before));
            done.Add(
                new Tampered(
                    table,
                    column,
                    refused ? "refused"
                        : (await Findings()).Count > 0 ? "found"
                        : "not found"
                )
            );
            if (!refused)
                Set(table, column, row, before);
        }
        return done;
    }

    /// <summary>
    /// The tables that hold no records, without the database's own and those of its index for searching texts.
    /// </summary>
    public async Task<List<string>> Others()
    {
        var records = (await Types()).Select(t => t.GetTableName()!).ToHashSet();
        return
        [
            .. Read(
                    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'document_text%' ORDER BY name"
                )
                .Where(t => !records.Contains(t)),
        ];
    }

    /// <summary>Takes away what keeps even a stranger's program from changing the journal.</summary>
    public void WithoutWalls()
    {
        foreach (var trigger in Read("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'journal%'"))
            Do($"DROP TRIGGER \"{trigger}\"");
    }

    /// <summary>What verification finds, but for the walls that were taken away.</summary>
    public async Task<IReadOnlyList<string>> Findings() =>
        [
            .. (await company.Run<JournalProcess, Nothing, JournalCheck>(p => p.Verify, new Nothing())).Findings.Where(
                f => !f.StartsWith("In the schema of the database", StringComparison.Ordinal)
            ),
        ];

    private async Task<List<Tampered>> Together(List<(IEntityType Type, int Column)> changes)
    {
        var (made, done) = (
            new List<(string Table, string Column, long Row, object? Before, Func<string, bool> Names)>(),
            new List<Tampered>()
        );
        foreach (var (type, index) in changes)
        {
            var (table, column) = (type.GetTableName()!, Columns(type.GetTableName()!)[index]);
            if (Row(table, index) is not { } row)
                continue;
            var names = Names(type, table, row);
            var before = Value(table, column, row);
            if (Set(table, column, row, Other(type, column, before)))
            {
                // A record whose number was changed is called by the new one.
                var called = column == "number" ? Names(type, table, row) : names;
                made.Add((table, column, row, before, f => names(f) || called(f)));
            }
            else
                done.Add(new Tampered(table, column, "refused"));
        }
        var findings = await Findings();
        foreach (var (table, column, row, before, names) in made)
        {
            done.Add(new Tampered(table, column, findings.Any(names) ? "found" : "not found"));
            Set(table, column, row, before);
        }
        return done;
    }

    /// <summary>Whether a finding speaks of the record in a row.</summary>
    private Func<string, bool> Names(IEntityType type, string table, long row)
    {
        var kind = type.ClrType.Name;
        var id = $"{kind} {((string)Value(table, "id", row)!).ToLowerInvariant()}";
        var reference = type.ClrType.IsSubclassOf(typeof(Referenced))
            ? $"{RecordKind.Of(type.ClrType).Prefix}-{Value(table, "number", row)}"
            : null;
        return f =>
            f.StartsWith($"{kind}:", StringComparison.Ordinal)
            || f.Contains(id, StringComparison.Ordinal)
            || reference is not null
                && (
                    f.StartsWith($"{reference}:", StringComparison.Ordinal)
                    || f.StartsWith($"{reference} ", StringComparison.Ordinal)
                );
    }

    private async Task<List<IEntityType>> Types() =>
        await company.Read(db =>
            Task.FromResult(
                db.Model.GetEntityTypes()
                    .Where(t => t.ClrType.IsSubclassOf(typeof(Record)))
                    .OrderBy(t => t.GetTableName(), StringComparer.Ordinal)
                    .ToList()
            )
        );

    private static object Other(IEntityType type, string column, object? before)
    {
        var property = type.GetProperties().First(p => p.GetColumnName() == column);
        var clr = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        if (clr.IsEnum)
            return Enum.GetNames(clr).FirstOrDefault(n => n != before as string) ?? "Other";
        if (clr == typeof(Guid))
            return "0198C0DE-0000-7000-8000-00000000ABCD";
        if (clr == typeof(DateTime))
            return "2019-01-02 03:04:05";
        if (clr == typeof(DateOnly))
            return "2019-01-02";
        if (clr == typeof(bool))
            return before is 1L ? 0L : 1L;
        if (clr == typeof(decimal))
            return before is "7.5" ? "8.5" : "7.5";
        if (clr == typeof(List<string>))
            return before is "[\"x\"]" ? "[]" : "[\"x\"]";
        return before is null
            ? clr == typeof(string)
                ? "x"
                : 1L
            : OtherOf(before);
    }

    private static object OtherOf(object? before) =>
        before switch
        {
            null => "x",
            long number => number == long.MaxValue ? number - 1 : number + 1,
            double number => number + 1,
            byte[] bytes => bytes.Append((byte)1).ToArray(),
            _ => before + "x",
        };

    private List<string> Columns(string table) => Read($"SELECT name FROM pragma_table_info('{table}') ORDER BY cid");

    // Another row for each column, so that no two changes meet in one record.
    private long? Row(string table, int index)
    {
        var rows = Scalar($"SELECT count(*) FROM \"{table}\"") is long count ? count : 0;
        return rows == 0
            ? null
            : (long?)Scalar(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"SELECT rowid FROM \"{table}\" ORDER BY rowid LIMIT 1 OFFSET {index % rows}"
                )
            );
    }

    private object? Value(string table, string column, long row) =>
        Scalar(
            string.Create(CultureInfo.InvariantCulture, $"SELECT \"{column}\" FROM \"{table}\" WHERE rowid = {row}")
        );

    private bool Set(string table, string column, long row, object? value)
    {
        try
        {
            using var command = _file.CreateCommand();
            command.CommandText = $"UPDATE \"{table}\" SET \"{column}\" = $value WHERE rowid = $row";
            command.Parameters.AddWithValue("$value", value ?? DBNull.Value);
            command.Parameters.AddWithValue("$row", row);
            return command.ExecuteNonQuery() == 1;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    private void Do(string sql)
    {
        using var command = _file.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private object? Scalar(string sql)
    {
        using var command = _file.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() is var value && value is DBNull ? null : value;
    }

    private List<string> Read(string sql)
    {
        using var command = _file.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(reader.GetString(0));
        return rows;
    }
}
