namespace Moat.Tests;

/// <summary>What somebody took away from, or put into, the schema of the database is named by verify.</summary>
public sealed class SchemaWallTests
{
    private const string Begins = "In the schema of the database ";

    public static TheoryData<string, string> Sqlite =>
        new()
        {
            {
                "DROP TRIGGER journal_entry_no_update",
                "the trigger journal_entry_no_update on journal_entry is missing."
            },
            {
                "DROP TRIGGER journal_entry_no_delete; CREATE TRIGGER journal_entry_no_delete BEFORE DELETE ON journal_entry BEGIN SELECT 1; END",
                "the trigger journal_entry_no_delete on journal_entry is not the one that Moat makes."
            },
            {
                "CREATE TRIGGER planted AFTER INSERT ON risk BEGIN UPDATE risk SET title = 'nothing to see'; END",
                "the trigger planted on risk was added; Moat makes none of that name."
            },
        };

    public static TheoryData<string, string> Postgres =>
        new()
        {
            {
                "DROP TRIGGER journal_entry_no_change ON journal_entry",
                "the trigger journal_entry_no_change on journal_entry is missing."
            },
            {
                "ALTER TABLE journal_entry DISABLE TRIGGER journal_entry_no_truncate",
                "the trigger journal_entry_no_truncate on journal_entry is not the one that Moat makes."
            },
            {
                "CREATE OR REPLACE FUNCTION journal_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$",
                "the function journal_is_append_only is not the one that Moat makes."
            },
            {
                "CREATE TRIGGER planted AFTER INSERT ON risk FOR EACH ROW EXECUTE FUNCTION journal_is_append_only()",
                "the trigger planted on risk was added; Moat makes none of that name."
            },
            {
                "CREATE RULE planted AS ON INSERT TO risk DO ALSO NOTHING",
                "the rule planted on risk was added; Moat makes none of that name."
            },
            {
                "ALTER TABLE risk NO FORCE ROW LEVEL SECURITY",
                "row-level security of risk is not the one that Moat makes."
            },
            {
                "ALTER TABLE risk DISABLE ROW LEVEL SECURITY",
                "row-level security of risk is not the one that Moat makes."
            },
            { "DROP POLICY tenant ON risk", "the policy tenant on risk is missing." },
            { "ALTER POLICY tenant ON risk USING (true)", "the policy tenant on risk is not the one that Moat makes." },
            { "ALTER POLICY tenant ON risk TO postgres", "the policy tenant on risk is not the one that Moat makes." },
            {
                "CREATE POLICY planted ON risk USING (true)",
                "the policy planted on risk was added; Moat makes none of that name."
            },
            { "DROP POLICY own_account ON membership", "the policy own_account on membership is missing." },
        };

    [Theory, MemberData(nameof(Sqlite))]
    public Task An_SQLite_file(string sql, string finding) => Finds("sqlite", sql, finding);

    [Theory, MemberData(nameof(Postgres))]
    public Task A_PostgreSQL_database(string sql, string finding)
    {
        Counterpart.Need(PostgresCluster.IsInstalled, "PostgreSQL");
        return Finds("postgres", sql, finding);
    }

    private static async Task Finds(string database, string sql, string finding)
    {
        await using var company = await Company.Found(database);
        Assert.Empty(await WriteTests.Findings(company));
        await WriteTests.Sql(company, sql, changesRows: false);
        Assert.Contains(Begins + finding, await WriteTests.Findings(company));
    }
}
