using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;

namespace Moat.Tests;

/// <summary>
/// A stored value that no operation writes is named by its record and its field, and hides no other record of its
/// table. PostgreSQL takes such values in columns of words only.
/// </summary>
public sealed class UnreadValueTests
{
    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task A_word_that_is_none_is_named_and_the_rest_of_the_table_compared(string database)
    {
        await using var company = await Company.Found(database);
        for (var i = 1; i <= 4; i++)
            await Asset(company, i);
        await WriteTests.Sql(company, "UPDATE asset SET standing = 'Garbage' WHERE number = 2");
        await WriteTests.Sql(company, "UPDATE asset SET name = 'Something else' WHERE number = 3");
        await WriteTests.Sql(company, "DELETE FROM asset WHERE number = 1");
        await Finds(
            company,
            "AST-2: the field Standing holds a value that no operation writes.",
            "AST-3: the field Name is not",
            "Asset "
        );
    }

    [Theory]
    [InlineData("created_at", "CreatedAt")]
    [InlineData("changed_at", "ChangedAt")]
    [InlineData("owner_id", "OwnerId")]
    [InlineData("standing", "Standing")]
    public async Task A_value_of_any_type_is_named(string column, string field)
    {
        await using var company = await Company.Found("sqlite");
        for (var i = 1; i <= 3; i++)
            await Asset(company, i);
        await WriteTests.Sql(company, $"UPDATE asset SET {column} = 'garbage' WHERE number = 2");
        await WriteTests.Sql(company, "DELETE FROM asset WHERE number = 3");
        await Finds(company, $"AST-2: the field {field} holds a value that no operation writes.", "Asset ");
    }

    [Fact]
    public async Task A_row_whose_id_is_none_hides_no_other()
    {
        await using var company = await Company.Found("sqlite");
        for (var i = 1; i <= 3; i++)
            await Asset(company, i);
        await WriteTests.Sql(company, "PRAGMA foreign_keys = OFF; UPDATE asset SET id = 'garbage' WHERE number = 2");
        await WriteTests.Sql(company, "UPDATE asset SET name = 'Something else' WHERE number = 3");
        await Finds(
            company,
            "Asset: a row has an id that no operation writes.",
            "AST-3: the field Name is not",
            "Asset "
        );
    }

    /// <summary>Every kind of record with a field that cannot hold any text, in the company of the tests.</summary>
    [Fact]
    public async Task Whatever_column_of_a_register_holds_it_the_record_is_named()
    {
        await using var company = await RuleTests.Completed("sqlite");
        var types = await company.Read(db =>
            Task.FromResult(
                db.Model.GetEntityTypes()
                    .Where(t => t.ClrType.IsSubclassOf(typeof(Referenced)))
                    .Select(t =>
                        (
                            Table: t.GetTableName()!,
                            RecordKind.Of(t.ClrType).Prefix,
                            Columns: t.GetProperties()
                                .Where(p =>
                                    (Nullable.GetUnderlyingType(p.ClrType) ?? p.ClrType) is var bare
                                    && (
                                        bare.IsEnum
                                        || bare == typeof(decimal)
                                        || bare == typeof(DateOnly)
                                        || bare == typeof(DateTime)
                                    )
                                )
                                .Select(p => $"\"{p.GetColumnName()}\"")
                                .ToList()
                        )
                    )
                    .ToList()
            )
        );
        await using var file = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={company.Storage.SqliteFile}");
        await file.OpenAsync();
        for (var turn = 0; turn < 3; turn++)
        {
            var changed = new List<(string Name, string Undo)>();
            foreach (var (table, prefix, columns) in types)
            {
                var column = columns[turn % columns.Count];
                if (
                    await One(
                        file,
                        $"SELECT number FROM {table} WHERE {column} IS NOT NULL ORDER BY number DESC LIMIT 1"
                    )
                    is not long number
                )
                    continue;
                var before = await One(file, $"SELECT quote({column}) FROM {table} WHERE number = {number}");
                await One(file, $"UPDATE {table} SET {column} = 'garbage' WHERE number = {number}");
                changed.Add(
                    (
                        $"{prefix}-{number}: the field ",
                        $"UPDATE {table} SET {column} = {before} WHERE number = {number}"
                    )
                );
            }
            Assert.True(changed.Count > 5, $"{changed.Count} registers");
            var findings = await WriteTests.Findings(company);
            Assert.Empty(
                changed
                    .Where(c =>
                        !findings.Any(f =>
                            f.StartsWith(c.Name, StringComparison.Ordinal)
                            && f.EndsWith("holds a value that no operation writes.", StringComparison.Ordinal)
                        )
                    )
                    .Select(c => c.Undo)
            );
            foreach (var (_, undo) in changed)
                await One(file, undo);
            Assert.Empty(await WriteTests.Findings(company));
        }
    }

    [Fact]
    public async Task An_entry_that_cannot_be_read_is_named()
    {
        await using var company = await Company.Found("sqlite");
        await Asset(company, 1);
        await WriteTests.LiftTheGuard(company);
        await WriteTests.Sql(company, "UPDATE journal_entry SET at = 'garbage' WHERE sequence = 1");
        await Finds(
            company,
            "Entry 1 holds a value that no operation writes.",
            "Records, counters and the index of records were not compared"
        );
    }

    private static async Task<object?> One(Microsoft.Data.Sqlite.SqliteConnection file, string sql)
    {
        await using var command = file.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }

    private static Task Asset(Company company, int number) =>
        company.Do("assets.create", new { name = $"Model {number}", kind = "model" });

    private static async Task Finds(Company company, params string[] beginnings)
    {
        var findings = await WriteTests.Findings(company);
        foreach (var beginning in beginnings)
            Assert.True(
                findings.Any(f => f.StartsWith(beginning, StringComparison.Ordinal)),
                $"{beginning}\n{string.Join('\n', findings)}"
            );
    }
}
