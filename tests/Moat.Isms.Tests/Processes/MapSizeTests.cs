using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Moat.Isms.Kernel.Remembering;
using Moat.Isms.Processes;

namespace Moat.Tests;

/// <summary>
/// A map of very many links costs as many statements as an empty one, and none while nothing changed.
/// </summary>
[TakesLong]
public sealed class MapSizeTests
{
    private const int Many = 100_000;

    [Fact]
    public async Task A_hundred_thousand_links_are_counted_by_the_same_statements_in_a_moment()
    {
        await using var company = await RuleTests.Completed("sqlite");
        // An operation lets the journal grow, so that nothing is remembered from before.
        await company.Do(
            "risks.create",
            new
            {
                title = "One less",
                cause = "Something happens",
                consequence = "Something breaks",
            }
        );
        using var statements = new HeardStatements();
        // Which questions follow from the hour is learned when they are asked first.
        await ProcessMapTests.Map(company);
        company.Services.GetRequiredService<UnchangedCache>().Forget();
        var few = await During(statements, () => ProcessMapTests.Map(company));
        // Some forty rules, some hundred and twenty facts of readiness and of evidence, and what the map itself asks.
        // Each rule of what is broken asks for itself; those of versions came last.
        Assert.InRange(few, 1, 245);
        Assert.InRange(await During(statements, () => ProcessMapTests.Map(company)), 0, 2);
        await Fill(company);
        // The links were entered past the journal, so nothing tells that what was remembered does not hold.
        company.Services.GetRequiredService<UnchangedCache>().Forget();
        var clock = Stopwatch.StartNew();
        Assert.Equal(
            few,
            await During(
                statements,
                async () =>
                    Assert.Equal(
                        Many,
                        ProcessMapTests
                            .Between(await ProcessMapTests.Map(company), "control-operation", "monitoring")
                            .Count
                    )
            )
        );
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"The map took {clock.Elapsed}.");
        TestContext.Current.SendDiagnosticMessage(
            $"A map of {Many} links took {clock.ElapsedMilliseconds} ms and {few} statements."
        );

        var walk = await company.Run<ProcessRegister, OneProcess, ProcessView>(
            p => p.Get,
            new OneProcess { Ref = "control-operation" }
        );
        Assert.Equal(Many, walk.Out.First(o => o.To == "monitoring").Count);
    }

    private static async Task Fill(Company company)
    {
        await using var connection = new SqliteConnection($"Data Source={company.Storage.SqliteFile}");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Many}), one AS (SELECT * FROM link WHERE type = 'treats' LIMIT 1)
            INSERT INTO link (organization_id, id, type, from_kind, from_id, to_kind, to_id, source, version, created_at, changed_at, changed_by)
            SELECT one.organization_id, printf('019CAD00-0000-7000-8000-%012X', n.i), 'evidences', 'EVD', printf('019CAD00-0000-7000-9000-%012X', n.i), 'CTL', one.from_id, NULL, 1, one.created_at, one.changed_at, one.changed_by
            FROM n, one
            """;
        Assert.Equal(Many, await command.ExecuteNonQueryAsync());
    }

    private static async Task<int> During(HeardStatements statements, Func<Task> act)
    {
        var before = statements.All.Count;
        await act();
        return statements.All.Count - before;
    }
}
