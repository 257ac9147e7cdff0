using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;
using Moat.Isms.Processes;

namespace Moat.Tests;

/// <summary>Nothing is found by searching the text of the journal, which only ever grows.</summary>
public sealed partial class JournalSearchTests
{
    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task No_query_searches_the_text_of_the_journal(string database)
    {
        await using var company = await RuleTests.Completed(database);
        var some = (await company.Read(db => db.Set<JournalSubject>().Select(s => s.Subject).Distinct().ToListAsync()))
            .GroupBy(s => RecordKind.Parse(s)!.Value.Kind)
            .ToDictionary(g => g.Key, g => g.First());
        using var statements = new HeardStatements();
        var answered = 0;
        foreach (var query in company.Catalog.All.Where(o => !o.ChangesRecords))
        foreach (
            var input in some.Where(s => s.Key.Process == query.Process)
                .Select(s => new { @ref = s.Value })
                .Prepend<object>(new { })
        )
            try
            {
                await company.Do(query.Name, input);
                answered++;
            }
            catch (Exception e) when (e is InputInvalid or NotFound or RuleBroken or Forbidden or Unavailable)
            {
                // Many ask for more than a reference; those that answer are counted.
            }
        Assert.True(answered > 100, $"{answered} answered");
        foreach (var subject in some.Values)
            await company.Do("journal.list", new { subject, operation = "risks.edit" });
        await company.Read(async db =>
        {
            foreach (var record in await new RecordFinder(db).All([.. some.Values], CancellationToken.None))
                Assert.NotEmpty(await new ThreadHistory(db).Of(record, CancellationToken.None));
            return 0;
        });
        Assert.Contains(statements.All, s => s.Contains("journal_subject", StringComparison.Ordinal));
        Assert.DoesNotContain(statements.All, s => Searching().IsMatch(s));
    }

    [Theory]
    [InlineData("WHERE instr(j.changes, @id) > 0")]
    [InlineData("WHERE \"j\".\"changes\" LIKE @p ESCAPE '\\'")]
    [InlineData("WHERE strpos(' ' || j.subjects || ' ', @s) > 0")]
    [InlineData("WHERE ' ' || j.subjects || ' ' LIKE @s")]
    public void A_search_is_known_by_its_words(string sql) => Assert.Matches(Searching(), sql);

    [Fact]
    public void Showing_the_text_is_no_search() =>
        Assert.DoesNotMatch(Searching(), "SELECT j.subjects, j.changes FROM journal_entry AS j WHERE j.operation = @o");

    [GeneratedRegex(
        """(instr|strpos|position|LIKE|\|\|)[^\n]*\W(changes|subjects)\W|\W(changes|subjects)"?\)? (I?LIKE|~|GLOB)""",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Searching();
}
