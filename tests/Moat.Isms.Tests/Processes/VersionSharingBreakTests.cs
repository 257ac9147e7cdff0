using Moat.Isms.Kernel;
using static Moat.Tests.BreakTests;
using static Moat.Tests.VersionCase;
using static Moat.Tests.WithdrawnBytesTests;

namespace Moat.Tests;

/// <summary>What shares files with a withdrawn version is a break until a person answers it.</summary>
public sealed class VersionSharingBreakTests
{
    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task What_is_used_and_shares_more_than_papers_with_a_withdrawn_version_breaks_until_it_is_answered(
        string database
    )
    {
        await using var company = await Company.Found(database);
        var (model, words, chat) = (
            await Asset(company, "Weights", "model"),
            await Asset(company, "Tokenizer", "other"),
            await Asset(company, "Chat", "endpoint")
        );
        string[] files = ["bad  model.bin", "tokens  tokenizer.json", "papers  LICENSE", "card  card.bin"];
        var poisoned = await Files(company, model, "v1", [], files);
        var (clean, licensed, disguised, unused) = (
            await Files(company, model, "v2", [], "good  model.bin", "tokens  tokenizer.json"),
            await Files(company, model, "v3", [], "better  model.bin", "papers  docs/license.txt"),
            await Files(company, model, "v4", [], "best  model.bin", "card  README.md"),
            await Files(company, words, "1", [], "tokens  tokenizer.json", "more  vocab.json")
        );
        var made = await Files(company, model, "v5", [unused], "tuned  model.bin");
        await Release(company, clean);
        await Release(company, licensed);
        await Serve(company, disguised, chat);
        await Withdraw(company, poisoned);
        await Missing(company, "shares-files-with-withdrawn", clean);
        Assert.Equal([clean, disguised], await Broken());
        Assert.Contains((await Trace(company, poisoned)).Shared, s => s.Row.Ref == licensed);

        await Serve(company, made, chat, beside: true);
        Assert.Equal([clean, disguised, unused], await Broken());

        await Says("versions.answer.person", clean, company.Owner with { PersonId = null });
        await Says("versions.answer.shares-nothing", made);
        await Says("versions.answer.shares-nothing", poisoned);
        await Says(null, clean);
        await Says(null, unused);
        Assert.Equal([disguised], await Broken());
        Assert.Equal(
            $"Ada Acme, {company.Clock.GetUtcNow():yyyy-MM-dd}: The tokenizer is the publisher's, compared with theirs.",
            (await Trace(company, clean)).Shared[0].Answer
        );
        // What is withdrawn itself is the break of whoever serves it.
        await Withdraw(company, disguised);
        await Whole(company, "shares-files-with-withdrawn");

        async Task<IEnumerable<string>> Broken() =>
            (await Found(company, "shares-files-with-withdrawn"))!.Records.Select(r => r.Ref).OrderBy(Number);

        async Task Says(string? broken, string version, Caller? by = null)
        {
            var input = new
            {
                @ref = version,
                withdrawn = poisoned,
                reason = "The tokenizer is the publisher's, compared with theirs.",
            };
            if (broken is null)
                await company.Do("versions.answer", input, by);
            else
                await BrokenRule.Broken(broken, () => company.Do("versions.answer", input, by));
        }
    }
}
