using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Moat.Isms.Assets;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Remembering;
using Moat.Isms.Risks;

namespace Moat.Tests.Kernel;

/// <summary>
/// What is remembered is what would be computed anew: it goes when a kind of record changes that it was computed from,
/// and stays when another does.
/// </summary>
public sealed class RememberedTests
{
    private int _computed;

    [Fact]
    public async Task A_change_of_another_kind_leaves_it_and_one_of_its_own_does_not()
    {
        await using var company = await Company.Found("sqlite");
        await NewAsset(company);
        Assert.Equal(1, await Assets(company));
        await company.Do("people.create", new { name = "Ben Acme", email = "ben@acme.test" });
        Assert.Equal(1, await Assets(company));
        Assert.Equal(1, _computed);
        await NewAsset(company);
        Assert.Equal(2, await Assets(company));
        Assert.Equal(2, _computed);
    }

    [Fact]
    public async Task What_is_computed_from_something_remembered_depends_on_the_same()
    {
        await using var company = await Company.Found("sqlite");
        await NewAsset(company);
        Task<string> Outer() =>
            company.Read(db =>
                db.Unchanged(
                    nameof(Outer),
                    async () =>
                    {
                        await db.Set<Risk>().CountAsync();
                        return $"{await db.Unchanged(nameof(Assets), () => Count(db), default)} assets";
                    },
                    default
                )
            );
        // Remembered before the outer one asks, so that it reads no asset itself.
        Assert.Equal(1, await Assets(company));
        Assert.Equal("1 assets", await Outer());
        await NewAsset(company);
        Assert.Equal("2 assets", await Outer());
    }

    [Fact]
    public async Task Whoever_reads_the_journal_itself_depends_on_every_entry()
    {
        await using var company = await Company.Found("sqlite");
        Task<long> Entries() =>
            company.Read(db => db.Unchanged(nameof(Entries), () => db.Journal.LongCountAsync(), default));
        var before = await Entries();
        await NewAsset(company);
        Assert.Equal(before + 1, await Entries());
    }

    [Fact]
    public async Task What_another_process_wrote_is_told_apart_by_its_entries()
    {
        await using var company = await Company.Found("sqlite");
        await using var other = company.Reopen();
        other.Owner = company.Owner;
        Assert.Equal(0, await Assets(company));
        await other.Do("people.create", new { name = "Ben Acme", email = "ben@acme.test" });
        Assert.Equal(0, await Assets(company));
        Assert.Equal(1, _computed);
        await NewAsset(other);
        await company.Do("people.create", new { name = "Cem Acme", email = "cem@acme.test" });
        Assert.Equal(1, await Assets(company));
        Assert.Equal(2, _computed);
    }

    [Fact]
    public async Task What_grew_in_another_process_is_added_once()
    {
        await using var company = await Company.Found("sqlite");
        await using var other = company.Reopen();
        other.Owner = company.Owner;
        Task<string> Entries(Company asked) =>
            asked.Read(db =>
                db.Grown(
                    nameof(Entries),
                    "",
                    (known, from, to) => Task.FromResult($"{known}{string.Join(' ', Between(from, to))} "),
                    default
                )
            );
        await Entries(company);
        await NewAsset(other);
        await NewAsset(company);
        var grown = await Entries(company);
        Assert.Equal(grown, await Entries(company));
        Assert.Equal((await Entries(other)).Trim(), grown.Trim());
    }

    private static IEnumerable<long> Between(long from, long to)
    {
        for (var at = from; at < to; at++)
            yield return at;
    }

    [Theory, TakesLong]
    [InlineData(2)]
    public async Task After_any_operation_every_answer_is_what_would_be_computed_anew(int seed)
    {
        await using var company = await Company.Found("sqlite");
        await using var other = company.Reopen();
        other.Owner = company.Owner;
        var count = 0;
        var sham = new ShamCompany(company, length => $"Sentence {count++} of {length}".PadRight(length, '.'), seed);
        await sham.Begin(sham.Person);
        var queries = Questions(company);
        Assert.True(queries.Count > 120, $"{queries.Count}");
        var wrong = new SortedSet<string>(StringComparer.Ordinal);
        for (var round = 0; round < 3; round++)
        {
            foreach (var query in queries)
                await Both(query);
            for (var i = 0; i < 3; i++)
                await sham.Chance([sham.Person, .. sham.Tokens]);
            var known = new Dictionary<Question, (string Here, string There)>();
            foreach (var query in queries)
                known[query] = await Both(query);
            company.Services.GetRequiredService<UnchangedCache>().Forget();
            foreach (var query in queries)
            {
                var anew = await Answer(company, query);
                if (known[query].Here != anew)
                    wrong.Add($"{query}: {Difference(known[query].Here, anew)}");
                if (known[query].There != anew)
                    wrong.Add($"{query}, in another process: {Difference(known[query].There, anew)}");
            }
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        return;
        async Task<(string, string)> Both(Question query) => (await Answer(company, query), await Answer(other, query));
    }

    private sealed record Question(Operation Query, string? Ref)
    {
        public override string ToString() => $"{Query.Name} {Ref}";
    }

    // Each query that needs nothing, and those about one record for the first two of their process.
    private static List<Question> Questions(Company company)
    {
        var questions = new List<Question>();
        foreach (var query in company.Catalog.All.Where(o => !o.ChangesRecords && company.Owner.May(o.Permission)))
            questions.AddRange(
                InputBinder
                    .Json.GetTypeInfo(query.InputType)
                    .Properties.Where(p => p.IsRequired)
                    .Select(p => p.Name)
                    .ToList() switch
                {
                    [] => [new Question(query, null)],
                    ["ref"] => RecordKind
                        .All.Values.Where(k => k.Process == query.Process)
                        .SelectMany(k => new[] { $"{k.Prefix}-1", $"{k.Prefix}-2" })
                        .Select(r => new Question(query, r)),
                    _ => [],
                }
            );
        return questions;
    }

    private static string Difference(string known, string anew)
    {
        var from = Math.Max(0, known.Zip(anew).TakeWhile(c => c.First == c.Second).Count() - 80);
        return $"remembered …{Part(known, from)}… and computed …{Part(anew, from)}…";
    }

    private static string Part(string text, int from) => text[from..Math.Min(text.Length, from + 240)];

    private Task<int> Assets(Company company) =>
        company.Read(db => db.Unchanged(nameof(Assets), () => Count(db), default));

    private async Task<int> Count(MoatDb db)
    {
        _computed++;
        return await db.Set<Asset>().CountAsync();
    }

    private static Task<object> NewAsset(Company company) =>
        company.Do("assets.create", new { name = $"Bucket {Guid.CreateVersion7()}", kind = "bucket" });

    private static async Task<string> Answer(Company company, Question question)
    {
        try
        {
            var input = new JsonObject();
            if (question.Ref is { } reference)
                input["ref"] = reference;
            var answer = await company.Do(question.Query.Name, input);
            return answer is MadeFile ? "a file" : JsonSerializer.Serialize(answer, answer.GetType(), InputBinder.Json);
        }
        catch (Refusal refused)
        {
            return refused.Message;
        }
    }
}
