using Moat.Isms.Kernel.Remembering;

namespace Moat.Tests.Kernel;

/// <summary>From a statement follows what it reads; what is not understood reads everything.</summary>
public sealed class StatementSourcesTests
{
    [Theory]
    [InlineData("SELECT a.name FROM asset AS a WHERE a.organization_id = @t", "Asset", false)]
    [InlineData("SELECT \"a\".\"name\" FROM \"asset\" AS \"a\"", "Asset", false)]
    [InlineData("SELECT 1 FROM risk r LEFT JOIN person p ON p.id = r.owner_id", "Person Risk", false)]
    [InlineData("SELECT (SELECT COUNT(*) FROM link l) FROM asset a", "Asset Link", false)]
    [InlineData("SELECT 1 FROM asset a WHERE a.id IN (SELECT value FROM json_each(@ids))", "Asset", false)]
    [InlineData("SELECT changes FROM journal_entry WHERE sequence > 3", "", true)]
    [InlineData("SELECT 1 FROM asset a JOIN a_table_nobody_knows b ON 1", "Asset", true)]
    [InlineData("SELECT 1 FROM asset a, journal_head h", "Asset", true)]
    [InlineData("WITH n(i) AS (SELECT 1) SELECT i FROM n", "", true)]
    [InlineData("PRAGMA foreign_keys", "", false)]
    public async Task A_statement_tells_what_it_reads(string statement, string kinds, bool everything)
    {
        await using var company = await Company.Found("sqlite");
        var read = await company.Read(db => Task.FromResult(new StatementSources(db.Model).Of(statement)));
        Assert.Equal(kinds, string.Join(' ', read.Sources.Order(StringComparer.Ordinal)));
        Assert.Equal(everything, read.Everything);
    }
}
