using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Storage;

namespace Moat.Tests;

/// <summary>
/// Every column of every table, changed through SQL: verification finds it, the database refuses it, or it is named
/// here why nothing can.
/// </summary>
public sealed class TamperEverythingTests
{
    /// <summary>What verification does not find, and why.</summary>
    private static readonly Dictionary<string, string> NotFound = new()
    {
        ["resource.confirmed_at"] = "moves when a source tells the same again, without an entry in the journal",
        ["resource.last_seen_at"] = "moves when a source tells the same again, without an entry in the journal",
        ["account_claim.id"] = "a number that the database gives; what is claimed, and by whom, is sealed",
        ["account_session"] = "who is signed in now",
        ["account_guess"] = "counts wrong passwords",
        ["account_code"] = "codes of a few minutes",
        ["organization"] = "the organisation's name and address are not part of its journal",
        ["answered_request"] = "answers that are kept for a day for programs that ask again",
        ["received_event"] = "remembers which events came already, so that none counts twice",
        ["mail_delivery"] = "counts attempts of delivery",
        ["webhook_cursor"] = "counts what was delivered",
        ["webhook_delivery"] = "counts attempts of delivery",
        ["SchemaVersions"] = "which migrations were applied; a program of another schema does not start",
    };

    /// <summary>One column of each kind of record, and of the journal itself.</summary>
    [Fact]
    public async Task A_changed_value_is_found_in_every_table_that_has_records()
    {
        await using var company = await RuleTests.Completed("sqlite");
        using var tampering = new Tampering(company);
        Assert.Empty(await tampering.Findings());
        var seed = 0;
        var done = await tampering.Records(
            (_, count) => [.. Enumerable.Range(0, count).Where(c => (c + seed++) % 7 == 0).Take(3)]
        );
        Assert.True(done.Count > 50, $"{done.Count} changes");
        Assert.DoesNotContain(done, d => d.Outcome == "not found" && Because(d) is null);
        Assert.Empty(await tampering.Findings());
    }

    [Theory]
    [InlineData("version = version + 1", "Version")]
    [InlineData("changed_at = '2019-01-02 03:04:05'", "ChangedAt")]
    [InlineData("changed_by = 'Nobody'", "ChangedBy")]
    [InlineData("search = 'something else'", "Search")]
    public async Task What_a_record_says_of_its_last_change_is_compared_with_its_entries(string change, string field)
    {
        await using var company = await Company.Found("sqlite");
        await company.Do("assets.create", new { name = "Weights", kind = "model" });
        await WriteTests.Sql(company, $"UPDATE asset SET {change} WHERE number = 1");
        Assert.Equal([$"AST-1: the field {field} is not what the journal says."], await WriteTests.Findings(company));
    }

    [Theory, MemberData(nameof(TamperedTests.Databases), MemberType = typeof(TamperedTests))]
    public async Task A_secret_that_was_replaced_is_found_though_the_journal_never_tells_it(string database)
    {
        await using var company = await Company.Found(database);
        await company.Do("access.create-token", new { name = "Pipeline", role = "Agent" });
        Assert.Empty(await WriteTests.Findings(company));
        await WriteTests.Sql(
            company,
            "UPDATE api_token SET secret_hash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'"
        );
        Assert.Equal(["TOK-1: the field SecretHash is not what the journal says."], await WriteTests.Findings(company));
        var entry = await company.Read(db =>
            db.Journal.OrderByDescending(e => e.Sequence).Select(e => e.Changes).FirstAsync()
        );
        var told = System.Text.Json.Nodes.JsonNode.Parse(entry)![0]!;
        Assert.False(told["fields"]!.AsObject().ContainsKey("SecretHash"));
        Assert.Equal(64, ((string)told["hashes"]!["SecretHash"]!).Length);
    }

    [Theory]
    [InlineData("UPDATE account SET email = 'eve@acme.test'")]
    [InlineData("UPDATE account SET normalized_user_name = 'EVE@ACME.TEST'")]
    [InlineData("UPDATE account SET id = '0198C0DE-0000-7000-8000-00000000ABCD'")]
    public async Task The_account_behind_a_membership_must_be_there_and_have_its_address(string sql)
    {
        await using var company = await Company.Found("sqlite");
        Assert.Empty(await WriteTests.Findings(company));
        await WriteTests.Sql(company, sql);
        var findings = await WriteTests.Findings(company);
        Assert.NotEmpty(findings);
        Assert.All(findings, f => Assert.StartsWith("ACC-1: its account ", f, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("UPDATE membership SET role = 'IsmsManager' WHERE number = 1", "ACC-1: the field Role")]
    [InlineData("UPDATE reference_counter SET last = last + 1 WHERE prefix = 'ACC'", "The counter of ACC")]
    [InlineData("DELETE FROM reference_counter WHERE prefix = 'ACC'", "The counter of ACC")]
    public async Task Memberships_and_counters_are_compared(string sql, string finding)
    {
        await using var company = await Company.Found("sqlite");
        await WriteTests.Sql(company, sql);
        Assert.Contains(await WriteTests.Findings(company), f => f.StartsWith(finding, StringComparison.Ordinal));
    }

    /// <summary>All of it in the example company: run with ./faults tamper.</summary>
    [Fact(Explicit = true)]
    public async Task Every_column_of_every_table_of_the_example_company()
    {
        var folder =
            Environment.GetEnvironmentVariable("MOAT_EXAMPLE")
            ?? throw new InvalidOperationException("MOAT_EXAMPLE names the folder of the example company.");
        await using var company = new Company(new StorageOptions { DataFolder = folder });
        var organization = await company.Read(db => db.Organizations.FirstAsync(), Caller.System(Guid.Empty, "none"));
        company.Owner = Caller.Operator(organization.Id, organization.Slug, "tamper");
        using var tampering = new Tampering(company);
        Assert.Empty(await tampering.Findings());
        var done = await tampering.Records((_, count) => Enumerable.Range(0, count));
        tampering.WithoutWalls();
        foreach (var table in await tampering.Others())
            done.AddRange(await tampering.Alone(table));
        Tell(done);
        Assert.Empty(await tampering.Findings());
        Assert.True(done.Count >= 971, $"{done.Count} changes");
        Assert.DoesNotContain(done, d => d.Outcome == "not found" && Because(d) is null);
    }

    private static string? Because(Tampered change) =>
        NotFound.GetValueOrDefault($"{change.Table}.{change.Column}") ?? NotFound.GetValueOrDefault(change.Table);

    private static void Tell(List<Tampered> done)
    {
        Console.WriteLine(
            $"{done.Count} changes in {done.Select(d => d.Table).Distinct().Count()} tables: "
                + string.Join(", ", done.CountBy(d => d.Outcome).Select(o => $"{o.Value} {o.Key}"))
        );
        Console.WriteLine("| Not found | Columns | Why |\n|---|---|---|");
        foreach (
            var group in done.Where(d => d.Outcome == "not found")
                .GroupBy(d => (Because: Because(d) ?? "NOT EXPLAINED", d.Table))
        )
            Console.WriteLine(
                $"| `{group.Key.Table}` | {string.Join(", ", group.Select(d => d.Column))} | {group.Key.Because} |"
            );
    }
}
