using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Moat.Isms.Kernel;
using Moat.Isms.People;

namespace Moat.Tests;

/// <summary>
/// An operation may save what it changed so far and ask for it; the journal tells of it as if it had saved once.
/// </summary>
public sealed class FlushTests
{
    private static readonly OperationCatalog Catalog = new(typeof(PlayedSteps).Assembly);

    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task However_often_it_saves_the_entry_is_the_same(string database)
    {
        await using var once = await Begun(database);
        await using var often = await Begun(database);
        var (metOnce, metOften) = (new List<Guid>(), new List<Guid>());
        for (var seed = 0; seed < 90; seed++)
        {
            var steps = new PlaySteps
            {
                Ref = "PER-1",
                Seed = seed,
                Steps = 1 + seed % 7,
            };
            var told = await Told(once, metOnce, steps);
            Assert.Equal(told, await Told(often, metOften, steps with { FlushEach = 1 + seed % 2 }));
        }
        Assert.DoesNotContain(await WriteTests.Findings(once), f => !IsOfCounter(f));
        Assert.Equal(await WriteTests.Findings(once), await WriteTests.Findings(often));
        Assert.True(await often.Read(db => db.Journal.LongCountAsync()) > 40);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Saving_costs_at_most_a_batch_and_nothing_where_nothing_changed(string database)
    {
        await using var company = await Begun(database);
        await using var often = await Begun(database);
        var nothing = new PlaySteps { Ref = "PER-1", EndsWithFlush = true };
        Assert.Equal(
            await Statements(company, nothing with { EndsWithFlush = false }),
            await Statements(company, nothing)
        );
        var steps = new PlaySteps
        {
            Ref = "PER-1",
            Seed = 5,
            Steps = 6,
        };
        // PostgreSQL is told everything in one batch; whoever saves twice tells it two.
        Assert.Equal(
            await Statements(company, steps) + (database == "postgres" ? 1 : 0),
            await Statements(often, steps with { EndsWithFlush = true })
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_an_operation_left_is_answered_before_it_is_saved(string database)
    {
        await using var company = await Begun(database);
        var most = 0;
        for (var seed = 0; seed < 40; seed++)
        {
            var played = await Run(
                company,
                new PlaySteps
                {
                    Ref = "PER-1",
                    Seed = seed,
                    Steps = 4 + seed % 7,
                    Asks = true,
                }
            );
            Assert.Equal(played.Saved, played.Left);
            most = Math.Max(most, played.Left.Count);
        }
        Assert.True(most > 1);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_was_saved_is_gone_when_the_operation_fails(string database)
    {
        await using var company = await Begun(database);
        var before = await company.Read(db => db.Set<Person>().CountAsync());
        await Assert.ThrowsAsync<RuleBroken>(() =>
            Run(
                company,
                new PlaySteps
                {
                    Ref = "PER-1",
                    Seed = 1,
                    Steps = 40,
                    FlushEach = 1,
                    Fails = true,
                }
            )
        );
        Assert.Equal(before, await company.Read(db => db.Set<Person>().CountAsync()));
        Assert.Empty(await WriteTests.Findings(company));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Saving_past_the_journal_is_refused_inside_an_operation_too(string database)
    {
        await using var company = await Begun(database);
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            Run(company, new PlaySteps { Ref = "PER-1", PastTheJournal = true })
        );
        Assert.Contains("MoatDb.Flush", refused.Message, StringComparison.Ordinal);
        Assert.Empty(await WriteTests.Findings(company));
    }

    private static bool IsOfCounter(string finding) => finding.StartsWith("The counter of ", StringComparison.Ordinal);

    private static async Task<Company> Begun(string database)
    {
        var company = await Company.Found(database);
        foreach (var name in new[] { "Ben", "Cem" })
        {
            await company.Do("people.create", new { name, email = $"{name}@acme.test" });
            await company.Do("access.create-token", new { name, role = "Agent" });
        }
        return company;
    }

    /// <summary>The entry that the steps left, with its records named in the order in which they were met.</summary>
    private static async Task<string> Told(Company company, List<Guid> met, PlaySteps steps)
    {
        var before = await company.Read(db => db.Journal.LongCountAsync());
        var played = await Run(company, steps);
        met.AddRange([.. played.Ids.Except(met)]);
        var entries = await company.Read(db => db.Journal.Where(e => e.Sequence >= before).ToListAsync());
        if (entries.Count == 0)
            return "nothing";
        var text = Assert.Single(entries).Changes;
        foreach (var (id, place) in met.Select((id, i) => (id, i)))
            text = text.Replace(id.ToString(), $"record {place:D4}", StringComparison.Ordinal);
        var changes = JsonNode.Parse(text)!.AsArray().Select(c => c!.ToJsonString()).Order(StringComparer.Ordinal);
        return string.Join('\n', changes);
    }

    private static async Task<int> Statements(Company company, PlaySteps steps)
    {
        using var heard = new HeardStatements();
        await Run(company, steps);
        return heard.All.Count;
    }

    private static async Task<Played> Run(Company company, PlaySteps steps)
    {
        await using var scope = company.Scope(company.Owner);
        using var session = ActivatorUtilities.CreateInstance<IsmsSession>(
            new WithSteps(scope.ServiceProvider),
            Catalog
        );
        return (Played)await session.Run(Catalog.Find("steps.play")!, Json(steps), CancellationToken.None);
    }

    private static JsonObject Json(PlaySteps steps) =>
        System.Text.Json.JsonSerializer.SerializeToNode(steps, InputBinder.Json)!.AsObject();

    /// <summary>What the company has, and the steps.</summary>
    private sealed class WithSteps(IServiceProvider inner) : IServiceProvider
    {
        public object? GetService(Type serviceType) =>
            serviceType == typeof(PlayedSteps) ? new PlayedSteps(inner.GetRequiredService<MoatDb>())
            : serviceType == typeof(IServiceProvider) ? this
            : inner.GetService(serviceType);
    }
}
