using Moat.Storage.Postgres;
using Npgsql;

namespace Moat.Tests;

/// <summary>
/// Statements are prepared where the operator does not say otherwise, such as behind an old PgBouncer.
/// </summary>
public sealed class PreparedStatementTests
{
    [Theory]
    [InlineData("Host=db;Database=moat", 200)]
    [InlineData("Host=db;Database=moat;Max Auto Prepare=0", 0)]
    [InlineData("Host=db;Database=moat;MaxAutoPrepare=7", 7)]
    public void The_operator_has_the_last_word(string given, int prepared)
    {
        var used = new NpgsqlConnectionStringBuilder(PostgresDatabase.Prepared(given));
        Assert.Equal(("db", "moat", prepared), (used.Host, used.Database, used.MaxAutoPrepare));
    }
}
