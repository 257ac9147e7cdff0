using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Moat.Isms.People;
using Moat.Isms.Risks.Money;
using Moat.Knowledge;

namespace Moat.Tests.Pages;

/// <summary>
/// The screen of those who lead shows money at risk of many risks once it is counted, and says so until then.
/// </summary>
[TakesLong]
public sealed class MoneyPageTests
{
    private const string Page = "/acme/leadership";
    private const string AsksAgain = "http-equiv=\"refresh\"";

    [Fact]
    public async Task Figures_come_when_they_are_counted_and_those_before_them_are_shown_with_their_time()
    {
        await using var acme = await Acme.Found(listens: true);
        await ManyRisks(acme);
        using var browser = await acme.SignedIn();
        // What is not about money is drawn once before, so that the page itself takes a moment only.
        _ = await browser.GetStringAsync("/acme/risks");

        var turn = AnothersTurn(acme);
        var first = await browser.GetStringAsync(Page);
        Assert.Contains("It is being counted for the first time", first, StringComparison.Ordinal);
        Assert.Contains(AsksAgain, first, StringComparison.Ordinal);
        Assert.DoesNotContain("EUR 0", first, StringComparison.Ordinal);
        await turn;

        var counted = await Until(browser, page => !page.Contains(AsksAgain, StringComparison.Ordinal));
        Assert.Contains($"{MoneyCounter.AtOnce + 1} risks", counted, StringComparison.Ordinal);
        Assert.Contains("EUR", counted, StringComparison.Ordinal);

        turn = AnothersTurn(acme);
        await Assess(acme, likelihood: 1);
        var again = await browser.GetStringAsync(Page);
        Assert.Contains("Risks changed since then, and it is being counted again", again, StringComparison.Ordinal);
        Assert.Contains(AsksAgain, again, StringComparison.Ordinal);
        Assert.Contains("usually EUR", again, StringComparison.Ordinal);
        await turn;

        // A program waits for a moment; then it is told that, and not zeros.
        using var program = await Program(acme);
        var money = JsonNode.Parse(await program.GetStringAsync("/api/v1/acme/leadership/view"))!["money"]!;
        Assert.Equal("counted", (string)money["state"]!);
        Assert.True((long)money["today"]!["expected"]! > 0);
    }

    [Fact]
    public async Task A_program_is_told_that_it_is_being_counted_and_gets_no_zeros()
    {
        await using var acme = await Acme.Found(listens: true);
        await ManyRisks(acme);
        using var program = await Program(acme);
        var turn = AnothersTurn(acme, risks: 60_000);
        var money = JsonNode.Parse(await program.GetStringAsync("/api/v1/acme/leadership/view"))!["money"]!;
        Assert.Equal("being-counted", (string)money["state"]!);
        foreach (var field in new[] { "countedAt", "withoutControls", "today", "afterTreatment" })
            Assert.Null(money[field]);
        Assert.False(turn.IsCompleted);
    }

    private static Task AnothersTurn(Acme acme, int risks = 10_000)
    {
        var hint = KnowledgeBase.Shipped.Threats[0].Quantify;
        return acme
            .Services.GetRequiredService<MoneyCounter>()
            .Ask(
                Guid.CreateVersion7(),
                new MoneyQuestion(
                    Enumerable.Range(1, risks).Select(i => new MoneyRisk(i, "Another's", hint, default, default)),
                    0
                ),
                Timeout.InfiniteTimeSpan,
                CancellationToken.None
            );
    }

    private static async Task<HttpClient> Program(Acme acme)
    {
        var token = await acme.Do<MadeToken>(
            "access.create-token",
            new JsonObject { ["name"] = "reader", ["role"] = "auditor" }
        );
        return new HttpClient
        {
            BaseAddress = new Uri(acme.Url),
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token.Token) },
        };
    }

    private static async Task ManyRisks(Acme acme)
    {
        await acme.Do(
            "risks.create",
            new JsonObject
            {
                ["title"] = "Weights leave the company",
                ["cause"] = "Broad rights and long-lived keys",
                ["consequence"] = "The training spend is in other hands",
                ["threatId"] = KnowledgeBase.Shipped.Threats[0].Id,
            }
        );
        await Assess(acme, likelihood: 3);
        await CopiedRisks.Enter(acme.Storage, MoneyCounter.AtOnce);
    }

    private static Task Assess(Acme acme, int likelihood) =>
        acme.Do(
            "risks.assess",
            new JsonObject
            {
                ["ref"] = "RISK-1",
                ["inherentLikelihood"] = 5,
                ["inherentImpact"] = 4,
                ["currentLikelihood"] = likelihood,
                ["currentImpact"] = 4,
                ["rationale"] = "What we see in the logs of the pipeline.",
            }
        );

    private static async Task<string> Until(HttpClient browser, Func<string, bool> holds)
    {
        for (var tries = 0; tries < 100; tries++)
        {
            var page = await browser.GetStringAsync(Page);
            if (holds(page))
                return page;
            await Task.Delay(200);
        }
        throw new TimeoutException("The figures did not come.");
    }
}
