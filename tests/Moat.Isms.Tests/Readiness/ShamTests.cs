namespace Moat.Tests;

/// <summary>What readiness says about a company that does nothing: form is never taken for substance.</summary>
[TakesLong]
public sealed class ShamTests
{
    private static readonly string[] Subjects =
    [
        "weights",
        "dataset",
        "pipeline",
        "endpoint",
        "registry",
        "laptop",
        "supplier",
        "customer",
        "cluster",
        "notebook",
    ];
    private static readonly string[] Doings =
    [
        "leave",
        "change",
        "stop",
        "leak",
        "drift",
        "expire",
        "fail",
        "return",
        "grow",
        "move",
    ];

    [Fact]
    public async Task Meaningless_text_by_one_person_and_three_tokens_reads_close_to_nothing()
    {
        await using var company = await Company.Found("sqlite");
        var sham = new ShamCompany(company, length => new string('x', Math.Max(1, length)));
        await sham.Begin(sham.Tokens[0]);
        await sham.Fill([sham.Person, .. sham.Tokens]);
        await AtMost(sham, documented: 40, operating: 5, improving: 2);
    }

    [Fact]
    public async Task Whoever_writes_sentences_and_does_everything_on_one_day_shows_nothing_over_time()
    {
        await using var company = await Company.Found("sqlite");
        var count = 0;
        var sham = new ShamCompany(company, length => Sentence(count++, length));
        await sham.Begin(sham.Person);
        await sham.Fill([sham.Person, .. sham.Tokens]);
        await AtMost(sham, documented: 40, operating: 5, improving: 2);
    }

    [Theory, InlineData(1), InlineData(2)]
    public async Task No_sequence_of_operations_by_programs_lifts_operating_or_improving(int seed)
    {
        await using var company = await Company.Found("sqlite");
        var count = 0;
        var sham = new ShamCompany(company, length => Sentence(count++, length), seed);
        await sham.Begin(sham.Tokens[0]);
        var before = (await sham.Readiness()).Doi;
        for (var month = 0; month < 4; month++)
        {
            for (var i = 0; i < 60; i++)
                await sham.Chance(sham.Tokens);
            company.Clock.Advance(TimeSpan.FromDays(31));
        }
        var (after, held) = await sham.Readiness();
        Assert.True(
            after.Operating.Held <= before.Operating.Held && after.Improving.Held <= before.Improving.Held,
            string.Join('\n', held)
        );
    }

    private static async Task AtMost(ShamCompany sham, int documented, int operating, int improving)
    {
        Assert.True(sham.Done > 500, $"Only {sham.Done} operations were done, so nothing is measured.");
        foreach (var kind in new[] { null, "clause", "control" })
        {
            var (doi, held) = await sham.Readiness(kind);
            Assert.True(
                doi.Documented.Percent <= documented
                    && doi.Operating.Percent <= operating
                    && doi.Improving.Percent <= improving,
                $"{kind ?? "all"}, {sham.Done} operations: {doi.Documented.Percent} / {doi.Operating.Percent} / {doi.Improving.Percent}\n{string.Join('\n', held)}"
            );
        }
    }

    private static string Sentence(int number, int length)
    {
        var said =
            $"The {Subjects[number % 10]} of team {number} may {Doings[number / 10 % 10]} when nobody who knows {Subjects[number / 3 % 10]}s is there to see it";
        while (said.Length < length)
            said += $", and then the {Subjects[said.Length % 10]} has to {Doings[said.Length % 10]} as well";
        return said;
    }
}
